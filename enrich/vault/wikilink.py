"""Links into the vault where Obsidian would make links of them: ``[[target#heading|alias]]``, ``[words](path.md)``."""

import re
from functools import lru_cache
from typing import ClassVar
from urllib.parse import unquote

from msgspec import Struct

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.zones import WIKILINK, Zone, link_zones, scan_zones

_MUTE = frozenset({"code", "comment", "math", "template"})
_ADDRESS = r"(?:<([^<>\n]*)>|((?>(?:[^\s()\\]|\\.|\((?>(?:[^\s()\\]|\\.)*)\))*)))"
_INLINE = lazy_pattern(rf"(!?)\[((?>(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*))\]\(\s*{_ADDRESS}", re.S)
_DEFINITION = lazy_pattern(r"\[([^\[\]\n]+)\]:[^\S\n]*(?:<([^<>\n]*)>|(\S+))")
_BY_NAME = lazy_pattern(r"\[([^\[\]]+)\](?:\[([^\[\]]*)\])?")
_OUTSIDE = lazy_pattern(r"[A-Za-z][\w+.-]*:|//")


class Wikilink(Struct, frozen=True):
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


class MarkdownLink(Struct, frozen=True):
    """A link in Markdown's form to a file of the vault: ``[words](path.md)``, ``![words](<a picture.png>)``."""

    target: str
    """The file meant, ``%20`` and the like decoded; no heading, no title. Empty for a link inside the note."""
    heading: str
    """What follows ``#``; empty when there is none."""
    words: str
    """What the link shows; of a definition (``[name]: path.md``) its name."""
    embed: bool
    span: Span
    """From the first bracket (or ``!``) to after the last; of a definition its line."""
    is_definition: bool = False
    makes_backlink: ClassVar[bool] = True
    """As of a `Wikilink`."""

    @property
    def may_be_note(self) -> bool:
        """Whether it can lead to a note; an address may be a picture, a folder or a page of the site as well."""
        name = self.target.rpartition("/")[2]
        return not self.target.startswith("/") and bool(name) and ("." not in name or name[-3:].lower() == ".md")


Link = Wikilink | MarkdownLink
"""A link of either form."""


def block_of(link: Link) -> str:
    """The id of the block that the link names, in either form; empty when it names none."""
    if isinstance(link, MarkdownLink):
        return link.heading[1:] if link.heading.startswith("^") else ""
    return link.block


def name_of(link: Link) -> str:
    """The target of a wikilink as it is written; of an address the name of its note, without folder and ending."""
    if isinstance(link, Wikilink):
        return link.target
    name = link.target.rpartition("/")[2]
    return name[:-3] if name[-3:].lower() == ".md" else name


def shown_words(link: Link) -> str:
    """The words that stand in the text for the link's reader."""
    if isinstance(link, MarkdownLink):
        return link.words
    return link.alias or link.target.rpartition("/")[2] or link.target or link.heading or link.block


def find_wikilinks(text: str) -> tuple[Wikilink, ...]:
    """Every wikilink of a note in order, front matter and HTML blocks included and flagged.

    Links inside code, comments, mathematics and templates are no links and not found; see `enrich.vault.zones`.
    """
    return links_of_zones(text, link_zones(text)) if "[[" in text else ()


def links_of_zones(text: str, zones: tuple[Zone, ...]) -> tuple[Wikilink, ...]:
    """`find_wikilinks` for a text whose zones are known already."""
    body = zones[0].end if zones and zones[0].kind == "front" else 0
    in_front = WIKILINK.finditer(text, 0, body) if text.find("[[", 0, body) >= 0 else ()
    links = [parse_wikilink(found, in_front=True) for found in in_front]
    html_end = mute_end = body
    for start, end, kind in zones:
        if kind in _MUTE:
            mute_end = max(mute_end, end)
        elif kind == "html block":
            html_end = max(html_end, end)
        elif kind == "wikilink" and start >= mute_end and (found := WIKILINK.match(text, start)):
            links.append(parse_wikilink(found, in_html=start < html_end))
    return tuple(links)


def find_links(text: str) -> tuple[Link, ...]:
    """The links of both forms in order; see `find_wikilinks` and `markdown_links_of_zones`."""
    if "](" not in text and "]:" not in text:
        return find_wikilinks(text)
    zones = scan_zones(text)
    return in_order(links_of_zones(text, zones), markdown_links_of_zones(text, zones))


@lru_cache(maxsize=8)
def find_uses(text: str) -> tuple[Span, ...]:
    """Where links into the vault, embeds left out, stand in the text of a note; ``[words][name]`` is one of them."""
    zones = scan_zones(text)
    links = in_order(links_of_zones(text, zones), markdown_links_of_zones(text, zones))
    defined = {_loose(link.words) for link in links if isinstance(link, MarkdownLink) and link.is_definition}
    direct = [link.span for link in links if link.makes_backlink and not link.embed and not _is_definition(link)]
    by_name = [
        Span(zone.start, zone.end)
        for zone in zones
        if zone.kind in ("link", "mark") and (found := _BY_NAME.fullmatch(text, zone.start, zone.end))
        if _loose(found[2] or found[1]) in defined
    ]
    return tuple(sorted([*direct, *by_name]))


def _loose(name: str) -> str:
    return " ".join(name.split()).casefold()


def _is_definition(link: Link) -> bool:
    return isinstance(link, MarkdownLink) and link.is_definition


def in_order(wikilinks: tuple[Wikilink, ...], markdown_links: tuple[MarkdownLink, ...]) -> tuple[Link, ...]:
    """The links of both forms by where they stand."""
    both: tuple[Link, ...] = (*wikilinks, *markdown_links)
    return tuple(sorted(both, key=lambda link: link.span)) if markdown_links else both


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


def markdown_links_of_zones(text: str, zones: tuple[Zone, ...]) -> tuple[MarkdownLink, ...]:
    """Every link in Markdown's form into the vault or inside the note, in order; web addresses are no such links."""
    links: list[MarkdownLink] = []
    mute_end = 0
    for start, end, kind in zones:
        if kind in _MUTE:
            mute_end = max(mute_end, end)
        elif kind == "link" and start >= mute_end and (link := _parse_markdown_link(text, start, end)):
            links.append(link)
    return tuple(links)


def address_span(text: str, link: MarkdownLink) -> Span:
    """Where the address of the link stands, as it is written: without angle brackets, with its heading."""
    form = _DEFINITION if link.is_definition else _INLINE
    found = form.match(text, *link.span)
    if found is None:
        raise ValueError(f"{link}: stands no more where it was read")
    last = found.re.groups
    return Span(*found.span(last if found[last] is not None else last - 1))


def _parse_markdown_link(text: str, start: int, end: int) -> MarkdownLink | None:
    """The link that a zone holds; None where it leads out of the vault."""
    if inline := _INLINE.match(text, start, end):
        mark, words, *written = inline.groups()
    elif definition := _DEFINITION.match(text, start, end):
        mark, (words, *written) = "", definition.groups()
    else:
        return None
    address = written[0] or written[1] or ""
    if not address or _OUTSIDE.match(address):
        return None
    target, _, heading = address.partition("#")
    if "%" in address:  # only now: what is written as %23 belongs to the file's name
        target, heading = unquote(target), unquote(heading)
    if not target and not heading:
        return None
    return MarkdownLink(target, heading, words, mark == "!", Span(start, end), is_definition=inline is None)
