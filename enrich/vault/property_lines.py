"""The lines of a property in the front matter of a note, in the form that its type gives it."""

from collections.abc import Sequence
from typing import Any

from enrich.vault.link_text import link_text
from enrich.vault.property_type import Form, PropertyType
from enrich.vault.yaml_scalar import yaml_scalar

_BARE: frozenset[Form] = frozenset({"date", "datetime", "number", "flag"})
"""Forms whose values stand without quotation marks, or they would be text."""


def property_lines(row: PropertyType, values: Sequence[Any]) -> str:
    """``key: value``, or a list with an item a line; an optional key without a value is left out."""
    items = [_scalar(value, row.form) for value in values]
    if not items:
        return "" if row.optional else f"{row.key}: []\n" if row.is_list else f"{row.key}:\n"
    if row.is_list:
        return f"{row.key}:\n" + "".join(f"  - {item}\n" for item in items)
    return f"{row.key}: {items[0]}\n"


def _scalar(value: Any, form: Form) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if form == "datetime" and "T" not in text:
        text = f"{text}T00:00"
    if form in _BARE or (form == "tags" and text.isdigit()):
        return text
    if form in ("link", "links") and not text.startswith("[["):
        name = link_text(text)
        text = text if name is None else f"[[{name}]]"
    return yaml_scalar(text)
