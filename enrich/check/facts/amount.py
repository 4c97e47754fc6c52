"""What a number of a text means: its readings, its kind, and how firmly it is said."""

from typing import Literal, NamedTuple

from msgspec import Struct

from enrich.check.facts.units import CURRENCIES, EITHER, in_base, in_metric, in_other_degrees, read_unit
from enrich.text.span import Span

QuantityKind = Literal["number", "money", "percentage", "ordinal", "code"]
Hedge = Literal["", "about", "nearly", "over", "under", "far over", "far under", "loose"]

ROUNDING: dict[Hedge, tuple[float, float]] = {
    "": (1.0, 1.0),
    "about": (0.92, 1.08),
    "nearly": (0.9, 1.0),
    "over": (1.0, 1.15),
    "under": (0.8, 1.0),
    "far over": (1.0, 1.7),
    "far under": (0.2, 1.0),
    "loose": (1.0, 10.0),
}
"""How far the source's value may lie from the value that a hedged sentence gives, as a share of it."""


class Reading(NamedTuple):
    """One way to understand a quantity: a value and its unit, `""` when it has none."""

    value: float
    unit: str


class Quantity(Struct, frozen=True):
    """A number as it stands in a text."""

    span: Span
    text: str
    kind: QuantityKind
    readings: tuple[Reading, ...]
    """All ways to read it; empty for a code."""
    hedge: Hedge = ""
    weak: bool = False
    """`one`, `first`, `half`: so often not a figure that its absence from a source proves nothing."""
    label: str = ""
    """The word it numbers, in lower case: `gpt` of `GPT-4`, `llama` of `Llama 2`."""
    counts: bool = False
    """A spelled small number, as in `two inquiries`: it may count what the source only names."""
    share: bool = False
    """A share or a multiple that is told as one: `two thirds of them`, `half of the riders`, `three times as many`."""
    per: str = ""
    """The time that it is told for: `month` of `15,000 a month`."""
    of_things: bool = False
    """It has no unit, and the word behind it is what it counts: the `12` of `12 jets`, not that of `12 in all`."""


def kind_of(readings: list[Reading]) -> QuantityKind:
    """What the unit of the first reading makes of a number."""
    unit = readings[0].unit
    return "percentage" if unit == "percent" else "money" if unit in CURRENCIES else "number"


def with_unit(text: str, position: int, values: list[float]) -> tuple[list[Reading], int]:
    """The values with the unit that follows at `position`, and where it ends."""
    unit = read_unit(text, position)
    if unit is None:
        return [Reading(value, "") for value in values], position
    name, factor, end = unit
    return in_units([value * factor for value in values], name), end


def in_units(values: list[float], unit: str) -> list[Reading]:
    """Readings in `unit`, and in those that it converts to: `1 year` is `12 month`, `2 miles` about 3,219 metres."""
    readings = [Reading(value, name) for name in EITHER.get(unit, (unit,)) for value in values]
    converted = (convert(*reading) for reading in readings for convert in (in_base, in_metric, in_other_degrees))
    return readings + [Reading(*other) for other in converted if other]
