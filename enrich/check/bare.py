"""A file's text without what no note should have between its lines, and the way back to the file's offsets."""

from bisect import bisect_right

from enrich.text.span import Span

BOM = "\ufeff"
"""The byte order mark, where it comes first in a file."""


class Bare:
    """A file's text without carriage returns and byte order mark, so that one fault does not make twenty."""

    def __init__(self, text: str) -> None:
        self._dropped = [at for at, character in enumerate(text) if character == "\r" or (character == BOM and not at)]
        self.text = text.removeprefix(BOM).replace("\r", "")
        # The n-th dropped character stood before this many kept ones.
        self._kept_before = [at - index for index, at in enumerate(self._dropped)]

    def original(self, span: Span | None) -> Span | None:
        """The span of the file's text that became ``span``."""
        if span is None:
            return None
        start = self._offset(span.start)
        return Span(start, self._offset(span.end - 1) + 1 if span.end > span.start else start)

    def _offset(self, offset: int) -> int:
        return offset + bisect_right(self._kept_before, offset)
