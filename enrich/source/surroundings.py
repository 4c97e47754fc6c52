"""What a reader takes for the article's own byline and dateline: the lines right above and right below it."""

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from enrich.source.article import Article
from enrich.source.block import Block
from enrich.text.pattern import lazy_pattern
from enrich.text.words import count_words

_ELSEWHERE = frozenset({"aside", "nav", "footer", "form", "blockquote", "q", "label", "figure", "figcaption"})
_OTHERS = lazy_pattern(
    r"comment|repl(?:y|ies)(?![a-z])|disqus|testimonial|review|related|widget|sidebar|guestbook|respond", re.I
)
_OTHERS_TYPE = lazy_pattern(r"/(?:user)?(?:comments?|reviews?|answer|wpsidebar|wpfooter)$", re.I)
_BEFORE = 4
"""Blocks right above the headline in which a date or a name may stand. This and the next two by hand; fixtures/pages
are read alike from 1 to 8."""
_AFTER = 5
"""The same right below the article; alike from 1 to 10."""
_LONGEST_HEAD = 10
"""The same between headline and text, and half the words of a first paragraph; alike from 3 to 20."""
_BYLINE_WORDS = 8
"""Words of a list's item that names somebody; a longer one says something as well."""


class Surroundings:
    """The head and the foot of an article, and what on the page belongs to something else."""

    def __init__(self, tree: HtmlElement, article: Article) -> None:
        self._tree = tree
        self._article = article
        self._answers: dict[tuple[str, HtmlElement], bool] = {}
        self._branches = frozenset(
            element for number in article.chosen[:3] for element in article.blocks[number].around
        )
        self.order = {element: at for at, element in enumerate(tree.iter())}
        heading = self._heading()
        self._above = frozenset([heading, *heading.iterancestors()]) if heading is not None else frozenset()
        self.at = self.order[heading] if heading is not None else 0
        """Where the headline, or else the article's first block, stands in the order of all elements."""

    @property
    def opening(self) -> str:
        """The article's first paragraph; empty when there is none."""
        chosen = self._article.chosen
        return self._article.blocks[chosen[0]].text if chosen else ""

    def head(self) -> list[Block]:
        """The blocks below the headline up to the first paragraph, then those right above the headline."""
        blocks, top = self._article.blocks, self._top()
        if top < 0:
            return []
        below: list[Block] = []
        for block in blocks[top + 1 : top + 1 + _LONGEST_HEAD]:
            if block.is_prose and block.words > _LONGEST_HEAD * 2:
                break
            below.append(block)
        above = list(reversed(blocks[max(0, top - _BEFORE) : top]))
        return [block for block in [*below, *above] if not self.is_others(block.element)]

    def foot(self) -> list[Block]:
        """The blocks right below the article."""
        chosen = self._article.chosen
        below = self._article.blocks[chosen[-1] + 1 : chosen[-1] + 1 + _AFTER] if chosen else []
        return [block for block in below if not self.is_others(block.element)]

    def is_others(self, element: HtmlElement) -> bool:
        """Whether an element belongs to another story, a comment, a menu or a quotation.

        What stands apart from the headline in a part with a heading of its own belongs to that heading.
        """
        branch = element
        for parent in (element, *element.iterancestors()):
            if parent in self._above:
                break
            if self._ask(self._is_apart, parent):
                return True
            branch = parent
        return self._ask(self._heads_another, branch)

    def _ask(self, question: Callable[[HtmlElement], bool], element: HtmlElement) -> bool:
        """The answer about an element, found once: thousands of names may stand in one box."""
        key = question.__name__, element
        if key not in self._answers:
            self._answers[key] = question(element)
        return self._answers[key]

    def _is_apart(self, element: HtmlElement) -> bool:
        names = f"{element.get('class', '')} {element.get('id', '')}"
        return (
            element.tag in _ELSEWHERE
            or bool(_OTHERS.search(names))
            or bool(_OTHERS_TYPE.search(element.get("itemtype", "")))
            or (element.tag == "li" and count_words(element.text_content()) > _BYLINE_WORDS)
            or (element.tag == "a" and any(True for _ in element.iter("h2", "h3", "h4", "h5", "h6")))
        )

    def _heads_another(self, branch: HtmlElement) -> bool:
        if branch in self._above or branch in self._branches:
            return False
        return any(True for _ in branch.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6"))

    def _heading(self) -> HtmlElement | None:
        top = self._top()
        if top >= 0:
            return self._article.blocks[top].element
        first = next(self._tree.iter("h1"), None)
        if first is not None or not self._article.chosen:
            return first
        return self._article.blocks[self._article.chosen[0]].element

    def _top(self) -> int:
        """The number of the block from which the head is read: the headline, else an H1."""
        if self._article.headline >= 0:
            return self._article.headline
        return next((n for n, block in enumerate(self._article.blocks) if block.element.tag == "h1"), -1)
