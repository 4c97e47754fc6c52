"""Values of a template's variables as JSON, so that they can be given to another process.

A data object arrives with the values of its fields and properties, and with nothing that could be called.
"""

from collections import namedtuple
from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from msgspec import Struct


def to_json(value: Any) -> Any:
    """``value`` in JSON's types; what JSON has no type for is a list of kind and content. TypeError for others."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Struct):
        return ["object", {name: to_json(getattr(value, name)) for name in _attributes(value)}]
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return ["named", [[name, to_json(item)] for name, item in value._asdict().items()]]
    if isinstance(value, Mapping):
        return ["mapping", {key: to_json(item) for key, item in value.items()}]
    if isinstance(value, tuple | list):
        return ["tuple" if isinstance(value, tuple) else "list", [to_json(item) for item in value]]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    raise TypeError(f"a template cannot be given {type(value).__name__}")


def from_json(value: Any) -> Any:
    """The inverse of `to_json`; a data object has become a plain one with the same attributes."""
    if not isinstance(value, list):
        return value
    kind, content = value
    if kind == "date":
        return date.fromisoformat(content)
    if kind in ("tuple", "list"):
        items = [from_json(item) for item in content]
        return tuple(items) if kind == "tuple" else items
    if kind == "named":
        return namedtuple("Row", [name for name, _ in content])(*(from_json(item) for _, item in content))
    named = {key: from_json(item) for key, item in content.items()}
    return SimpleNamespace(**named) if kind == "object" else named


def _attributes(value: Any) -> list[str]:
    properties = [name for name in dir(type(value)) if isinstance(getattr(type(value), name), property)]
    return [*value.__struct_fields__, *properties]
