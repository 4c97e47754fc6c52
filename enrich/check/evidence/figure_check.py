"""One figure of a sentence, and whether its source gives it."""

from typing import Literal

from msgspec import Struct

from enrich.check.facts.quantity import Quantity
from enrich.text.span import Span

Placed = tuple[str, frozenset[str], Span]
"""Kind, units and place of a figure in the source."""


class FigureCheck(Struct, frozen=True):
    """One figure of a sentence: whether the source gives it, and where."""

    kind: Literal["number", "date"]
    span: Span
    """In the sentence."""
    text: str
    where: tuple[Span, ...]
    """Its places in the source; an empty span stands for the publication date."""
    given: bool
    weak: bool
    reason: str
    """Why it is not given, in words; empty when it is."""
    said: Quantity | None = None
    """The number as the sentence has it; none for a date."""
    units: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    """Stems of the words behind it: what it counts."""
    counted: bool = False
    """Not given, and no contradiction either: the writer may have counted what the source names."""
    follows: bool = False
    """It is calculated from numbers that are all at hand."""
    hedged: bool = False
    """Said with `about`, `over` or the like."""
    counts_back: bool = False
    """Counted from the other end: `18 minutes from time`."""
    of_whole: bool = False
    """A part of what is told: `three of the eight`, `two others`."""

    def is_like(self, kind: str, units: frozenset[str]) -> bool:
        """Whether a figure of this kind and unit could stand in its place."""
        return kind == self.kind and not units.isdisjoint(self.units)
