"""A file's text without what no note should have between its lines, and the way back to the file's offsets."""

from bisect import bisect_right

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

BOM = "\ufeff"
"""The byte order mark, where it comes first in a file."""

_DROPPED = lazy_pattern(rf"\A{BOM}|\r")


class CleanedText:
    """A file's text without carriage returns and byte order mark, so that one fault does not make twenty."""

    def __init__(self, text: str) -> None:
        self._dropped = [found.start() for found in _DROPPED.finditer(text)]
        self._places = frozenset(self._dropped)
        self.text = _DROPPED.sub("", text)
        # The n-th dropped character stood before this many kept ones.
        self._kept_before = [at - index for index, at in enumerate(self._dropped)]

    def original(self, span: Span | None) -> Span | None:
        """The span of the file's text that became ``span``."""
        if span is None:
            return None
        start = self._offset(span.start)
        return Span(start, self._offset(span.end - 1) + 1 if span.end > span.start else start)

    def edge(self, offset: int) -> int:
        """Where an edit at ``offset`` begins or ends in the file's text: before a whole line end, never within it."""
        at = self._offset(offset)
        while offset < len(self.text) and self.text[offset] == "\n" and at - 1 in self._places:
            at -= 1
        return at

    def _offset(self, offset: int) -> int:
        return offset + bisect_right(self._kept_before, offset)
