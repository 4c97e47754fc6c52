"""What follows from numbers of a text: sums, differences, how many times one is the other, shares, multiples."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from enrich.check.facts.amount import ROUNDING, Quantity, Reading
from enrich.check.facts.clock import is_time
from enrich.check.facts.units import MULTIPLE
from enrich.text.span import Cover, Span

_REACH = 1_500
"""Characters between two numbers that a writer calculates with: of a whole page some two make any number."""
_MOST_NEIGHBOURS = 30
"""Numbers behind one that it is calculated with. By hand, a bound of time: only a table has more within reach."""
_MOST_RESULTS = 20_000
"""By hand, a bound of time: six of each pair, so less than 300 numbers cannot reach it."""
_BESIDE, _RANGE, _TOGETHER = 30, 8, 150
"""Characters between a number and the share that is told of it, between the two ends of a range, and between a number
and what each of so many costs: a sentence."""
_NEXT, _MOST_ADDENDS = 100, 12
"""Characters between two numbers that are told one after the other, and, a bound of time, how many are added."""
_RATIOS = frozenset(("percent", MULTIPLE))
"""Units of what two numbers of any kind make: both must be at hand, for of a page some two always do."""
_HOW_OFTEN = frozenset(("", MULTIPLE, "day", "week", "month", "year"))
"""Units of numbers that say how often there is an amount."""
_SLACK, _HALF_A_PERCENT = 0.005, 0.5
"""How far what is calculated may be rounded, as a share of it; and one that is told in whole percent."""


class Derived(NamedTuple):
    """What a number follows from, as written."""

    said: str
    sure: bool
    """It is what the source says in another form."""
    at_hand: bool = False
    """So are all of the numbers, as words that are named for it."""
    places: tuple[Span, ...] = ()


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
        pairs = (result for at in range(len(quantities)) for result in _with_neighbours(quantities, at))
        self._results = sorted(islice(chain(_totals(quantities), pairs), _MOST_RESULTS))
        self._values = [result.value for result in self._results]

    def of(self, quantity: Quantity, at_hand: Cover) -> Derived | None:
        """The two numbers that make it, one of them in a span `at_hand`, better both, and the nearest.

        None when none do.
        """
        found = [
            (*_held(result, at_hand), result)
            for reading in quantity.readings
            for result in self._equal(quantity, reading)
        ]
        told = [row for row in found if row[0] > (row[2].unit in _RATIOS)]
        if not told:
            return None
        count, _, best = max(told, key=lambda row: (row[0], row[1]))
        return Derived(best.said, sure=False, at_hand=count > 1, places=(best.first, best.second))

    def _equal(self, quantity: Quantity, reading: Reading) -> list[_Result]:
        """The results that a number may round, in its unit."""
        low, high = ROUNDING[quantity.hedge]
        whole = reading.unit == "percent" and reading.value == int(reading.value)
        slack = max(_SLACK * reading.value, _HALF_A_PERCENT if whole and not quantity.hedge else 0.0)
        first = bisect_left(self._values, reading.value * low - slack)
        results = self._results[first : bisect_right(self._values, reading.value * high + slack)]
        bare = not reading.unit and not quantity.of_things
        return [each for each in results if each.unit == reading.unit or (bare and each.unit != "percent")]


def _held(result: _Result, at_hand: Cover) -> tuple[int, int]:
    """How many of the two numbers are at hand, and how near they are to each other."""
    numbers = (result.first, result.second)
    count = sum(number.start in at_hand for number in numbers)
    return count, result.first.end - result.second.start


def _with_neighbours(quantities: Sequence[Quantity], at: int) -> Iterator[_Result]:
    first = quantities[at]
    for second in quantities[at + 1 : at + 1 + _MOST_NEIGHBOURS]:
        if second.span.start - first.span.end > _REACH:
            return
        if first.span.end <= second.span.start:
            yield from _results(first, second)


def _totals(quantities: Sequence[Quantity]) -> Iterator[_Result]:
    """What three or more numbers of one unit make that are told one after the other."""
    run: list[Quantity] = []
    for each in quantities:
        if not is_amount(each):
            continue
        if run and not (run[-1].readings[0].unit == each.readings[0].unit and 0 <= _gap(run[-1], each) <= _NEXT):
            run = []
        run = [*run[-_MOST_ADDENDS:], each]
        for start in range(len(run) - 2):
            total = sum(number.readings[0].value for number in run[start:])
            said = f"{', '.join(number.text for number in run[start:-1])} and {each.text}"
            yield _Result(total, each.readings[0].unit, run[start].span, each.span, said)


def is_amount(quantity: Quantity) -> bool:
    """Whether it is so much or so many, which can be added and compared: no share, ordinal, name or time of day."""
    return bool(quantity.readings) and not (
        quantity.weak or quantity.label or quantity.share or quantity.kind == "ordinal" or is_time(quantity)
    )


def _gap(first: Quantity, second: Quantity) -> int:
    return second.span.start - first.span.end


def _is_part(quantity: Quantity) -> bool:
    """Whether it is a share of something, `half` or `three of the four`, or so small that nobody calculates with it."""
    return quantity.weak or (quantity.share and not quantity.readings[0].unit)


def _results(first: Quantity, second: Quantity) -> Iterator[_Result]:
    """Both must be in one unit, as `30` and `126 jets` are, or one a share of the other, or how often it is meant."""
    if any(not each.readings or each.label or each.kind == "ordinal" or is_time(each) for each in (first, second)):
        return
    one, other = first.readings[0], second.readings[0]
    if not one.value > 0 < other.value:
        return
    places = first.span, second.span, f"{first.text} and {second.text}"
    if _is_part(first) or _is_part(second):
        share, of = (one, other) if _is_part(first) else (other, one)
        if not share.unit and share.value < 1 and _gap(first, second) <= _BESIDE:  # `40 cents, half of what they ask`
            yield _Result(of.value / share.value, of.unit, *places)
            yield _Result(of.value * share.value, of.unit, *places)
        return
    if one.unit != other.unit and _gap(first, second) <= _TOGETHER:
        yield from _so_often(first, second, places)
    aged = {one.unit, other.unit} == {"", "year"} and not (
        first.of_things or second.of_things
    )  # `he, 34, and she, 25 years old`
    ranged = not one.unit and _gap(first, second) <= _RANGE  # `from 3.1 to 2.4 billion kroner`
    if one.unit == other.unit or aged or ranged:
        low, high = sorted((one.value, other.value))
        yield from _of_one_unit(low, high, one.unit or other.unit, places)


def _so_often(first: Quantity, second: Quantity, places: tuple[Span, Span, str]) -> Iterator[_Result]:
    """What so many of an amount come to, and one of so many: `15,000 adults at £6,000`, `45 minutes on six days`."""
    for number, amounts in ((first, second.readings), (second, first.readings)):
        unit = number.readings[0].unit
        for amount in amounts if unit in _HOW_OFTEN else ():
            if unit or number.of_things:
                yield _Result(amount.value * number.readings[0].value, amount.unit, *places)
            if unit == MULTIPLE:
                yield _Result(amount.value / number.readings[0].value, amount.unit, *places)


def _of_one_unit(low: float, high: float, unit: str, places: tuple[Span, Span, str]) -> Iterator[_Result]:
    yield _Result(low + high, unit, *places)
    yield _Result(high - low, unit, *places)
    yield _Result(high / low, MULTIPLE, *places)
    yield _Result(100 * low / high, "percent", *places)
    yield _Result(100 * (high - low) / low, "percent", *places)
    yield _Result(100 * (high - low) / high, "percent", *places)
