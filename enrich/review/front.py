"""Edits of a note's front matter and heading: one field each, every other byte left as it is."""

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from enrich.check.front_values import value_words
from enrich.check.style.declared import match_name
from enrich.check.style.layout import Layout, read_layout
from enrich.check.style.linkage_tree import TREE_TAGS
from enrich.check.style.property_form import find_fault
from enrich.errors import UsageError
from enrich.review.linkage import with_tree
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.file_name import title_fault
from enrich.vault.note_type import NoteType
from enrich.vault.property_lines import property_lines
from enrich.vault.property_type import FORMS, PropertyType
from enrich.vault.yaml_scalar import yaml_scalar

_UNSAFE_IN_A_NAME = lazy_pattern(r"[\\/:*?\"<>|#^\[\]\x00-\x1f\x7f]|\A\.|\A\s*\Z")


def stem_of(text: str, stem: str, note_type: NoteType) -> str:
    """The name that the file of a note gets by its title: a house's is the title, others' as the type's pattern says.

    It stays where front matter and heading do not agree, and where the title is what the name has already.
    """
    layout = read_layout(text, stem)
    titles = [layout.values[key] for key in _title_keys(layout, note_type)]
    titles += [layout.title.name] if layout.title is not None and note_type.h1 is not False else []
    both = note_type.house and len(titles) < 2
    if both or len({str(title) for title in titles}) != 1 or not isinstance(titles[0], str):
        return stem
    title = titles[0]
    if note_type.house:
        return title
    found = match_name(stem, note_type)
    is_same = found is None or re.fullmatch(rf"{re.escape(title)}(?: \d+)?", found["title"])  # a number: taken twice
    if found is None or is_same or _UNSAFE_IN_A_NAME.search(title) or title_fault(title):
        return stem
    return f"{stem[: found.start('title')]}{title}{stem[found.end('title') :]}"


def _title_keys(layout: Layout, note_type: NoteType) -> list[str]:
    """The properties of the note that hold its title."""
    declared = [row.key for row in note_type.properties if row.writer == "tool" and row.field == "title"]
    return [key for key in declared or ["title"] if key in layout.values]


def set_title(text: str, stem: str, title: str, note_type: NoteType) -> str:
    """The title in the front matter and in the heading; the file gets its name when the note is approved."""
    title = " ".join(title.split())
    if _UNSAFE_IN_A_NAME.search(title) or title_fault(title):
        fault = title_fault(title) or "cannot be a file's name"
        raise UsageError(f"title {title!r}: {fault}; use letters, digits and spaces")
    keys = ["title"] if note_type.house else _title_keys(read_layout(text, stem), note_type)
    for key in keys:
        text = _set_field(text, stem, key, f"{key}: {yaml_scalar(title)}\n")
    layout = read_layout(text, stem)
    if layout.title is not None and note_type.h1 is not False:
        return replaced(text, layout.title.span, f"# {title}")
    if note_type.house or not keys:
        raise UsageError("title: the note has no heading to put it in; add a line '# title' first")
    return text


def set_description(text: str, stem: str, description: str) -> str:
    """The description, on one line, quoted where YAML needs it."""
    return _set_field(text, stem, "description", f"description: {yaml_scalar(' '.join(description.split()))}\n")


def set_tags(text: str, stem: str, tags: Sequence[str]) -> str:
    """The tags, in the front matter and in the linkage tree."""
    tags = _unique(tag.strip().removeprefix("#") for tag in tags)
    text = _set_field(text, stem, "tags", _block("tags", tags))
    return with_tree(text, stem, shown=tags[TREE_TAGS])


def set_keywords(text: str, stem: str, keywords: Sequence[str]) -> str:
    """The keywords."""
    return _set_field(text, stem, "keywords", _block("keywords", _unique(word.strip() for word in keywords)))


def asked_values(layout: Layout, row: PropertyType) -> list[str]:
    """The values of a property that the model was asked for, as they stand in the front matter."""
    found = layout.values.get(row.key)
    values = found if isinstance(found, list) else [] if found is None or found == "" else [found]
    return [value if isinstance(value, str) else value_words(value) for value in values]


def set_property(text: str, stem: str, row: PropertyType, values: Sequence[str]) -> str:
    """The values of a property in the form that its type gives it; UsageError when one has not that form."""
    changed = _set_field(text, stem, row.key, property_lines(replace(row, optional=False), values))
    if fault := find_fault(row, read_layout(changed, stem).values.get(row.key)):
        raise UsageError(f"{row.key}: {fault}; write {FORMS[row.form]}")
    return changed


def set_draft(text: str, stem: str, draft: bool) -> str:
    """The literal ``true`` or ``false``: the site generator publishes anything else."""
    return _set_field(text, stem, "draft", f"draft: {'true' if draft else 'false'}\n")


def replaced(text: str, span: Span, new: str) -> str:
    """``text`` with ``new`` at ``span``."""
    return text[: span.start] + new + text[span.end :]


def values_of(layout: Layout, key: str) -> tuple[str, ...]:
    """A list of the front matter as words; empty when it is none."""
    found = layout.values.get(key)
    return tuple(str(item) for item in found) if isinstance(found, list) else ()


def _set_field(text: str, stem: str, key: str, lines: str) -> str:
    layout = read_layout(text, stem)
    if key not in layout.fields:
        raise UsageError(f"{key}: the front matter has no such line; add '{key}:' to it first")
    return replaced(text, layout.fields[key], lines)


def _block(key: str, items: Sequence[str]) -> str:
    return f"{key}:\n" + "".join(f"  - {item if _is_year(item) else yaml_scalar(item)}\n" for item in items)


def _is_year(item: str) -> bool:
    """A year goes out as a bare number, as everywhere in the vault."""
    return re.fullmatch(r"[12]\d{3}", item) is not None


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))
