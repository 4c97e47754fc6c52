"""The figures of a source, numbers and dates, and whether it gives those of a sentence."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.facts.amount import ROUNDING, Hedge
from enrich.check.facts.clock import SPOKEN
from enrich.check.facts.clock import UNIT as CLOCK
from enrich.check.facts.compounds import find_compounds, joined
from enrich.check.facts.dates import MOST_PLACES, DateBook, DateMention, find_dates
from enrich.check.facts.equal_forms import Equivalents
from enrich.check.facts.lapse import Lapses
from enrich.check.facts.number_words import SMALL
from enrich.check.facts.quantity import Quantity, Reading, find_quantities
from enrich.check.facts.stems import is_function_word, stem
from enrich.check.facts.sums import Derived, Sums
from enrich.check.facts.units import CURRENCIES, MULTIPLE, ROUGH
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.text.words import split_words

_NO_LABELS = frozenset(
    ["", *"a about all an and at by each every for from in its of on only since some the to with".split()]
)
"""Words that begin a sentence before a number and number nothing."""
_FOLLOWING = lazy_pattern(r"(?:[ -][^\W\d_]+){1,3}")
_OTHERS = lazy_pattern(r"\s(?:others?|more|further|additional|of the|of them|of its|of their)\b")
"""What follows a count of what is left: `three other companies`, `three of the eight`."""
_FEW = frozenset((2.0, 3.0))
"""Numbers of things named one after the other that a reader counts at a glance: no doubt is needed."""
_IN_ALL = lazy_pattern(r"(?:\s\w+){0,4}\s(?:altogether|in all|in total|all told)\b")
"""Behind a number that the writer has counted up."""
_CONVERSION = 0.03
"""How far writers round when they convert: 16 km for 10 miles, 90 kilos for 200 pounds."""
_TIMES_A_YEAR = {"hour": 8766.0, "day": 365.25, "week": 52.18, "month": 12.0, "quarter": 4.0, "year": 1.0}
_ROUNDED: dict[Hedge, tuple[float, float]] = ROUNDING | {
    "": (0.98, 1.02),
    "about": (0.9, 1.1),
    "over": (1.0, 1.25),
    "under": (0.6, 1.0),
}
"""How far a number of the very evidence may lie from the one that a sentence gives for it: a bound may be far from it,
`fewer than ten` of six; and who gives no hedge may round a little, `60` of 58.7. Shares are bound more closely."""
_EXACT = 1e-9
"""By hand: what two floats that are the same may differ by."""
_COARSER = 0.1
"""The same for a number in a larger unit: `two weeks` of 13 days."""
_AGES = 100
"""Below it a number without a unit is an age or a score rather than money."""
_REMAINING = lazy_pattern(
    r"\b(?:remain\w*|left|to\s(?:go|play|spare)|from\s(?:time|the\send)|before\s(?:time|the\send))\b"
)
"""Who counts from the other end has another number, and may be right."""
_REACH = 40
"""Characters behind a number within which it is said to remain."""
_MATCH = 90.0
"""Minutes of the match of which reports tell a goal by what was left to play."""
_PAIR = 2
"""Numbers that make a share."""
_MINUTES = 10.0
"""How far a time of day with `about` may lie from the source's."""
_MONTHS = lazy_pattern(r"\b(?:first|initial)\s(?P<count>\w+)\smonths\b", re.IGNORECASE)
_JOINED = lazy_pattern(r"[A-Za-z0-9]+(?:[/.:-][A-Za-z0-9]+)*")


_LONGEST_JOINED = 100
"""Characters. By hand, a bound of time: a longer run of letters and digits is an address or a hash."""
_PIECE = lazy_pattern(r"[A-Za-z0-9]+")

Placed = tuple[str, frozenset[str], Span]
"""Kind, units and place of a figure in the source."""


class FigureCheck(Struct, frozen=True):
    """One figure of a sentence: whether the source gives it, and where."""

    kind: Literal["number", "date"]
    span: Span
    """In the sentence."""
    text: str
    where: tuple[Span, ...]
    """Its places in the source; an empty span stands for the publication date."""
    given: bool
    weak: bool
    reason: str
    """Why it is not given, in words; empty when it is."""
    said: Quantity | None = None
    """The number as the sentence has it; none for a date."""
    units: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    """Stems of the words behind it: what it counts."""
    counted: bool = False
    """Not given, and no contradiction either: the writer may have counted what the source names."""
    follows: bool = False
    """It is calculated from numbers that are all at hand."""
    hedged: bool = False
    """Said with `about`, `over` or the like."""
    counts_back: bool = False
    """Counted from the other end: `18 minutes from time`."""
    of_whole: bool = False
    """A part of what is told: `three of the eight`, `two others`."""

    def is_like(self, kind: str, units: frozenset[str]) -> bool:
        """Whether a figure of this kind and unit could stand in its place."""
        return kind == self.kind and not units.isdisjoint(self.units)


class Figures:
    """All numbers and dates of one source, ready to be asked."""

    def __init__(self, text: str, published: date | None = None, headline: str = "") -> None:
        text = f"{text}\n\n{headline}"  # a place beyond the text's end is the headline
        self._text = text
        self._known: dict[tuple[object, ...], tuple[list[Span], set[str]]] = {}
        self.equivalents = Equivalents(text)
        self._published = published
        self.dates = DateBook(text, published)
        mentions = self.dates.mentions
        self.quantities = find_quantities(text, [mention.span for mention in mentions if not mention.relative])
        self.quantities += find_compounds(text, self.quantities)
        self._codes: dict[str, list[Span]] = defaultdict(list)
        self._labels: dict[str, list[Quantity]] = defaultdict(list)
        self._ordinals: set[Span] = set()
        self._of_things: set[Span] = set()
        places: list[tuple[float, str, Span]] = []
        for quantity in self.quantities:
            self._codes[_code(quantity.text)].append(quantity.span)
            places += [(reading.value, reading.unit, quantity.span) for reading in quantity.readings]
            self._codes |= {f"q{reading.value:.0f}": [quantity.span] for reading in _quarters(quantity)}
            if quantity.kind == "ordinal":
                self._ordinals.add(quantity.span)
            if quantity.of_things:
                self._of_things.add(quantity.span)
            if quantity.label:
                self._labels[quantity.label].append(quantity)
                self._codes[quantity.label + _code(quantity.text)].append(quantity.span)
        places += [
            (float(mention.year), "", mention.span) for mention in mentions if mention.year and not mention.relative
        ]
        places.sort(key=lambda place: place[0])
        self._places = places
        self._values = [place[0] for place in places]
        self._units = {unit for _, unit, _ in places}

    def within(self, spans: Sequence[Span]) -> list[Placed]:
        """The figures inside `spans`, which are in order and apart; weak ones left out."""
        return [row for rows in self._in_order for span in spans for row in _starting_in(span, rows)]

    @cached_property
    def _in_order(self) -> tuple[list[Placed], list[Placed]]:
        """The dates, and the numbers that are not weak, by their places."""
        return (
            [("date", _parts_of(mention), mention.span) for mention in self.dates.mentions],
            sorted(
                [("number", units_of(each), each.span) for each in self.quantities if self._can_stand_in(each)],
                key=lambda placed: placed[2],
            ),
        )

    def _can_stand_in(self, quantity: Quantity) -> bool:
        """Whether a number can stand in another's place: not the one that ends a name, `eu-west-1`."""
        before = self._text[max(0, quantity.span.start - 2) : quantity.span.start]
        return _is_figure(quantity) and not (before[-1:] == "-" and before[:1].isalpha())

    def numbers_in(self, spans: Sequence[Span]) -> list[Quantity]:
        """The numbers inside `spans`, weak ones too."""
        return [each for each in self.quantities if any(span.start <= each.span.start < span.end for span in spans)]

    def quantity_at(self, span: Span) -> Quantity | None:
        """The number at a place of the source; none for a date."""
        return self._by_span.get(span)

    @cached_property
    def _by_span(self) -> dict[Span, Quantity]:
        return {quantity.span: quantity for quantity in self.quantities}

    def things_of(self, quantity: Quantity) -> frozenset[str]:
        """Stems of what a number of the source counts."""
        return _counted(quantity, self._text)

    def check(self, sentence: str, evidence: Sequence[Span] = ()) -> list[FigureCheck]:
        """Every figure of `sentence`, which rests on `evidence` or is nearest to it, in order."""
        mentions = find_dates(sentence, self._published)
        quantities = joined(sentence, find_quantities(sentence, [mention.span for mention in mentions]))
        checks = [self._check_date(mention) for mention in _one_per_span(mentions)]
        checks += [self._check_quantity(quantity, sentence) for quantity in quantities]
        if any(not check.given for check in checks):
            said = self.equivalents.said(sentence)
            checks = [check if check.given else _otherwise(check, said) for check in checks]
            checks = self._calculated(checks, quantities, evidence)
        return sorted(checks, key=lambda check: check.span)

    def _calculated(
        self, checks: Sequence[FigureCheck], quantities: Sequence[Quantity], evidence: Sequence[Span]
    ) -> list[FigureCheck]:
        """The checks with a doubt where a missing number follows from two numbers, dates or times of the source, one of
        which the sentence or its evidence, where it names some, has.

        The time between two dates that it names is what the source says in another form: no doubt.
        """
        at_hand = [*evidence, *(span for check in checks for span in check.where)]
        missing = {check.span for check in checks if not check.given and (check.counted or not check.weak)}
        found = {each.span: self._follows(each, at_hand) for each in quantities if each.span in missing}
        found |= {check.span: ended for check in checks if (ended := self._from_the_end(check, at_hand))}
        if len(self.numbers_in(evidence)) < _PAIR:  # nothing that a share could be held against
            shares = {each.span for each in quantities if each.share and each.weak and not found.get(each.span)}
            checks = [replace(check, counted=False) if check.span in shares else check for check in checks]
        return [_as_calculated(check, derived) if (derived := found.get(check.span)) else check for check in checks]

    def _follows(self, quantity: Quantity, at_hand: Sequence[Span]) -> Derived | None:
        """What a number that the source lacks is calculated from."""
        lapse = self._lapses.of(quantity, at_hand)
        if lapse and lapse.sure:
            return lapse
        if rounded := self._rounded(quantity, at_hand):
            return Derived(rounded.of(self._text), sure=True, places=(rounded,))
        if derived := self._sums.of(quantity, at_hand) or self._rate(quantity, at_hand):
            is_share = quantity.share and (quantity.weak or MULTIPLE in units_of(quantity))  # whoever names one rounds
            return derived._replace(sure=derived.at_hand and is_share)
        if not lapse:
            lapse = self._lapses.of(quantity, [Span(0, len(self._text))])  # of times a page has few
        return lapse._replace(sure=False) if lapse else None

    def _rounded(self, quantity: Quantity, at_hand: Sequence[Span]) -> Span | None:
        """The number at hand that makes a writer say this one: 6 for `fewer than 10`, 58.7 for `60`."""
        if quantity.label:  # `Windows 10`, `CVE-2020`
            return None
        bounds = ROUNDING if quantity.share or quantity.kind == "percentage" else _ROUNDED
        low, high = bounds[quantity.hedge]
        for place, (value, unit) in enumerate(quantity.readings):
            if place and not quantity.hedge:  # a conversion, which is of a coarser unit
                low, high = 1 - _COARSER, 1 + _COARSER
            for other, other_unit, span in self._between(value * low, value * high * (1 + _EXACT)):
                near = any(held.start <= span.start < held.end for held in at_hand)
                own = self._by_span.get(span)
                if not near or unit != other_unit or (own and quantity.hedge and quantity.hedge == own.hedge):
                    continue  # who says `within 80` of `within 40` rounds nothing
                if quantity.hedge or place or _rounds(other, value):
                    return span
        return None

    def _from_the_end(self, check: FigureCheck, at_hand: Sequence[Span]) -> Derived | None:
        """A minute of a match at hand that is told from its other end: the 72nd of `18 minutes from time`."""
        number = check.said
        if check.given or number is None or not number.readings or not _is_minute(number, check.things):
            return None
        for _, _, span in self._near(_MATCH - number.readings[0].value, ""):
            other = self._by_span.get(span)
            if other is None or not any(held.start <= span.start < held.end for held in at_hand):
                continue
            if _is_minute(other, self.things_of(other)) and check.counts_back != _remains(self._text, span.end):
                return Derived(other.text, sure=True, places=(span,))
        return None

    def _rate(self, quantity: Quantity, at_hand: Sequence[Span]) -> Derived | None:
        """A number at hand that makes this one when it is told for another time: `15,000 a month` of 180,000."""
        for reading in quantity.readings if quantity.per else ():
            for other, factor in _TIMES_A_YEAR.items():
                value = reading.value * _TIMES_A_YEAR[quantity.per] / factor
                near = (
                    self._between(value * (1 - _CONVERSION), value * (1 + _CONVERSION)) if other != quantity.per else ()
                )
                for _, unit, span in near:
                    if unit == reading.unit and any(held.start <= span.start < held.end for held in at_hand):
                        return Derived(f"{span.of(self._text)} a {other}", sure=False, places=(span,))
        return None

    def _check_date(self, mentions: Sequence[DateMention]) -> FigureCheck:
        mention = mentions[0]
        where = [span for reading in mentions for span in self.dates.where(reading)]
        if mention.decade and mention.year:
            where += [span for _, _, span in self._between(mention.year + 1.0, mention.year + 10.0)]
        if not where and mention.year and not mention.month:
            where = [span for value, _, span in self._near(float(mention.year), "") if value == mention.year]
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

    def _check_quantity(self, quantity: Quantity, sentence: str) -> FigureCheck:
        where, other_units = self._found(quantity)
        where = where or self._find_written(quantity, sentence)
        reason = ""
        if not where:
            units = sorted(unit for unit in other_units if unit and not unit.startswith(ROUGH))
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
            things=_counted(quantity, sentence),
            counted=(counted and not few) or told,
            hedged=bool(quantity.hedge),
            counts_back=_remains(sentence, quantity.span.end),
            of_whole=_OTHERS.match(sentence, quantity.span.end) is not None,
        )

    @cached_property
    def _sums(self) -> Sums:
        """What follows from two numbers of the source; most sentences never ask."""
        return Sums(self.quantities)

    @cached_property
    def _lapses(self) -> Lapses:
        """What lies between two dates or times of the source."""
        return Lapses(self.dates.known, self.quantities)

    def _counts_otherwise(self, quantity: Quantity, sentence: str) -> bool:
        """Whether the source gives another number of the same things: three inquiries where the sentence has two.

        Where it gives none, a writer may have counted what the source names one after the other.
        """
        if _OTHERS.match(sentence, quantity.span.end):
            return False
        said = _counted(quantity, sentence)
        return not said.isdisjoint(self._things)

    @cached_property
    def _things(self) -> frozenset[str]:
        """What the numbers of the source count."""
        numbers = (quantity for quantity in self.quantities if quantity.kind == "number")
        return frozenset[str]().union(*(_counted(quantity, self._text) for quantity in numbers))

    def _found(self, quantity: Quantity) -> tuple[list[Span], set[str]]:
        """What `_find` says, remembered for a number that is said again."""
        key = quantity.text, quantity.readings, quantity.hedge, quantity.label, quantity.of_things
        if key not in self._known:
            self._known[key] = self._find(quantity)
        return self._known[key]

    def _find(self, quantity: Quantity) -> tuple[list[Span], set[str]]:
        """Its places in the source, and the units that its value stands with when the unit is the only difference."""
        if not quantity.readings:
            return self._coded(_code(quantity.text)), set()
        centuries = [reading.value for reading in quantity.readings if reading.unit == "century"]
        if centuries and not self._near(centuries[0], ""):
            return [span for _, _, span in self._between(100 * (centuries[0] - 1), 100 * centuries[0])], set()
        labelled = self._labels.get(quantity.label, []) if quantity.label not in _NO_LABELS else []
        if labelled:
            return self._coded(quantity.label + _code(quantity.text)), set()
        places: list[Span] = []
        units: set[str] = set()
        for reading in quantity.readings:
            places += self._converted(reading, quantity.hedge)
            for _, unit, span in self._near(reading.value, quantity.hedge, reading.unit):
                if _compatible(reading, unit) and self._is_of_a_kind(quantity, reading, unit, span):
                    places.append(span)
                else:
                    units.add(unit)
        return places, units

    def _converted(self, reading: Reading, hedge: Hedge) -> list[Span]:
        """Its places in another system of units: `12 miles` where the source has 19 kilometres."""
        rough = reading.unit.startswith(ROUGH)
        wanted = reading.unit.removeprefix(ROUGH) if rough else ROUGH + reading.unit
        if wanted not in self._units:
            return []
        low, high = ROUNDING[hedge]
        near = self._between(reading.value * low * (1 - _CONVERSION), reading.value * high * (1 + _CONVERSION))
        return [span for _, unit, span in near if unit == wanted]

    def _is_of_a_kind(self, quantity: Quantity, reading: Reading, unit: str, span: Span) -> bool:
        """Whether a number of the source, in this unit and place, can be meant by another: a count is no
        measure."""
        if unit:
            return bool(reading.unit) or not quantity.of_things
        if reading.unit in CURRENCIES and reading.value < _AGES:
            return False  # who is 51 costs no £51
        return not reading.unit or not (span in self._of_things or span in self._ordinals)

    def _coded(self, code: str) -> list[Span]:
        return self._codes.get(code, [])[:MOST_PLACES]

    def _find_written(self, quantity: Quantity, sentence: str) -> list[Span]:
        """Its places as it is written, with what it is joined to: ``27/11``, ``787-9``, ``13B`` between Chinese words.

        Digits alone are not looked for: a 27 of a date is no evidence for 27 servers.
        """
        joined = _joined_at(sentence, quantity.span)
        first = _PIECE.match(joined)
        if first is None or joined.isdigit():
            return []
        places = (Span(at, at + len(joined)) for at in self._pieces.get(first.group(), ())[:MOST_PLACES])
        return [place for place in places if place.of(self._text) == joined and not _goes_on(self._text, place.end)]

    @cached_property
    def _pieces(self) -> dict[str, list[int]]:
        """Every run of letters and digits of the source -> where it stands."""
        places: dict[str, list[int]] = defaultdict(list)
        for found in _PIECE.finditer(self._text):
            places[found.group()].append(found.start())
        return places

    def _near(self, value: float, hedge: Hedge, unit: str = "") -> list[tuple[float, str, Span]]:
        low, high = ROUNDING[hedge]
        if unit == CLOCK and hedge:
            return self._between(value - _MINUTES, value + _MINUTES)
        slack = 1e-9 * max(1.0, abs(value))
        return self._between(value * low - slack, math.nextafter(value * high + slack, math.inf))

    def _between(self, low: float, high: float) -> list[tuple[float, str, Span]]:
        """The places of the values from `low` to below `high`, the first of them where they are many."""
        start = bisect_left(self._values, low)
        return self._places[start : min(bisect_left(self._values, high), start + MOST_PLACES)]


def _remains(text: str, position: int) -> bool:
    """Whether what ends at `position` is said to remain."""
    return _REMAINING.search(text, position, position + _REACH) is not None


def _is_minute(quantity: Quantity, things: frozenset[str]) -> bool:
    """Whether it is so many minutes, or the minute of that number."""
    return "minute" in units_of(quantity) or stem("minute") in things


def _rounds(value: float, said: float) -> bool:
    """Whether `said` is the value with fewer digits."""
    digits = len(f"{said:.10g}".replace(".", "").strip("0"))
    return float(f"{value:.{max(digits, 1)}g}") == said != value


def _joined_at(sentence: str, span: Span) -> str:
    """The letters and digits that are joined where the span stands; empty when it begins before them."""
    start = max(sentence.rfind(" ", 0, span.start) + 1, span.start - _LONGEST_JOINED)
    joined = next((found for found in _JOINED.finditer(sentence, start) if found.end() >= span.end), None)
    return joined.group() if joined and joined.start() <= span.start else ""


def _goes_on(text: str, offset: int) -> bool:
    """Whether letters or digits go on at `offset`."""
    return _PIECE.match(text, offset) is not None


def _starting_in(span: Span, rows: Sequence[Placed]) -> Sequence[Placed]:
    first = bisect_left(rows, span.start, key=lambda row: row[2].start)
    return rows[first : bisect_left(rows, span.end, key=lambda row: row[2].start)]


def _counted(quantity: Quantity, text: str) -> frozenset[str]:
    """Stems of the words that follow the number with no sign between: `inquiry` and `open` of `two open inquiries`."""
    words = _FOLLOWING.match(text, quantity.span.end)
    following = split_words(words.group()) if words else []
    times = [MULTIPLE] if MULTIPLE in units_of(quantity) else []  # `twice` counts them too
    return frozenset(map(stem, [*times, *(word.text for word in following if not is_function_word(word.text))]))


def _otherwise(check: FigureCheck, said: Mapping[Span, Span]) -> FigureCheck:
    """The figure as given where it is part of what the source says in another form: the 19 of `COVID-19`."""
    place = next((place for span, place in said.items() if span.start <= check.span.start < span.end), None)
    return replace(check, where=(place,), given=True, reason="") if place else check


def _as_calculated(check: FigureCheck, derived: Derived) -> FigureCheck:
    if derived.sure:
        return replace(check, where=derived.places, given=True, counted=False, reason="")
    reason = f"number {check.text} is not in the source: calculated from {derived.said}?"
    return replace(check, weak=True, counted=True, follows=derived.at_hand, reason=reason)


def _code(text: str) -> str:
    """A code without its separators and plural: `GPT-4` and `gpt 4` are `gpt4`; `4Q` is `q4`."""
    plain = "".join(character for character in text.casefold() if character.isalnum() or character == ".").strip(".")
    plain = plain.removesuffix("s") if plain[-2:-1].isdigit() else plain
    return "q" + plain[0] if len(plain) == 2 and plain[1] == "q" else plain


def _parts_of(mention: DateMention) -> frozenset[str]:
    """Which parts of a date are said: what another date must say to stand in its place."""
    return frozenset(
        part for part in ("year", "month", "day", "weekday", "season") if getattr(mention, part) is not None
    )


def units_of(quantity: Quantity) -> frozenset[str]:
    """The units that it can be read in."""
    return frozenset(reading.unit for reading in quantity.readings)


def _is_figure(quantity: Quantity) -> bool:
    """Whether it can stand in another's place: `one millimetre`, of the weak ones, but not `a year` or `half`."""
    return not quantity.weak or ("" not in units_of(quantity) and quantity.text.casefold().startswith("one "))


def _quarters(quantity: Quantity) -> list[Reading]:
    return [reading for reading in quantity.readings if reading.unit == "quarter"]


def _compatible(reading: Reading, unit: str) -> bool:
    """Two units agree when they are the same or one is not said; a time of day agrees with a time of day alone."""
    if CLOCK in (reading.unit, unit):
        return reading.unit == unit
    if reading.unit == MULTIPLE:
        return unit == MULTIPLE
    if reading.unit == SPOKEN:
        return not unit
    return not unit or not reading.unit or unit == reading.unit


def _one_per_span(mentions: list[DateMention]) -> list[list[DateMention]]:
    groups: dict[Span, list[DateMention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.span].append(mention)
    return list(groups.values())
