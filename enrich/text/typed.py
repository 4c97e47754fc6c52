"""Structs to JSON values and back; what somebody may have edited is held to the types of the fields."""

from typing import Any, TypeVar

from msgspec import Struct, convert, to_builtins

T = TypeVar("T")


def take_apart(value: Struct) -> dict[str, Any]:
    """The fields of ``value`` and of the structs in it as objects, tuples as arrays, dates as text."""
    fields: dict[str, Any] = to_builtins(value, enc_hook=_bare_text)
    return fields


def build(kind: type[T], content: Any) -> T:
    """A struct from an object of its fields; arrays become tuples, texts dates where the field holds one.

    Raises ValueError or TypeError when a value is missing or of another type, or unknown where ``kind`` forbids that.
    """
    return convert(content, kind, dec_hook=_hold_to_form)


def _bare_text(value: Any) -> str:
    """A text of a class that holds it to a form, as any other text."""
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} has no form in JSON")
    return str(value)


def _hold_to_form(kind: type[Any], value: Any) -> Any:
    if not issubclass(kind, str) or not isinstance(value, str):
        raise TypeError(f"{kind.__name__} is not what it should be")
    return kind(value)
