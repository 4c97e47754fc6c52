"""Quantities in words: `twenty-five`, `a million`, `two thirds`, `tenfold`, `zweihundert`, `hai mươi`, `三百二十`."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain

from enrich.check.facts.amount import Hedge, Quantity, Reading, in_units, kind_of, with_unit
from enrich.check.facts.form import Form
from enrich.check.facts.number_words import (
    FRACTIONS,
    GERMAN,
    HAN_FRACTION,
    HAN_NUMBER,
    MULTIPLES,
    ORDINALS,
    SCALES,
    SMALL,
    VIETNAMESE,
    match_number,
    value_of_han,
    value_of_words,
)
from enrich.check.facts.numbers import read_ordinal, scaled
from enrich.check.facts.units import UNITS
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

_FEW = frozenset(map(float, range(2, 13)))
"""Numbers with which a writer counts what a source only names, one after the other."""
_OFTEN_NO_FIGURE = frozenset([*GERMAN, *VIETNAMESE, "dozen"])
_OFTEN_IDIOMS = frozenset({"a dozen", "a hundred", "a thousand"})
_LETTERS = lazy_pattern(r"[^\W\d_]+")
_FOLD = Form("fold", r"(?P<count>(?<!\d)\d{1,20}|(?<![a-z])[a-z]{1,20})[\s-]?fold(?![^\W_])", re.IGNORECASE)
_SMALL_PART = Form(
    "hundredth|thousandth|millionth",
    r"(?<![\w-])(?:one|an?)[\s-](?:(?P<count>[a-z]{1,12}|\d{1,3})[\s-])?(?P<scale>hundred|thousand|million)th(?![\w])",
    re.IGNORECASE,
)
"""`a six-hundredth`, `one five-thousandth`: a share as a writer seldom says it."""
_PARTS = "|".join(sorted(FRACTIONS, key=len, reverse=True))
_FRACTION = lazy_pattern(
    rf"(?<![^\W_])(?:(?P<top>one|two|three|four|five|six|seven|eight|nine|an?|ein|zwei|drei)[\s-])?(?P<part>{_PARTS})(?![^\W_])"
    r"(?:\sof\san?\s(?:(?P<scale>thousand|million|billion|trillion)|(?P<unit>hour|day|year|decade|century|mile))(?![^\W_])"
    r"|(?<=half|rter)[\s-](?P<measure>mile|hour|century|decade)s?(?![^\W_]))?",
    re.IGNORECASE,
)
_OF_WHOLE = lazy_pattern(
    r"\s(?:of\s(?!them\b|it\b)|as\s(?:many|much)\b(?!\sagain\b|\sas\s(?:it|he|she)\b))", re.IGNORECASE
)
"""Behind a fraction that is a share of something; `a third party` and `the first half` are none."""
_NO_TIME = lazy_pattern(
    r"[\s-](?!(?:of|as|and|or|to|in|at|on|for|is|was|by|from|than|later|after|before|ago|apart|more|less|fewer|faster"
    r"|slower|with)\b)[^\W\d_]"
)
"""Behind a `second` that is the one after the first: `a second medal`."""
_ARTICLES = ("a", "an")
_ALONE = frozenset("half hälfte drittel viertel".split())
"""Fractions that need no number in front."""
_TOPS = {"zwei": 2, "drei": 3} | {word: value for word, value in SMALL.items() if 1 < value < 10}
_TENS = "|".join(word for word, value in SMALL.items() if value >= 20)
_SIMPLE_ORDINALS = "|".join(sorted((word for word in ORDINALS if "-" not in word), key=len, reverse=True))
_ORDINAL = lazy_pattern(rf"(?<![^\W_])(?:(?:{_TENS})[\s-])?(?:{_SIMPLE_ORDINALS})(?![^\W_])", re.IGNORECASE)
_TIMES = "second|minute|hour|day|week|month|year|decade"
_SPAN_OF_TIME = lazy_pattern(
    rf"(?<![^\W_])(?P<half>half\s)?(?:(?:an?\s(?:whole\s|full\s|good\s)?|the\s(?:whole|full)\s)"
    rf"(?P<unit>{_TIMES}|century|fortnight|stone|mile|kilomet(?:er|re)|met(?:er|re)|kilo|ton|tonne|litre|gallon|acre)"
    rf"|(?:the|this|(?:the\s|this\s)?(?:past|last|next))\s(?P<span>decade|century))(?P<more>\sand\sa\shalf)?(?![^\W_])",
    re.IGNORECASE,
)
_HOW_OFTEN = lazy_pattern(rf"\b(?:times|once|twice|\d)\san?\s(?:{_TIMES})\b", re.IGNORECASE)
_LEAD = 8
"""Characters before `a day` in which it is told how often, or how much, each day: a bound of time."""
_HALF_A_SCALE = lazy_pattern(
    r"(?<![^\W_])half(?:\sa\s|[\s-])(?P<scale>dozen|hundred|thousand|million|billion|trillion)(?![^\W_])", re.IGNORECASE
)
_AND_A_HALF = lazy_pattern(r"\sand\s(?:a\s)?half(?![^\W_])", re.IGNORECASE)
_DIGITS = "|".join(("nought", "oh", *(word for word, value in SMALL.items() if value < 10)))
_POINT = lazy_pattern(rf"\spoint\s(?P<digits>(?:{_DIGITS})(?:[\s-](?:{_DIGITS})){{0,5}})(?![^\W_])", re.IGNORECASE)
"""The digits behind a decimal point, one by one: `two point two`."""
_PERCENT_BEFORE = "百分之"


def find_spelled(text: str) -> Iterator[Quantity]:
    """Every quantity of `text` in words, the longer forms first; they may overlap."""
    for part in _SMALL_PART.find(text):
        yield from _small_part(part)
    told: dict[str, list[int]] = defaultdict(list)
    for word in _LETTERS.finditer(text):
        if (plain := word.group().casefold()) in _STARTS:
            told[plain].append(word.start())
    for read, first in _READERS:
        for start in sorted(chain.from_iterable(told[word] for word in told.keys() & first)):
            quantity = read(text, start)
            if quantity is not None:
                yield quantity
    for fold in _FOLD.find(text):
        yield from _fold(fold)
    yield from _han(text)


def _number(text: str, start: int) -> Quantity | None:
    match = match_number(text, start)
    value = value_of_words(match.group()) if match else None
    if match and value is None and (apart := match.group().rfind(" and ")) > 0:  # two numbers: `fifty and sixty`
        match = match_number(text[: start + apart], start)
        value = value_of_words(match.group()) if match else None
    if match is None or value is None:
        return None
    values, end = _with_decimals(text, match.end(), value)
    values, end = scaled(text, end, values)
    readings, end = with_unit(text, end, values)
    said, span = match.group().casefold(), Span(start, end)
    weak = values[0] <= 1 or said in _OFTEN_NO_FIGURE or said in _OFTEN_IDIOMS
    counts = values[0] in _FEW and end == match.end()
    return Quantity(span, span.of(text), kind_of(readings), tuple(readings), weak=weak, counts=counts)


def _with_decimals(text: str, position: int, value: float) -> tuple[list[float], int]:
    """The value with the half or the digits behind a point that follow at `position`, and where they end."""
    if half := _AND_A_HALF.match(text, position):
        return [value + 0.5], half.end()
    if point := _POINT.match(text, position):
        digits = "".join(str(SMALL.get(word, 0)) for word in re.split(r"[\s-]", point["digits"].casefold()))
        return [float(f"{value:.0f}.{digits}")], point.end()
    return [value], position


def _with_a_half(text: str, start: int) -> Quantity | None:
    """`two and a half million`, before `a half` is read alone."""
    match = match_number(text, start)
    return _number(text, start) if match and _AND_A_HALF.match(text, match.end()) else None


def _ordinal(text: str, start: int) -> Quantity | None:
    match = _ORDINAL.match(text, start)
    value = ORDINALS.get(re.sub(r"\s", "-", match.group().casefold())) if match else None
    return read_ordinal(text, Span(*match.span()), [float(value)]) if match and value else None


def _part_of_unit(text: str, start: int) -> Quantity | None:
    """`three quarters of an hour`, before `an hour` is read alone."""
    match = _FRACTION.match(text, start)
    return _fraction(text, start) if match and (match["unit"] or match["measure"] or match["scale"]) else None


def _fraction(text: str, start: int) -> Quantity | None:
    match = _FRACTION.match(text, start)
    if match is None:
        return None
    part, top = match["part"].casefold(), (match["top"] or "").casefold()
    unit_said = match["unit"] or match["measure"]
    if not (top or part in _ALONE or unit_said):
        return None
    value = FRACTIONS[part] * _TOPS.get(top, 1)
    if match["scale"]:
        found, end = with_unit(text, match.end(), [value * SCALES[match["scale"].casefold()]])
        span = Span(start, end)
        return Quantity(span, span.of(text), kind_of(found), tuple(found), hedge="about")
    if unit_said:  # `three quarters of an hour`, `one half mile`
        unit, factor = UNITS[unit_said.casefold()]
        return Quantity(
            Span(*match.span()), match.group(), "number", tuple(in_units([value * factor], unit)), weak=True
        )
    readings = (Reading(value, ""), Reading(round(value * 100), "percent"), Reading(value * 100, "percent"))
    nth = [Reading(float(ORDINALS[part]), "")] if top in _ARTICLES and part in ORDINALS else []  # `a fifth defeat`
    told = part.endswith("s") or _OF_WHOLE.match(text, match.end()) is not None
    return Quantity(Span(*match.span()), match.group(), "number", (*readings, *nth), weak=True, share=told)


def _span_of_time(text: str, start: int) -> Quantity | None:
    """`a year`, `half an hour`, `a year and a half`: weak, yet what `12 months` may rest on."""
    match = _SPAN_OF_TIME.match(text, start)
    if match is None or _HOW_OFTEN.search(text, max(0, start - _LEAD), match.end()):
        return None
    if match["unit"] == "second" and _NO_TIME.match(text, match.end()):
        return None
    value = 0.5 if match["half"] else 1.5 if match["more"] else 1.0
    unit, factor = UNITS[(match["unit"] or match["span"]).casefold()]
    readings = tuple(in_units([value * factor], unit))
    hedge: Hedge = "about" if match["more"] else ""
    return Quantity(Span(*match.span()), match.group(), "number", readings, weak=value <= 1, hedge=hedge)


def _half_a_scale(text: str, start: int) -> Quantity | None:
    """`half a million`."""
    match = _HALF_A_SCALE.match(text, start)
    if match is None:
        return None
    factor = SCALES.get(match["scale"].casefold(), 12.0)
    readings, end = with_unit(text, match.end(), [factor / 2])
    span = Span(start, end)
    return Quantity(span, span.of(text), kind_of(readings), tuple(readings), weak=factor < 1e6)


def _multiple(text: str, start: int) -> Quantity | None:
    """`twice`, `tripled`: weak, yet what `three times` may rest on."""
    word = _LETTERS.match(text, start)
    value = MULTIPLES.get(word.group().casefold()) if word else None
    if word is None or value is None:
        return None
    return Quantity(Span(*word.span()), word.group(), "number", (Reading(value, "times"),), weak=True)


def _small_part(match: re.Match[str]) -> Iterator[Quantity]:
    count = (match["count"] or "one").casefold()
    value = int(count) if count.isdigit() else SMALL.get(count, 0)
    if value:
        share = 1 / (value * SCALES[match["scale"].casefold()])
        readings = (Reading(share, ""), Reading(100 * share, "percent"))
        yield Quantity(Span(*match.span()), match.group(), "number", readings, share=True)


def _fold(match: re.Match[str]) -> Iterator[Quantity]:
    """`tenfold`, `3-fold`."""
    count = match["count"].casefold()
    value = float(count) if count.isdigit() else float(SMALL.get(count, 0))
    if value:
        yield Quantity(Span(*match.span()), match.group(), "number", (Reading(value, "times"),))


def _han(text: str) -> Iterator[Quantity]:
    for match in HAN_FRACTION.find(text):
        value = value_of_han(match["top"]) / value_of_han(match["under"])
        readings = (Reading(value, ""), Reading(round(value * 100), "percent"), Reading(value * 100, "percent"))
        yield Quantity(Span(*match.span()), match.group(), "number", readings, weak=True)
    for match in HAN_NUMBER.find(text):
        found, end = with_unit(text, match.end(), [value_of_han(match.group())])
        if text.endswith(_PERCENT_BEFORE, 0, match.start()):
            found = [Reading(reading.value, "percent") for reading in found]
        span = Span(match.start(), end)
        yield Quantity(span, span.of(text), kind_of(found), tuple(found), weak=len(match.group()) < 2)


def _first_words(*words: str) -> frozenset[str]:
    return frozenset(word.partition("-")[0] for word in words)


_NUMBERS = _first_words(*SMALL, *GERMAN, *VIETNAMESE, "a", "an", "per", "each", "every")
_READERS: tuple[tuple[Callable[[str, int], Quantity | None], frozenset[str]], ...] = (
    (_with_a_half, _NUMBERS),
    (_half_a_scale, _first_words("half")),
    (_part_of_unit, _first_words(*SMALL, *FRACTIONS, "a", "an")),
    (_span_of_time, _first_words("a", "an", "half", "the", "this", "past", "last", "next")),
    (_fraction, _first_words(*SMALL, *FRACTIONS, "a", "an", "ein", "zwei", "drei")),
    (_ordinal, _first_words(*ORDINALS)),
    (_number, _NUMBERS),
    (_multiple, _first_words(*MULTIPLES)),
)
"""What reads a number in words, the longer forms first, and the words that it can start with."""
_STARTS = frozenset[str]().union(*(first for _, first in _READERS))
