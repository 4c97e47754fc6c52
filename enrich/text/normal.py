"""Normal form: what two texts that a reader calls the same have in common, with the way back to the original.

Quotation marks and dashes are made straight, full-width ASCII is made narrow, runs of white space become one space,
invisible characters (zero-width, soft hyphen, byte order mark, bidi controls) vanish, and letters are composed (NFC).
Nothing else changes: an altered word stays altered.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』〝〞〟″", '"'),
        **dict.fromkeys("‘’‚‛‹›′´ʼ", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},
    }
)
_GAP = rf"(?! [^\s{_INVISIBLE}]| \Z)[\s{_INVISIBLE}]+"
# Letters whose case-folded form is longer (ß, İ, ligatures, Greek with iota): a superset does no harm.
_EXPANDING = "[ßİŉǰΐΰև\u1e96-\u1e9e\u1f50-\u1ffc\ufb00-\ufb17]"
_GAPS = lazy_pattern(_GAP)
_GAPS_AND_EXPANDING = lazy_pattern(f"{_GAP}|{_EXPANDING}")
_INVISIBLES = lazy_pattern(f"[{_INVISIBLE}]+")
_HANGUL_PARTS = "\u1160-\u11ff"


class _Piece(NamedTuple):
    """A stretch of the folded text and where it came from; `exact` when characters correspond one to one."""

    folded: int
    start: int
    end: int
    exact: bool


class Folded:
    """A text in normal form that knows where each of its characters stood."""

    __slots__ = ("_pieces", "_starts", "text")

    def __init__(self, text: str, pieces: list[_Piece]) -> None:
        self.text = text
        self._pieces = pieces
        self._starts = [piece.folded for piece in pieces]

    def original(self, start: int, end: int) -> Span:
        """The span of the original text that became `text[start:end]`, whole characters with their accents."""
        if start >= end:
            offset = self._locate(start)[0]
            return Span(offset, offset)
        return Span(self._locate(start)[0], self._locate(end - 1)[1])

    def _locate(self, offset: int) -> tuple[int, int]:
        """Where the folded character at `offset` stood: its start and end in the original."""
        if not self._pieces:
            return offset, offset + 1
        piece = self._pieces[max(0, bisect_right(self._starts, offset) - 1)]
        if not piece.exact:
            return piece.start, piece.end
        at = min(piece.start + offset - piece.folded, piece.end)
        return at, min(at + 1, piece.end)


def normalise(text: str) -> str:
    """The text in normal form, case kept, without space at the ends."""
    bare = unicodedata.normalize("NFC", _INVISIBLES.sub("", text))
    return " ".join(unicodedata.normalize("NFC", bare.translate(_STRAIGHT)).split())


def fold(text: str, casefold: bool = True) -> Folded:
    """The normal form of `text` (white space at the ends kept as one space), in lower case unless told otherwise."""
    straight = text.translate(_STRAIGHT)
    pattern = _pattern_for(straight, casefold)
    pieces: list[_Piece] = []
    parts: list[str] = []
    length = position = 0
    for start, end, replacement in _changes(pattern, straight, casefold):
        if position < start:
            parts.append(_case(straight[position:start], casefold))
            pieces.append(_Piece(length, position, start, True))
            length += start - position
        parts.append(replacement)
        pieces.append(_Piece(length, start, end, False))
        length += len(replacement)
        position = end
    if position < len(text):
        parts.append(_case(straight[position:], casefold))
        pieces.append(_Piece(length, position, len(text), True))
    return Folded("".join(parts), pieces)


def _pattern_for(text: str, casefold: bool) -> re.Pattern[str]:
    """What may change its length in this text: most texts need only their white space looked at."""
    if not unicodedata.is_normalized("NFC", text):
        return _clusters()
    if casefold and len(text.casefold()) != len(text):
        return _GAPS_AND_EXPANDING
    return _GAPS


@cache
def _clusters() -> re.Pattern[str]:
    """Gaps, and each letter with the accents that follow it."""
    marks = "".join(chr(c) for c in range(0x300, 0x20000) if unicodedata.category(chr(c)).startswith("M"))
    return re.compile(rf"{_GAP}|[^\s{_INVISIBLE}][{re.escape(marks)}{_HANGUL_PARTS}{_INVISIBLE}]*")


def _changes(pattern: re.Pattern[str], text: str, casefold: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, replacement) of the stretches whose characters do not correspond one to one, in order."""
    for match in pattern.finditer(text):
        found = match.group()
        visible = _INVISIBLES.sub("", found)
        if visible.strip():
            replacement = _case(unicodedata.normalize("NFC", visible), casefold)
        else:
            replacement = " " if visible else ""
        if replacement != found:
            yield match.start(), match.end(), replacement


def _case(text: str, casefold: bool) -> str:
    return text.casefold() if casefold else text
