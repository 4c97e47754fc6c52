"""The front matter of a note, as another type has it: keys renamed and put in order, constants exchanged."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from enrich.check.style.layout import Layout
from enrich.shapes.change import Change
from enrich.shapes.counterparts import Counterparts
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.property_type import PropertyType
from enrich.vault.yaml_scalar import yaml_scalar

Parts = tuple[str | Span, ...]
_ITEM = lazy_pattern(r"(?m)^[ \t]*-[ \t]+(?P<item>[^\n]*?)[ \t]*$")


class _Field(Struct, frozen=True):
    """A key with its lines, and the comments below them."""

    key: str
    parts: Parts


def change_front(
    layout: Layout, note: Note, old: NoteType, new: NoteType, counterparts: Counterparts
) -> Iterator[Change]:
    """The changes that make the front matter one of the ``new`` type; keys that no type names stay where they are."""
    rows = {row.key: row for row in new.properties}
    fields = [_renamed(layout, key, span, counterparts) for key, span in _fields(layout)]
    signs = {**_signs(old, new), **_constants(old, new, counterparts)}
    fields = [_exchanged(layout, field, signs) for field in fields]
    there = {field.key for field in fields}
    fields += [_Field(row.key, (made,)) for row in new.properties if row.key not in there and (made := _new(row, note))]
    ordered = _in_order(fields, list(rows))
    parts = tuple(part for field in ordered for part in field.parts)
    if layout.front is None:
        if parts:
            yield Change(Span(layout.body_start, layout.body_start), ("---\n", *parts, "---\n\n"))
        return
    start = _fields(layout)[0][1].start if layout.keys else layout.front.start
    span = Span(start, layout.front.end)
    if parts != tuple(one for _, one in _fields(layout)):
        yield Change(span, parts)


def _fields(layout: Layout) -> list[tuple[str, Span]]:
    """Each key with its lines up to the next one."""
    if layout.front is None:
        return []
    spans = sorted((span.start, key) for key, span in layout.fields.items())
    ends = [*(start for start, _ in spans[1:]), layout.front.end]
    return [(key, Span(start, end)) for (start, key), end in zip(spans, ends, strict=True)]


def _renamed(layout: Layout, key: str, span: Span, counterparts: Counterparts) -> _Field:
    name = counterparts.keys.get(key, key)
    if name == key or name in layout.keys:
        return _Field(key, (span,))
    return _Field(name, (name, Span(span.start + len(key), span.end)))


def _constants(old: NoteType, new: NoteType, counterparts: Counterparts) -> Mapping[str, tuple[Any, Any]]:
    """The constants of each new key: the old type's, and the new one's."""
    given = {row.key: row.value for row in new.properties if row.writer == "constant"}
    before = {counterparts.keys.get(row.key, row.key): row.value for row in old.properties if row.writer == "constant"}
    return {key: (before.get(key), value) for key, value in given.items()}


def _signs(old: NoteType, new: NoteType) -> Mapping[str, tuple[Any, Any]]:
    """What tells the types apart, by key: the old type's, and the new one's."""
    signs: dict[str, tuple[Any, Any]] = {}
    if new.match.tags and old.match.tags:
        signs["tags"] = (old.match.tags[:1], new.match.tags[:1])
    if new.match.css_classes and old.match.css_classes:
        signs["cssclasses"] = (old.match.css_classes[:1], new.match.css_classes[:1])
    for key, value in new.match.properties.items():
        if key in old.match.properties:
            signs[key] = (old.match.properties[key], value)
    return signs


def _exchanged(layout: Layout, field: _Field, signs: Mapping[str, tuple[Any, Any]]) -> _Field:
    """The field with the new constant in the place of the old one; another value stays, for it is the note's own."""
    before, after = signs.get(field.key, (None, None))
    if after is None or before is None or before == after:
        return field
    span = next(part for part in field.parts if isinstance(part, Span))
    lines = span.of(layout.text)
    if isinstance(after, tuple):
        wanted = dict(zip(before if isinstance(before, tuple) else (before,), after, strict=False))
        return _Field(field.key, (*field.parts[:-1], *_with_items(lines, span, wanted)))
    found = re.match(r"[^\n]*?:[ \t]*(?P<value>[^\n]*?)[ \t]*\n", lines)
    if found is None or found["value"].strip("'\"") != str(before):
        return field
    at = Span(span.start + found.start("value"), span.start + found.end("value"))
    return _Field(field.key, (*field.parts[:-1], Span(span.start, at.start), _scalar(after), Span(at.end, span.end)))


def _with_items(lines: str, span: Span, wanted: Mapping[str, str]) -> Iterator[str | Span]:
    """The lines of a list with some of its items exchanged."""
    at = span.start
    for found in _ITEM.finditer(lines):
        item = found["item"].strip("'\"")
        if item in wanted:
            yield Span(at, span.start + found.start("item"))
            yield yaml_scalar(wanted[item])
            at = span.start + found.end("item")
    yield Span(at, span.end)


def _new(row: PropertyType, note: Note) -> str:
    """The lines of a property that the note has not; empty where only a person can give it."""
    if row.writer == "constant":
        if isinstance(row.value, tuple):
            return "".join((f"{row.key}:\n", *(f"  - {yaml_scalar(item)}\n" for item in row.value)))
        return f"{row.key}: {_scalar(row.value)}\n"
    if row.optional:
        return ""
    if row.field == "title":
        return f"{row.key}: {yaml_scalar(note.title)}\n"
    if row.field == "created" and note.created is not None and row.form == "date":
        return f"{row.key}: {note.created.isoformat()}\n"
    if row.field == "draft":
        return f"{row.key}: {'true' if note.draft else 'false'}\n"
    return f"{row.key}:\n" if row.writer in ("person", "source") else ""


def _scalar(value: Any) -> str:
    return (
        ("true" if value else "false")
        if isinstance(value, bool)
        else yaml_scalar(str(value))
        if isinstance(value, str)
        else str(value)
    )


def _in_order(fields: Sequence[_Field], order: Sequence[str]) -> list[_Field]:
    """The fields of which those of the type stand in its order, in the places that such fields have."""
    place = {key: at for at, key in enumerate(order)}
    sorted_ones = iter(sorted((field for field in fields if field.key in place), key=lambda field: place[field.key]))
    return [next(sorted_ones) if field.key in place else field for field in fields]
