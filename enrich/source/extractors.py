"""The two extractors: which blocks of a page each takes for its article. Here is the only place that knows them.

An extractor returns text, not the place where it stood. So each block is marked at both ends before it is asked, and
the marks that come back say which blocks it took: no comparing of texts, which a teaser or a pull quote would mislead.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml.html import HtmlElement
from readability import Document

from enrich.quick_import import import_without
from enrich.source.block import Place, find_blocks
from enrich.text.pattern import lazy_pattern

_MARK = "\u28ff"
_FIRST_DIGIT = 0x2801
"""The first pattern with a dot: the one before it is blank, and may be taken for white space."""
_BASE = 250
"""By hand: so many of the 255 patterns with dots that the last one, `_MARK`, is no digit."""
_DIGITS = 3
"""Of a block's number: fifteen million blocks, far beyond `enrich.source.limits.Limits.elements`."""
_MARKED = lazy_pattern(f"{_MARK}([{chr(_FIRST_DIGIT)}-{chr(_FIRST_DIGIT + _BASE - 1)}]{{{_DIGITS}}})")
"""Braille patterns: extractors keep them, since they can be printed."""

Extractor = Callable[[HtmlElement], str]


trafilatura = import_without("trafilatura", "py3langid")
"""It is never asked for a language, and would import numpy for that: a fifth of a second a page."""


def by_trafilatura(tree: HtmlElement) -> str:
    """The extractor that leaves out what it is not sure of."""
    return trafilatura.extract(tree, favor_precision=True, include_comments=False) or ""


def by_trafilatura_default(tree: HtmlElement) -> str:
    """The same one, less strict."""
    return trafilatura.extract(tree, include_comments=False) or ""


def by_readability(tree: HtmlElement) -> str:
    """The second opinion; HTML."""
    return str(Document(tree).summary(html_partial=True))


_NO_XML = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What a page may hold and a tree takes back from nobody."""


def mark_blocks(tree: HtmlElement) -> HtmlElement:
    """A copy of a page in which every block of `find_blocks` begins and ends with its number."""
    marked = deepcopy(tree)
    for number, block in enumerate(find_blocks(marked)):
        mark = _write_mark(number)
        _insert(block.first, mark, at_end=False)
        _insert(block.last, mark, at_end=True)
    return marked


def ask_extractor(extractor: Extractor, marked: HtmlElement, most: int) -> frozenset[int]:
    """The numbers, below ``most``, of the blocks of a marked page that an extractor takes for the article."""
    numbers = map(_read_mark, _MARKED.findall(extractor(deepcopy(marked))))
    return frozenset(number for number in numbers if number < most)


def _insert(place: Place, mark: str, at_end: bool) -> None:
    text = getattr(place.element, place.part)
    body = text.strip()
    start = text.index(body)
    end = start + len(body)
    marked = body + mark if at_end else mark + body
    setattr(place.element, place.part, _NO_XML.sub(" ", text[:start] + marked + text[end:]))


def _write_mark(number: int) -> str:
    digits = [chr(_FIRST_DIGIT + number // _BASE**power % _BASE) for power in range(_DIGITS)]
    return _MARK + "".join(digits)


def _read_mark(digits: Sequence[str]) -> int:
    return sum((ord(digit) - _FIRST_DIGIT) * _BASE**power for power, digit in enumerate(digits))
