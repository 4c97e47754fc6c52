"""A passage: a stretch of a note as a reader sees it, with the way back to the note's own characters."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from enrich.text.mark import find_marks
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

_CITATION = r"(?:(?<![^\S\n])[^\S\n]++)?\(\[[^\[\]\n]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)\)"
_ATOM = lazy_pattern(
    rf"(?P<dropped>{_CITATION}|\\(?=[!-/:-@\[-`{{-~]))"
    r"|!?\[\[(?:[^\[\]\n]*\|)?(?P<shown>[^\[\]|\n]+)\]\]"
    r"|!?\[(?P<label>[^\[\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s[^()\n]*)?\)"
    r"|(?P<gap>(?<!\s)(?=[^\S\n]*+\n)\s++)"
)


class _Piece(NamedTuple):
    """Characters of the passage that stand side by side in the note too."""

    plain: int
    """Where the piece starts in the passage."""
    inner: int
    """Where its first character stands in the note."""
    outer: Span
    """What of the note the piece stands for: a link's brackets are part of it."""
    length: int


class Passage:
    """The text of a stretch of a note without marks, citation, brackets, escapes and a bullet's dash.

    A link is read as what it shows; a line break is read as a space.
    """

    def __init__(self, text: str, span: Span) -> None:
        """``span`` is the stretch of the note ``text``: a paragraph, a bullet with its dash, or a heading's name."""
        start = span.start + 2 if text.startswith("- ", span.start) else span.start
        pieces: list[_Piece] = []
        shown: list[str] = []
        self._citations: list[int] = []
        length = 0
        for inner, outer, words in _pieces(text, Span(start, span.end)):
            if not words:
                self._citations.append(length)
                continue
            pieces.append(_Piece(length, inner, outer, len(words)))
            shown.append(words)
            length += len(words)
        self.text = "".join(shown)
        self._pieces = pieces
        self._starts = [piece.plain for piece in pieces]

    def original(self, span: Span) -> Span:
        """The note's characters that became ``span`` of the passage; a link that is covered to its edge is whole."""
        if not self._pieces or span.start >= span.end:
            at = self._pieces[0].outer.start if self._pieces else 0
            return Span(at, at)
        first, last = self._piece(span.start), self._piece(span.end - 1)
        start = first.outer.start if span.start == first.plain else first.inner + span.start - first.plain
        whole = span.end == last.plain + last.length
        return Span(start, last.outer.end if whole else last.inner + span.end - last.plain)

    def is_cited(self, span: Span) -> bool:
        """Whether the note's only link to the web, with its publisher's name, stands in ``span`` of the passage."""
        return any(span.start <= at <= span.end for at in self._citations)

    def _piece(self, offset: int) -> _Piece:
        return self._pieces[max(0, bisect_right(self._starts, offset) - 1)]


def _pieces(text: str, span: Span) -> Iterator[tuple[int, Span, str]]:
    """(first character's offset, what it stands for, words) of everything in ``span`` that a reader sees."""
    for stretch in _unmarked(text, span):
        at = stretch.start
        for found in _ATOM.finditer(text, *stretch):
            yield from _plain(text, at, found.start())
            yield from _atom(found)
            at = found.end()
        yield from _plain(text, at, stretch.end)


def _plain(text: str, start: int, end: int) -> Iterator[tuple[int, Span, str]]:
    if start < end:
        yield start, Span(start, end), text[start:end]


def _atom(found: re.Match[str]) -> Iterator[tuple[int, Span, str]]:
    kind = found.lastgroup or ""
    if kind == "gap":
        yield found.start(), Span(*found.span()), " "
    elif kind == "dropped" and len(found[0]) > 1:
        yield found.start(), Span(*found.span()), ""
    elif kind in {"shown", "label"} and found[kind]:
        yield found.start(kind), Span(*found.span()), found[kind]


def _unmarked(text: str, span: Span) -> Iterator[Span]:
    """The stretches of ``span`` between marks."""
    at = span.start
    for mark in find_marks(span.of(text)):
        yield Span(at, span.start + mark.span.start)
        at = span.start + mark.span.end
    yield Span(at, span.end)
