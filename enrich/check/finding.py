"""A finding: one rule that a note does not keep."""

from dataclasses import dataclass
from typing import Literal

from enrich.text.span import Span

Level = Literal["must", "should"]


@dataclass(frozen=True)
class Finding:
    """One rule, one place, one reason."""

    rule: str
    """``M1`` … ``M27``, ``S1`` … ``S12``, ``E1`` for a sentence without evidence."""
    level: Level
    section: str
    """The section's name; ``front matter``, ``title`` or ``note`` for what is not a section."""
    message: str
    span: Span | None = None
    """Where in the note's text."""
