"""The two files of a learned type: its table, with what a person should look at, and its template."""

import json
from collections.abc import Iterator, Sequence

from enrich.shapes.learned import LearnedType
from enrich.shapes.learned_property import LearnedProperty
from enrich.shapes.learned_section import LearnedSection
from enrich.shapes.note_shape import TITLE_AGAIN
from enrich.text.count import counted
from enrich.text.pattern import lazy_pattern
from enrich.vault.note_type import BARE_TYPE, NoteType
from enrich.vault.property_type import PropertyType
from enrich.vault.section_type import SectionType
from enrich.vault.yaml_scalar import yaml_scalar

_OPENS_COMMAND = lazy_pattern(r"\{(?=[{%#])")
_NOT_IN_TOML = lazy_pattern("[\x7f\ud800-\udfff]")


def type_table(learned: LearnedType) -> str:
    """The text of ``type.toml``."""
    row = learned.note_type
    blocks = (
        _head(learned),
        _table("match", _match(row)),
        _table("file", _file(learned)),
        _table("id", [("key", row.id_key), ("code", row.code)] if row.code else []),
        _table("title", [("words", row.title_words), ("characters", row.title_characters)]),
        _table("tags", [("count", row.tag_count)] if row.tag_count != BARE_TYPE.tag_count else []),
        _table("keywords", [("count", row.keyword_count)] if _has_key(row, "keywords") else []),
        _table("description", [("characters", row.description_characters)] if _has_key(row, "description") else []),
        _table("prose", [("words", row.prose_words)]),
        _table("limits", [("level", row.level)]),
        *(_property(one) for one in learned.properties),
        *(_section(one.row, one.remark) for one in learned.sections),
    )
    return "\n".join(block for block in blocks if block)


def note_template(learned: LearnedType) -> str:
    """The text of ``note.md.j2``: what is the same in all notes as it is, a slot for everything else."""
    row = learned.note_type
    parts = [*_front(learned)]
    if learned.titled:
        parts.append("# {{ title }}\n\n")
    if row.see_also:
        parts.append(_SEE_ALSO)
    parts += [_part(one, _blank_below(one)) for one in learned.sections if one.drafted]
    if learned.ending:
        parts.append("# {{ title }}\n" if learned.ending == TITLE_AGAIN else f"{escape(learned.ending)}\n")
    return f"{''.join(parts).rstrip()}\n"


def escape(text: str) -> str:
    """``text`` so that a template writes it as it is, whatever Jinja would read into it."""
    return _OPENS_COMMAND.sub('{{ "{" }}', text)


def _head(learned: LearnedType) -> str:
    row, remarks = learned.note_type, learned.remarks
    lines = [
        f"# Learned from {counted(len(learned.shapes), 'note')}. Sections, their order and the forms of properties are",
        "# musts, limits are wishes. Change what you like: docs/note-types.md says what each key means.",
        *(f"# {_comment(remarks[key])}" for key in ("h1", "id", "match") if key in remarks),
        "",
        _line("name", row.name),
        _line("language", row.language),
        *([_line("h1", row.h1)] if row.h1 is not None else []),
        *([_line("ending", row.ending)] if row.ending else []),
        *([_line("closed", row.closed)] if row.closed else []),
        *([_line("see_also", row.see_also)] if row.see_also else []),
    ]
    return "".join(f"{line}\n" for line in lines)


def _match(row: NoteType) -> list[tuple[str, object]]:
    match = row.match
    found = (
        ("folder", match.folders),
        ("tags", match.tags),
        ("properties", match.properties),
        ("cssclasses", match.css_classes),
        ("headings", match.headings),
    )
    return [(key, value) for key, value in found if value]


def _file(learned: LearnedType) -> list[tuple[str, object]]:
    row = learned.note_type
    found = [
        ("name", row.file_name),
        ("case", row.case),
        ("draft_folder", row.folder),
        ("approved_folder", row.published_folder),
    ]
    return [(key, value) for key, value in found if value]


def _table(name: str, rows: Sequence[tuple[str, object]]) -> str:
    return "".join((f"[{name}]\n", *(f"{_line(key, value)}\n" for key, value in rows))) if rows else ""


def _property(one: LearnedProperty) -> str:
    row = one.row
    lines = [("key", row.key), ("form", row.form), ("writer", row.writer)]
    shown: list[tuple[str, object]] = [*lines, *([("value", row.value)] if row.value != "" else [])]
    if row.about:
        shown.append(("about", row.about))
    if row.optional:
        shown.append(("optional", True))
    if one.loose:
        return f"# {_comment(row.key)} {one.remark}; the template writes it\n"
    note = f"# {one.remark}\n" if one.remark else ""
    return "".join((note, "[[property]]\n", *(f"{_line(key, value)}\n" for key, value in shown)))


def _section(row: SectionType, remark: str) -> str:
    usual = SectionType(row.name)
    names = ("name", "heading", "level", "optional", "instead", "writer", "shape", "evidence", "citation", "items",
             "words", "wikilinks")  # fmt: skip
    always = {
        "name",
        "writer",
        "shape",
        *(["items"] if row.writer == "model" else []),
    }  # left out, any number may stand
    shown = [
        (name, getattr(row, name)) for name in names if name in always or getattr(row, name) != getattr(usual, name)
    ]
    note = f"# {_comment(remark)}\n" if remark else ""
    return "".join((note, "[[section]]\n", *(f"{_line(name, value)}\n" for name, value in shown)))


def _line(key: str, value: object) -> str:
    return f"{key} = {_toml(value)}"


def _toml(value: object) -> str:
    """A value of the table: text, number, flag, a list or the properties of ``[match]``."""
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_toml(key)} = {_toml(item)}' for key, item in value.items())} }}"
    # JSON's escapes are all TOML's too; TOML forbids two kinds of characters that JSON lets through.
    return _NOT_IN_TOML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(str(value), ensure_ascii=False))


def _comment(text: str) -> str:
    """``text`` on one line, as a comment may hold it."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _has_key(row: NoteType, field: str) -> bool:
    return any(one.field == field for one in row.properties)


def _front(learned: LearnedType) -> Iterator[str]:
    """The front matter: made of the table's properties, or line by line where the table does not say all of it."""
    if learned.note_type.properties and not any(one.fixed or one.loose for one in learned.properties):
        yield "---\n{{ front }}---\n\n"
        return
    rows = [one for one in learned.properties if _is_written(one, learned)]
    if not rows:
        return
    yield "---\n"
    for one in rows:
        yield "".join(f"{line}\n" for line in _written_property(one))
    yield "---\n\n"


def _is_written(one: LearnedProperty, learned: LearnedType) -> bool:
    """Whether a draft has the property: most notes have it, or something to put there."""
    having = sum(one.row.key in shape.layout.keys for shape in learned.shapes)
    return not one.row.optional or (one.row.writer != "source" and 2 * having >= len(learned.shapes))


def _written_property(one: LearnedProperty) -> list[str]:
    row, key = one.row, escape(one.row.key)
    if row.writer == "constant":
        return _constant(row)
    if row.field in ("tags", "keywords"):
        return _list_of(row, one.fixed)
    if row.is_asked:
        lines = f"property[{json.dumps(row.key, ensure_ascii=False)}]"
        return [f"{{% if {lines} %}}", f"{{{{ {lines} | trim }}}}", "{% endif %}"]
    slot = f"{{{{ (source.{row.field} or '') | yaml }}}}" if row.writer == "source" else ""
    slot = _SLOTS.get((row.writer, row.field), slot)
    if row.field == "created" and row.form == "datetime":
        slot += " 00:00"
    return [f"{key}: {slot}".rstrip()]


_SLOTS = {
    ("tool", "title"): "{{ title | yaml }}",
    ("tool", "created"): "{{ created }}",
    ("tool", "draft"): "true",
    ("tool", "note_id"): "{{ note_id }}",
    ("model", "description"): "{{ description | yaml }}",
}


def _constant(row: PropertyType) -> list[str]:
    key = escape(row.key)
    if isinstance(row.value, tuple):
        return [f"{key}:", *(f"  - {escape(yaml_scalar(item))}" for item in row.value)]
    if isinstance(row.value, bool):
        return [f"{key}: {json.dumps(row.value)}"]
    return [f"{key}: {escape(yaml_scalar(str(row.value)))}"]


def _list_of(row: PropertyType, fixed: Sequence[str]) -> list[str]:
    """A list of what the model gives, below the items that every note has."""
    name, item = (row.field, row.field[:-1])
    others = f" if {item} not in [{', '.join(json.dumps(one) for one in fixed)}]" if fixed else ""
    first = [f"  - {escape(yaml_scalar(one))}" for one in fixed]
    none = "" if fixed else f'{{{{ "" if {name} else " []" }}}}'
    loop = f"{{% for {item} in {name}{others} %}}"
    return [f"{escape(row.key)}:{none}", *first, loop, f"  - {{{{ {item} | yaml }}}}", "{% endfor %}"]


_SEE_ALSO = "{% if see_also %}\n*see also:* {{ see_also | join(' · ') }}\n\n{% endif %}\n"


def _part(one: LearnedSection, blank: str) -> str:
    row = one.row
    heading = f"{'#' * row.level} {escape(row.heading)}\n{blank}" if row.heading else ""
    slot = "" if one.fixed else f"{{{{ body.{row.key} }}}}\n"
    text = f"{heading}{_lines(one.first_lines)}{slot}{_lines(one.last_lines)}\n"
    return f"{{% if body.{row.key} %}}\n{text}{{% endif %}}\n" if row.optional and not one.fixed else text


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{escape(line)}\n" for line in lines)


def _blank_below(one: LearnedSection) -> str:
    """The blank line below the heading, where most notes have one."""
    blank = sum(written.body.of(written.shape.text).startswith("\n") for written in one.written)
    return "\n" if 2 * blank > len(one.written) else ""
