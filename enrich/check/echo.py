"""Echoes in a note: sentences that a script, a model or a habit has put into note after note."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from enrich.check.finding import Finding
from enrich.check.style.layout import read_layout
from enrich.text.cleaned import CleanedText
from enrich.text.pattern import lazy_pattern
from enrich.vault.echo import read_said
from enrich.vault.note_type import NoteType

CountEchoes = Callable[[Collection[int]], Mapping[int, int]]
"""Gives, of sentences' keys, those that stand in many notes of the vault, each with the number of these notes."""
_FILLED = lazy_pattern(r"\{[{%#].*?[}%#]\}", re.S)


def find_echoes(text: str, stem: str, note_type: NoteType | None, count: CountEchoes) -> Iterator[Finding]:
    """C3 for each sentence of the note ``text`` that stands in three notes or more, names, numbers and links aside.

    What the type itself puts into every note, its placeholders and the words of its template, is none.
    """
    cleaned = CleanedText(text)
    layout = read_layout(cleaned.text, stem)
    said = list(read_said(cleaned.text, layout.body_start))
    counts = count([one.key for one in said]) if said else {}
    constant = _constant_keys(note_type) if counts else frozenset[int]()
    for one in said:
        if (notes := counts.get(one.key)) and one.key not in constant:
            part = layout.part_at(one.span.start)
            words = " ".join(one.span.of(cleaned.text).split())
            message = f"{words!r}: stands in {notes} notes, names and numbers aside; say what only this one says"
            yield Finding("C3", "should", part.name if part else "note", message, cleaned.original(one.span))


def _constant_keys(note_type: NoteType | None) -> frozenset[int]:
    """The sentences that the type writes."""
    if note_type is None:
        return frozenset()
    template = note_type.directory / "note.md.j2"
    written = _FILLED.sub(" ", template.read_text("utf-8")) if template.is_file() else ""
    texts = (written, *(section.todo for section in note_type.sections))
    return frozenset(one.key for text in texts for one in read_said(text))
