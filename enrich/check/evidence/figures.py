"""The figures of a source, numbers and dates, and whether it gives those of a sentence."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

from msgspec.structs import replace

from enrich.check.evidence.calculations import Calculations, remains
from enrich.check.evidence.figure_check import FigureCheck, Placed
from enrich.check.evidence.number_places import NumberPlaces
from enrich.check.facts.compounds import find_compounds, joined
from enrich.check.facts.counted import things_of, units_of
from enrich.check.facts.dates import DateBook, DateMention, find_dates
from enrich.check.facts.equal_forms import Equivalents
from enrich.check.facts.listing import list_lengths
from enrich.check.facts.number_words import SMALL
from enrich.check.facts.quantity import Quantity, bounds_of, find_quantities, in_unit_of, without_rates
from enrich.check.facts.relative_dates import find_counted_dates, find_shifts
from enrich.check.facts.sums import Derived
from enrich.check.facts.units import ROUGH
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Cover, Span, covers

_OTHERS = lazy_pattern(r"\s(?:others?|more|further|additional|of the|of them|of its|of their)\b")
"""What follows a count of what is left: `three other companies`, `three of the eight`."""
_FEW = frozenset((2.0, 3.0))
"""Numbers of things named one after the other that a reader counts at a glance: no doubt is needed."""
_IN_ALL = lazy_pattern(r"(?:\s\w+){0,4}\s(?:altogether|in all|in total|all told)\b")
"""Behind a number that the writer has counted up."""
_FROM = "from "
_TO = lazy_pattern(r"[^.;\n]{0,60}\bto\s(?:[a-z]{1,12}\s){0,2}")
_PAIR = 2
"""Numbers that make a share."""
_MONTHS = lazy_pattern(r"\b(?:first|initial)\s(?P<count>\w+)\smonths\b", re.IGNORECASE)


class Figures:
    """All numbers and dates of one source, ready to be asked."""

    def __init__(self, text: str, published: date | None = None, headline: str = "") -> None:
        text = f"{text}\n\n{headline}"  # a place beyond the text's end is the headline
        self._text = text
        self.equivalents = Equivalents(text)
        self._published = published
        self.dates = DateBook(text, published)
        mentions = self.dates.mentions
        self.quantities = find_quantities(text, [mention.span for mention in mentions if not mention.relative])
        self.quantities += find_compounds(text, self.quantities)
        self._places = NumberPlaces(text, self.quantities, mentions)
        self._calculations = Calculations(text, self.quantities, self.dates.known, self._places)

    def within(self, spans: Sequence[Span]) -> list[Placed]:
        """The figures inside `spans`, which are in order and apart; weak ones left out."""
        return [row for rows in self._in_order for span in spans for row in _starting_in(span, rows)]

    @cached_property
    def _in_order(self) -> tuple[list[Placed], list[Placed]]:
        """The dates, and the numbers that are not weak, by their places."""
        return (
            [("date", _parts_of(mention), mention.span) for mention in self.dates.mentions],
            sorted(
                [
                    ("number", units_of(each), each.span)
                    for each in self.quantities
                    if _is_figure(each) and not self._ends_name(each)
                ],
                key=lambda placed: placed[2],
            ),
        )

    def _ends_name(self, quantity: Quantity) -> bool:
        """Whether a number ends a name, so that it stands in no other's place: `eu-west-1`, `Crew-8`."""
        before = self._text[max(0, quantity.span.start - 2) : quantity.span.start]
        return before[-1:] == "-" and before[:1].isalpha()

    def numbers_in(self, spans: Sequence[Span]) -> list[Quantity]:
        """The numbers inside `spans`, weak ones too, and none that ends a name."""
        return [each for each in self.quantities if covers(spans, each.span.start) and not self._ends_name(each)]

    def quantity_at(self, span: Span) -> Quantity | None:
        """The number at a place of the source; none for a date."""
        return self._places.quantity_at(span)

    def makes(self, quantity: Quantity, spans: Sequence[Span]) -> bool:
        """Whether a number of a sentence is one inside `spans` with fewer digits, a little over a million of 1.2, or
        what two of them differ by or come to."""
        held = Cover(spans)
        return self._calculations.rounded(quantity, held) is not None or self._calculations.adds_up(quantity, held)

    def things_of(self, quantity: Quantity) -> frozenset[str]:
        """Stems of what a number of the source counts."""
        return things_of(quantity, self._text)

    def starts_of(self, told: Collection[Span]) -> set[Span]:
        """The numbers from which others came that are told: the 33 of `grew from 33 to 44 percent`."""
        return {start for end, start in self._starts.items() if end in told}

    @cached_property
    def _starts(self) -> dict[Span, Span]:
        """The place of each number that another came to -> the place of that other."""
        pairs = pairwise(self.quantities)
        return {second.span: first.span for first, second in pairs if self._leads_to(first, second)}

    def _leads_to(self, first: Quantity, second: Quantity) -> bool:
        before = self._text[max(0, first.span.start - len(_FROM)) : first.span.start].casefold()
        return before == _FROM and _TO.fullmatch(self._text, first.span.end, second.span.start) is not None

    def counted_from(self, sentence: str) -> list[Span]:
        """Where the source has the dates that the sentence counts from its own: 2018 for `in 2017 and a year later`."""
        if self._published is None or not any(find_shifts(sentence)):
            return []
        mentions = find_dates(sentence, self._published)
        counted = find_counted_dates(sentence, mentions, self._published)
        return [span for mention in counted for span in self.dates.where(mention)]

    def check(self, sentence: str, evidence: Sequence[Span] = ()) -> list[FigureCheck]:
        """Every figure of `sentence`, which rests on `evidence` or is nearest to it, in order."""
        mentions = find_dates(sentence, self._published)
        quantities = joined(sentence, find_quantities(sentence, [mention.span for mention in mentions]))
        quantities = without_rates(sentence, quantities)
        checks = [self._check_date(mention) for mention in _one_per_span(mentions)]
        checks += [self._check_in_sentence(quantity, quantities, sentence) for quantity in quantities]
        if any(not check.given for check in checks):
            said = self.equivalents.said(sentence)
            checks = [check if check.given else _otherwise(check, said) for check in checks]
            checks = self._calculated(checks, quantities, evidence)
            checks = self._counted_out(checks, mentions, evidence)
        return sorted(checks, key=lambda check: check.span)

    def _calculated(
        self, checks: Sequence[FigureCheck], quantities: Sequence[Quantity], evidence: Sequence[Span]
    ) -> list[FigureCheck]:
        """The checks with a doubt where a missing number follows from two numbers, dates or times of the source, one of
        which the sentence or its evidence, where it names some, has.

        The time between two dates that it names is what the source says in another form: no doubt.
        """
        at_hand = Cover([*evidence, *(span for check in checks for span in check.where)])
        checks = [_as_given(check, evidence) if self._is_listed(check, evidence) else check for check in checks]
        missing = {check.span for check in checks if not check.given and (check.counted or not check.weak)}
        found = {each.span: self._calculations.follow(each, at_hand) for each in quantities if each.span in missing}
        found |= {
            check.span: ended for check in checks if (ended := self._calculations.count_from_the_end(check, at_hand))
        }
        if len(self.numbers_in(evidence)) < _PAIR:  # nothing that a share could be held against
            shares = {each.span for each in quantities if each.share and each.weak and not found.get(each.span)}
            checks = [replace(check, counted=False) if check.span in shares else check for check in checks]
        return [_as_calculated(check, derived) if (derived := found.get(check.span)) else check for check in checks]

    def _counted_out(
        self, checks: Sequence[FigureCheck], mentions: Sequence[DateMention], evidence: Sequence[Span]
    ) -> list[FigureCheck]:
        """The checks with a doubt where a missing date follows from another and a time that are both at hand."""
        missing = {check.span for check in checks if check.kind == "date" and not check.given}
        if not missing:
            return list(checks)
        at_hand = Cover([*evidence, *(span for check in checks for span in check.where)])
        follow = self._calculations.follow_date
        found = {each.span: derived for each in mentions if each.span in missing and (derived := follow(each, at_hand))}
        return [_as_calculated(check, derived) if (derived := found.get(check.span)) else check for check in checks]

    def _is_listed(self, check: FigureCheck, evidence: Sequence[Span]) -> bool:
        """Whether a number only counts what the evidence lists: `four groups` of gold, silver, bronze and tin ones."""
        if check.given or check.said is None or not check.said.counts:
            return False
        value = check.said.readings[0].value
        return any(value == length for span in evidence for length in list_lengths(span.of(self._text)))

    def _check_date(self, mentions: Sequence[DateMention]) -> FigureCheck:
        mention = mentions[0]
        where = [span for reading in mentions for span in self.dates.where(reading)]
        if mention.decade and mention.year:
            where += [span for _, _, span in self._places.between(mention.year + 1.0, mention.year + 10.0)]
        if not where and mention.year and not mention.month and mention.season is None:
            where = [span for value, _, span in self._places.near(float(mention.year), "") if value == mention.year]
        if _parts_of(mention) == {"month"} and mention.month in self._bounds:
            where.append(self._bounds[mention.month])
        text = mention.text.rstrip(".")
        reason = "" if where else f"date {text} is not in the source"
        units = _parts_of(mention)
        return FigureCheck(
            kind="date",
            span=mention.span,
            text=text,
            where=tuple(where),
            given=bool(where),
            weak=mention.relative and not where,
            reason=reason,
            units=units,
            counted=mention.relative and not where,
        )

    @cached_property
    def _bounds(self) -> dict[int | None, Span]:
        """The months with which the periods that the source names begin and end: January and July of `the first seven
        months`."""
        found: dict[int | None, Span] = {}
        for quantity in self.quantities:
            for reading in quantity.readings:
                months = {"quarter": 3, "half": 6}.get(reading.unit, 0)
                if months and reading.value in range(1, 12 // months + 1):
                    last = int(reading.value) * months
                    found |= dict.fromkeys((last - months + 1, last), quantity.span)
        for match in _MONTHS.finditer(self._text):
            count = match["count"]
            last = int(count) if count.isdecimal() and len(count) < 3 else SMALL.get(count.casefold(), 0)
            found |= dict.fromkeys((1, last), Span(*match.span()))
        return found

    def _check_in_sentence(self, quantity: Quantity, others: Sequence[Quantity], sentence: str) -> FigureCheck:
        """The number alone; where the source lacks it, in the unit of the one said before it, or as a bound with it."""
        alone = self._check_quantity(quantity, sentence)
        if alone.given:
            return alone
        before = next((each for each in reversed(others) if each.span < quantity.span and not each.weak), None)
        if before and not quantity.of_things:
            elided = self._check_quantity(in_unit_of(before, quantity), sentence)
            if elided.given:
                return elided
        where = [span for pair in pairwise(others) if quantity in pair for span in self._between(*pair, sentence)]
        return _as_given(alone, where) if where else alone

    def _between(self, first: Quantity, second: Quantity, sentence: str) -> list[Span]:
        """Where the source has a number that the sentence tells by two bounds."""
        bounds = bounds_of(sentence, first, second)
        if bounds is None:
            return []
        low, high = bounds
        rows = self._places.between(math.nextafter(low.value, math.inf), high.value)
        return [span for _, unit, span in rows if unit == low.unit]

    def _check_quantity(self, quantity: Quantity, sentence: str) -> FigureCheck:
        where, other_units = self._places.find(quantity)
        where = where or self._places.find_written(quantity, sentence) or self._day(quantity)
        reason = ""
        if not where:
            units = sorted(unit for unit in other_units if unit.isalpha() and not unit.startswith(ROUGH))
            reason = f"number {quantity.text} is not in the source"
            if units:
                reason = f"number {quantity.text}: the source has it in {' and '.join(units)}"
        counts = (quantity.counts and not quantity.weak) or _IN_ALL.match(sentence, quantity.span.end) is not None
        counted = counts and not where and not self._counts_otherwise(quantity, sentence)
        told = quantity.share and quantity.weak and not where
        few = counted and quantity.readings[0].value in _FEW
        if counted and not few:
            reason = f"{reason}: is it a count of what is named there?"
        return FigureCheck(
            kind="number",
            span=quantity.span,
            text=quantity.text,
            where=tuple(where),
            given=bool(where),
            weak=quantity.weak or counted,
            reason=reason,
            said=quantity,
            units=units_of(quantity),
            things=things_of(quantity, sentence),
            counted=(counted and not few) or told,
            hedged=bool(quantity.hedge),
            counts_back=remains(sentence, quantity.span.end),
            of_whole=_OTHERS.match(sentence, quantity.span.end) is not None,
        )

    def _day(self, quantity: Quantity) -> list[Span]:
        """Where the source has a day of the month that the sentence only counts: `from the 9th to the 13th`."""
        day = quantity.readings[0].value if quantity.kind == "ordinal" and quantity.readings else 0.0
        return self.dates.where(DateMention(quantity.span, quantity.text, day=int(day))) if 3 < day <= 31 else []

    def _counts_otherwise(self, quantity: Quantity, sentence: str) -> bool:
        """Whether the source gives another number of the same things: three inquiries where the sentence has two.

        Where it gives none, a writer may have counted what the source names one after the other.
        """
        if _OTHERS.match(sentence, quantity.span.end):
            return False
        said = things_of(quantity, sentence)
        return not said.isdisjoint(self._things)

    @cached_property
    def _things(self) -> frozenset[str]:
        """What the numbers of the source count."""
        numbers = (quantity for quantity in self.quantities if quantity.kind == "number")
        return frozenset[str]().union(*(things_of(quantity, self._text) for quantity in numbers))


def _starting_in(span: Span, rows: Sequence[Placed]) -> Sequence[Placed]:
    first = bisect_left(rows, span.start, key=lambda row: row[2].start)
    return rows[first : bisect_left(rows, span.end, key=lambda row: row[2].start)]


def _otherwise(check: FigureCheck, said: Mapping[Span, Span]) -> FigureCheck:
    """The figure as given where it is part of what the source says in another form: the 19 of `COVID-19`."""
    place = next((place for span, place in said.items() if span.start <= check.span.start < span.end), None)
    return replace(check, where=(place,), given=True, reason="") if place else check


def _as_given(check: FigureCheck, places: Sequence[Span]) -> FigureCheck:
    """The figure as one that the source has there in another form."""
    return replace(check, where=tuple(places), given=True, counted=False, reason="")


def _as_calculated(check: FigureCheck, derived: Derived) -> FigureCheck:
    if derived.sure:
        return _as_given(check, derived.places)
    reason = f"{check.kind} {check.text} is not in the source: calculated from {derived.said}?"
    return replace(check, weak=True, counted=True, follows=derived.at_hand, reason=reason)


def _parts_of(mention: DateMention) -> frozenset[str]:
    """Which parts of a date are said: what another date must say to stand in its place."""
    return frozenset(
        part for part in ("year", "month", "day", "weekday", "season") if getattr(mention, part) is not None
    )


def _is_figure(quantity: Quantity) -> bool:
    """Whether it can stand in another's place: `one millimetre`, of the weak ones, but not `a year` or `half`."""
    return not quantity.weak or ("" not in units_of(quantity) and quantity.text.casefold().startswith("one "))


def _one_per_span(mentions: list[DateMention]) -> list[list[DateMention]]:
    groups: dict[Span, list[DateMention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.span].append(mention)
    return list(groups.values())
