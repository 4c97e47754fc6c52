"""What a ``type.toml`` may hold: every key, and what no single key tells. ``docs/note-types.md`` has it in words."""

import re
from collections.abc import Collection, Iterator, Mapping
from string import Formatter
from typing import Any, get_args

from enrich.text.nearest import did_you_mean
from enrich.vault.file_name import folder_fault, name_fault
from enrich.vault.property_type import Form, PropertyWriter, fields_of, usual_field
from enrich.vault.section_type import Evidence, Shape, Writer, section_key
from enrich.vault.toml_file import (
    Check,
    Key,
    Mistake,
    Table,
    TomlFile,
    are_limits,
    are_texts,
    is_count,
    is_flag,
    is_line,
    is_one_of,
    is_text,
    show,
)

HOUSES = ("tech-journal",)
"""Journals with rules of their own, which ``[rules] house`` switches on."""
MOST_SECTIONS = 50
"""By hand: the shipped types have seven at most, and each section is a part of every prompt."""
MOST_PROPERTIES = 50
"""By hand: what one front matter of other people's vaults has is twenty at most."""
_IN_FOLDERS = ("year", "month", "date")
_IN_NAMES = (*_IN_FOLDERS, "title", "note_id")


def find_mistakes(file: TomlFile) -> Iterator[Mistake]:
    """Every mistake in the file, the first first, as far as one can be told beside another."""
    yield from file.find_mistakes(_TYPE)
    values = file.values
    yield from _of_sections(values)
    yield from _of_properties(values)
    yield from _of_names(values)


def _of_sections(values: Mapping[str, Any]) -> Iterator[Mistake]:
    """How many there are, that their names and headings differ, and that another one of that name is there."""
    given = values.get("section")
    if isinstance(given, list) and not 0 < len(given) <= MOST_SECTIONS:
        yield ("section",), f"{len(given)} sections; write 1 to {MOST_SECTIONS}"
    keys, headings = set[str](), list[tuple[Any, str]]()
    rows = _rows(values, "section")
    names = [row["name"] for _, row in rows if isinstance(row.get("name"), str)]
    for where, row in rows:
        name, heading = str(row.get("name")), row.get("heading", "")
        if section_key(name) in keys:
            yield (*where, "name"), f"a second section is called {show(name)}; rename one"
        keys.add(section_key(name))
        place = (row.get("level", 2) if heading else 0, str(heading))
        if place in headings:
            yield (*where, "heading"), _same_heading(str(heading))
        headings.append(place)
        yield from _of_aims(where, row)
        instead = row.get("instead", "")
        if instead and (instead not in names or instead == name):
            others = [other for other in names if other != name]
            there = f"others are {', '.join(others)}" if others else "there is no other, so remove the key"
            meant = did_you_mean(str(instead)[:100], others, there)
            yield (*where, "instead"), f"instead is {show(instead)}, which is no other section; {meant}"


def _of_aims(where: Key, row: Mapping[str, Any]) -> Iterator[Mistake]:
    """What the model is asked for lies within what a note may have."""
    for aim, limits in (("aim", "words"), ("aim_items", "items")):
        wanted, allowed = row.get(aim), row.get(limits)
        if wanted is None or allowed is None or _MANY(wanted) or _MANY(allowed):
            continue
        if not allowed[0] <= wanted[0] <= wanted[1] <= allowed[1]:
            yield (*where, aim), f"{aim} is {wanted}, outside of {limits}, {allowed}; write limits within those"


def _same_heading(heading: str) -> str:
    if heading:
        return f"a second section has the heading {show(heading)}; write another, or another level"
    return "a second section has no heading; only what stands before the first heading has none, so write one"


def _of_properties(values: Mapping[str, Any]) -> Iterator[Mistake]:
    """How many there are, that their keys differ, and that their writers have what is asked of them."""
    rows = _rows(values, "property")
    if len(rows) > MOST_PROPERTIES:
        yield ("property",), f"{len(rows)} properties; write at most {MOST_PROPERTIES}"
    keys = set[str]()
    for where, row in rows:
        key = str(row.get("key", ""))
        if key.lower() in keys:
            yield (*where, "key"), f"a second property is called {show(key)}; remove one"
        keys.add(key.lower())
        if fault := _writer_fault(row):
            yield (*where, "value"), f"property {show(key)}: {fault}"
        for told in ("about", "evidence"):
            if told in row and (fault := _told_fault(row)):
                yield (*where, told), f"property {show(key)}: {told} {fault}"


def _writer_fault(row: Mapping[str, Any]) -> str:
    """What is wrong with a property's value, given who writes it."""
    writer, value, form = row.get("writer", "person"), row.get("value"), row.get("form", "text")
    known = fields_of(writer)
    if writer == "constant":
        return _constant_fault(value, form)
    if writer == "person":
        return "" if value is None else "a value for what the person writes; remove it, or make it a constant"
    if not known:
        return ""  # no such writer: said of the writer
    if value is None and writer == "model":
        return ""  # what is no field of an answer is asked for
    if value is None:
        found = usual_field(str(row.get("key", "")), form, writer)
        return "" if found else f"no value; write the field of the {writer} that is meant: {', '.join(known)}"
    if value in known:
        return ""
    all_known = f"known are {', '.join(known)}"
    if writer == "model":
        all_known += "; without a value the model is asked for the property itself, as about says"
    return f"value is {show(value)}, which the {writer} has not; {did_you_mean(str(value)[:100], known, all_known)}"


def _told_fault(row: Mapping[str, Any]) -> str:
    """Why the model cannot be told anything of a property."""
    if row.get("writer", "person") != "model":
        return 'is for what the model writes; remove it, or write writer = "model"'
    return (
        f"is for a property of its own, not for the {row['value']} of an answer; remove one" if "value" in row else ""
    )


def _constant_fault(value: Any, form: Any) -> str:
    if value is None:
        return "no value; write the constant"
    if form in ("list", "tags", "links"):
        return are_texts(value) and f"value is {show(value)}, {are_texts(value)}"
    kinds: dict[Any, tuple[type, ...]] = {"flag": (bool,), "number": (int, float)}
    fits = isinstance(value, kinds.get(form, (str,))) and (form == "flag" or not isinstance(value, bool))
    return "" if fits else f"value is {show(value)}, which is no {form}; change it, or the form"


def _of_names(values: Mapping[str, Any]) -> Iterator[Mistake]:
    """Old and new names of one thing, and patterns that name an id which notes of the type have not."""
    file, ids = values.get("file", {}), values.get("id", {})
    for old, new, table in (("folder", "draft_folder", file), ("published_folder", "approved_folder", file),
                            ("code", "code", ids)):  # fmt: skip
        if old in values and isinstance(table, dict) and new in table:
            yield (old,), f"{old} is what {new} in [{'file' if table is file else 'id'}] says; remove one"
    has_code = "code" in values or "id" in values
    if isinstance(file, dict) and "{note_id}" in str(file.get("name", "")) and not has_code:
        yield ("file", "name"), "name has {note_id}, and the notes have no id; add [id] with a code"
    rules = values.get("rules", {})
    if isinstance(rules, dict) and rules.get("house") and not has_code:
        yield ("rules", "house"), "house is given without the code of its note ids; add [id] with a code"


def _rows(values: Mapping[str, Any], name: str) -> list[tuple[Key, Mapping[str, Any]]]:
    """Each row of a list of tables, with its place; what is none is said elsewhere."""
    given = values.get(name, [])
    rows = enumerate(given) if isinstance(given, list) else ()
    return [((name, number), row) for number, row in rows if isinstance(row, dict)]


def _is_pattern(allowed: Collection[str], fault_of: Check) -> Check:
    """The pattern of a folder or file, in which some names may stand in braces."""
    shown = ", ".join(f"{{{name}}}" for name in allowed)

    def check(value: Any) -> str:
        if fault := is_text(value):
            return fault
        try:
            parts = list(Formatter().parse(value))
        except ValueError as error:
            return f"which is no pattern ({error}); use {shown}"
        for _, name, width, conversion in parts:
            if name is not None and (name not in allowed or width or conversion):
                return f"which names more than a pattern may; use {shown} as it stands here"
        return fault_of(value.format(**dict.fromkeys(allowed, "2000")))

    return check


def _file_fault(name: str) -> str:
    return f"which {fault}; change it" if (fault := name_fault(f"{name}.md")) else ""


def _is_name(value: Any) -> str:
    if fault := _is_pattern(_IN_NAMES, _file_fault)(value):
        return fault
    return "" if "{title}" in value else "without {title}; two notes of a day would be called alike"


def _or_empty(check: Check) -> Check:
    return lambda value: "" if value == "" else check(value)


def _is_code(value: Any) -> str:
    fits = isinstance(value, str) and re.fullmatch("[A-Z]{2,4}", value)
    return "" if fits else "not two to four capital letters; write it as TJ"


def _is_language(value: Any) -> str:
    fits = isinstance(value, str) and re.fullmatch("(?:[a-z]{2,3})?", value)
    return "" if fits else 'not the tag of a language; write it as en, or as "" for the article\'s'


def _is_rule(value: Any) -> str:
    fits = isinstance(value, str) and re.fullmatch(r"(?:[MS][0-9]{1,3})?", value)
    return "" if fits else "not a rule such as M12 or S1"


def _is_section_name(value: Any) -> str:
    fits = isinstance(value, str) and section_key(value).isidentifier() and len(value) <= 60
    if not fits:
        return "not a name of letters, digits, spaces and hyphens; a template is called after it"
    return "a word that templates read otherwise behind 'body.'; choose another" if hasattr(dict, value) else ""


def is_type_name(value: Any) -> str:
    """What is wrong with the name of a type; empty: nothing."""
    fits = isinstance(value, str) and re.fullmatch(r"[\w-]{1,60}", value)
    return "" if fits else "not a name of letters, digits and hyphens; it becomes a tag"


def _is_placeholder(value: Any) -> str:
    return is_line(value.replace("\n", "") if isinstance(value, str) else value)


def is_key(value: Any) -> str:
    """What is wrong with the name of a property; empty: nothing."""
    fits = isinstance(value, str) and re.fullmatch(r"[^\W_][\w .-]{0,59}", value) and value == value.strip()
    return "" if fits else "not the name of a property: letters, digits, spaces, '-', '_' and '.'"


def _is_level(value: Any) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return "" if whole and 1 <= value <= 6 else "not the level of a heading; write 1 to 6"


def is_heading(value: Any) -> str:
    """What is wrong with the words of a heading; empty: nothing."""
    if fault := is_line(value):
        return fault
    return "with blanks around it or '#' before it; write the words alone" if value != value.strip(" #\t") else ""


def _is_plain(value: Any) -> str:
    """A value of the front matter: text, number, flag or a list of texts."""
    if isinstance(value, list):
        return are_texts(value)
    if isinstance(value, bool | int | float):
        return ""
    return is_line(value)


def _are_properties(value: Any) -> str:
    fits = isinstance(value, dict) and len(value) <= MOST_PROPERTIES
    if not fits or any(is_key(key) or _is_plain(value[key]) for key in value):
        return 'not properties with their values; write it as { type = "literature" }'
    return ""


def _are_tags(value: Any) -> str:
    """Tags as a note's properties have them."""
    if fault := are_texts(value):
        return fault
    bad = next((tag for tag in value if tag != tag.strip() or tag.startswith("#") or re.search(r"\s", tag)), None)
    return "" if bad is None else f"in which {show(bad)} is no tag; write the word alone, without # and blanks"


def _are_headings(value: Any) -> str:
    """The words of headings."""
    if fault := are_texts(value):
        return fault
    return next((fault for words in value if (fault := is_heading(words))), "")


def _are_folders(value: Any) -> str:
    if fault := are_texts(value):
        return fault
    return next((fault for path in value if (fault := folder_fault(path))), "")


_COUNT, _COUNTS, _MANY = is_count(99), are_limits(99), are_limits(100_000)
"""By hand: what nobody means. Items, links and tags of a note have two digits, its words and characters five."""
_IS_FOLDER = _is_pattern(_IN_FOLDERS, folder_fault)

_SECTION = Table(
    {
        "name": _is_section_name,
        "heading": is_heading,
        "level": _is_level,
        "optional": is_flag,
        "instead": is_line,
        "writer": is_one_of(*get_args(Writer)),
        "shape": is_one_of(*get_args(Shape)),
        "evidence": is_one_of(*get_args(Evidence)),
        "items": _COUNTS,
        "words": _MANY,
        "aim": _MANY,
        "aim_items": _COUNTS,
        "wikilinks": _COUNTS,
        "citation": is_flag,
        "columns": are_texts,
        "placeholder": _is_placeholder,
        "sentence_form": is_flag,
        "first_person": is_flag,
        "related_place": is_one_of("", "see"),
        "rule": _is_rule,
        "wikilinks_rule": _is_rule,
        "links_rule": _is_rule,
    },
    required=("name",),
    many=True,
    told="[[section]]",
)
_PROPERTY = Table(
    {
        "key": is_key,
        "form": is_one_of(*get_args(Form)),
        "writer": is_one_of(*get_args(PropertyWriter)),
        "value": _is_plain,
        "optional": is_flag,
        "about": is_line,
        "evidence": is_one_of(*get_args(Evidence)),
    },
    required=("key",),
    many=True,
    told="[[property]]",
)
_MATCH = Table(
    {
        "folder": _are_folders,
        "tags": _are_tags,
        "properties": _are_properties,
        "cssclasses": are_texts,
        "headings": _are_headings,
    },
    told="[match]",
)
_FILE = Table(
    {
        "name": _is_name,
        "case": is_one_of("keep", "lower", "title", "sentence"),
        "draft_folder": _or_empty(_IS_FOLDER),
        "approved_folder": _or_empty(_IS_FOLDER),
    },
    told="[file]",
)
_TYPE = Table(
    {
        "name": is_type_name,
        "language": _is_language,
        "h1": is_flag,
        "ending": is_line,
        "closed": is_flag,
        "match": _MATCH,
        "file": _FILE,
        "id": Table({"key": is_key, "code": _is_code}, required=("code",), told="[id]"),
        "property": _PROPERTY,
        "section": _SECTION,
        "limits": Table({"level": is_one_of("must", "should")}, told="[limits]"),
        "rules": Table({"house": is_one_of("", *HOUSES)}, told="[rules]"),
        "link_targets": are_texts,
        "see_also": _COUNT,
        "title": Table({"words": _COUNTS, "characters": _MANY}, told="[title]"),
        "tags": Table({"count": _COUNTS, "known_after": is_count(100_000)}, told="[tags]"),
        "keywords": Table({"count": _COUNT, "never": are_texts}, told="[keywords]"),
        "description": Table({"characters": _MANY}, told="[description]"),
        "prose": Table({"words": _MANY, "never": are_texts}, told="[prose]"),
        "code": _is_code,
        "folder": _IS_FOLDER,
        "published_folder": _or_empty(_IS_FOLDER),
    },
    required=("name", "section"),
)
"""What a ``type.toml`` may hold; the last three are old names of what stands in ``[id]`` and ``[file]``."""
