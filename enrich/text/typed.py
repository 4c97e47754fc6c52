"""Dataclasses out of JSON values that somebody may have edited: every value is of the type that its field says."""

import types
import typing
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")


def build(kind: type[T], content: Any) -> T:
    """A dataclass from an object of its fields; arrays become tuples, texts dates where the field holds one.

    Raises ValueError, TypeError or KeyError when a value is missing, unknown or of another type.
    """
    if not isinstance(content, Mapping):
        raise TypeError(f"{kind.__name__} is not an object")
    hints = typing.get_type_hints(kind)
    if unknown := set(content) - set(hints):
        raise ValueError(f"{kind.__name__} has no {min(unknown)!r}")
    return kind(**{name: _value(hints[name], value, name) for name, value in content.items()})


def _value(hint: Any, value: Any, name: str) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:
        return _one_of(arguments, value, name)
    if origin is typing.Literal:
        return _expect(value in arguments, value, name)
    if origin is tuple:
        return _tuple(arguments, value, name)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        _expect(isinstance(value, Mapping), value, name)
        return {key: _value(arguments[1], member, name) for key, member in value.items()}
    return _plain(hint, value, name)


def _plain(hint: Any, value: Any, name: str) -> Any:
    if hint is Any:
        return value
    if hint is date:
        return date.fromisoformat(value)
    if is_dataclass(hint) and isinstance(hint, type):
        return build(hint, value)
    if issubclass(hint, str) and hint is not str:  # one that holds what it is made of to a form
        return hint(_expect(isinstance(value, str), value, name))
    if issubclass(hint, tuple):  # a named one
        return hint(*_tuple(tuple(typing.get_type_hints(hint).values()), value, name))
    wanted = (int, float) if hint is float else hint
    return _expect(isinstance(value, wanted) and (hint is bool or not isinstance(value, bool)), value, name)


def _one_of(hints: tuple[Any, ...], value: Any, name: str) -> Any:
    if value is None:
        return _expect(type(None) in hints, value, name)
    (hint,) = (hint for hint in hints if hint is not type(None))
    return _value(hint, value, name)


def _tuple(hints: tuple[Any, ...], value: Any, name: str) -> tuple[Any, ...]:
    _expect(isinstance(value, list | tuple), value, name)
    if hints[-1] is Ellipsis:
        return tuple(_value(hints[0], member, name) for member in value)
    _expect(len(value) == len(hints), value, name)
    return tuple(_value(hint, member, name) for hint, member in zip(hints, value, strict=True))


def _expect(holds: bool, value: Any, name: str) -> Any:
    if not holds:
        raise TypeError(f"{name} is not what it should be")
    return value
