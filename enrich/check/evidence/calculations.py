"""Numbers that a source does not have and that follow from those it has."""

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import islice, product

from enrich.check.evidence.date_sums import find_date_sum
from enrich.check.evidence.far_sums import find_far_sum
from enrich.check.evidence.figure_check import FigureCheck
from enrich.check.evidence.number_places import CONVERSION, NumberPlaces
from enrich.check.facts.amount import ROUNDING, Hedge
from enrich.check.facts.clock import UNIT as CLOCK
from enrich.check.facts.counted import things_of, units_of
from enrich.check.facts.dates import DateMention
from enrich.check.facts.lapse import Lapses
from enrich.check.facts.quantity import Quantity
from enrich.check.facts.stems import stem
from enrich.check.facts.sums import Derived, Sums, is_amount
from enrich.check.facts.units import CURRENCIES, MULTIPLE, TEMPERATURES
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Cover, Span

_TIMES_A_YEAR = {"hour": 8766.0, "day": 365.25, "week": 52.18, "month": 12.0, "quarter": 4.0, "year": 1.0}
_ROUNDED: dict[Hedge, tuple[float, float]] = ROUNDING | {
    "": (0.98, 1.02),
    "about": (0.9, 1.1),
    "nearly": (0.86, 1.0),
    "over": (1.0, 1.25),
    "under": (0.6, 1.0),
}
"""How far a number of the very evidence may lie from the one that a sentence gives for it: a bound may be far from it,
`fewer than ten` of six; and who gives no hedge may round a little, `60` of 58.7. Shares are bound more closely."""
_NO_SIZES = TEMPERATURES | {CLOCK}
"""Units of which a tenth more is no rounding: an hour past two is no three o'clock."""
_COARSER = 0.1
"""The same for a number in a larger unit: `two weeks` of 13 days."""
_REMAINING = lazy_pattern(
    r"\b(?:remain\w*|left|to\s(?:go|play|spare)|from\s(?:time|the\send)|before\s(?:time|the\send))\b"
)
"""Who counts from the other end has another number, and may be right."""
_REACH = 40
"""Characters behind a number within which it is said to remain."""
_MATCH = 90.0
"""Minutes of the match of which reports tell a goal by what was left to play."""

_MOST_PAIRS = 20_000
"""By hand, a bound of time: pairs of a number at hand and one of the page, compared for one told as a multiple."""


class Calculations:
    """What is calculated from the numbers, dates and times of one source."""

    def __init__(
        self, text: str, quantities: Sequence[Quantity], dates: Sequence[DateMention], places: NumberPlaces
    ) -> None:
        self._text = text
        self._quantities, self._dates, self._places = quantities, dates, places

    @cached_property
    def _sums(self) -> Sums:
        """What follows from two numbers of the source; most sentences never ask."""
        return Sums(self._quantities)

    @cached_property
    def _lapses(self) -> Lapses:
        """What lies between two dates or times of the source."""
        return Lapses(self._dates, self._quantities)

    @cached_property
    def _sizes(self) -> list[Quantity]:
        """The numbers of the source that can be so many times another."""
        return [each for each in self._quantities if _has_size(each)]

    def follow(self, quantity: Quantity, at_hand: Cover) -> Derived | None:
        """What a number that the source lacks is calculated from."""
        lapse = self._lapses.of(quantity, at_hand)
        if lapse and lapse.sure:
            return lapse
        if rounded := self.rounded(quantity, at_hand):
            return Derived(rounded.of(self._text), sure=True, places=(rounded,))
        if (
            derived := self._sums.of(quantity, at_hand)
            or self._rate(quantity, at_hand)
            or self._times(quantity, at_hand)
            or find_far_sum(quantity, at_hand, self._quantities, self._text)
        ):
            return derived._replace(sure=derived.at_hand and quantity.share)  # whoever names a share rounds
        if not lapse:
            lapse = self._lapses.of(quantity, Cover([Span(0, len(self._text))]))  # of times a page has few
        return lapse._replace(sure=False) if lapse else None

    def adds_up(self, quantity: Quantity, spans: Cover) -> bool:
        """Whether two numbers inside `spans` differ by it or come to it."""
        if not is_amount(quantity) or quantity.kind == "percentage":
            return False
        derived = self._sums.of(quantity, spans)
        return derived is not None and derived.at_hand

    def follow_date(self, mention: DateMention, at_hand: Cover) -> Derived | None:
        """What a date that the source lacks is counted from."""
        return find_date_sum(mention, self._dates, self._quantities, self._text, at_hand)

    def count_from_the_end(self, check: FigureCheck, at_hand: Cover) -> Derived | None:
        """A minute of a match at hand that is told from its other end: the 72nd of `18 minutes from time`."""
        number = check.said
        if check.given or number is None or not number.readings or not _is_minute(number, check.things):
            return None
        for _, _, span in self._places.near(_MATCH - number.readings[0].value, ""):
            other = self._places.quantity_at(span)
            if other is None or span.start not in at_hand:
                continue
            if _is_minute(other, things_of(other, self._text)) and check.counts_back != remains(self._text, span.end):
                return Derived(other.text, sure=True, places=(span,))
        return None

    def rounded(self, quantity: Quantity, at_hand: Cover) -> Span | None:
        """The number at hand that makes a writer say this one: 6 for `fewer than 10`, 58.7 for `60`."""
        if quantity.label:  # `Windows 10`, `CVE-2020`
            return None
        bounds = ROUNDING if quantity.share or quantity.kind == "percentage" else _ROUNDED
        low, high = bounds[quantity.hedge]
        for place, (value, unit) in enumerate(quantity.readings):
            if place and unit in _NO_SIZES:
                continue
            if place and not quantity.hedge:  # a conversion, which is of a coarser unit
                low, high = 1 - _COARSER, 1 + _COARSER
            for other, other_unit, span in self._places.between(value * low, math.nextafter(value * high, math.inf)):
                near = span.start in at_hand
                own = self._places.quantity_at(span)
                if not near or unit != other_unit or (own and quantity.hedge and quantity.hedge == own.hedge):
                    continue  # who says `within 80` of `within 40` rounds nothing
                if quantity.hedge or place or _rounds(other, value):
                    return span
        return None

    def _times(self, quantity: Quantity, at_hand: Cover) -> Derived | None:
        """A number at hand that is so many times another of the same things, wherever the page has that."""
        times = next((reading.value for reading in quantity.readings if reading.unit == MULTIPLE), 0.0)
        if times <= 1:
            return None
        low, high = (times * bound for bound in ROUNDING[quantity.hedge])
        held = [each for each in self._sizes if each.span.start in at_hand]
        for one, other in islice(product(held, self._sizes), _MOST_PAIRS):
            if other.readings[0].unit != one.readings[0].unit:
                continue
            least, most = sorted((one.readings[0].value, other.readings[0].value))
            alike = one.readings[0].unit in CURRENCIES or things_of(one, self._text) & things_of(other, self._text)
            if alike and low * (1 - CONVERSION) <= most / least <= high * (1 + CONVERSION):
                return Derived(f"{one.text} and {other.text}", sure=False, places=(one.span, other.span))
        return None

    def _rate(self, quantity: Quantity, at_hand: Cover) -> Derived | None:
        """A number at hand that makes this one when it is told for another time: `15,000 a month` of 180,000."""
        low, high = ROUNDING[quantity.hedge]
        for reading in quantity.readings if quantity.per else ():
            for other, factor in _TIMES_A_YEAR.items():
                value = reading.value * _TIMES_A_YEAR[quantity.per] / factor
                near = self._places.between(value * (low - CONVERSION), value * (high + CONVERSION))
                for _, unit, span in near if other != quantity.per else ():
                    if unit == reading.unit and span.start in at_hand:
                        return Derived(f"{span.of(self._text)} a {other}", sure=False, places=(span,))
        return None


def _has_size(quantity: Quantity) -> bool:
    """Whether it is so much of something that another of the same can be so many times as much."""
    return is_amount(quantity) and quantity.kind != "percentage" and quantity.readings[0].value > 0


def remains(text: str, position: int) -> bool:
    """Whether what ends at `position` is said to remain."""
    return _REMAINING.search(text, position, position + _REACH) is not None


def _is_minute(quantity: Quantity, things: frozenset[str]) -> bool:
    """Whether it is so many minutes, or the minute of that number."""
    return "minute" in units_of(quantity) or stem("minute") in things


def _rounds(value: float, said: float) -> bool:
    """Whether `said` is the value with fewer digits."""
    digits = len(f"{said:.10g}".replace(".", "").strip("0"))
    return float(f"{value:.{max(digits, 1)}g}") == said != value
