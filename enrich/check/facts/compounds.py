"""Two numbers that make one: `4 minutes and 15 seconds`, `2 dollars 53`, `four in five`."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from enrich.check.facts.amount import Quantity, Reading, kind_of
from enrich.check.facts.units import CURRENCIES, in_base
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Cover, Span

_BESIDE = lazy_pattern(r",?\s(?:and\s)?")
_EVERY = r"\s(?:[^\W\d_]{2,20}\s){0,5}(?:in|(?:out\s)?of|for|to|among)\s(?:every|each)\s"
_EVERY_ONE = lazy_pattern(_EVERY, re.IGNORECASE)
_OF = lazy_pattern(rf"\s(?:[^\W\d_]{{2,20}}\s){{0,2}}(?:in|(?:out\s)of)\s|{_EVERY}", re.IGNORECASE)
_OF_ALL = lazy_pattern(
    r"\s(?:[^\W\d_]{2,20}\s){0,2}(?:in|(?:out\s)?of)\s(?:(?:all|the|its|their|his|her|our|these|those)\s)?"
    rf"(?:(?:last|past|latest|first|next)\s)?|{_EVERY}",
    re.IGNORECASE,
)
"""Between two numbers of a source: `four of their last five games`. A sentence that says so has two numbers."""
_MOST = 100
"""Of how many a share is told by counting; what is larger is a year."""
_MOST_EVERY = 1e7
"""The same behind `every`, which no year is: `four in every 10,000`. More is an amount."""
_ROUND = frozenset((1e3, 1e4, 1e5, 1e6))
"""Wholes above a hundred of which a share is told without `every`."""
_FOR_EVERY = lazy_pattern(r"\b(?:for|of|in|out of)\severy\s$", re.IGNORECASE)
_THERE = lazy_pattern(r"(?:\s[^\W\d_]{2,20}){1,4},?\s", re.IGNORECASE)
"""Before and behind a whole that is told before its part: `for every ten shops, one`."""
_LEAD = 16
"""Characters before a whole in which that is said: a bound of time."""


def find_compounds(text: str, quantities: Sequence[Quantity], of: re.Pattern[str] = _OF_ALL) -> Iterator[Quantity]:
    """Every two neighbours of `quantities` (in order) that make one number; `of` stands between a part and its
    whole."""
    for first, second in pairwise(quantities):
        if first.readings and second.readings:
            total = _sum(text, first, second)
            readings = total or _share(text, first, second, of)
            if readings:
                span = Span(first.span.start, second.span.end)
                kind = kind_of(readings)
                yield Quantity(span, span.of(text), kind, tuple(readings), hedge=first.hedge, share=not total)


def joined(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities with each compound in the place of its parts."""
    parts = {each.span.start: each for each in quantities}
    compounds: list[Quantity] = []
    for compound in find_compounds(text, quantities, _OF):
        if compounds and compounds[-1].span.end > compound.span.start:
            compounds[-1] = _with_third(text, compounds[-1], parts[compound.span.start], compound)
        else:
            compounds.append(compound)
    covered = Cover(compound.span for compound in compounds)
    alone = [each for each in quantities if each.span.start not in covered]
    return sorted([*alone, *compounds], key=lambda quantity: quantity.span)


def _with_third(text: str, first: Quantity, shared: Quantity, second: Quantity) -> Quantity:
    """Two compounds with a part in common as one, `two hours, three minutes and two seconds`; else the first alone."""
    in_unit = [{reading.unit: reading.value for reading in each.readings} for each in (first, shared, second)]
    units = set.intersection(*map(set, in_unit))
    if not units or first.share:
        return first
    unit, span = min(units), Span(first.span.start, second.span.end)
    total = in_unit[0][unit] + in_unit[2][unit] - in_unit[1][unit]
    return replace(first, span=span, text=span.of(text), readings=(Reading(total, unit),))


def _sum(text: str, first: Quantity, second: Quantity) -> list[Reading]:
    """A smaller unit after a larger one that it is counted in; after dollars the cents need not be named."""
    if not _BESIDE.fullmatch(text, first.span.end, second.span.start):
        return []
    large, small = first.readings[0], second.readings[0]
    if large.unit in CURRENCIES and not small.unit and second.text.isdigit() and len(second.text) == 2:
        return [Reading(large.value + small.value / 100, large.unit)] if first.text[-1].isalpha() else []
    unit = {reading.unit for reading in first.readings} & {reading.unit for reading in second.readings}
    if large.unit == small.unit or not unit:
        base = in_base(*small)
        return [Reading(large.value + base[0], large.unit)] if base and base[1] == large.unit else []
    values = [next(each.value for each in one.readings if each.unit in unit) for one in (first, second)]
    return [Reading(sum(values), min(unit))] if values[1] < values[0] else []


def _share(text: str, first: Quantity, second: Quantity, of: re.Pattern[str]) -> list[Reading]:
    """`four in five`, `8 out of 10` and `for every ten shops one`, as a share and in percent."""
    top, under = first.readings[0], second.readings[0]
    if top.value > under.value and _is_turned(text, first, second):
        top, under = under, top
    elif not _is_told(text, first, second, of):
        return []
    whole = top.value == int(top.value) and under.value == int(under.value)
    if not (whole and 0 < top.value < under.value <= _MOST_EVERY and not top.unit and not under.unit):
        return []
    percent = 100 * top.value / under.value
    rounded = [Reading(round(percent), "percent")] if percent >= 1 else []
    return [Reading(percent / 100, ""), *rounded, Reading(percent, "percent")]


def _is_told(text: str, first: Quantity, second: Quantity, of: re.Pattern[str]) -> bool:
    """Whether the first is told as a part of the second; of what may be a year only behind `every`."""
    between, whole = (first.span.end, second.span.start), second.readings[0].value
    return of.fullmatch(text, *between) is not None and (
        whole <= _MOST or whole in _ROUND or _EVERY_ONE.fullmatch(text, *between) is not None
    )


def _is_turned(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether the whole is told before its part."""
    lead = text[max(0, first.span.start - _LEAD) : first.span.start]
    return bool(_FOR_EVERY.search(lead) and _THERE.fullmatch(text, first.span.end, second.span.start))
