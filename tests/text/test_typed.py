"""Structs out of JSON that somebody may have edited."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import pytest
from msgspec import Struct, to_builtins

from enrich.text.span import Span
from enrich.text.typed import build


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part."""

    name: str
    share: float = 0.0


class Whole(Struct, frozen=True, forbid_unknown_fields=True):
    """Every kind of field that is used."""

    kind: Literal["a", "b"]
    day: date | None
    spans: tuple[Span, ...]
    pair: tuple[str, str]
    parts: tuple[Part, ...]
    by_name: Mapping[str, str]
    anything: Any = None
    count: int | None = None


GOOD: dict[str, Any] = {
    "kind": "a",
    "day": "2023-07-18",
    "spans": [[0, 5]],
    "pair": ["x", "y"],
    "parts": [{"name": "n", "share": 1}],
    "by_name": {"k": "v"},
    "anything": [{}],
    "count": 3,
}


def test_what_was_saved_comes_back() -> None:
    """Arrays are tuples again, texts dates, objects structs."""
    whole = build(Whole, GOOD)
    assert (whole.day, whole.spans, whole.parts) == (date(2023, 7, 18), (Span(0, 5),), (Part("n", 1),))
    assert build(Whole, {**to_builtins(whole), "day": None}).day is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in GOOD if name != "anything" for value in (True, 1.5, {"a": 1}, [1], "x", b"")),
        ("kind", None),
        ("day", "2023-99-01"),
        ("spans", [[1]]),
        ("spans", [[1, "2"]]),
        ("pair", ["x"]),
        ("parts", [{"name": None}]),
        ("parts", [{"nome": "x"}]),
        ("by_name", {"k": 1}),
        ("unknown", 1),
    ],
)
def test_what_was_edited_is_refused(name: str, value: object) -> None:
    """A value of another type is an error here and not somewhere later."""
    with pytest.raises((ValueError, TypeError, KeyError)):
        build(Whole, {**GOOD, name: value})
