"""The values in a note's front matter that a model was asked for: where each stands, and what it says."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from enrich.check.evidence.value import Value
from enrich.check.style.layout import Layout
from enrich.text.mark import find_marks, remove_marks
from enrich.text.pattern import lazy_pattern
from enrich.text.plain import from_plain
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.note_type import NoteType
from enrich.vault.property_type import number_words
from enrich.vault.wikilink import find_wikilinks, shown_words

_ITEM = lazy_pattern(r"^[ \t]*-[ \t]+([^\n]*)$", re.MULTILINE)
_EMPTY: tuple[Any, ...] = (None, "", [])


class PlacedValue(Struct, frozen=True):
    """A value and where it stands in the note's text."""

    value: Value
    span: Span
    """Without the mark behind it."""
    mark: Span | None = None


def find_values(layout: Layout, note_type: NoteType) -> Iterator[PlacedValue]:
    """Each value of the properties that the model was asked for, in the type's order."""
    for row in note_type.asked_properties:
        found = layout.values.get(row.key)
        if found in _EMPTY or row.key not in layout.fields:
            continue
        values = found if isinstance(found, list) else [found]
        spans = _spans(layout, row.key, len(values))
        for value, span in zip(values, spans, strict=True):
            mark = next((mark.span for mark in find_marks(span.of(layout.text))), None)
            placed = None if mark is None else Span(span.start + mark.start, span.start + mark.end)
            end = span.end if placed is None else placed.start
            yield PlacedValue(Value(row, value_words(value)), Span(span.start, end), placed)


def value_words(value: Any) -> str:
    """A value of the front matter as an answer has it: without marks, a link by what it shows."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return number_words(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    words = from_plain(remove_marks(str(value)))
    return apply_edits(words, [Edit(link.span, shown_words(link)) for link in find_wikilinks(words)])


def value_span(layout: Layout, key: str) -> Span:
    """The value of a key, between its quotation marks where it has them."""
    field = layout.fields[key]
    return _unquoted(layout.text, Span(layout.text.index(":", field.start) + 1, field.end))


def _spans(layout: Layout, key: str, count: int) -> list[Span]:
    """The lines of the items, else the whole value for each: a list in brackets."""
    field = layout.fields[key]
    start = layout.text.index(":", field.start) + 1
    items = [Span(start + one.start(1), start + one.end(1)) for one in _ITEM.finditer(layout.text[start : field.end])]
    spans = items if len(items) == count else [Span(start, field.end)] * count
    return [_unquoted(layout.text, span) for span in spans]


def _unquoted(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in " \t\n\"'":
        start += 1
    while end > start and text[end - 1] in " \t\n\"'":
        end -= 1
    return Span(start, end)
