"""A finding: one rule that a note does not keep."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from enrich.text.span import Span

Level = Literal["must", "should"]

EVIDENCE_RULES: Mapping[str, str] = {
    "E1": "the source says what the sentence says",
    "E2": "a keyword is a word of the source",
    "E3": "a second reader finds in the source what the sentence says",
    "C1": "words taken from the source stand in quotation marks",
    "C2": "a quotation names who said it",
    "C3": "a sentence is the note's own: names and numbers aside, it stands in no three notes of the vault",
}
"""What the rules ask for that compare a note with its source, or with the other notes."""


class Finding(Struct, frozen=True):
    """One rule, one place, one reason."""

    rule: str
    """``M1`` … ``M27``, ``S1`` … ``S12``, or one of `EVIDENCE_RULES`."""
    level: Level
    section: str
    """The section's name; ``front matter``, ``title`` or ``note`` for what is not a section."""
    message: str
    span: Span | None = None
    """Where in the note's text."""
    asks: str = ""
    """What the rule asks for, in one line; those of `EVIDENCE_RULES` need not be given it."""

    @property
    def named(self) -> str:
        """The rule's code with its words beside it: ``M10 (cssclasses names the type)``."""
        asks = self.asks or EVIDENCE_RULES.get(self.rule, "")
        return f"{self.rule} ({asks})" if asks else self.rule
