"""Teasers: boxes with a linked headline and a line or two, which lead to other pages."""

from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from enrich.source.block import Block

_BOXES = frozenset({"li", "article", "div", "section", "a", "td", "tr", "dd"})
_REACH = 4
"""How far out the box around a block is looked for."""
_MOST = 70
"""Words of a box. By hand: a headline and a line or two; more is a text of its own."""
_TITLE_WORDS = 3
"""Words of a linked headline. By hand: shorter links are labels; fixtures/pages are read alike from 1 to 5."""
_LINKED = 0.55
"""Share of the characters that are links, from which a block is one. By hand; fixtures/pages are read alike from .55 to
.9."""
_LINKED_WORDS = 0.12
"""Share of the box's words that the headline has. By hand: less is a link in a text; fixtures/pages are read alike from
0 to .2."""


def find_boxes(blocks: Sequence[Block]) -> list[list[int]]:
    """The boxes of a page that lead to others, each the numbers of its blocks."""
    inside: dict[HtmlElement, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        for element in block.around[:_REACH]:
            if element.tag in _BOXES:
                inside[element].append(number)
    boxes: list[list[int]] = []
    taken: set[int] = set()
    for numbers in sorted(inside.values(), key=len, reverse=True):
        if taken.isdisjoint(numbers) and _is_box([blocks[number] for number in numbers]):
            boxes.append(numbers)
            taken.update(numbers)
    return boxes


def _is_box(blocks: Sequence[Block]) -> bool:
    words = sum(block.words for block in blocks)
    linked = [block for block in blocks if block.linked > _LINKED and block.words >= _TITLE_WORDS]
    titles = [block for block in linked if block.is_heading] or linked
    return len(titles) == 1 and words <= _MOST and titles[0].words >= _LINKED_WORDS * words
