"""What a page says of itself in JSON-LD: the objects in its scripts, and the one that is the article."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from enrich.text.json_text import read_json

Item = Mapping[str, Any]

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$|;\s*$")
_DEPTH = 12
_ITEMS = 500
_ARTICLE_TYPES = frozenset(
    """
    advertisercontentarticle analysisnewsarticle apireference article askpublicnewsarticle backgroundnewsarticle
    blogposting discussionforumposting liveblogposting medicalscholarlyarticle newsarticle opinionnewsarticle report
    reportagenewsarticle reviewnewsarticle satiricalarticle scholarlyarticle socialmediaposting techarticle
    """.split()
)
_PAGE_TYPES = frozenset({"webpage", "itempage"})


def read_items(tree: HtmlElement) -> list[Item]:
    """Every JSON-LD object of the page that has a type, outer ones first; scripts that are not JSON are passed over."""
    items: list[Item] = []
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            items.extend(_flatten(_load(script.text or ""), _DEPTH))
    return items[:_ITEMS]


def find_article(items: list[Item], addresses: frozenset[str]) -> Item:
    """The object that describes the page's article, else the page; empty when there is none.

    Pages list other articles as well, so one that names one of ``addresses`` comes first.
    """
    articles = [item for item in items if _types(item) & _ARTICLE_TYPES]
    pages = [item for item in items if _types(item) & _PAGE_TYPES]
    own = [item for item in articles if _addresses(item) & addresses]
    return next(iter([*own, *articles, *pages]), {})


def resolve(value: Any, items: list[Item]) -> Any:
    """The object that a reference (``{"@id": …}`` and nothing else of use) stands for; other values as they are."""
    if isinstance(value, list):
        return [resolve(member, items) for member in value]
    if isinstance(value, Mapping) and "name" not in value and "@id" in value:
        return next((item for item in items if item.get("@id") == value["@id"] and "name" in item), value)
    return value


def text_of(value: Any) -> str:
    """A plain string, an object's name, or the first of a list of these."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return text_of(value.get("name") or value.get("@value") or "")
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), "")
    return ""


def texts_of(value: Any) -> list[str]:
    """Like `text_of`, for every member of a list."""
    return [text for text in map(text_of, value if isinstance(value, list) else [value]) if text]


def number_of(value: Any) -> int:
    """A positive whole number, also when it is written as a string; else 0."""
    try:
        return max(0, int(str(value).replace(",", "")))
    except ValueError:
        return 0


def is_false(value: Any) -> bool:
    """Whether a flag is off: ``false``, or the strings that stand for it."""
    return value is False or (isinstance(value, str) and value.strip().lower() in ("false", "no", "0"))


def _load(script: str) -> Any:
    for text in (script, _WRAPPING.sub("", script.strip())):
        try:
            return read_json(text, lenient=True)
        except ValueError:
            continue
    return None


def _flatten(value: Any, depth: int) -> Iterator[Item]:
    """Objects with a type, at any place down to a depth."""
    if depth == 0:
        return
    if isinstance(value, list):
        for member in value:
            yield from _flatten(member, depth - 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for member in value.values():
            if isinstance(member, dict | list):
                yield from _flatten(member, depth - 1)


def _types(item: Item) -> frozenset[str]:
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(str(name).rpartition("/")[2].lower() for name in names)


def _addresses(item: Item) -> frozenset[str]:
    main = item.get("mainEntityOfPage")
    claims = [item.get("url"), item.get("@id"), main, main.get("@id") if isinstance(main, Mapping) else None]
    return frozenset(claim for claim in claims if isinstance(claim, str))
