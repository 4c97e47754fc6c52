"""A note: one Markdown file of the vault, with what its front matter and text say. Reading one never fails."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from enrich.text.span import Span
from enrich.vault.front_matter import read_front_matter
from enrich.vault.note_id import parse_note_id
from enrich.vault.wikilink import Wikilink, links_of_zones
from enrich.vault.zones import Zone, link_zones

TYPES = {
    "TJ": "tech-journal",
    "GN": "general-note",
    "RD": "research-digest",
    "TP": "thoughtpiece",
    "MR": "market-news",
}
"""The dated types of the house by the code in their note ids (house style §2)."""

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_HEADING = re.compile(r"^(#{1,6})[^\S\n]+(.*?)[^\S\n]*#*$", re.MULTILINE)
_URL = re.compile(r"https?://[^\s<>\"'\])]+(?:\([^\s<>\"'\])]*\)[^\s<>\"'\])]*)*")
_TAG = re.compile(r"(?<![^\s])#([^\s#!\"$%&'()*+,.:;<=>?@\[\\\]^`{|}~]+)")


@dataclass(frozen=True)
class Note:
    """What is known of one note. Spans and offsets count code points of `text`."""

    path: str
    """Relative to the vault, ``/`` as separator, with ``.md``."""
    text: str = field(repr=False)
    """The file; bytes that are not UTF-8 stand in it as surrogates, so that nothing is lost."""
    body_start: int
    """Where the text after the front matter begins."""
    front: Mapping[str, Any] = field(repr=False)
    front_error: str = ""
    """What is wrong with the front matter; empty when it is sound or missing."""
    links: tuple[Wikilink, ...] = field(default=(), repr=False)
    urls: tuple[str, ...] = field(default=(), repr=False)

    @property
    def stem(self) -> str:
        """The file's name without ``.md``."""
        return PurePosixPath(self.path).stem

    @property
    def folder(self) -> str:
        """The folder in the vault; ``.`` for the vault itself."""
        return str(PurePosixPath(self.path).parent)

    @property
    def title(self) -> str:
        """The front matter's title, else the file's name."""
        return _text(self.front.get("title")) or self.stem

    @property
    def description(self) -> str:
        """One line from the front matter; empty when there is none."""
        return _text(self.front.get("description"))

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names of the note."""
        return _list(self.front, "aliases", "alias")

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags of the front matter, without ``#``, in order."""
        return tuple(tag.removeprefix("#") for tag in _list(self.front, "tags", "tag", split=True))

    @property
    def keywords(self) -> tuple[str, ...]:
        """Keywords of the front matter."""
        return _list(self.front, "keywords", "keyword", split=True)

    @property
    def created(self) -> date | None:
        """The date of the front matter, under the names that vaults use for it."""
        return _first_date(self.front, ("created", "date", "date created", "created-at", "datepublished"))

    @property
    def updated(self) -> date | None:
        """The date of the last change, as the front matter says."""
        return _first_date(self.front, ("updated", "modified", "date modified", "lastmod", "last-modified"))

    @property
    def note_id(self) -> str:
        """The note's id; empty when it has none."""
        return _text(self.front.get("note_id"))

    @property
    def draft(self) -> bool:
        """Whether the site leaves the note out: Quartz does so for ``true`` and the text ``"true"`` only."""
        return self.front.get("draft") in (True, "true")

    @property
    def type_name(self) -> str:
        """The note's type: by the code in its id, else its first tag, else its css class."""
        parsed = parse_note_id(self.note_id)
        if parsed and parsed.code in TYPES:
            return TYPES[parsed.code]
        return next(iter((*self.tags, *_list(self.front, "cssclasses", "cssclass"))), "")


def parse_note(path: str, text: str) -> Note:
    """Read a note; whatever its front matter is like, the rest is read."""
    zones = link_zones(text)
    start = zones[0].end if zones and zones[0].kind == "front" else 0
    front = read_front_matter(text[:start]) if start else None
    return Note(
        path=path,
        text=text,
        body_start=start,
        front=front.values if front else {},
        front_error=front.error if front else "",
        links=links_of_zones(text, zones) if "[[" in text else (),
        urls=tuple(url.rstrip(".,;:") for url in _URL.findall(text, start)),
    )


def find_headings(note: Note) -> tuple[tuple[int, str, Span], ...]:
    """Level, text and span of every ATX heading of the body."""
    return tuple(
        (len(found[1]), found[2].strip(), Span(*found.span()))
        for found in _HEADING.finditer(note.text, note.body_start)
    )


def inline_tags(note: Note, zones: Iterable[Zone]) -> tuple[str, ...]:
    """Tags in the text, as Obsidian reads them: not in code, and not of digits only."""
    muted = [zone for zone in zones if zone.kind in ("code", "comment", "math", "front", "url", "link")]
    found = (match for match in _TAG.finditer(note.text, note.body_start) if not match[1].isdigit())
    return tuple(match[1] for match in found if not any(zone.start <= match.start() < zone.end for zone in muted))


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _list(front: Mapping[str, Any], *keys: str, split: bool = False) -> tuple[str, ...]:
    """The values under the first of ``keys`` that is there; with ``split`` one text is cut at commas and spaces."""
    value = next((front[key] for key in keys if front.get(key) not in (None, "")), None)
    if isinstance(value, str) and split:
        value = re.split(r"[,\s]+", value)
    items = value if isinstance(value, list | tuple) else [value]
    return tuple(text for item in items if (text := _text(item)))


def _first_date(front: Mapping[str, Any], keys: Iterable[str]) -> date | None:
    for key in keys:
        found = _DATE.search(_text(front.get(key)))
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None
