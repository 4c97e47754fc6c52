"""A half-open range of characters."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``[start, end)`` of a named text; offsets count Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]


def covers(spans: Iterable[Span], offset: int) -> bool:
    """Whether an offset lies in one of a few spans; of many ask `Cover`."""
    return any(span.start <= offset < span.end for span in spans)


class Cover:
    """What many spans cover together, asked offset by offset; they may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))

    def __contains__(self, offset: int) -> bool:
        number = bisect_right(self._starts, offset)
        return number > 0 and offset < self._ends[number - 1]

    def widened(self, by: int) -> "Cover":
        """The same with so many characters more on either side of each."""
        pairs = zip(self._starts, self._ends, strict=True)
        return Cover(Span(max(0, start - by), end + by) for start, end in pairs if end)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether one of the spans holds a character of ``[start, end)``."""
        number = bisect_left(self._starts, end)
        return number > 0 and start < self._ends[number - 1]
