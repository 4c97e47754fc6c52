"""Blocks: the paragraphs, headings, list items and table rows of a page, and where in its tree they stand."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from enrich.text.words import count_words

_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody tfoot thead tr ul
    """.split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ROWS = frozenset({"li", "tr", "td", "th", "dd", "dt"})
SENTENCE_END = (".", "!", "?", "…", '"', "”", "’", "'", ")", "。", "！", "？", "」", "»", "“", ":", "：", "؟", "।", "۔")
_STOPS = frozenset(".!?…。！？؟।۔")
_PROSE_WORDS = 10
"""Words from which a line is running text. By hand: labels are shorter; fixtures/pages are read alike from 8 to 15."""
_LINKED = 0.4
"""Share of the characters that are links, from which it is none. By hand; fixtures/pages are read alike from .1 to
.8."""


class Place(NamedTuple):
    """A piece of text in a tree: an element's ``text`` or ``tail``."""

    element: HtmlElement
    part: str


class Block(Struct, frozen=True, dict=True):
    """One block of text as a reader sees it, on one line."""

    text: str
    element: HtmlElement
    """The innermost element that makes a block of its own around the text."""
    linked: float
    """The share of the characters that are links."""
    first: Place
    """Where the text begins."""
    last: Place
    """Where it ends."""

    @cached_property
    def words(self) -> int:
        """How many words a reader counts."""
        return count_words(self.text)

    @cached_property
    def around(self) -> tuple[HtmlElement, ...]:
        """The element and those around it, from the inside out."""
        return (self.element, *self.element.iterancestors())

    @property
    def is_heading(self) -> bool:
        """Whether it stands in a heading element."""
        return self.element.tag in _HEADINGS

    @property
    def is_row(self) -> bool:
        """Whether it is an item of a list or a row of a table."""
        return any(element.tag in _ROWS for element in self.around[:3])

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence or more of running text, and no list of links."""
        ends = self.text.endswith(SENTENCE_END) or not _STOPS.isdisjoint(self.text[:-1])
        return self.words >= _PROSE_WORDS and ends and self.linked < _LINKED and not self.is_heading


def find_blocks(root: HtmlElement) -> list[Block]:
    """The blocks of an element in the page's order; two line breaks begin a new one, as a paragraph does."""
    blocks = [_make_block(run) for run in _runs(root)]
    return [block for block in blocks if block is not None]


class _Piece(NamedTuple):
    text: str
    place: Place
    inside: HtmlElement
    linked: bool


def _runs(root: HtmlElement) -> Iterator[list[_Piece]]:
    """Pieces of text that make up one block each."""
    run: list[_Piece] = []
    around = [root]
    links = breaks = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        starts = event == "start"
        if element.tag in _BLOCKS:
            yield run
            run, breaks = [], 0
            if starts:
                around.append(element)
            elif len(around) > 1:
                around.pop()
        elif element.tag == "br" and starts:
            breaks += 1
        elif element.tag == "a":
            links += 1 if starts else -1
        part = "text" if starts else "tail"
        text = getattr(element, part) if starts or element is not root else None
        if not text:
            continue
        if breaks > 1 and text.strip():
            yield run
            run = []
        if breaks or (element.tag in ("td", "th") and starts):
            text = " " + text
        breaks = 0 if text.strip() else breaks
        run.append(_Piece(text, Place(element, part), around[-1], links > 0))
    yield run


def _make_block(run: list[_Piece]) -> Block | None:
    text = " ".join("".join(piece.text for piece in run).split())
    if not text:
        return None
    filled = [piece for piece in run if piece.text.strip()]
    linked = sum(len(piece.text.strip()) for piece in filled if piece.linked)
    return Block(text, filled[0].inside, linked / len(text), filled[0].place, filled[-1].place)
