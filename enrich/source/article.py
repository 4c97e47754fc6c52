"""The article's text, by two extractors that check each other, and what both leave out.

One extractor alone fails silently: it returns part of the article, or a sidebar, and looks no different. So a second
one reads the same page, and where the two disagree, or both lose text that a reader sees, the draft says so.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate, count, takewhile

from lxml.html import HtmlElement
from msgspec import Struct

from enrich.source.block import SENTENCE_END, Block, find_blocks
from enrich.source.extractors import (
    ask_extractor,
    by_readability,
    by_trafilatura,
    by_trafilatura_default,
    mark_blocks,
)
from enrich.source.furniture import is_accessory, trim_furniture
from enrich.source.teaser import find_boxes
from enrich.text.normal import normalise
from enrich.text.pattern import lazy_pattern
from enrich.text.words import count_words

_AGREEMENT = 0.5
"""Share of the words taken by either extractor that both must take to count as the same article. By hand;
fixtures/pages are read alike from .5 to .7."""
_LONGER = 1.5
"""How many times as long the second reading must be. By hand: a comment section lengthens a page less; fixtures/pages
are read alike from 1 to 3."""
_BELOW = 0.5
"""Share of the article that stands below its headline; with less below it, it is another text's headline."""
_LOST = 0.1
"""Share of the article's running text left out that is reported."""
_LINKS_ONLY = 0.8
"""Share of a block's characters that are links, from which it only leads elsewhere. By hand; fixtures/pages are read
alike from .5 to .95."""
_LINKED = 0.4
"""The same for a headline with a line about it behind. By hand; fixtures/pages are read alike from .1 to .4."""
_ABOUT = 15
"""Words of a line about a linked headline: points, age, comments."""
_REACH = 6
"""Blocks between a headline and its article, and elements around a block that can name it. By hand; fixtures/pages are
read alike from 2 to 12."""
_FEWEST = 40
"""Words below which the extractors have found nothing."""
_POSTS = 3
"""Posts that look alike from which they are a thread. By hand: two paragraphs look alike by accident."""
_SECTIONS = frozenset({"section", "div"})
_COMMENT = lazy_pattern(r"comment|disqus|respond|author-?(?:bio|info|box)|cookie|consent|disclaimer", re.I)
_DECK = lazy_pattern(r"blurb|\bdek\b|deck|standfirst|sub-?(?:title|head|line)|summary|excerpt|teaser", re.I)
"""What announces an article below its headline; the article itself begins behind it."""
_MENUS = frozenset({"header", "nav", "footer", "aside"})


class Article(Struct, frozen=True, dict=True):
    """Where the article is on its page."""

    blocks: Sequence[Block]
    """All of the page's."""
    chosen: tuple[int, ...]
    """The numbers of the article's, in order."""
    headline: int
    """The number of the block that shows the headline above them, or -1."""
    agreed: bool
    """Whether the two extractors found the same."""

    @property
    def text(self) -> str:
        """What was chosen, before furniture is taken off: enough to tell its language."""
        return "\n".join(self.blocks[number].text for number in self.chosen)

    def paragraphs(self, locale: str) -> tuple[str, ...]:
        """The article's paragraphs; dates above it are read in the page's locale."""
        return tuple(trim_furniture([self.blocks[number] for number in self.chosen], locale))

    @cached_property
    def lost(self) -> float:
        """The share of the running text that is in no paragraph, 0 when it is too little to speak of.

        Counted is what stands between the chosen blocks or in one element with them, and elsewhere what looks as they
        do. Texts that stand twice on the page count once.
        """
        if not self.chosen:
            return 0.0
        mine = {self.blocks[number].text for number in self.chosen}
        body = self._body
        looks = {_look(self.blocks[number]) for number in self.chosen if self.blocks[number].is_prose}
        lost = {
            block.text: block.words
            for number, block in enumerate(self.blocks)
            if block.is_prose and block.text not in mine and not is_accessory(block) and number not in self.teasers
            if self.chosen[0] < number < self.chosen[-1]
            or (number > self.headline and (_look(block) in looks or body in block.around) and not _is_comment(block))
        }
        total = sum(lost.values()) + sum(self.blocks[number].words for number in self.chosen)
        share = sum(lost.values()) / total
        return share if share >= _LOST else 0.0

    @property
    def _body(self) -> HtmlElement | None:
        """The innermost element around all of the chosen running text, unless that is the whole page's."""
        around = [self.blocks[number].around for number in self.chosen if self.blocks[number].is_prose]
        shared = set(around[0]).intersection(*around[1:]) if around else set()
        innermost = next((element for element in around[0] if element in shared), None) if around else None
        return None if innermost is None or innermost.tag in ("body", "html") else innermost

    @cached_property
    def boxes(self) -> list[list[int]]:
        """The boxes of the page that lead to other pages, each the numbers of its blocks."""
        return find_boxes(self.blocks)

    @cached_property
    def teasers(self) -> frozenset[int]:
        """The numbers of blocks in such boxes."""
        return frozenset(number for box in self.boxes for number in box)

    @property
    def boxed(self) -> float:
        """The share of the chosen words that stands in such boxes, or in a line about one right below it."""
        words = {number: self.blocks[number].words for number in self.chosen}
        lines = {number + 1 for number in self.teasers if not self._is_prose(number + 1)}
        return sum(words[number] for number in (self.teasers | lines) & words.keys()) / max(1, sum(words.values()))

    def _is_prose(self, number: int) -> bool:
        return number < len(self.blocks) and self.blocks[number].is_prose

    @property
    def below(self) -> str:
        """The text from the headline on, without menus, footers and teasers, one block a line."""
        start = max(0, self.headline)
        own = (block for at, block in enumerate(self.blocks[start:], start) if at not in self.teasers)
        return "\n".join(block.text for block in own if not _MENUS.intersection(e.tag for e in block.around))


def find_article(tree: HtmlElement, headline: str = "") -> Article:
    """Find the article on a page that was freed of hidden parts; the tree is left as it is."""
    blocks = find_blocks(tree)
    marked = mark_blocks(tree)
    precise = ask_extractor(by_trafilatura, marked, len(blocks))
    second = ask_extractor(by_readability, marked, len(blocks))
    return choose_blocks(
        blocks, headline, (precise, second), lambda: ask_extractor(by_trafilatura_default, marked, len(blocks))
    )


def choose_blocks(
    blocks: Sequence[Block],
    headline: str,
    readings: tuple[frozenset[int], frozenset[int]],
    read_default: Callable[[], frozenset[int]],
) -> Article:
    """Choose between two readings of a page, each the numbers of the blocks that were taken.

    Precision first. Where both take most of the same, so are the blocks between shared ones that only one takes: an
    article has no holes. When the two share less than half of their words, the second is taken if it is much longer
    than the first extractor's default mode, otherwise that default. What stands between the article and its headline,
    or goes on behind it, belongs to it; where next to nothing is found, posts that look alike are the text. Nothing is
    taken from above the headline.
    """
    precise, second = readings
    page = _Page(blocks, headline)
    both = precise & second
    agreed = page.words(both) >= _AGREEMENT * page.words(precise | second)
    if agreed:
        below = page.below_headline(both)
        starts_elsewhere = page.below_headline(precise) < precise
        first = page.find_headline(both) if starts_elsewhere else min(below, default=0)
        last = max(below, default=0)
        between = {n for n in second - precise if first < n < last and page.is_text(n)}
        beyond = {n for n in precise - second if not (first < n < last or page.is_text(n))}
        chosen = (precise | between) - beyond
    else:
        default = read_default()
        chosen = page.with_alike(second if page.length(second) > _LONGER * page.length(default) else default)
    chosen = page.with_sections(page.below_headline(chosen))
    if page.words(chosen) >= _FEWEST:
        chosen = page.with_edges(chosen, second)
    else:
        agreed, chosen = False, page.below_headline(page.with_posts(chosen))
    return Article(blocks, tuple(sorted(chosen)), page.find_headline(chosen), agreed)


class _Page:
    """What is asked of a page's blocks by their numbers."""

    def __init__(self, blocks: Sequence[Block], headline: str) -> None:
        self.blocks = blocks
        wanted = normalise(headline).casefold()
        self._headlines = [n for n, block in enumerate(blocks) if wanted and _shows(block, wanted)]

    def words(self, numbers: Iterable[int]) -> int:
        return sum(self.blocks[number].words for number in numbers)

    def length(self, numbers: Iterable[int]) -> int:
        return sum(len(self.blocks[number].text) for number in numbers)

    def is_text(self, number: int) -> bool:
        """Whether a block that one extractor takes can be the article's: no caption and no link to another page."""
        block = self.blocks[number]
        whole = block.is_heading or block.is_row or block.text.endswith(SENTENCE_END)
        return whole and not is_accessory(block) and block.linked < _LINKS_ONLY

    def find_headline(self, chosen: Iterable[int]) -> int:
        """The number of the last block that repeats the headline above most of the chosen ones, or -1."""
        numbers = sorted(chosen)
        upto = list(accumulate((self.blocks[number].words for number in numbers), initial=0))
        above = (at for at in reversed(self._headlines) if upto[bisect(numbers, at)] < _BELOW * upto[-1])
        return next(above, -1)

    def below_headline(self, chosen: Iterable[int]) -> frozenset[int]:
        numbers = frozenset(chosen)
        at = self.find_headline(numbers)
        return frozenset(number for number in numbers if number > at)

    def with_sections(self, chosen: frozenset[int]) -> frozenset[int]:
        """With whole sections beside chosen ones that hold running text only.

        Extractors drop a section for its name: `tags`, `related` and `comments` head chapters as well. One that is no
        ``<section>``, or holds a single paragraph, must have a heading and stand between chosen ones.
        """
        prose = [self.blocks[number].element for number in chosen if self.blocks[number].is_prose]
        parents = {parent for element in prose if (parent := element.getparent()) is not None}
        beside = parents | {parent.getparent() for parent in parents if parent.tag in _SECTIONS}
        missing: dict[HtmlElement, list[int]] = {}
        for number, block in enumerate(self.blocks):
            parent = block.element.getparent()
            if parent is not None and parent not in parents and parent.getparent() in beside:
                missing.setdefault(parent, []).append(number)
        first, last = min(chosen, default=0), max(chosen, default=0)
        chapters = [
            numbers
            for section, numbers in missing.items()
            if section.tag in _SECTIONS and self._is_chapter(section.tag, numbers, first < numbers[0] < last)
        ]
        return chosen.union(*chapters)

    def with_edges(self, chosen: frozenset[int], second: frozenset[int]) -> frozenset[int]:
        """With running text right below the headline, and what the second reading has right behind the last block."""
        top, first, last = self.find_headline(chosen), min(chosen), max(chosen)
        opening = range(top + 1, first) if top >= 0 and first - top <= _REACH else ()
        behind = takewhile(lambda number: number in second and self._runs(number), count(last + 1))
        goes_on = list(behind)
        begins = (n for n in opening if self._runs(n) and not _DECK.search(self.blocks[n].element.get("class", "")))
        return chosen.union(begins, goes_on if len(goes_on) > 1 else ())

    def with_posts(self, chosen: frozenset[int]) -> frozenset[int]:
        """With the running text that is marked up alike most often: the posts of a thread that no extractor takes."""
        looks: dict[object, list[int]] = {}
        for number, block in enumerate(self.blocks):
            if block.is_prose and not is_accessory(block) and not block.linked:
                looks.setdefault(_look(block), []).append(number)
        most = max(looks.values(), key=self.words, default=[])
        return chosen.union(most if len(most) >= _POSTS else ())

    def _runs(self, number: int) -> bool:
        if number >= len(self.blocks):
            return False
        block = self.blocks[number]
        return block.is_prose and not block.linked and self.is_text(number) and not _is_comment(block)

    def with_alike(self, chosen: frozenset[int]) -> frozenset[int]:
        """With the running text that is marked up as chosen text is, by a class: the posts of a thread look alike."""
        looks = {_look(self.blocks[number]) for number in chosen if self.blocks[number].is_prose}
        named = {look for look in looks if any(name for _, name in look)}
        alike = (n for n, block in enumerate(self.blocks) if _look(block) in named and block.is_prose)
        return chosen.union(number for number in alike if self.is_text(number))

    def _is_chapter(self, tag: str, numbers: Sequence[int], inside: bool) -> bool:
        blocks = [self.blocks[number] for number in numbers]
        running = sum(block.is_prose and not block.linked for block in blocks)
        whole = running + sum(block.is_heading for block in blocks) == len(blocks)
        headed = inside and blocks[0].is_heading and running > 0
        return whole and (headed or (tag == "section" and running > 1))


def _shows(block: Block, headline: str) -> bool:
    """Whether a block is the headline, alone or as a link with a line about it behind it."""
    text = normalise(block.text).casefold()
    if text == headline:
        return True
    return text.startswith(headline) and block.linked > _LINKED and count_words(text[len(headline) :]) <= _ABOUT


def _is_comment(block: Block) -> bool:
    names = (f"{element.get('class', '')} {element.get('id', '')}" for element in block.around[:_REACH])
    return any(map(_COMMENT.search, names))


def _look(block: Block) -> tuple[tuple[str, str], ...]:
    """How a block is marked up, by itself and its surroundings: paragraphs of one text have this in common."""
    return tuple((str(element.tag), element.get("class", "")) for element in block.around[:2])
