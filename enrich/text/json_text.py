"""JSON that somebody else wrote, read within bounds: whatever is wrong with it is a ValueError, never another one."""

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

DEEPEST = 60
"""Arrays and objects inside one another. What is deeper breaks whoever walks through it, at a depth that differs."""
MOST_CONTAINERS = 200_000
"""Arrays and objects, counted by their opening brackets: an empty one of two bytes takes up 64 in memory."""

Pairs = Callable[[list[tuple[str, Any]]], Any]


def read_json(data: str | bytes, lenient: bool = False, pairs: Pairs | None = None) -> Any:
    """The value of ``data``. ValueError when it is no JSON, or nested, large or numerous beyond sense.

    Numbers of more than 4,300 digits, beyond what a float holds, and ``NaN`` are no JSON. ``lenient`` allows line ends
    in strings; ``pairs`` makes the objects.
    """
    opening = ("[", "{") if isinstance(data, str) else (b"[", b"{")
    if sum(map(data.count, opening)) > MOST_CONTAINERS:  # type: ignore[arg-type]
        raise ValueError(f"it holds more than {MOST_CONTAINERS:,} arrays and objects")
    try:
        value = json.loads(
            data, strict=not lenient, object_pairs_hook=pairs, parse_constant=_refuse, parse_float=_finite
        )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    _refuse_deep(value)
    return value


def mend_halves(value: Any) -> Any:
    """``value`` as UTF-8 can carry it: JSON may hold one half of a surrogate pair, which becomes U+FFFD in its texts.

    Two halves that belong together become the character that they stand for.
    """
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {mend_halves(name): mend_halves(member) for name, member in value.items()}
    return [mend_halves(member) for member in value] if isinstance(value, list | tuple) else value


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


def _refuse_deep(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [member for outer in level for member in _members(outer) if isinstance(member, dict | list)]
        if not level:
            return
    raise ValueError(f"it is nested more than {DEEPEST} deep")


def _members(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
