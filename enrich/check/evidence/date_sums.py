"""Dates that a page does not have and that follow from what it has: a start and how long it takes, an age."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from enrich.check.facts.amount import Quantity
from enrich.check.facts.date_mention import DateMention
from enrich.check.facts.relative_dates import COUNTED_YEARS
from enrich.check.facts.seasons import season_of
from enrich.check.facts.sums import Derived
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Cover

_AGED = lazy_pattern(r"(?:[A-Z][^\W\d_]+,\s|\baged\s|\bage\s(?:of\s)?|\bis\s|\bturn(?:s|ed)?\s)$")
_IS_AGE = lazy_pattern(
    r"(?:[\s-]years?[\s-]old)?(?:[,.;)]|$|\s(?:and|when|has|is|was|said|who)\b|\s?[\s-]years?[\s-]old\b)"
)
"""Before and behind a number that is somebody's age: `Holm, 44, has led`."""
_LEAD, _OLDEST = 30, 110
"""Characters before an age in which that is told, a bound of time; and the age that somebody has at most."""
_MONTHS = {"month": 1.0, "year": 12.0}
_DAYS = {"day": 1, "week": 7}
_MOST_UNITS = 4_000
"""Days, months and years that are counted: ten years of days. By hand, a bound: what is more tells no date."""
_MOST = 50
"""Dates and times at hand that are counted together. By hand, a bound of time."""


def find_date_sum(
    said: DateMention,
    dates: Sequence[DateMention],
    quantities: Sequence[Quantity],
    text: str,
    at_hand: Cover,
) -> Derived | None:
    """What a date of a sentence is counted from, all of it at hand or the day of publication; None when nothing is."""
    if said.year is None or said.decade:
        return None
    held = [each for each in quantities if each.readings and each.span.start in at_hand][:_MOST]
    near = (each for each in dates if not each.span.end or each.span.start in at_hand)
    told = [each for each in near if each.year in COUNTED_YEARS][:_MOST]
    for each, quantity in product(told, held):
        if any(_is_same(said, counted) for counted in (*_counted(each, quantity), *_born(each, quantity, text))):
            both = f"{each.text or 'the date of publication'} and {quantity.text}"
            return Derived(both, sure=False, places=(each.span, quantity.span))
    return None


def _counted(start: DateMention, quantity: Quantity) -> Iterator[DateMention]:
    """The dates so much before and after another, as closely as that is told."""
    for value, unit in quantity.readings:
        for count in (value, -value) if value <= _MOST_UNITS else ():
            if unit in _DAYS and start.day:
                yield from _days_from(start, round(count * _DAYS[unit]))
            elif start.year and (unit == "year" or (unit == "month" and start.month)):
                months = 12 * start.year + (start.month or 1) - 1 + round(count * _MONTHS[unit])
                year, month = divmod(months, 12)
                yield DateMention(start.span, start.text, year=year, month=start.month and month + 1)


def _days_from(start: DateMention, days: int) -> Iterator[DateMention]:
    try:
        ordinal = date(start.year or 1, start.month or 1, start.day or 1).toordinal()
        day = date.fromordinal(ordinal + days)
    except (ValueError, OverflowError):
        return
    yield DateMention(start.span, start.text, year=day.year, month=day.month, day=day.day)


def _born(then: DateMention, quantity: Quantity, text: str) -> Iterator[DateMention]:
    """The two years in which somebody of that age may be born."""
    value, unit = quantity.readings[0]
    before = text[max(0, quantity.span.start - _LEAD) : quantity.span.start]
    told = unit == "year" or (_AGED.search(before) and _IS_AGE.match(text, quantity.span.end))
    if then.year and unit in ("", "year") and told and value == int(value) and 0 < value <= _OLDEST:
        for years in (int(value), int(value) + 1):
            yield DateMention(then.span, then.text, year=then.year - years)


def _is_same(said: DateMention, counted: DateMention) -> bool:
    """Whether a date says the other, as far as both go; what says more than it is no count of it."""
    if said.year != counted.year:
        return False
    if said.month is not None:
        return said.month == counted.month and said.day in (None, counted.day)
    return said.season is None or (counted.month is not None and said.season == season_of(counted.month))
