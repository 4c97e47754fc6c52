"""The JSON schema of an answer, built from a note type's section table.

Strict in OpenAI's sense: every property is required and no other is allowed. The link field is an enumeration of the
candidates' ids, so an answer that links to a note which does not exist is not valid.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from enrich.vault.note_type import NoteType
from enrich.vault.property_type import Form, PropertyType
from enrich.vault.section_type import Limits, SectionType

Schema = dict[str, Any]

MOST_VALUES = 10
"""Of a property that is a list. By hand: more is no property any more, but a section."""
_SEVERAL: frozenset[Form] = frozenset({"list", "tags", "links"})
_KINDS: Mapping[Form, str] = {"number": "number", "flag": "boolean"}


def build_schema(note_type: NoteType, ids: Sequence[str], only: Collection[str] | None = None) -> Schema:
    """The schema of an answer for ``note_type``; with ``only``, of an answer that holds just these keys."""
    asked = {row.name: _property(row, ids) for row in note_type.asked_properties}
    sections = {section.key: _section(section, ids) for section in note_type.written_by_model}
    properties = _head(note_type) | asked | sections
    return _object({key: value for key, value in properties.items() if only is None or key in only})


def allow_open(schema: Mapping[str, Any]) -> Schema:
    """``schema`` without the least number of sentences: an open section has one line where others have three."""
    loose: Schema = {}
    for key, value in schema.items():
        if key == "minItems" and schema.get("items", {}).get("type") == "object":
            continue
        loose[key] = allow_open(value) if isinstance(value, Mapping) else value
    return loose


def _head(note_type: NoteType) -> dict[str, Schema]:
    properties: dict[str, Schema] = {
        "title": {"type": "string"},
        "topics": _list({"type": "string"}, note_type.topic_count),
        "keywords": _list({"type": "string"}, (note_type.keyword_count, note_type.keyword_count)),
        "description": _sentence(),
    }
    return {key: properties[key] for key in note_type.head}


def _property(row: PropertyType, ids: Sequence[str]) -> Schema:
    """The values of a property, none where the article gives none; a link is one of ``ids``."""
    value: Schema = {"type": _KINDS.get(row.form, "string")}
    most = MOST_VALUES if row.form in _SEVERAL else 1
    if row.form in ("link", "links"):
        value, most = ({"type": "string", "enum": list(ids)}, most) if ids else (value, 0)
    item = _object({"value": value, "evidence": {"type": ["string", "null"]}})
    return _object({"values": _list(item, (0, most))})


def _section(section: SectionType, ids: Sequence[str]) -> Schema:
    items = section.aim_items or section.items
    if section.shape == "question":
        return _sentence()
    return _object({section.answer_key: _list(_sentence(ids if section.may_link else None), items)})


def _sentence(ids: Sequence[str] | None = None) -> Schema:
    """A sentence with its evidence, and with a link where ``ids`` are given."""
    properties: dict[str, Schema] = {"text": {"type": "string"}, "evidence": {"type": ["string", "null"]}}
    if ids is not None:
        properties["link"] = {"type": ["string", "null"], "enum": [*ids, None]}
    return _object(properties)


def _list(items: Schema, limits: Limits) -> Schema:
    return {"type": "array", "items": items, "minItems": limits[0], "maxItems": limits[1]}


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
