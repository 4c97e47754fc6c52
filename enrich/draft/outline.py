"""The outline of a note of whatever making: where the sections of its type stand, and what it lacks of them."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from enrich.check.style.layout import Layout, read_layout
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.note import Heading, Note, parse_note
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import SectionType

_PLACEHOLDER = lazy_pattern(r"(?:- )?todo:[^\n]*", re.IGNORECASE)
_NAMES = {"keywords": ("keywords", "keyword"), "description": ("description", "desc")}
"""What a property may be called, as `enrich.vault.note` reads it."""


class Place(Struct, frozen=True):
    """Where a section stands. Spans count characters of the outline's text."""

    level: int
    """Of its heading; 0: the lead, which has none."""
    start: int
    """The end of the line above what it holds: of its heading, or of what stands above the lead."""
    end: int
    """Where the next section begins."""


class Outline(Struct, frozen=True, dict=True):
    """A note's parts as its type has them, also where headings are underlined or of another level."""

    layout: Layout
    note_type: NoteType

    @property
    def text(self) -> str:
        """The note, with line feeds only."""
        return self.layout.text

    @cached_property
    def note(self) -> Note:
        """The text as a note."""
        return parse_note(f"{self.layout.stem}.md", self.text)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Every heading, in order."""
        return self.note.headings

    def place_of(self, section: SectionType) -> Place | None:
        """Where ``section`` stands; None where its heading is missing. The lead has a place in any note."""
        if not section.heading:
            start = self._top
            return Place(0, start, next((row.span.start for row in self.headings if row.span.start >= start), self.end))
        for number, heading in enumerate(self.headings):
            if heading.text.casefold() == section.heading.casefold():
                return Place(heading.level, heading.span.end, self._end_of(number))
        return None

    def content(self, place: Place) -> Span:
        """What a section holds, without the blank lines around it; an empty span at its start where that is nothing."""
        held = self.text[place.start : place.end]
        lines = [match for match in re.finditer(r"[^\n]+", held) if match[0].strip()]
        if not lines:
            return Span(place.start, place.start)
        return Span(place.start + lines[0].start(), place.start + lines[-1].end())

    def lacks(self, section: SectionType) -> bool:
        """Whether the section's heading is missing, or nothing stands there but its placeholder."""
        place = self.place_of(section)
        if place is None:
            return True
        held = self.content(place).of(self.text).strip()
        return not held or held == section.todo or _PLACEHOLDER.fullmatch(held) is not None

    def key_of(self, field: str) -> str:
        """The key under which the front matter has ``field``; the type's own where it has none."""
        usual = key_of_type(field, self.note_type)
        names = _NAMES[field] if usual == field else (usual.casefold(),)
        return next((key for key in self.layout.keys if key.casefold() in names), usual)

    def has_value(self, field: str) -> bool:
        """Whether the front matter says anything under ``field``."""
        if key_of_type(field, self.note_type) != field:
            return self.layout.values.get(self.key_of(field)) not in (None, "", [])
        return bool(self.note.keywords if field == "keywords" else self.note.description)

    @cached_property
    def level(self) -> int:
        """Of the headings of the type's sections in this note; 0: it has none of them."""
        places = (self.place_of(row) for row in self.note_type.sections)
        return next((place.level for place in places if place is not None and place.level), 0)

    @cached_property
    def habits(self) -> tuple[int, int]:
        """How many blank lines the note has above and below a heading, most often."""
        rows = [row for row in self.headings if row.level > 1]
        above = [_blanks(self.text[: row.span.start][::-1]) for row in rows if self.text[: row.span.start].strip()]
        below = [_blanks(rest) for row in rows if not (rest := self.text[row.span.end :]).lstrip().startswith("#")]
        return _usual(above, 1), _usual(below, 0)

    @property
    def end(self) -> int:
        """Where the last section ends."""
        return len(self.text)

    @cached_property
    def _top(self) -> int:
        """The end of the last line above the lead."""
        layout = self.layout
        if layout.see_also is not None:
            return layout.see_also.end
        if layout.title is not None:
            return layout.title.span.end
        start = layout.body_start
        return start - 1 if start and self.text[start - 1] == "\n" else start

    def _end_of(self, number: int) -> int:
        """Smaller headings are a part of a section, but for those of the type's other sections."""
        level = self.headings[number].level
        ours = {section.heading.casefold() for section in self.note_type.sections if section.heading}
        after = self.headings[number + 1 :]
        return next((row.span.start for row in after if row.level <= level or row.text.casefold() in ours), self.end)


def key_of_type(field: str, note_type: NoteType) -> str:
    """The key that notes of the type have for what an answer calls ``field``; empty where they have none."""
    if not note_type.properties:
        return field
    rows = (row for row in note_type.properties if row.writer == "model")
    return next((row.key for row in rows if field in (row.field, row.is_asked and row.name)), "")


def read_outline(text: str, stem: str, note_type: NoteType) -> Outline:
    """The outline of a text with line feeds only."""
    return Outline(read_layout(text, stem), note_type)


def _blanks(rest: str) -> int:
    """The blank lines with which ``rest`` begins, behind the line end that belongs to what stands before it."""
    space = rest[: len(rest) - len(rest.lstrip())]
    return max(0, space.count("\n") - 1)


def _usual(counts: Iterable[int], default: int) -> int:
    found = Counter(counts).most_common(1)
    return found[0][0] if found else default
