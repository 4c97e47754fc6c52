"""A note type as the text of a ``type.toml``, with everything that its own file leaves out."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import asdict

from enrich.vault.note_type import NoteType
from enrich.vault.property_type import PropertyType
from enrich.vault.section_type import SectionType

_OF_A_HOUSE = frozenset({"rule", "wikilinks_rule", "links_rule"})


def write_table(note_type: NoteType) -> str:
    """Every key of the type with its value, as it can stand in a ``type.toml``."""
    title, house = note_type, note_type.house
    tables: list[tuple[str, Mapping[str, Any]]] = [
        ("", {
            "name": note_type.name, "language": note_type.language, "h1": note_type.h1, "ending": note_type.ending,
            "closed": note_type.closed, "link_targets": note_type.link_targets, "see_also": note_type.see_also,
        }),
        ("[match]", {
            "folder": note_type.match.folders, "tags": note_type.match.tags, "properties": note_type.match.properties,
            "cssclasses": note_type.match.css_classes, "headings": note_type.match.headings,
        }),
        ("[file]", {
            "name": note_type.file_name, "case": note_type.case, "draft_folder": note_type.folder,
            "approved_folder": note_type.approved_pattern,
        }),
        ("[id]", {"key": note_type.id_key, "code": note_type.code} if note_type.code else {}),
        ("[title]", {"words": title.title_words, "characters": title.title_characters}),
        ("[tags]", {"count": note_type.tag_count, "known_after": note_type.tag_known_after}),
        ("[keywords]", {"count": note_type.keyword_count, "never": note_type.keyword_never}),
        ("[description]", {"characters": note_type.description_characters}),
        ("[prose]", {"words": note_type.prose_words, "never": note_type.prose_never}),
        ("[limits]", {"level": note_type.level}),
        ("[rules]", {"house": house} if house else {}),
        *(("[[property]]", _values(row)) for row in note_type.properties),
        *(("[[section]]", _values(row)) for row in note_type.sections),
    ]  # fmt: skip
    return "\n".join("\n".join(_lines(head, values)) + "\n" for head, values in tables if values)


def _lines(head: str, values: Mapping[str, Any]) -> Iterator[str]:
    if head:
        yield head
    yield from (f"{key} = {_toml(value)}" for key, value in values.items() if value is not None)


def _values(row: PropertyType | SectionType) -> dict[str, Any]:
    """The fields of a row; those that are empty, and those of a house, only where they say something."""
    every = asdict(row)
    if isinstance(row, PropertyType) and not row.is_asked:
        del every["evidence"]
    return {
        key: value for key, value in every.items() if value not in ("", ()) and not (key in _OF_A_HOUSE and not value)
    }


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
