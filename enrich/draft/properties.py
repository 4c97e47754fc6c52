"""The front matter of a draft, made from the properties that its type declares."""

from collections.abc import Mapping, Sequence
from typing import Any

from enrich.vault.link_text import link_text
from enrich.vault.note_type import NoteType
from enrich.vault.property_type import Form, PropertyType
from enrich.vault.yaml_scalar import yaml_scalar

_LISTS: frozenset[Form] = frozenset({"list", "tags", "links"})


def front_matter(note_type: NoteType, note: Mapping[str, Any], source: Mapping[str, Any], links: Sequence[str]) -> str:
    """The lines between the fences, a line end after the last; empty for a type that declares no properties.

    ``note`` and ``source`` are what templates see, with nothing in them but plain text; ``links`` the nearest notes.
    """
    views: dict[str, Mapping[str, Any]] = {"source": source, "model": note, "tool": {**note, "links": list(links)}}
    lines = (_lines(row, _value(row, views)) for row in note_type.properties)
    return "".join(lines)


def _value(row: PropertyType, views: Mapping[str, Mapping[str, Any]]) -> Any:
    if row.writer == "constant":
        return list(row.value) if isinstance(row.value, tuple) else row.value
    return views[row.writer].get(row.field, "") if row.writer in views else ""


def _lines(row: PropertyType, value: Any) -> str:
    """``key: value``, or a list with an item a line; an optional key without a value is left out."""
    items = _items(row, value)
    if not items:
        return "" if row.optional else f"{row.key}: []\n" if row.form in _LISTS else f"{row.key}:\n"
    if row.form in _LISTS:
        return f"{row.key}:\n" + "".join(f"  - {item}\n" for item in items)
    return f"{row.key}: {items[0]}\n"


def _items(row: PropertyType, value: Any) -> list[str]:
    """The value in the property's form, as YAML; several of them for a list."""
    if value is None or value == "" or value == []:
        return []
    parts = value if isinstance(value, list | tuple) else [value]
    if row.writer == "source" and row.field == "author":
        names = [name.strip() for name in str(value).split(";") if name.strip()]
        parts = names if row.form in _LISTS else names[:1] if row.form == "link" else [", ".join(names)]
    return [_scalar(part, row.form) for part in parts]


def _scalar(value: Any, form: Form) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if form == "datetime" and "T" not in text:
        text = f"{text}T00:00"
    if form in ("date", "datetime") or (form == "tags" and text.isdigit()):
        return text
    if form in ("link", "links") and not text.startswith("[["):
        name = link_text(text)
        text = text if name is None else f"[[{name}]]"
    return yaml_scalar(text)
