"""A note as it was read: what its front matter says, what its text holds. Broken notes are notes too."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from enrich.text.span import Span
from enrich.vault.dates import parse_date
from enrich.vault.front_matter import FrontMatter, read_front_matter
from enrich.vault.note_id import parse_note_id
from enrich.vault.wikilink import Wikilink, find_wikilinks
from enrich.vault.zones import Zone, front_matter_end, scan_zones

TYPE_OF_CODE: Mapping[str, str] = {
    "TJ": "tech-journal", "GN": "general-note", "RD": "research-digest", "TP": "thoughtpiece", "MR": "market-news",
    "KW": "keyword-index",
}  # fmt: skip
"""The journal's note types by the code in their note ids; any other type is known by its first tag and CSS class."""

_TYPES = frozenset(TYPE_OF_CODE.values())
_CREATED = ("created", "date", "date created", "created-at", "created_at", "creation-date", "published", "publishDate")
_UPDATED = ("updated", "modified", "lastmod", "date modified", "updated-at", "updated_at", "last-modified")
_TRUE = frozenset({"true", "yes", "on", "1", "y"})
_FIRST_HEADING = re.compile(r"[\s\ufeff]*#[^\S\n]+([^\n]+)")
_URL = re.compile(r"https?://(?>(?:[^\s<>()\"'`|\\\]]|\([^\s<>()]*+\))+)", re.I)
_HEADING = re.compile(r"[\s>\ufeff]*(?:(?:[-*+]|\d+[.)])\s+)?(#{1,6})(?:\s++(.*))?\Z", re.S)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a note; `span` covers its line (two lines when it is underlined)."""

    level: int
    text: str
    span: Span


@dataclass(frozen=True, eq=False)
class Note:
    """One note of a vault. Two notes are the same only if they are the same object.

    Links, headings and the like are found when they are first asked for, and remembered.
    """

    path: str
    """In the vault, ``/`` as separator, as the file system spells it."""
    stem: str
    """The file's name without ``.md``."""
    text: str = field(repr=False)
    """The whole file, front matter and line ends included; a byte that is no UTF-8 is one U+FFFD."""
    body_start: int
    """The offset after the front matter, 0 when there is none (or after a byte order mark)."""
    title: str
    """The front matter's title, else a first-line H1, else the stem."""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Tags of the front matter in order, without ``#``."""
    keywords: tuple[str, ...] = ()
    description: str = ""
    created: date | None = None
    """From the front matter, else from the note id, else from a date at the start of the stem."""
    updated: date | None = None
    note_id: str = ""
    type_name: str = ""
    """``tech-journal``; empty when nothing tells."""
    draft: bool = False
    """The author calls it a draft, in whatever spelling: it is not linked to."""
    published: bool = True
    """The site shows it: Quartz hides only a literal ``true`` (or the text ``"true"``), so ``yes`` is published.

    https://github.com/jackyzha0/quartz/blob/v4/quartz/plugins/filters/draft.ts
    """
    front: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The front matter as `enrich.vault.front_matter` reads it."""
    front_error: str = ""
    """What is wrong with the front matter; the fields above then hold what could be saved."""

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """See `enrich.vault.zones.scan_zones`."""
        return scan_zones(self.text)

    @cached_property
    def links(self) -> tuple[Wikilink, ...]:
        """Every wikilink, those in HTML and front matter flagged."""
        return find_wikilinks(self.text)

    @cached_property
    def urls(self) -> tuple[str, ...]:
        """Every web address in the note, front matter and code included, as written; each once."""
        return tuple(dict.fromkeys(found.group().rstrip(".,;:!?*_~") for found in _URL.finditer(self.text)))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Headings outside of code and comments, in order."""
        found = (_heading(self.text, zone) for zone in self.zones if zone.kind == "heading")
        return tuple(heading for heading in found if heading is not None)

    @cached_property
    def inline_tags(self) -> tuple[str, ...]:
        """``#tags`` of the text by Obsidian's rules, without ``#``, each once."""
        return tuple(dict.fromkeys(self.text[zone.start + 1 : zone.end] for zone in self.zones if zone.kind == "tag"))

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.text[self.body_start :]


def parse_note(path: str, text: str) -> Note:
    """Read the note at ``path`` of a vault from its text. Never raises; `Note.front_error` says what is broken."""
    body_start = front_matter_end(text)
    matter = read_front_matter(text[:body_start]) if body_start else FrontMatter({})
    front = matter.values
    stem = stem_of(path)
    note_id = _text(front.get("note_id"))
    tags = tuple(tag.lstrip("#") for tag in _strings(front, "tags", "tag", blanks_split=True))
    classes = _strings(front, "cssclasses", "cssclass", blanks_split=True)
    draft = front.get("draft")
    return Note(
        path=path,
        stem=stem,
        text=text,
        body_start=body_start or int(text.startswith("\ufeff")),
        title=_text(front.get("title")) or _first_heading(text, body_start) or stem,
        aliases=_strings(front, "aliases", "alias"),
        tags=tuple(tag for tag in tags if tag),
        keywords=_strings(front, "keywords", "keyword"),
        description=_text(front.get("description")),
        created=_first_date(front, _CREATED) or _date_of_id(note_id) or parse_date(stem[:10]),
        updated=_first_date(front, _UPDATED),
        note_id=note_id,
        type_name=_type_name(path, tags, classes, note_id),
        draft=draft is True or _text(draft).lower() in _TRUE,
        published=draft is not True and draft != "true",
        front=front,
        front_error=matter.error,
    )


def stem_of(path: str) -> str:
    """The file name of ``path`` without ``.md`` (in any case)."""
    name = path.rpartition("/")[2]
    return name[:-3] if name[-3:].lower() == ".md" else name


def _strings(front: Mapping[str, Any], *keys: str, blanks_split: bool = False) -> tuple[str, ...]:
    """The texts under the first of ``keys`` that has any: a list, or text with commas (or blanks) between them."""
    for key in keys:
        value = front.get(key)
        if isinstance(value, str):
            value = value.replace(" ", ",").split(",") if blanks_split else value.split(",")
        if isinstance(value, list):
            return tuple(text for item in value if (text := _text(item)))
    return ()


def _text(value: object) -> str:
    """Text of a scalar; empty for a list or mapping, which is never walked."""
    if isinstance(value, str):
        return value.strip()
    return str(value).lower() if isinstance(value, bool) else ""


def _first_date(front: Mapping[str, Any], keys: Iterable[str]) -> date | None:
    for key in keys:
        if (value := front.get(key)) and isinstance(value, str) and (day := parse_date(value)):
            return day
    return None


def _date_of_id(note_id: str) -> date | None:
    parsed = parse_note_id(note_id)
    return parse_date(f"20{parsed.day[:2]}-{parsed.day[2:4]}-{parsed.day[4:]}") if parsed else None


def _first_heading(text: str, body_start: int) -> str:
    found = _FIRST_HEADING.match(text, body_start)
    return found[1].strip().rstrip("#").strip() if found else ""


def _type_name(path: str, tags: tuple[str, ...], classes: tuple[str, ...], note_id: str) -> str:
    """The first tag, where it is a type of the journal or also a CSS class; else class, note id and folder tell."""
    if tags and (tags[0] in _TYPES or tags[0] in classes):
        return tags[0]
    if known := next((name for name in classes if name in _TYPES), ""):
        return known
    if (parsed := parse_note_id(note_id)) and parsed.code in TYPE_OF_CODE:
        return TYPE_OF_CODE[parsed.code]
    folders = (part.lower().replace("_", "-") for part in path.split("/")[:-1])
    return next((name for part in folders for name in (part, part.removesuffix("s")) if name in _TYPES), "")


def _heading(text: str, zone: Zone) -> Heading | None:
    line = text[zone.start : zone.end]
    if found := _HEADING.match(line):
        return Heading(len(found[1]), _without_closing((found[2] or "").rstrip()), Span(zone.start, zone.end))
    name, _, rule = line.rstrip().rpartition("\n")
    if rule and not rule.strip().strip("=-"):
        return Heading(1 if rule.strip()[0] == "=" else 2, name.strip(), Span(zone.start, zone.end))
    return None


def _without_closing(name: str) -> str:
    """A heading's name without the hashes that close it: ``a`` of ``# a ##``."""
    bare = name.rstrip("#")
    return bare[:-1] if bare != name and bare[-1:].isspace() else name
