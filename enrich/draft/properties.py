"""The front matter of a draft, made from the properties that its type declares."""

from collections.abc import Mapping, Sequence
from typing import Any

from enrich.vault.note_type import NoteType
from enrich.vault.property_lines import property_lines
from enrich.vault.property_type import PropertyType


def front_matter(
    note_type: NoteType,
    note: Mapping[str, Any],
    source: Mapping[str, Any],
    links: Sequence[str],
    asked: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """The lines of each declared property by its key, in order, a line end after the last.

    ``note`` and ``source`` are what templates see, with nothing in them but plain text; ``links`` the nearest notes;
    ``asked`` the values of the properties that the model was asked for, by key.
    """
    views: dict[str, Mapping[str, Any]] = {"source": source, "model": note, "tool": {**note, "links": list(links)}}
    return {
        row.key: property_lines(row, asked.get(row.key, ()) if row.is_asked else _values(row, _value(row, views)))
        for row in note_type.properties
    }


def _value(row: PropertyType, views: Mapping[str, Mapping[str, Any]]) -> Any:
    if row.writer == "constant":
        return list(row.value) if isinstance(row.value, tuple) else row.value
    return views[row.writer].get(row.field, "") if row.writer in views else ""


def _values(row: PropertyType, value: Any) -> list[Any]:
    """The value as a list, of one where the property holds one; none where there is nothing."""
    if value is None or value == "" or value == []:
        return []
    if row.writer == "source" and row.field == "author":
        names = [name.strip() for name in str(value).split(";") if name.strip()]
        return names if row.is_list else names[:1] if row.form == "link" else [", ".join(names)]
    return list(value) if isinstance(value, list | tuple) else [value]
