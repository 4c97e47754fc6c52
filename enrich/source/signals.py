"""Signs that a page is not the article a reader would see: walls, empty shells, error pages."""

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

from enrich.source import jsonld
from enrich.source.head import Head
from enrich.source.markup import read_blocks, read_line
from enrich.source.reading import Signals
from enrich.text.pattern import lazy_pattern

SHOWN = 20_000
"""Characters. By hand: walls and error pages say what they are within a screen or two."""
_REFRESH = lazy_pattern(r"\s*\d+\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s]+)", re.I)


def read_signals(tree: HtmlElement, head: Head, item: jsonld.Item, items: list[jsonld.Item]) -> Signals:
    """Read the signs from a page whose hidden parts are still there; of its JSON-LD, ``item`` is the article."""
    return Signals(
        document_title=head.document_title(),
        heading=next((" ".join(heading.text_content().split()) for heading in tree.iter("h1")), ""),
        locked=_is_locked(head, item),
        free=jsonld.is_true(item.get("isAccessibleForFree")),
        stated_words=jsonld.number_of(item.get("wordCount")) or jsonld.number_of(head.first("wordcount")),
        needs_password=bool(tree.xpath('//input[@type="password"]')),
        without_scripts=" ".join(read_line(element) for element in tree.iter("noscript"))[:SHOWN],
        scripts=sum(1 for script in tree.iter("script") if "json" not in script.get("type", "").lower()),
        forwards_to=_forwards_to(head.first("refresh")),
        media=head.first("og:type").lower() or ("product" if jsonld.find_product(items) else ""),
    )


def read_shown(tree: HtmlElement) -> str:
    """The visible text of a page that was freed of hidden parts, one block a line, cut at 20,000 characters."""
    body = tree.find("body")
    return "\n".join(read_blocks(tree if body is None else body))[:SHOWN]


def _is_locked(head: Head, item: jsonld.Item) -> bool:
    parts = item.get("hasPart")
    whole_and_parts = [item, *(parts if isinstance(parts, list) else [parts])]
    free = [part.get("isAccessibleForFree") for part in whole_and_parts if isinstance(part, Mapping)]
    return (
        any(map(jsonld.is_false, [*free, *head.all("isaccessibleforfree")]))
        or head.first("article:content_tier").lower() == "locked"
    )


def _forwards_to(refresh: str) -> str:
    match = _REFRESH.match(refresh)
    return match[1] if match else ""
