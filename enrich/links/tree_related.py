"""The linkage tree's list of related links: it repeats links of the prose, in their order."""

import re
from collections.abc import Mapping

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.edit import Edit
from enrich.vault.wikilink import find_links
from enrich.vault.zones import scan_zones

MOST_RELATED = 3
"""Links of the prose that the list repeats; what the author wrote beyond that stays. By hand, as in the house style."""

_LIST = lazy_pattern(
    r"<li>related[^\S\n]*\n[^\S\n]*<ul>[^\S\n]*\n"
    r"(?P<items>(?:[^\S\n]*<li>[^\n]*</li>[^\S\n]*\n)*)(?P<indent>[^\S\n]*)</ul>"
)
_ITEM = lazy_pattern(r"(?<![^\S\n])(?P<indent>[^\S\n]*+)<li>(?P<link>!?\[[^\n]*)</li>[^\n]*\n")
_WAY = lazy_pattern(r"\A(?:\.{1,2}/)+|\A/")


def follow_link(text: str, link: str, written: str) -> Edit | None:
    """The edit that adds ``link`` (``stem`` or ``path/stem|stem``) to the tree's list, in the order of the prose.

    ``written`` is the link in the form of the vault. None when the note has no such tree, or the list is full or holds
    the link already.
    """
    found = _find_list(text)
    if found is None:
        return None
    items = [(item, links[0]) for item in _ITEM.finditer(found["items"]) if (links := find_links(item["link"]))]
    targets = [_bare(link.target) for _, link in items]
    wanted = _bare(link.partition("|")[0])
    if len(items) >= MOST_RELATED or any(_is_same(wanted, target) for target in targets):
        return None
    order = _order_of_links(text)
    own = _place_in(order, wanted, len(text))
    later = (item for (item, _), target in zip(items, targets, strict=True) if _place_in(order, target, -1) > own)
    at = found.start("items") + next((item.start() for item in later), len(found["items"]))
    indent = items[0][0]["indent"] if items else found["indent"] + "  "
    return Edit(Span(at, at), f"{indent}<li>{written}</li>\n")


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
    for link in find_links(text):
        if link.makes_backlink:
            order.setdefault(_bare(link.target), link.span.start)
    return order


def _place_in(order: Mapping[str, int], target: str, otherwise: int) -> int:
    return min((at for other, at in order.items() if _is_same(target, other)), default=otherwise)


def _bare(target: str) -> str:
    """A target without the way from the note's folder, and without its ending."""
    return _WAY.sub("", target.lower().removesuffix(".md"))


def _is_same(one: str, other: str) -> bool:
    """Whether the targets are one note, with or without its folder."""
    return one == other or one.endswith(f"/{other}") or other.endswith(f"/{one}")
