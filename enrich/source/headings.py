"""The headings of a page: which is the article's headline and which the site's name."""

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement
from msgspec import Struct

from enrich.source.title import clean_title, fold_name, fold_title, split_title
from enrich.text.pattern import lazy_pattern

_TAGS = ("h1", "h2", "h3", "h4")
_MOST = 500
"""By hand, a bound of time: of 54 real pages none has more than 39."""
_LOGO = lazy_pattern(r"logo|brand|masthead|site-?(?:title|name)|blog-?(?:title|name)", re.I)
_FRONT = lazy_pattern(r"(?:https?://[^/]+)?/?")
_SHORTEST_SHOWN = 4
"""Characters of a title. By hand: shorter texts are buttons."""
_LONGEST_SHOWN = 300
"""The same at most. By hand: longer ones are paragraphs; the titles of 54 real pages have 114 at most."""


class Headings(Struct, frozen=True):
    """What a page shows as headings."""

    headlines: tuple[str, ...]
    """The H1s that do not name the site; without one, the lower headings that a title of the page repeats."""
    logos: frozenset[str]
    """Headings that name the site, as `fold_name` gives them."""
    shown: frozenset[str]
    """Short texts of the page, as `fold_title` gives them."""


def read_headings(tree: HtmlElement, titles: Sequence[str]) -> Headings:
    """Read the headings; ``titles`` are the page's own, with the site's name in them."""
    elements = list(tree.iter(*_TAGS))[:_MOST]
    texts = {element: clean_title(" ".join(element.itertext())) for element in elements}
    parts = [part for title in titles for part in split_title(clean_title(title))]
    folded = {fold_title(text) for text in texts.values() if text}
    logos = {fold_name(texts[e]) for e in elements if _is_logo(e) and _is_part(texts[e], parts)}
    logos = logos or {fold_name(logo) for logo in _pair_logos(parts, folded)}
    headings = [(e.tag, texts[e]) for e in elements if texts[e] and fold_name(texts[e]) not in logos]
    headlines = [text for tag, text in headings if tag == "h1"]
    repeated = {fold_title(part) for pair in parts for part in pair} | {
        fold_title(clean_title(title)) for title in titles
    }
    lower = [text for tag, text in headings if fold_title(text) in repeated]
    return Headings(tuple(headlines or lower), frozenset(logos) - {""}, frozenset(_shown_texts(tree)))


def _pair_logos(parts: Iterable[tuple[str, str]], folded: set[str]) -> list[str]:
    """Where both parts of a title are headings, the shorter one names the site."""
    return [min(pair, key=len) for pair in parts if fold_title(pair[0]) in folded and fold_title(pair[1]) in folded]


def _is_part(text: str, parts: Iterable[tuple[str, str]]) -> bool:
    return any(fold_title(text) in map(fold_title, pair) for pair in parts)


def _is_logo(element: HtmlElement) -> bool:
    """Whether a heading is marked up as the site's name: by a class around it, or by a link to the front page."""
    around = (element, element.getparent())
    if any(_LOGO.search(f"{part.get('class', '')} {part.get('id', '')}") for part in around if part is not None):
        return True
    return any(leads_to_front(link) for link in element.iter("a") if "href" in link.attrib)


def leads_to_front(link: HtmlElement) -> bool:
    """Whether a link leads to a front page, or nowhere; one to a place on its own page does not."""
    address, mark, _ = link.get("href", "").strip().partition("#")
    return bool(_FRONT.fullmatch(address)) and not (mark and not address)


def _shown_texts(tree: HtmlElement) -> Iterable[str]:
    """Texts of elements that hold nothing else, as short as a title."""
    for element in tree.iter("a", "span", "div", "p", "td", "strong", "b", "font", "h1", "h2", "h3", "h4"):
        text = element.text
        if len(element) == 0 and text and _SHORTEST_SHOWN <= len(text) <= _LONGEST_SHOWN:
            yield fold_title(text)
