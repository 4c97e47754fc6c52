"""The front matter that notes of one kind keep: keys in order, the form of their values, who writes each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.style.declared import has_keys
from enrich.check.style.property_form import find_fault, has_form
from enrich.shapes.note_shape import NoteShape
from enrich.shapes.share import ENOUGH, MUST, holds, usual
from enrich.vault.note_type import NoteType
from enrich.vault.property_type import Form, PropertyType, PropertyWriter, Value
from enrich.vault.toml_file import is_line
from enrich.vault.type_table import MOST_PROPERTIES, is_key

_SHARED = 0.02
"""Share of the notes that have a key, from which the type knows it. By hand: any other key may stand there too."""
_EMPTY: tuple[Any, ...] = (None, "", [])
_FORMS: tuple[Form, ...] = ("flag", "number", "date", "datetime", "url", "link", "links", "list", "text")
"""From the strictest to the one that anything has."""
_KEYS: Mapping[str, tuple[PropertyWriter, str, tuple[Form, ...]]] = {
    "title": ("tool", "title", ("text",)),
    "draft": ("tool", "draft", ("flag",)),
    "tags": ("model", "tags", ("tags", "list")),
    "keywords": ("model", "keywords", ("list",)),
    "description": ("model", "description", ("text",)),
    "summary": ("model", "description", ("text",)),
    "author": ("source", "author", ("text",)),
    "authors": ("source", "author", ("text",)),
    "creator": ("source", "author", ("text",)),
    "url": ("source", "url", ("url", "text")),
    "source": ("source", "url", ("url",)),
    "link": ("source", "url", ("url",)),
    "site": ("source", "site", ("text",)),
    "publisher": ("source", "site", ("text",)),
    "publication": ("source", "site", ("text",)),
    "published": ("source", "published", ("date", "datetime")),
    "language": ("source", "language", ("text",)),
}
"""Keys that say what they hold, where the values have one of the forms."""
_CREATED = ("created", "date", "date created", "created-at", "created_at", "updated", "modified", "date modified",
            "updated-at", "lastmod")  # fmt: skip
"""Keys that a draft has its day in."""


class LearnedProperty(Struct, frozen=True):
    """A property of the table, and whether the table can hold notes to it."""

    row: PropertyType
    remark: str = ""
    loose: bool = False
    """The notes do not agree on its place or form: the template writes it, and no rule asks for it."""
    fixed: tuple[str, ...] = ()
    """Items of a list that the model writes, which all notes have."""


def learn_properties(shapes: Sequence[NoteShape], id_key: str = "") -> tuple[LearnedProperty, ...]:
    """A row for each key that notes have in common, in the order that most have; ``id_key`` holds the note's id.

    Keys of which the notes disagree in order, form or presence are loose: no rule could be made of them.
    """
    counted = Counter(key for shape in shapes for key in set(shape.layout.keys))
    shared = [key for key, count in counted.most_common(MOST_PROPERTIES) if count >= _SHARED * len(shapes)]
    # ``Tags`` and ``tags`` are one property to Obsidian: the spelling of most notes counts
    spelt = {key.lower(): key for key in reversed(shared) if not is_key(key)}
    keys = [key for key in shared if spelt.get(key.lower()) == key]
    found = [_learn(key, shapes, id_key) for key in _in_usual_order(keys, shapes)]
    disorderly = _out_of_order([row.row for row in found if not row.loose], shapes)
    return tuple(
        replace(row, remark="stands now here, now there: no rule asks for it", loose=True)
        if row.row.key in disorderly
        else row
        for row in found
    )


def number_notes(properties: Sequence[LearnedProperty], id_key: str) -> tuple[LearnedProperty, ...]:
    """The rows, of which the one of ``id_key`` is written by enrich."""
    numbered = PropertyType(id_key, "text", "tool", "note_id")
    return tuple(replace(one, row=numbered, remark="") if one.row.key == id_key else one for one in properties)


def _learn(key: str, shapes: Sequence[NoteShape], id_key: str) -> LearnedProperty:
    having = [shape for shape in shapes if key in shape.layout.keys]
    values = [shape.layout.values.get(key) for shape in having]
    filled = [value for value in values if value not in _EMPTY]
    form = _form_of(key, filled)
    if form is None:
        return LearnedProperty(PropertyType(key), "has values of several forms: no rule asks for it", loose=True)
    row = _written_by(key, form, filled, id_key)
    row = replace(row, optional=not holds(key in shape.layout.keys for shape in shapes))
    if not _is_kept(row, values):
        row = replace(row, optional=True)
    remark = "every note has this value" if row.writer == "constant" else ""
    fixed = _constant_of(form, filled) if row.writer == "model" and form in ("tags", "list") else None
    return LearnedProperty(row, remark, not _is_kept(row, values), fixed if isinstance(fixed, tuple) else ())


def _form_of(key: str, filled: Sequence[Any]) -> Form | None:
    """The strictest form that nearly all values have; None where they have none. Where there are no values, text."""
    if not filled:
        return "text"
    forms: tuple[Form, ...] = ("tags", *_FORMS) if key.lower() in ("tags", "tag") else _FORMS
    return next((form for form in forms if holds(has_form(value, form) for value in filled)), None)


def _written_by(key: str, form: Form, filled: Sequence[Any], id_key: str) -> PropertyType:
    if key == id_key:
        return PropertyType(key, "text", "tool", "note_id")
    if form in ("date", "datetime") and key.lower() in _CREATED:
        return PropertyType(key, form, "tool", "created")
    writer, value, forms = _KEYS.get(key.lower(), ("person", "", ()))
    if form in forms:
        return PropertyType(key, form, writer, value)
    constant = _constant_of(form, filled)
    return PropertyType(key, form, "person" if constant is None else "constant", "" if constant is None else constant)


def _constant_of(form: Form, filled: Sequence[Any]) -> Value | None:
    """The value, or the items of a list, that nearly all notes have; None where nothing is, or few notes tell."""
    if form in ("date", "datetime", "number") or len(filled) < ENOUGH:
        return None
    if form in ("list", "tags", "links"):
        counted = Counter(str(item) for value in filled if isinstance(value, list) for item in dict.fromkeys(value))
        shared = (item for item, count in counted.items() if count >= MUST * len(filled) and _may_be_constant(item))
        return tuple(shared) or None
    value, share = usual(value if isinstance(value, bool) else str(value) for value in filled)
    return value if share >= MUST and not is_line(str(value)) else None


def _may_be_constant(item: str) -> bool:
    """A year is that of the notes which happen to be there."""
    return not is_line(item) and not item.isdigit()


def _is_kept(row: PropertyType, values: Sequence[Any]) -> bool:
    return holds(not find_fault(row, value) for value in values)


def _in_usual_order(keys: Sequence[str], shapes: Sequence[NoteShape]) -> list[str]:
    """The keys so that each stands before those that it mostly stands before."""
    before = Counter(pair for shape in shapes for pair in combinations(dict.fromkeys(shape.layout.keys), 2))
    wins = {key: sum(before[key, other] > before[other, key] for other in keys) for key in keys}
    first = {key: at for at, key in enumerate(dict.fromkeys(key for shape in shapes for key in shape.layout.keys))}
    return sorted(keys, key=lambda key: (-wins[key], first[key]))


def _out_of_order(rows: Sequence[PropertyType], shapes: Sequence[NoteShape]) -> frozenset[str]:
    """Keys that must be left out of the order, so that nearly all notes keep it."""
    left, out = list(rows), set[str]()
    while left and not holds(not any(has_keys(shape.subject(_of(left)))) for shape in shapes):
        faults = Counter(key for shape in shapes for key in _misplaced([row.key for row in left], shape.layout.keys))
        if not faults:
            break
        out.add(faults.most_common(1)[0][0])
        left = [row for row in left if row.key not in out]
    return frozenset(out)


def _of(rows: Sequence[PropertyType]) -> NoteType:
    return NoteType("", Path(), (), properties=tuple(replace(row, optional=True) for row in rows))


def _misplaced(wanted: Sequence[str], found: Sequence[str]) -> Iterator[str]:
    """Both keys of each pair that stands the other way round."""
    place = {key: at for at, key in enumerate(wanted)}
    there = [key for key in dict.fromkeys(found) if key in place]
    for one, other in combinations(there, 2):
        if place[one] > place[other]:
            yield one
            yield other
