"""The linkage tree's list of related links: it repeats links of the prose, in their order."""

import re

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.edit import Edit
from enrich.vault.wikilink import find_wikilinks
from enrich.vault.zones import scan_zones

MOST_RELATED = 3
"""Links of the prose that the list repeats; what the author wrote beyond that stays. By hand, as in the house style."""

_LIST = lazy_pattern(
    r"<li>related[^\S\n]*\n[^\S\n]*<ul>[^\S\n]*\n"
    r"(?P<items>(?:[^\S\n]*<li>[^\n]*</li>[^\S\n]*\n)*)(?P<indent>[^\S\n]*)</ul>"
)
_ITEM = lazy_pattern(r"(?<![^\S\n])(?P<indent>[^\S\n]*+)<li>\[\[(?P<target>[^\[\]|\n]*)[^\n]*\n")


def follow_link(text: str, link: str) -> Edit | None:
    """The edit that adds ``link`` (``stem`` or ``path/stem|stem``) to the tree's list, in the order of the prose.

    None when the note has no such tree, or the list is full or holds the link already.
    """
    found = _find_list(text)
    if found is None:
        return None
    items = list(_ITEM.finditer(found["items"]))
    targets = [item["target"].lower() for item in items]
    wanted = link.partition("|")[0].lower()
    if len(items) >= MOST_RELATED or wanted in targets:
        return None
    order = _order_of_links(text)
    own = order.get(wanted, len(text))
    later = (item for item, target in zip(items, targets, strict=True) if order.get(target, -1) > own)
    at = found.start("items") + next((item.start() for item in later), len(found["items"]))
    indent = items[0]["indent"] if items else found["indent"] + "  "
    return Edit(Span(at, at), f"{indent}<li>[[{link}]]</li>\n")


def _find_list(text: str) -> re.Match[str] | None:
    if "linkage-tree" not in text:
        return None
    blocks = [zone for zone in scan_zones(text) if zone.kind == "html block"]
    for found in _LIST.finditer(text):
        if any(
            zone.start < found.start() < zone.end and "linkage-tree" in text[zone.start : zone.end] for zone in blocks
        ):
            return found
    return None


def _order_of_links(text: str) -> dict[str, int]:
    """Where each target is first linked in the prose."""
    order: dict[str, int] = {}
    for link in find_wikilinks(text):
        if link.makes_backlink:
            order.setdefault(link.target.lower(), link.span.start)
    return order
