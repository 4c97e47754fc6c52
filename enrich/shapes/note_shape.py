"""The shape of a note: what it has of headings and properties, how it starts and ends. Its words play no part."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from enrich.check.style.declared import without_ending
from enrich.check.style.layout import Heading, Layout, Part, read_layout
from enrich.check.style.rule import Subject
from enrich.shapes.cluster import Outline
from enrich.shapes.sequence import Name
from enrich.text.cleaned import CleanedText
from enrich.text.span import Span
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import SectionType
from enrich.vault.toml_file import is_line
from enrich.vault.type_table import is_heading

Thing = TypeVar("Thing")

TITLE_AGAIN = "# {title}"
_LONGEST_ENDING = 80
"""Characters of a line that ends the notes of a kind. By hand: longer ones are text."""

COMMON = 0.01
"""Share of the notes, and two of them at least, that have what is no accident of one note. By hand: from
.002 to .02 little changes on four vaults."""


class NoteShape(Struct, frozen=True, eq=False, dict=True):
    """A note with its layout."""

    note: Note
    layout: Layout

    @property
    def text(self) -> str:
        """The note's text with line feeds only."""
        return self.layout.text

    @cached_property
    def ending(self) -> str:
        """The last paragraph, where it is one short line; ``# {title}`` where that is the title again."""
        line = self.text[self.layout.body_start :].rstrip().rpartition("\n\n")[2].strip()
        title = self.title
        is_title = title is not None and line == f"# {title.name}" and title.span.end < len(self.text.rstrip())
        has_words = line.startswith("#") and line.strip("#") != ""
        return TITLE_AGAIN if is_title else "" if has_words or is_line(line) or len(line) > _LONGEST_ENDING else line

    @property
    def top_folder(self) -> str:
        """The folder of the vault's root that the note lies in; empty for the root."""
        return self.note.path.partition("/")[0] if "/" in self.note.path else ""

    @cached_property
    def title(self) -> Heading | None:
        """The heading of level 1 that stands before all text."""
        return self.layout.title_on_top

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Every heading but the title, and the title again as the note's last line."""
        title, end = self.title, len(self.text.rstrip())
        again = [row for row in self.layout.headings if self.ending == TITLE_AGAIN and row.span.end >= end]
        return tuple(row for row in self.layout.headings if row.name and row is not title and row not in again)

    @cached_property
    def places(self) -> tuple[Name, ...]:
        """Each heading that stands once and that a type's table can hold, in order."""
        counted = Counter((row.level, row.name) for row in self.headings)
        return tuple(place for place, count in counted.items() if count == 1 and not is_heading(place[1]))

    def subject(self, note_type: NoteType) -> Subject:
        """The note as the rules of a type are asked of it."""
        return Subject(self.layout, note_type)

    def part(self, section: SectionType, note_type: NoteType) -> Part | None:
        """What stands under the heading of a section of the type, without the line that ends every note."""
        found = self.layout.part_of(section, note_type)
        if found is None:
            return None
        body = without_ending(self.text, found.body, note_type.ending)
        return Part(found.name, found.heading, Span(body.start, body.start + len(body.of(self.text).rstrip())))


def read_shape(note: Note) -> NoteShape:
    """The shape of a note; one whose front matter is broken has none of its properties."""
    return NoteShape(note, read_layout(CleanedText(note.text).text, note.stem))


def read_outlines(shapes: Sequence[NoteShape]) -> tuple[Outline, ...]:
    """What the kind of each note is told by: what it shares with others of ``shapes``."""
    places = find_common((shape.places for shape in shapes), len(shapes))
    endings = find_common(([shape.ending] for shape in shapes), len(shapes))
    return tuple(
        Outline(
            frozenset(shape.layout.keys),
            tuple(place for place in shape.places if place in places),
            any((row.level, row.name) not in places for row in shape.headings),
            (shape.title is not None, shape.ending if shape.ending in endings else "", shape.top_folder),
        )
        for shape in shapes
    )


def find_common(things: Iterable[Iterable[Thing]], notes: int) -> frozenset[Thing]:
    """What enough of the ``notes`` have of ``things``; all, where there is one note."""
    counted = Counter(thing for row in things for thing in set(row))
    least = max(min(2, notes), COMMON * notes)
    return frozenset(thing for thing, count in counted.items() if count >= least)
