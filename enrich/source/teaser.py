"""Teasers: boxes with a linked headline and a line or two, which lead to other pages."""

from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from enrich.source.block import Block

_BOXES = frozenset({"li", "article", "div", "section", "a", "td", "tr", "dd"})
_REACH = 4
"""How far out the box around a block is looked for."""
_MOST = 70
"""Words of a box."""
_TITLE_WORDS = 3
_LINKED = 0.55
_LINKED_WORDS = 0.12


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
