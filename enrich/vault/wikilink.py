"""Wikilinks: `[[target#heading|alias]]` and embeds, where Obsidian would make a link of them."""

import re
from dataclasses import dataclass

from enrich.text.span import Span
from enrich.vault.zones import WIKILINK, Zone, link_zones

_MUTE = frozenset({"code", "comment", "math", "template"})


@dataclass(frozen=True, slots=True)
class Wikilink:
    """One link. `target` is empty for a link inside the note (``[[#heading]]``)."""

    target: str
    """The note or file meant, as written: ``stem``, ``folder/stem``, ``image.png``; no heading, no alias."""
    heading: str
    """What follows ``#``, without it; empty when there is none or when it names a block."""
    alias: str
    """The text shown; empty when it is not given."""
    embed: bool
    """``![[…]]``"""
    span: Span
    """From the first bracket (or ``!``) to after the last; offsets count code points of the whole note."""
    block: str = ""
    """A block's id: what follows ``#^``."""
    in_html: bool = False
    """Inside an HTML block, such as the linkage tree: neither Obsidian nor the site makes a link of it."""
    in_front: bool = False
    """Inside the front matter: a link in Obsidian's properties, and text for the site generator."""

    @property
    def makes_backlink(self) -> bool:
        """Whether it is a link in the text, for Obsidian and the site alike."""
        return not self.in_html and not self.in_front


def find_wikilinks(text: str) -> tuple[Wikilink, ...]:
    """Every wikilink of a note in order, front matter and HTML blocks included and flagged.

    Links inside code, comments, mathematics and templates are no links and not found; see `enrich.vault.zones`.
    """
    return links_of_zones(text, link_zones(text)) if "[[" in text else ()


def links_of_zones(text: str, zones: tuple[Zone, ...]) -> tuple[Wikilink, ...]:
    """`find_wikilinks` for a text whose zones are known already."""
    body = zones[0].end if zones and zones[0].kind == "front" else 0
    links = [parse_wikilink(found, in_front=True) for found in WIKILINK.finditer(text, 0, body)]
    html_end = mute_end = body
    for start, end, kind in zones:
        if kind in _MUTE:
            mute_end = max(mute_end, end)
        elif kind == "html block":
            html_end = max(html_end, end)
        elif kind == "wikilink" and start >= mute_end and (found := WIKILINK.match(text, start)):
            links.append(parse_wikilink(found, in_html=start < html_end))
    return tuple(links)


def parse_wikilink(found: re.Match[str], in_html: bool = False, in_front: bool = False) -> Wikilink:
    """The link that a match of `enrich.vault.zones.WIKILINK` holds."""
    inside, bar, alias = found[1].partition("|")
    if bar and inside.endswith("\\"):  # in a table the bar is escaped
        inside = inside[:-1]
    target, _, place = inside.partition("#")
    heading, block = ("", place[1:].strip()) if place.startswith("^") else (place.strip(), "")
    return Wikilink(
        target=target.strip(),
        heading=heading,
        alias=alias.strip(),
        embed=found.group().startswith("!"),
        span=Span(*found.span()),
        block=block,
        in_html=in_html,
        in_front=in_front,
    )
