"""A note as it was read: what its front matter says, what its text holds. Broken notes are notes too.

This is the only reader of notes. What it gives is kept in the index (`enrich.vault.note_record`), so a `Note` may come
from there, and then its file is opened only by who asks for the text.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Protocol

from msgspec import Struct

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.dates import find_iso_date, parse_date
from enrich.vault.front_matter import FrontMatter, read_front_matter
from enrich.vault.note_id import parse_note_id
from enrich.vault.scalar import Quoted, Value
from enrich.vault.wikilink import Link, MarkdownLink, Wikilink, in_order, links_of_zones, markdown_links_of_zones
from enrich.vault.zones import WIKILINK, Zone, front_matter_end, scan_zones

# Keys that vaults and site generators are seen to use, in lower case; the first that holds a date counts.
_CREATED = (
    "created", "date", "date created", "created-at", "created_at", "creation-date", "published", "publishdate",
    "datepublished", "collectiondate",
)  # fmt: skip
_UPDATED = ("updated", "modified", "lastmod", "date modified", "updated-at", "updated_at", "last-modified")
_TRUE = frozenset({"true", "yes", "on", "1", "y"})
_FALSE = frozenset({"false", "no", "off", "0", "n"})
_SEPARATORS = (lazy_pattern(r"[,\n]"), lazy_pattern(r"[,\s]+"))
_FIRST_HEADING = lazy_pattern(r"[\s\ufeff]*#[^\S\n]+([^\n]+)")
_FOLDER_NOTES = frozenset({"index", "_index"})
"""Notes that site generators show as the page of their folder."""
_URL = lazy_pattern(r"://(?>(?:[^\s<>()\"'`|\\\]]|\([^\s<>()]*+\))+)")
_WEB = ("http", "https")
_HEADING = lazy_pattern(r"[\s>\ufeff]*(?:(?:[-*+]|\d+[.)])\s+)?(#{1,6})(?:\s++(.*))?\Z", re.S)
_SEE_ALSO = lazy_pattern(r"^[*_]*see also[*_]*:?[*_]*[^\S\n]+(\[\[[^\n]+)$", re.MULTILINE | re.IGNORECASE)


class Heading(Struct, frozen=True):
    """A heading of a note; `span` covers its line (two lines when it is underlined)."""

    level: int
    text: str
    span: Span


class Contents(Protocol):
    """What the text of a note holds."""

    @property
    def wikilinks(self) -> tuple[Wikilink, ...]:
        """Every wikilink, those in HTML and front matter flagged."""

    @property
    def markdown_links(self) -> tuple[MarkdownLink, ...]:
        """Links in Markdown's form to files of the vault."""

    @property
    def urls(self) -> tuple[str, ...]:
        """Every web address, front matter and code included, as written; each once."""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Headings outside of code and comments, in order."""

    @property
    def inline_tags(self) -> tuple[str, ...]:
        """``#tags`` of the text by Obsidian's rules, without ``#``, each once."""

    @property
    def see_also(self) -> tuple[str, ...]:
        """The targets of the see-also line in order."""


class ReadContents(Struct, frozen=True):
    """The contents of a text that was read (implements `Contents`)."""

    wikilinks: tuple[Wikilink, ...]
    markdown_links: tuple[MarkdownLink, ...]
    urls: tuple[str, ...]
    headings: tuple[Heading, ...]
    inline_tags: tuple[str, ...]
    see_also: tuple[str, ...]


class Note(Struct, frozen=True, eq=False, dict=True):
    """One note of a vault. Two notes are the same only if they are the same object.

    The fields are what its path and its front matter say. What its text holds is found when it is first asked for, and
    remembered; a note that came from the index has it from there.
    """

    path: str
    """In the vault, ``/`` as separator, as the file system spells it."""
    stem: str
    """The file's name without ``.md``."""
    source: Callable[[], str]
    """Gives the text; ExistsError where it is read from a file that is gone, or is not what the record is of."""
    body_start: int
    """The offset after the front matter, 0 when there is none (or after a byte order mark)."""
    title: str
    """The front matter's title, else a first-line H1, else the stem, of a folder's own page the folder's name."""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Tags of the front matter in order, without ``#``."""
    keywords: tuple[str, ...] = ()
    description: str = ""
    created: date | None = None
    """From the front matter, else from the note id, else from a date in the stem."""
    updated: date | None = None
    note_id: str = ""
    type_name: str = ""
    """What the note calls its type; empty when it does not. Which types are known is not asked."""
    draft: bool = False
    """The author calls it a draft, in whatever spelling: it is not linked to."""
    published: bool = True
    """The site shows it: Quartz hides only a literal ``true`` (or the text ``"true"``), so ``yes`` is published.

    https://github.com/jackyzha0/quartz/blob/v4/quartz/plugins/filters/draft.ts
    """
    opted_out: bool = False
    """The property ``suggest-links`` is false: no link is suggested for the note or to it."""
    front_keys: tuple[str, ...] = ()
    """The keys of the front matter in order, as written."""
    front_error: str = ""
    """What is wrong with the front matter; the fields above then hold what could be saved."""
    known: Callable[[], Contents] | None = None
    """What the index knows of the text; None where it is read from the text itself."""

    @cached_property
    def text(self) -> str:
        """The whole file, front matter and line ends included; a byte that is no UTF-8 is one U+FFFD."""
        return self.source()

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """See `enrich.vault.zones.scan_zones`."""
        return scan_zones(self.text)

    @cached_property
    def contents(self) -> Contents:
        """Everything that the text holds."""
        return self.known() if self.known else read_contents(self.text, self.zones, self.body_start)

    @cached_property
    def properties(self) -> Mapping[str, Value]:
        """The front matter by key in lower case; the file is read for it where the note came from the index."""
        return _fold_keys(read_front_matter(self.text[: self.body_start]).values) if self.front_keys else {}

    def property_texts(self, *keys: str) -> tuple[str, ...]:
        """The texts under the first of ``keys`` that the front matter has; none where it has none of them."""
        folded = {key.lower() for key in self.front_keys}
        return _strings(self.properties, *keys) if folded.intersection(keys) else ()

    @property
    def links(self) -> tuple[Wikilink, ...]:
        """See `Contents.wikilinks`."""
        return self.contents.wikilinks

    @property
    def every_link(self) -> tuple[Link, ...]:
        """The links of both forms, by where they stand."""
        return in_order(self.contents.wikilinks, self.contents.markdown_links)

    @property
    def urls(self) -> tuple[str, ...]:
        """See `Contents`."""
        return self.contents.urls

    @property
    def headings(self) -> tuple[Heading, ...]:
        """See `Contents`."""
        return self.contents.headings

    @property
    def inline_tags(self) -> tuple[str, ...]:
        """See `Contents`."""
        return self.contents.inline_tags

    @property
    def see_also(self) -> tuple[str, ...]:
        """See `Contents`."""
        return self.contents.see_also

    @property
    def folder(self) -> str:
        """The note's folder in the vault; empty at the top."""
        return self.path.rpartition("/")[0]

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.text[self.body_start :]


def parse_note(path: str, text: str) -> Note:
    """Read the note at ``path`` of a vault from its text. Never raises; `Note.front_error` says what is broken."""
    body_start = front_matter_end(text)
    matter = read_front_matter(text[:body_start]) if body_start else FrontMatter({})
    front = _fold_keys(matter.values)
    note_id = _line(front.get("note_id")) or next(filter(parse_note_id, map(_line, front.values())), "")
    tags = tuple(tag for tag in (tag.lstrip("#") for tag in _strings(front, "tags", "tag", blanks_split=True)) if tag)
    classes = _strings(front, "cssclasses", "cssclass", blanks_split=True)
    draft, stem = matter.values.get("draft"), stem_of(path)
    return Note(
        path=path,
        stem=stem,
        source=lambda: text,
        body_start=body_start or int(text.startswith("\ufeff")),
        title=_line(front.get("title")) or _first_heading(text, body_start) or _name_of(path, stem),
        aliases=_strings(front, "aliases", "alias"),
        tags=tags,
        keywords=_strings(front, "keywords", "keyword"),
        description=_line(front.get("description")) or _line(front.get("desc")),
        created=_first_date(front, _CREATED) or _date_of_id(note_id) or parse_date(stem[:10]) or find_iso_date(stem),
        updated=_first_date(front, _UPDATED),
        note_id=note_id,
        type_name=_type_name(tags, classes, note_id),
        draft=_line(front.get("draft")).lower() in _TRUE,
        published=draft is not True and draft != "true",
        opted_out=_line(front.get("suggest-links")).lower() in _FALSE,
        front_keys=tuple(matter.values),
        front_error=matter.error,
    )


def read_contents(text: str, zones: tuple[Zone, ...], body_start: int) -> Contents:
    """What ``text`` holds, of which the zones are known."""
    headings = (_heading(text, zone) for zone in zones if zone.kind == "heading")
    tags = (text[zone.start + 1 : zone.end] for zone in zones if zone.kind == "tag")
    return ReadContents(
        wikilinks=links_of_zones(text, zones),
        markdown_links=markdown_links_of_zones(text, zones),
        urls=tuple(dict.fromkeys(_urls(text))),
        headings=tuple(heading for heading in headings if heading is not None),
        inline_tags=tuple(dict.fromkeys(tags)),
        see_also=_see_also(text, body_start),
    )


def stem_of(path: str) -> str:
    """The file name of ``path`` without ``.md`` (in any case)."""
    name = path.rpartition("/")[2]
    return name[:-3] if name[-3:].lower() == ".md" else name


def _fold_keys(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """By key in lower case, as Obsidian compares keys; one that is written so wins over ``Title``."""
    if all(key.islower() for key in values):
        return values
    folded: dict[str, Value] = {}
    for key, value in values.items():
        folded.setdefault(key.lower(), value)
    return {**folded, **{key: value for key, value in values.items() if key in folded}}


def _strings(front: Mapping[str, Value], *keys: str, blanks_split: bool = False) -> tuple[str, ...]:
    """The texts under the first of ``keys`` that has any.

    A list, or plain text with commas, line ends (or blanks) between the items, as Obsidian took it when such properties
    were text; quoted text is one item, commas and all, unless blanks split it.
    """
    for key in keys:
        value = front.get(key)
        if isinstance(value, str):
            is_one = isinstance(value, Quoted) and not blanks_split
            value = [value] if is_one else _SEPARATORS[blanks_split].split(value)
        if isinstance(value, list):
            return tuple(text for item in value if (text := _line(item)))
    return ()


def _line(value: object) -> str:
    """Text of a scalar on one line; empty for a list or mapping, which is never walked."""
    if isinstance(value, str):
        return value.strip() if "\n" not in value else " ".join(value.split())
    return str(value).lower() if isinstance(value, bool) else ""


def _first_date(front: Mapping[str, Value], keys: Iterable[str]) -> date | None:
    for key in keys:
        value = front.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and (day := parse_date(value)):
            return day
    return None


def _date_of_id(note_id: str) -> date | None:
    parsed = parse_note_id(note_id)
    return parse_date(f"20{parsed.day[:2]}-{parsed.day[2:4]}-{parsed.day[4:]}") if parsed else None


def _first_heading(text: str, body_start: int) -> str:
    found = _FIRST_HEADING.match(text, body_start)
    return found[1].strip().rstrip("#").strip() if found else ""


def _name_of(path: str, stem: str) -> str:
    """The stem; the folder's name for a note that is its folder's page."""
    return path.rpartition("/")[0].rpartition("/")[2] or stem if stem in _FOLDER_NOTES else stem


def _urls(text: str) -> Iterable[str]:
    at = 0
    while found := _URL.search(text, at):
        start, at = found.start(), found.start() + 3
        scheme = next((scheme for scheme in _WEB if text[start - len(scheme) : start].lower() == scheme), "")
        if scheme:
            at = found.end()
            yield text[start - len(scheme) : at].rstrip(".,;:!?*_~")


def _see_also(text: str, body_start: int) -> tuple[str, ...]:
    line = _SEE_ALSO.search(text, body_start)
    if line is None:
        return ()
    return tuple(re.split(r"[|#]", found[1])[0].strip() for found in WIKILINK.finditer(line[1]))


def _type_name(tags: tuple[str, ...], classes: tuple[str, ...], note_id: str) -> str:
    """The first tag, where it is a CSS class too; of a note with an id its class, else its first tag."""
    if tags and tags[0] in classes:
        return tags[0]
    return next(iter((*classes, *tags)), "") if parse_note_id(note_id) else ""


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
