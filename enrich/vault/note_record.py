"""A note's record: what reading it gave, as the index keeps it, so that the next command need not read the note again.

Two JSON texts, because commands ask all notes for the first and few for the second. They hold all that a `Note` knows
but its text: ``record of parse_note(path, text)``, read back, gives the same fields and contents.
"""

import json
import os
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from enrich.errors import ExistsError
from enrich.text.span import Span
from enrich.vault.file import Stamp, read_text
from enrich.vault.note import Contents, Heading, Note, parse_note, stem_of
from enrich.vault.wikilink import MarkdownLink, Wikilink


class NoteRecord(NamedTuple):
    """The JSON texts of one note."""

    facts: str
    """What its path and front matter say."""
    contents: str
    """What its text holds."""


def make_record(note: Note) -> NoteRecord:
    """The record of a note that was read."""
    facts = (
        note.body_start, note.title, note.aliases, note.tags, note.keywords, note.description, _number(note.created),
        _number(note.updated), note.note_id, note.type_name, note.draft, note.published, note.front_keys,
        note.front_error, note.opted_out,
    )  # fmt: skip
    held = note.contents
    contents = (
        [(*link.span, link.target, link.heading, link.alias, link.block, _flags(link)) for link in held.wikilinks],
        [(*link.span, link.target, link.heading, link.words, link.embed, link.is_definition)
         for link in held.markdown_links],
        held.urls,
        [(heading.level, heading.text, *heading.span) for heading in held.headings],
        held.inline_tags,
        held.see_also,
    )  # fmt: skip
    return NoteRecord(json.dumps(facts), json.dumps(contents))


def note_of_record(root: Path, path: str, record: NoteRecord, stamp: Stamp) -> Note:
    """The note of a record; its file, which had ``stamp``, is read when its text is asked for."""
    (
        body_start, title, aliases, tags, keywords, description, created, updated, note_id, type_name, draft, published,
        front_keys, front_error, opted_out,
    ) = json.loads(record.facts)  # fmt: skip
    file = _File(root, path, record.contents, stamp)
    return Note(
        path=path,
        stem=stem_of(path),
        source=file.read,
        body_start=body_start,
        title=title,
        aliases=tuple(aliases),
        tags=tuple(tags),
        keywords=tuple(keywords),
        description=description,
        created=date.fromordinal(created) if created else None,
        updated=date.fromordinal(updated) if updated else None,
        note_id=note_id,
        type_name=type_name,
        draft=draft,
        published=published,
        front_keys=tuple(front_keys),
        front_error=front_error,
        opted_out=opted_out,
        known=file.contents,
    )


class _File(Struct):
    """The file behind a record. Who asks for text and contents gets those of one state of the file."""

    root: Path
    path: str
    record: str
    stamp: Stamp
    is_told: bool = False
    """The contents were given out as they are in the record."""
    changed: str | None = None
    """The text, where it is no longer the one that the record is of."""

    def read(self) -> str:
        """The text. ExistsError where it is gone, or is another one than that of which the contents were told."""
        file = f"{self.root}/{self.path}"
        try:
            text = read_text(file)
            state = os.stat(file)  # noqa: PTH116 - after thousands of reads
        except OSError as error:
            raise ExistsError(f"{self.path}: {error.strerror or error}; run the command again") from error
        if Stamp(state.st_size, state.st_mtime_ns) != self.stamp:
            if self.is_told:
                raise ExistsError(f"{self.path}: has changed while it was read; run the command again")
            self.changed = text
        return text

    def contents(self) -> Contents:
        """What the record says; what the file holds where it was read and is another one."""
        if self.changed is not None:
            return parse_note(self.path, self.changed).contents
        self.is_told = True
        return _RecordedContents(self.record)


class _RecordedContents:
    """The contents that a record tells (implements `Contents`); links are made when they are asked for."""

    def __init__(self, record: str) -> None:
        self._links, self._markdown_links, urls, self._headings, tags, see_also = json.loads(record)
        self.urls, self.inline_tags, self.see_also = tuple(urls), tuple(tags), tuple(see_also)

    @cached_property
    def wikilinks(self) -> tuple[Wikilink, ...]:
        return tuple(map(_wikilink, self._links))

    @cached_property
    def markdown_links(self) -> tuple[MarkdownLink, ...]:
        return tuple(
            MarkdownLink(target, heading, words, embed, Span(start, end), is_definition)
            for start, end, target, heading, words, embed, is_definition in self._markdown_links
        )

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(Heading(level, text, Span(start, end)) for level, text, start, end in self._headings)


def _flags(link: Wikilink) -> int:
    return link.embed | link.in_html << 1 | link.in_front << 2


def _wikilink(row: tuple[int, int, str, str, str, str, int]) -> Wikilink:
    start, end, target, heading, alias, block, flags = row
    return Wikilink(
        target=target,
        heading=heading,
        alias=alias,
        embed=bool(flags & 1),
        span=Span(start, end),
        block=block,
        in_html=bool(flags & 2),
        in_front=bool(flags & 4),
    )


def _number(day: date | None) -> int:
    return day.toordinal() if day else 0
