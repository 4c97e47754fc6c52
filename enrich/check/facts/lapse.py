"""Spans between two points of time of a text: `two years` of 1957 and 1959, `two hours` of 10.33 pm and 12.30 am."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, product
from typing import NamedTuple

from enrich.check.facts.amount import ROUNDING, Hedge, Quantity
from enrich.check.facts.clock import DAY
from enrich.check.facts.clock import UNIT as CLOCK
from enrich.check.facts.date_mention import DateMention
from enrich.check.facts.relative_dates import COUNTED_YEARS
from enrich.check.facts.sums import Derived
from enrich.text.span import Cover, Span

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_MINUTES = {"minute": 1.0, "hour": 60.0}
_MOST = 400
"""Points of one text that are held against each other. By hand, a bound of time: each costs a comparison a figure."""
_HALF = 0.5
"""Of the unit that a span is said in, so much may be rounded away."""

_ROUNDING: dict[Hedge, tuple[float, float]] = {"over": (1.0, 1.35), "under": (0.7, 1.0)}
"""How far from it a span may be that is told with a bound: thirteen years are well over ten."""


class _Point(NamedTuple):
    low: float
    high: float
    """In days of some calendar, or minutes of the day: the first and the last that is meant."""
    span: Span
    text: str


class Lapses:
    """The spans of time between the dates of a text, its publication among them, and between its times of day."""

    def __init__(self, dates: Iterable[DateMention], quantities: Sequence[Quantity]) -> None:
        days = sorted(
            (point for mention in dates if (point := _day(mention))), key=lambda point: point.high - point.low
        )
        self._days = days[:_MOST]
        self._times = list(islice((point for quantity in quantities for point in _times(quantity)), _MOST))

    def of(self, quantity: Quantity, at_hand: Cover) -> Derived | None:
        """The two points that make it: one in a span `at_hand`, the other there too or the publication, else anywhere.

        None when there are none.
        """
        for reading in quantity.readings:
            for units, points, around in ((_DAYS, self._days, 0.0), (_MINUTES, self._times, float(DAY))):
                if reading.unit in units and reading.value > 1:
                    low, high = _ROUNDING.get(quantity.hedge, ROUNDING[quantity.hedge])
                    bounds = (reading.value * low - _HALF, reading.value * high + _HALF)
                    lapse = _between(bounds, units[reading.unit], points, around, at_hand)
                    if lapse:
                        return lapse
        return None


def _between(
    bounds: tuple[float, float], unit: float, points: Sequence[_Point], around: float, at_hand: Cover
) -> Derived | None:
    """Two points that may lie so far apart; times of day also over midnight."""
    least, most = (bound * unit for bound in bounds)
    points = [point for point in points if point.high - point.low <= unit]  # from a year nobody counts weeks
    held = [point for point in points if point.span.start in at_hand]
    for others in ([*held, *(point for point in points if not point.span.end)], points):
        for one, other in product(held, others):
            first, second = sorted((one, other))
            near, far = max(0.0, second.low - first.high), second.high - first.low
            fits = (near <= most and far >= least) or (around and around - far <= most and around - near >= least)
            if fits and one.span != other.span:
                both = " and ".join(point.text or "the date of publication" for point in (one, other))
                return Derived(both, others is not points, places=(one.span, other.span))
    return None


def _day(mention: DateMention) -> _Point | None:
    """The days that a date with a year may mean."""
    if mention.year is None or mention.year not in COUNTED_YEARS:
        return None
    first = date(mention.year, mention.month or 1, 1)
    if mention.month is None:
        last = date(mention.year, 12, 31)
    elif mention.day is None:
        last = first + timedelta(days=30)
    else:
        first = last = first + timedelta(days=mention.day - 1)
    return _Point(first.toordinal(), last.toordinal(), mention.span, mention.text)


def _times(quantity: Quantity) -> Iterator[_Point]:
    for reading in quantity.readings:
        if reading.unit == CLOCK:
            yield _Point(reading.value, reading.value, quantity.span, quantity.text)
