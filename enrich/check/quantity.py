"""Quantities: numbers, money, percentages, ordinals and codes of a text, compared by value.

`1,000`, `1000` and `one thousand` are one value; so are `$2bn` and `$2 billion`, `half` and `50 percent`,
`12 months` and
`a year`. A number that can be read in two ways (`1.000`) has two readings and agrees with either. A code (`H100`, `5G`,
`3.11.2`) is compared as it is written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from enrich.check.number_words import (
    FRACTIONS,
    GERMAN,
    HAN_NUMBER,
    HAN_SCALES,
    ORDINALS,
    SCALES,
    SMALL,
    SPELLED,
    VIETNAMESE,
    value_of_han,
    value_of_words,
)
from enrich.check.units import CURRENCIES, CURRENCY_SIGN, in_base, read_unit, unit_of_sign
from enrich.text.span import Span

QuantityKind = Literal["number", "money", "percentage", "ordinal", "code"]
Hedge = Literal["", "about", "nearly", "over", "under"]


class Reading(NamedTuple):
    """One way to understand a quantity: a value and its unit, `""` when it has none."""

    value: float
    unit: str


@dataclass(frozen=True)
class Quantity:
    """A number as it stands in a text."""

    span: Span
    text: str
    kind: QuantityKind
    readings: tuple[Reading, ...]
    """All ways to read it; empty for a code."""
    hedge: Hedge = ""
    weak: bool = False
    """`one`, `first`, `half`: so often not a figure that its absence from a source proves nothing."""
    label: str = ""
    """The word it numbers, in lower case: `gpt` of `GPT-4`, `llama` of `Llama 2`."""


_DIGITS = (
    r"\d{1,3}(?:(?:,\d{2,3})+|(?:\.\d{3})+|(?:['’\u00a0\u202f]\d{3})+)(?:[.,]\d+)?(?![\d])"
    r"|\d+(?:[.,]\d+)*|(?<![\w.])\.\d+"
)
_FIRST_DIGITS = re.compile(_DIGITS)
_NUMERAL = re.compile(
    rf"(?P<currency>{CURRENCY_SIGN})?(?P<digits>{_DIGITS})(?P<ordinal>(?:st|nd|rd|th)(?![^\W_]))?(?P<tail>(?!x\d)[A-Za-z]+\d*)?"
)
_CODE = re.compile(r"(?<![^\W_])[A-Za-z]+\d+[A-Za-z0-9]*(?:\.\d+)*(?![^\W_])")
_VERSION_LETTER = re.compile(r"[vV]\d")
_SCALE = re.compile(r"[\s-]?([^\W\d_]+)\.?")
_HAN_SCALE = re.compile("|".join(sorted(HAN_SCALES, key=len, reverse=True)))
_FRACTION_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_MIXED = re.compile(
    r"(?<![\w.,/-])(?:(?P<whole>\d+)[\s-]?)?(?:(?P<sign>[½¼¾⅓⅔⅛])|(?P<top>[1-9])/(?P<under>[234568]|10|16)(?![\d/]))"
)
_AFTER_ORDINAL = re.compile(r"[\s-](?P<unit>century|centuries|quarter|jahrhundert|quartal)(?![^\W_])", re.IGNORECASE)
_ORDINAL_UNITS = {"century": "century", "centuries": "century", "jahrhundert": "century"}
_REFERENCE = re.compile(r"(?:steps?|passages?)\s(?:\d+\s?(?:,|,?\s?and|or|to|-|–)\s?)*$", re.IGNORECASE)
_ORDINAL_WORD = re.compile(rf"(?<![^\W_])(?:{'|'.join(ORDINALS)})(?![^\W_])", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(?<![^\W_])(?:(?P<top>one|two|three|four|a)[\s-])?(?P<part>{'|'.join(FRACTIONS)})(?![^\W_])", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER_WORDS = frozenset([*SMALL, *GERMAN, *VIETNAMESE, *ORDINALS, *FRACTIONS, "a"])
_OFTEN_NO_FIGURE = frozenset([*GERMAN, *VIETNAMESE, "dozen"])
_HEDGE = re.compile(
    r"(?:(?P<about>about|around|roughly|approximately|some|circa|rund|etwa|ungefähr|khoảng|约|大约|approx\.?)"
    r"|(?P<nearly>nearly|almost|close to|fast|gần|近)"
    r"|(?P<over>over|more than|at least|upwards of|exceeding|mehr als|über|hơn|trên|超过|逾)"
    r"|(?P<under>under|less than|fewer than|below|up to|at most|as many as|as much as|weniger als|dưới|不到))"
    r"\s*(?:the\s|a\s)?[$€£¥]?\s*$",
    re.IGNORECASE,
)
_HEDGES: dict[str, Hedge] = {"about": "about", "nearly": "nearly", "over": "over", "under": "under"}
_AND_A_HALF = re.compile(r"\sand\sa\shalf(?![^\W_])", re.IGNORECASE)
_LABEL = re.compile(r"([^\W\d_]+)[\s-]$")
_JOINED = re.compile(r"\s*(?:-|–|/|to|and|or|bis|und|đến|至|到)\s*")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*(?:[-*•]\s*)?$")
_REACH = 24
"""Characters before a number that can hedge it."""


def find_quantities(text: str, taken: Iterable[Span] = ()) -> list[Quantity]:
    """The quantities of `text` (NFC) in order; what lies in a span of `taken`, such as a date, is left out."""
    blocked = bytearray(len(text))
    for span in taken:
        blocked[span.start : span.end] = b"\1" * (span.end - span.start)
    found: list[Quantity] = []
    for quantity in _candidates(text):
        start, end = quantity.span
        if not any(blocked[start:end]):
            blocked[start:end] = b"\1" * (end - start)
            found.append(quantity)
    found.sort(key=lambda quantity: quantity.span)
    return _share_scale(text, [_in_context(text, quantity) for quantity in found])


def _candidates(text: str) -> Iterator[Quantity]:
    """Every quantity, the stronger forms first."""
    for match in _CODE.finditer(text):
        if not _VERSION_LETTER.match(match.group()):
            yield Quantity(Span(*match.span()), match.group(), "code", ())
    for match in _MIXED.finditer(text):
        yield _read_mixed(text, match)
    for match in _NUMERAL.finditer(text):
        yield _read_numeral(text, match)
    starts = [match.start() for match in _LETTERS.finditer(text) if match.group().casefold() in _NUMBER_WORDS]
    for match in filter(None, (SPELLED.match(text, start) for start in starts)):
        yield from _read_spelled(text, match)
    for match in filter(None, (_FRACTION.match(text, start) for start in starts)):
        yield from _read_fraction(match)
    for match in filter(None, (_ORDINAL_WORD.match(text, start) for start in starts)):
        value = float(ORDINALS[match.group().casefold()])
        yield _ordinal(text, Span(*match.span()), [value])
    for match in HAN_NUMBER.finditer(text):
        readings, end = _with_unit(text, match.end(), [value_of_han(match.group())])
        if text.endswith("百分之", 0, match.start()):
            readings = [Reading(reading.value, "percent") for reading in readings]
        span = Span(match.start(), end)
        yield Quantity(span, span.of(text), _kind_of(readings), tuple(readings), weak=len(match.group()) < 2)


def _read_numeral(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    digits, tail = match["digits"], match["tail"] or ""
    values = read_digits(digits)
    if match["ordinal"]:
        return _ordinal(text, Span(start, end), values)
    if not values:
        return Quantity(Span(start, end), match.group(), "code", ())
    after = match.end("digits")
    if tail and not tail.islower() and tail.casefold() not in SCALES and read_unit(text, after) is None:
        return Quantity(Span(start, end), match.group(), "code", ())
    values, after = _scaled(text, after, values)
    readings, end = _with_unit(text, after, values)
    if match["currency"]:
        readings = [Reading(value, unit_of_sign(match["currency"])) for value in values]
        end = after
    return Quantity(Span(start, end), text[start:end].rstrip(), _kind_of(readings), tuple(readings))


def _read_mixed(text: str, match: re.Match[str]) -> Quantity:
    """`1½`, `1-1/2` and `3/4`."""
    part = _FRACTION_SIGNS[match["sign"]] if match["sign"] else int(match["top"]) / int(match["under"])
    readings, end = _with_unit(text, match.end(), [float(match["whole"] or 0) + part])
    if not match["whole"]:
        readings.append(Reading(part * 100, "percent"))
    span = Span(match.start(), end)
    return Quantity(span, span.of(text), "number", tuple(readings))


def _ordinal(text: str, span: Span, values: list[float]) -> Quantity:
    """`third`, `21st`, with the century or quarter that it counts."""
    after = _AFTER_ORDINAL.match(text, span.end)
    unit = _ORDINAL_UNITS.get(after["unit"].casefold(), "quarter") if after else ""
    weak = bool(values) and values[0] < 3 and not unit
    return Quantity(span, span.of(text), "ordinal", tuple(Reading(value, unit) for value in values), weak=weak)


def read_digits(digits: str) -> list[float]:
    """The values that digits with separators can mean; none when they are a version (`3.11.2`) or an address."""
    plain = re.sub("['’\u00a0\u202f]", "", digits)
    if plain.isdigit():
        return [float(plain)]
    commas, dots = plain.count(","), plain.count(".")
    if commas and dots:
        decimal = "," if plain.rindex(",") > plain.rindex(".") else "."
        whole, _, part = plain.rpartition(decimal)
        return [float(re.sub("[.,]", "", whole) + "." + part)] if plain.count(decimal) == 1 else []
    if re.fullmatch(r"\d{1,3}(?:,\d{2,3})*,\d{3}", plain):
        return [float(plain.replace(",", ""))]
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", plain):
        return [float(plain.replace(".", ""))] + ([float(plain)] if dots == 1 else [])
    return [float(plain.replace(",", "."))] if commas + dots == 1 else []


def _scaled(text: str, position: int, values: list[float]) -> tuple[list[float], int]:
    """Values times the scale word at `position`, and where it ends."""
    han = _HAN_SCALE.match(text, position)
    if han:
        return [value * HAN_SCALES[han.group()] for value in values], han.end()
    match = _SCALE.match(text, position)
    if match is None:
        return values, position
    factor = SCALES.get(match[1].casefold())
    touches = match.start(1) == position
    if factor is None or (len(match[1]) == 1 and not touches):
        return values, position
    if match[1] == "m":  # metres as well as millions
        return [value * factor for value in values] + values, match.end(1)
    return [value * factor for value in values], match.end(1)


def _with_unit(text: str, position: int, values: list[float]) -> tuple[list[Reading], int]:
    """The values with the unit that follows, and where it ends."""
    unit = read_unit(text, position)
    if unit is None:
        return [Reading(value, "") for value in values], position
    name, factor, end = unit
    readings = [Reading(value * factor, name) for value in values]
    for reading in list(readings):
        base = in_base(*reading)
        if base:
            readings.append(Reading(*base))
    return readings, end


def _kind_of(readings: list[Reading]) -> QuantityKind:
    unit = readings[0].unit
    return "percentage" if unit == "percent" else "money" if unit in CURRENCIES else "number"


def _read_spelled(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    value = value_of_words(match.group())
    if value is None:
        return
    half = _AND_A_HALF.match(text, match.end())
    values, end = ([value + 0.5], half.end()) if half else ([value], match.end())
    values, end = _scaled(text, end, values) if half else (values, end)
    readings, end = _with_unit(text, end, values)
    weak = value <= 1 or match.group().casefold() in _OFTEN_NO_FIGURE
    span = Span(match.start(), end)
    yield Quantity(span, span.of(text), _kind_of(readings), tuple(readings), weak=weak)


def _read_fraction(match: re.Match[str]) -> Iterator[Quantity]:
    part, top = match["part"].casefold(), (match["top"] or "").casefold()
    if not top and part not in {"half", "hälfte", "drittel", "viertel"}:
        return
    value = FRACTIONS[part] * {"two": 2, "three": 3, "four": 4}.get(top, 1)
    readings = (Reading(value, ""), Reading(round(value * 100), "percent"), Reading(value * 100, "percent"))
    yield Quantity(Span(*match.span()), match.group(), "number", readings, weak=True)


def _in_context(text: str, quantity: Quantity) -> Quantity:
    """The quantity with its hedge and its label; the number of a list item is weak."""
    start, end = quantity.span
    before = text[max(0, start - _REACH) : start]
    hedged = _HEDGE.search(before)
    hedge = _HEDGES[hedged.lastgroup] if hedged and hedged.lastgroup else ""
    label = _LABEL.search(before)
    listed = text[end : end + 1] in {".", ")", ":"} and _LIST_NUMBER.search(before) is not None
    return replace(
        quantity,
        hedge=hedge,
        label=label[1].casefold() if label and label[1][:1].isupper() and quantity.kind == "number" else "",
        weak=quantity.weak or listed or _REFERENCE.search(before) is not None,
    )


def _share_scale(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """`10 to 12 million` and `3 or 4 percent`: the first number may mean millions and percent as well."""
    shared = list(quantities)
    for at in range(len(shared) - 2, -1, -1):
        first, second = shared[at], shared[at + 1]
        if not (first.readings and second.readings and not second.weak and _scale_inside(first) == 1.0):
            continue
        if _JOINED.fullmatch(text, first.span.end, second.span.start) and first.readings[0].unit in (
            "",
            second.readings[0].unit,
        ):
            factor, unit = _scale_inside(second), second.readings[0].unit
            extra = [Reading(reading.value * factor, unit) for reading in first.readings]
            shared[at] = replace(first, readings=tuple(dict.fromkeys([*first.readings, *extra])))
    return shared


def _scale_inside(quantity: Quantity) -> float:
    """What the number's scale word multiplied it by: 1e6 of `12 million`."""
    bare = _FIRST_DIGITS.search(quantity.text)
    values = read_digits(bare.group()) if bare else []
    return quantity.readings[0].value / values[0] if values and values[0] else 1.0
