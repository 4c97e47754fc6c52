"""Where a source has a number, in any form: by value, unit and label, and as it is written."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from enrich.check.facts.amount import ROUNDING, Hedge
from enrich.check.facts.clock import SPOKEN
from enrich.check.facts.clock import UNIT as CLOCK
from enrich.check.facts.dates import MOST_PLACES, DateMention
from enrich.check.facts.quantity import Quantity, Reading
from enrich.check.facts.units import CURRENCIES, MULTIPLE, ROUGH
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

CONVERSION = 0.03
"""How far writers round when they convert: 16 km for 10 miles, 90 kilos for 200 pounds."""
_AGES = 100
"""Below it a number without a unit is an age or a score rather than money."""
_OFTEN = 3
"""Times that a writer says rather than of how many: three times as much is no three of anything."""
_MINUTES = 10.0
"""How far a time of day with `about` may lie from the source's."""
_JOINED = lazy_pattern(r"[A-Za-z0-9]+(?:[/.:-][A-Za-z0-9]+)*")
_LONGEST_JOINED = 100
"""Characters. By hand, a bound of time: a longer run of letters and digits is an address or a hash."""
_PIECE = lazy_pattern(r"[A-Za-z0-9]+")

Place = tuple[float, str, Span]
"""Value, unit and place of a number in the source."""


class NumberPlaces:
    """The numbers of one source, found by what they say; a year of a date is one too."""

    def __init__(self, text: str, quantities: Sequence[Quantity], mentions: Iterable[DateMention]) -> None:
        self._text = text
        self._by_span = {quantity.span: quantity for quantity in quantities}
        self._known: dict[tuple[object, ...], tuple[list[Span], set[str]]] = {}
        self._codes: dict[str, list[Span]] = defaultdict(list)
        self._labels: dict[str, list[Quantity]] = defaultdict(list)
        self._no_measures = {quantity.span for quantity in quantities if _is_no_measure(quantity)}
        self._of_things = {quantity.span for quantity in quantities if quantity.of_things}
        places: list[Place] = []
        for quantity in quantities:
            self._codes[_code(quantity.text)].append(quantity.span)
            places += [(reading.value, reading.unit, quantity.span) for reading in quantity.readings]
            self._codes |= {f"q{reading.value:.0f}": [quantity.span] for reading in _quarters(quantity)}
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

    def quantity_at(self, span: Span) -> Quantity | None:
        """The number at a place of the source; none for a date."""
        return self._by_span.get(span)

    def find(self, quantity: Quantity) -> tuple[list[Span], set[str]]:
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
        if centuries and not self.near(centuries[0], ""):
            return [span for _, _, span in self.between(100 * (centuries[0] - 1), 100 * centuries[0])], set()
        labelled = self._labels.get(quantity.label, []) if quantity.label else []
        if labelled:
            return self._coded(quantity.label + _code(quantity.text)), set()
        places: list[Span] = []
        units: set[str] = set()
        for reading in quantity.readings:
            places += self._converted(reading, quantity.hedge)
            for _, unit, span in self.near(reading.value, quantity.hedge, reading.unit):
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
        near = self.between(reading.value * low * (1 - CONVERSION), reading.value * high * (1 + CONVERSION))
        return [span for _, unit, span in near if unit == wanted]

    def _is_of_a_kind(self, quantity: Quantity, reading: Reading, unit: str, span: Span) -> bool:
        """Whether a number of the source, in this unit and place, can be meant by another: a count is no
        measure."""
        if unit == MULTIPLE and reading.value > _OFTEN:  # of `142 times the sun's mass` there are so many suns
            return True
        if unit:
            return bool(reading.unit) or not quantity.of_things
        if reading.unit in CURRENCIES and reading.value < _AGES:
            return False  # who is 51 costs no £51
        return not reading.unit or not (span in self._of_things or span in self._no_measures)

    def _coded(self, code: str) -> list[Span]:
        return self._codes.get(code, [])[:MOST_PLACES]

    def find_written(self, quantity: Quantity, sentence: str) -> list[Span]:
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

    def near(self, value: float, hedge: Hedge, unit: str = "") -> list[Place]:
        """The places of what ``value`` may stand for, said with ``hedge``; of times of day those minutes around it."""
        low, high = ROUNDING[hedge]
        if unit == CLOCK and hedge:
            return self.between(value - _MINUTES, value + _MINUTES)
        slack = 1e-9 * max(1.0, abs(value))
        return self.between(value * low - slack, math.nextafter(value * high + slack, math.inf))

    def between(self, low: float, high: float) -> list[Place]:
        """The places of the values from `low` to below `high`, the first of them where they are many."""
        start = bisect_left(self._values, low)
        return self._places[start : min(bisect_left(self._values, high), start + MOST_PLACES)]


def _is_no_measure(quantity: Quantity) -> bool:
    """Whether it can be no amount of a unit: an ordinal, a part, the number of something that has a name: `Crew-8`."""
    return quantity.kind == "ordinal" or _is_part(quantity) or bool(quantity.label)


def _is_part(quantity: Quantity) -> bool:
    """Whether it is a third or a quarter, which may be an ordinal too, and is no three or four of anything."""
    return quantity.weak and {"", "percent"} <= {reading.unit for reading in quantity.readings}


def _joined_at(sentence: str, span: Span) -> str:
    """The letters and digits that are joined where the span stands; empty when it begins before them."""
    start = max(sentence.rfind(" ", 0, span.start) + 1, span.start - _LONGEST_JOINED)
    joined = next((found for found in _JOINED.finditer(sentence, start) if found.end() >= span.end), None)
    return joined.group() if joined and joined.start() <= span.start else ""


def _goes_on(text: str, offset: int) -> bool:
    """Whether letters or digits go on at `offset`."""
    return _PIECE.match(text, offset) is not None


def _code(text: str) -> str:
    """A code without its separators and plural: `GPT-4` and `gpt 4` are `gpt4`; `4Q` is `q4`."""
    plain = "".join(character for character in text.casefold() if character.isalnum() or character == ".").strip(".")
    plain = plain.removesuffix("s") if plain[-2:-1].isdigit() else plain
    return "q" + plain[0] if len(plain) == 2 and plain[1] == "q" else plain


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
