"""What a page says of itself in JSON-LD: the objects in its scripts, and the one that is the article."""

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from enrich.source.address import address_key
from enrich.text.json_text import mend_halves, read_json
from enrich.text.normal import normalise
from enrich.text.pattern import lazy_pattern
from enrich.text.words import split_words

Item = Mapping[str, Any]

_WRAPPING = lazy_pattern(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$|;\s*$")
_NESTED = lazy_pattern(r"[\[{](?:\s*[\[{]){50}")
_LONGEST_REPAIRED = 100_000
"""Characters: mending takes longer than reading."""
_DEPTH = 12
"""Levels of objects and lists. By hand, a bound of time: of 54 real pages none has more than 4."""
_ITEMS = 500
"""By hand, a bound of time: of 54 real pages none has more than 26."""
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


def find_article(items: list[Item], addresses: frozenset[str], titles: frozenset[str] = frozenset()) -> Item:
    """The object that describes the page's article, else the page; empty when there is none.

    Pages list other articles as well. So the one that names one of the ``addresses`` (as `address_key` gives them)
    comes first, then one whose headline is one of the ``titles`` (as `fold_title` gives them). One that names another
    address and shares no word with the titles describes something else.
    """
    articles = [item for item in items if _types(item) & _ARTICLE_TYPES]
    pages = [item for item in items if _types(item) & _PAGE_TYPES]
    named = [item for item in articles if _keys(item) & addresses]
    titled = [item for item in articles if fold_title(text_of(item.get("headline") or item.get("name"))) in titles]
    others = [item for item in articles if not _is_elsewhere(item, addresses, titles)]
    return next(iter([*named, *titled, *others, *pages]), {})


def find_product(items: list[Item]) -> Item:
    """The first thing that is offered for sale; empty when there is none."""
    return next((item for item in items if "product" in _types(item)), {})


def fold_title(title: str) -> str:
    """A title by its letters and digits, so that two spellings of it are equal."""
    return " ".join(word.text for word in split_words(normalise(title).casefold()))


def _is_elsewhere(item: Item, addresses: frozenset[str], titles: frozenset[str]) -> bool:
    words = set(fold_title(text_of(item.get("headline"))).split())
    keys = {key for key in _keys(item) if "/" in key.rstrip("/")}
    known = {word for title in titles for word in title.split()}
    return bool(keys and addresses and words and known) and len(words & known) * 3 < len(words)


def resolve(value: Any, items: list[Item]) -> Any:
    """The object that a reference (``{"@id": …}`` and nothing else of use) stands for; other values as they are."""
    if isinstance(value, list):
        return [resolve(member, items) for member in value]
    if isinstance(value, Mapping) and "name" not in value and "@id" in value:
        return next((item for item in items if item.get("@id") == value["@id"] and "name" in item), value)
    return value


def text_of(value: Any) -> str:
    """A plain string, an object's name (a person's may be in two parts), or the first of a list of these."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        parts = (value.get("givenName"), value.get("familyName"))
        full = " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())
        return text_of(value.get("name") or full or value.get("@value") or "")
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


def is_true(value: Any) -> bool:
    """Whether a flag is on: ``true``, or the strings that stand for it."""
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes", "1"))


def _load(script: str) -> Any:
    """The value of a script; what is broken in it (a comma too many, a comment, quotation marks) is mended."""
    bare = _WRAPPING.sub("", script.strip())
    bare = bare if '"' in bare else html.unescape(bare)
    for text in (script, bare):
        try:
            return read_json(text, lenient=True)
        except ValueError:
            continue
    return _read_several(bare) or _repair(bare)


def _read_several(script: str) -> list[Any]:
    """The values that stand one behind the other in one script, up to what is none."""
    values: list[Any] = []
    while script and len(values) < _ITEMS:
        try:
            end = json.JSONDecoder(strict=False).raw_decode(script)[1]
            values.append(read_json(script[:end], lenient=True))
        except (ValueError, RecursionError):
            break
        script = script[end:].lstrip(" \t\r\n,;")
    return values


def _repair(script: str) -> Any:
    if "@type" not in script or len(script) > _LONGEST_REPAIRED or _NESTED.search(script):
        return None
    from json_repair import loads  # few pages need it

    try:
        return loads(script, skip_json_loads=True)
    except (ValueError, RecursionError):
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


def _keys(item: Item) -> frozenset[str]:
    main = item.get("mainEntityOfPage")
    claims = [item.get("url"), item.get("@id"), main, main.get("@id") if isinstance(main, Mapping) else None]
    texts = [str(mend_halves(claim)) for claim in claims if isinstance(claim, str)]
    return frozenset(address_key(text) for text in texts if "://" in text)
