"""A half-open range of characters."""

from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``[start, end)`` of a named text; offsets count Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]
