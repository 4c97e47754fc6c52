"""Small notes of several people, as the tests of shapes read them."""

from pathlib import Path

from enrich.shapes.learned import LearnedType, learn_types
from enrich.shapes.note_shape import NoteShape, read_shape
from enrich.shapes.type_files import note_template, type_table
from enrich.vault.note import Note, parse_note
from enrich.vault.note_type import NoteType, parse_note_type

BOOKS = ("Walden", "Middlemarch", "Solaris", "Pedro Páramo")


def book_note(title: str, number: int = 1) -> Note:
    """A note about a book: properties, a paragraph, a list, a question, a line that is the same in all."""
    text = f"""---
title: {title}
kind: book
author: Writer {number}
created: 2023-05-0{number}
tags:
  - reading
  - topic{number}
---

# {title}

The book is about {title} and was read in {number} days.

## Summary
> [!info] In short
- Point {number} of the book stands here.
- Another point is number {number} of many.

## Question
What would reader {number} say?

%%end%%
"""
    return parse_note(f"Reading/{title}.md", text)


def meeting_note(number: int) -> Note:
    """A note of another kind."""
    text = f"---\ndate: 2024-01-0{number}\nwith: [[Person {number}]]\n---\n\n## Decided\n1. We do thing {number}.\n"
    return parse_note(f"Meetings/2024-01-0{number} weekly.md", text)


def shapes_of(*notes: Note) -> list[NoteShape]:
    """The shapes of the notes."""
    return [read_shape(note) for note in notes]


def learn_one(*notes: Note) -> LearnedType:
    """The one type of the notes."""
    (learned,) = learn_types(shapes_of(*notes), least=1)
    return learned


def write_type(folder: Path, learned: LearnedType) -> NoteType:
    """The type as it is read back from its two files."""
    place = folder / learned.note_type.name
    place.mkdir(parents=True)
    (place / "type.toml").write_text(type_table(learned), encoding="utf-8")
    (place / "note.md.j2").write_text(note_template(learned), encoding="utf-8")
    return parse_note_type(place)
