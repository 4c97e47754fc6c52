"""Edits of a note's front matter and heading: one field each, every other byte left as it is."""

import re
from collections.abc import Iterable, Sequence

from enrich.check.style.layout import Layout, read_layout
from enrich.check.style.linkage_tree import TREE_TAGS
from enrich.errors import UsageError
from enrich.review.linkage import with_tree
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.file_name import title_fault
from enrich.vault.yaml_scalar import yaml_scalar

_UNSAFE_IN_A_NAME = lazy_pattern(r"[\\/:*?\"<>|#^\[\]\x00-\x1f\x7f]|\A\.|\A\s*\Z")


def set_title(text: str, stem: str, title: str) -> str:
    """The title in the front matter and in the heading; the file gets its name when the note is approved."""
    title = " ".join(title.split())
    if _UNSAFE_IN_A_NAME.search(title) or title_fault(title):
        fault = title_fault(title) or "cannot be a file's name"
        raise UsageError(f"title {title!r}: {fault}; use letters, digits and spaces")
    text = _set_field(text, stem, "title", f"title: {yaml_scalar(title)}\n")
    layout = read_layout(text, stem)
    if layout.title is None:
        raise UsageError("title: the note has no heading to put it in; add a line '# title' first")
    return replaced(text, layout.title.span, f"# {title}")


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
