"""What follows from two numbers of a text: sum, difference, how many times one is the other, a share, a multiple."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from enrich.check.facts.amount import ROUNDING, Quantity
from enrich.check.facts.clock import is_time
from enrich.text.span import Span

_REACH = 1_500
"""Characters between two numbers that a writer calculates with: of a whole page some two make any number."""
_MOST_NEIGHBOURS = 30
"""Numbers behind one that it is calculated with. By hand, a bound of time: only a table has more within reach."""
_MOST_RESULTS = 20_000
"""By hand, a bound of time: four of each pair, so less than 400 numbers cannot reach it."""
_BESIDE, _RANGE = 30, 8
"""Characters between a number and the share that is told of it, and between the two ends of a range."""
_SLACK = 0.005
"""How far a calculated share may be rounded."""


class _Result(NamedTuple):
    value: float
    unit: str
    first: Span
    second: Span
    said: str
    """The two numbers as written."""


class Sums:
    """What can be calculated from the numbers of a text, two that stand near each other at a time."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        results = [result for at in range(len(quantities)) for result in _with_neighbours(quantities, at)]
        self._results = sorted(results[:_MOST_RESULTS])
        self._values = [result.value for result in self._results]

    def of(self, quantity: Quantity, at_hand: Sequence[Span]) -> str:
        """The two numbers that make it, as written, one of them in a span `at_hand`; empty when none do."""
        low, high = ROUNDING[quantity.hedge]
        for reading in quantity.readings:
            slack = _SLACK * reading.value
            start = bisect_left(self._values, reading.value * low - slack)
            for result in self._results[start:]:
                if result.value > reading.value * high + slack:
                    break
                fits = result.unit == reading.unit or (not reading.unit and result.unit != "percent")
                if fits and any(_lies_in(result, span) for span in at_hand):
                    return result.said
        return ""


def _lies_in(result: _Result, span: Span) -> bool:
    return any(span.start <= number.start < span.end for number in (result.first, result.second))


def _with_neighbours(quantities: Sequence[Quantity], at: int) -> Iterator[_Result]:
    first = quantities[at]
    for second in quantities[at + 1 : at + 1 + _MOST_NEIGHBOURS]:
        if second.span.start - first.span.end > _REACH:
            return
        if first.span.end <= second.span.start:
            yield from _results(first, second)


def _gap(first: Quantity, second: Quantity) -> int:
    return second.span.start - first.span.end


def _results(first: Quantity, second: Quantity) -> Iterator[_Result]:
    """Both must be in one unit, as `30` and `126 jets` are, or one a share of the other; neither is a name's number."""
    if not (first.readings and second.readings) or first.label or second.label or is_time(first) or is_time(second):
        return
    one, other = first.readings[0], second.readings[0]
    if not one.value > 0 < other.value:
        return
    places = first.span, second.span, f"{first.text} and {second.text}"
    if first.weak or second.weak:
        share, of = (one, other) if first.weak else (other, one)
        if not share.unit and share.value < 1 and _gap(first, second) <= _BESIDE:  # `40 cents, half of what they ask`
            yield _Result(of.value / share.value, of.unit, *places)
            yield _Result(of.value * share.value, of.unit, *places)
        return
    if one.unit != other.unit and (one.unit or _gap(first, second) > _RANGE):  # `from 3.1 to 2.4 billion kroner`
        return
    unit = one.unit or other.unit
    low, high = sorted((one.value, other.value))
    yield _Result(low + high, unit, *places)
    yield _Result(high - low, unit, *places)
    yield _Result(high / low, "", *places)
    yield _Result(100 * low / high, "percent", *places)
    yield _Result(100 * (high - low) / low, "percent", *places)
    yield _Result(100 * (high - low) / high, "percent", *places)
