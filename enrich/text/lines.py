"""The lines of a text: which one an offset lies in, and where each begins."""

from bisect import bisect_left


class Lines:
    """Where the lines of a text begin, found once: a message for every line need not count them all again."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        while after := text.find("\n", self._starts[-1]) + 1:
            self._starts.append(after)
        self._length = len(text)

    def number_at(self, offset: int) -> int:
        """The number of the line that holds ``offset``, from 1; a line feed belongs to the line that it ends.

        >>> Lines("a\\nb").number_at(2)
        2
        """
        return bisect_left(self._starts, offset + 1)

    def start_of(self, number: int) -> int:
        """The offset where a line begins; the text's length after the last one."""
        return self._starts[number - 1] if number <= len(self._starts) else self._length
