"""The command line of one search for links, as data."""

from dataclasses import dataclass
from typing import Literal

LIKELY_ENOUGH_TO_SHOW = 0.1
LIKELY_ENOUGH_TO_WRITE = 0.5


@dataclass(frozen=True)
class SuggestRequest:
    """What the user asked `enrich suggest-links` for."""

    notes: tuple[str, ...] = ()
    """Files, or ``-`` for standard input."""
    read_as: str = ""
    """The path of the note that the text on standard input belongs to."""
    limit: int = 10
    min_score: float | None = None
    """None: `LIKELY_ENOUGH_TO_SHOW`, or what is written without asking `LIKELY_ENOUGH_TO_WRITE`."""
    kind: Literal["mention", "related"] | None = None
    new_only: bool = False
    backlinks: bool = False
    as_json: bool = False
    apply: bool = False
    interactive: bool = False
    dismiss: tuple[str, ...] = ()
    everywhere: bool = False
    audit: bool = False
    fix: bool = False
    llm: bool = False

    @property
    def threshold(self) -> float:
        """The lowest score that counts."""
        if self.min_score is not None:
            return self.min_score
        if self.llm and not self.apply:
            return 0.0
        return LIKELY_ENOUGH_TO_WRITE if self.apply or self.backlinks else LIKELY_ENOUGH_TO_SHOW
