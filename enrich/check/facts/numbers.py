"""Quantities in digits: `1,000`, `$2bn`, `1½`, `3.11.2`, `H100`, `21st`."""

import re
from collections.abc import Iterator

from enrich.check.facts.amount import Quantity, Reading, in_units, kind_of, with_unit
from enrich.check.facts.form import Form
from enrich.check.facts.number_words import HAN_SCALES, SCALES
from enrich.check.facts.units import CURRENCY_SIGN, read_unit, units_of_sign
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

_DIGITS = (
    r"\d{1,3}(?:(?:,\d{2,3})+|(?:\.\d{3})+|(?:['’\u00a0\u202f]\d{3})+)(?:[.,]\d+)?(?![\d])"
    r"|\d{1,3}(?:\s\d{3})+(?=\s[a-z])|\d+(?:[.,]\d+)*|(?<![\w.])\.\d+"
)
_FIRST_DIGITS = lazy_pattern(_DIGITS)
_NUMERAL = Form(
    r"\d",
    rf"(?P<currency>{CURRENCY_SIGN})?(?P<digits>{_DIGITS})(?P<ordinal>(?:st|nd|rd|th)(?![^\W_]))?(?P<tail>(?!x\d)[A-Za-z]+\d*)?",
)
_HOURS = Form(r"\dh", r"(?<![\w.])(?P<hours>\d{1,4})h\s?(?P<minutes>[0-5]?\d)\s?m(?:in)?(?![^\W_])")
"""A time that something takes: `2h 32m`."""
_STOPPED = Form(
    r"\d:\d\d[:.]\d",
    r"(?<![\w.,:/-])(?:\d{1,2}:[0-5]\d:[0-5]\d(?:\.\d{1,3})?|\d{1,2}:[0-5]\d\.\d{1,3})(?![\w:]|[.,]\d)",
)
"""What a watch shows at the finish: `2:03:02`, `3:59.4`."""
_CODE = Form(r"\d", r"(?<![^\W_])[A-Za-z]++\d[A-Za-z0-9]*+(?>(?:\.\d++(?![^\W_]))*)(?![^\W_])")
_VERSION_LETTER = lazy_pattern(r"[vV]\d")
_NAMED = lazy_pattern(r"[A-Z][A-Za-z]*-$")
"""A name that a hyphen joins to what follows: with letters behind its digits it is a code, `GPT-4o`."""
_LONGEST_NAME = 20
"""Characters of such a name. By hand, a bound of time."""
_LONGEST_NUMBER = 60
"""Characters, separators among them, that are read as a number, a bound: no value is beyond what a float holds."""
_SCALE = lazy_pattern(r"[\s-]?([^\W\d_]{1,30})\.?")
_SHORTENED = frozenset({"mrd", "mio", "tsd"})
"""Scale words that may have a full stop of their own, with the unit behind it."""
_HAN_SCALE = lazy_pattern("|".join(sorted(HAN_SCALES, key=len, reverse=True)))
_FRACTION_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_MIXED = Form(
    r"[½¼¾⅓⅔⅛]|\d/\d",
    r"(?<![\w.,/-])(?:(?P<whole>\d{1,20})[\s-]?)?(?:(?P<sign>[½¼¾⅓⅔⅛])|(?P<top>[1-9])/(?P<under>(?:[234568]|10|16)(?![\d/])|\d{2,4}(?=th\b)))",
)
_AFTER_ORDINAL = lazy_pattern(
    r"[\s-](?P<unit>century|centuries|quarter|half|anniversary|birthday|jahrhundert|quartal)(?![^\W_])", re.IGNORECASE
)
_ORDINAL_UNITS = {
    "century": "century",
    "centuries": "century",
    "jahrhundert": "century",
    "half": "half",
    "anniversary": "year",
    "birthday": "year",
}


def find_numerals(text: str) -> Iterator[Quantity]:
    """Every quantity of `text` in digits, the stronger forms first; they may overlap."""
    for match in _HOURS.find(text):
        minutes = 60.0 * int(match["hours"]) + int(match["minutes"])
        yield Quantity(Span(*match.span()), match.group(), "number", tuple(in_units([minutes], "minute")))
    for match in _STOPPED.find(text):
        seconds = sum(float(part) * 60**power for power, part in enumerate(reversed(match.group().split(":"))))
        yield Quantity(Span(*match.span()), match.group(), "number", tuple(in_units([seconds], "second")))
    for match in _CODE.find(text):
        if not _VERSION_LETTER.match(match.group()):
            yield Quantity(Span(*match.span()), match.group(), "code", ())
    for match in _MIXED.find(text):
        yield _read_mixed(text, match)
    for match in _NUMERAL.find(text):
        yield _read_numeral(text, match)


def _read_numeral(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    digits, tail = match["digits"], match["tail"] or ""
    values = read_digits(digits)
    if match["ordinal"] and _is_stone(match):
        return Quantity(Span(start, end), match.group(), "number", tuple(in_units(values, "stone")))
    if match["ordinal"]:
        return read_ordinal(text, Span(start, end), values)
    if not values or (tail and _is_code(text, match)):
        return Quantity(Span(start, end), match.group(), "code", ())
    plain = values
    values, after = scaled(text, match.end("digits"), values, money=match["currency"] is not None)
    readings, end = with_unit(text, after, values)
    if text[match.end("digits") : after].strip() == "m":  # metres as well as millions
        readings += in_units(plain, "metre")
    if match["currency"]:
        readings = [Reading(value, unit) for unit in units_of_sign(match["currency"]) for value in values]
        end = after
    return Quantity(Span(start, end), text[start:end].rstrip(), kind_of(readings), tuple(readings))


def _is_stone(match: re.Match[str]) -> bool:
    """Whether the `st` behind the digits is a weight: an ordinal with it ends in a one, and not in eleven."""
    digits = match["digits"]
    return match["ordinal"] == "st" and (not digits.endswith("1") or digits.endswith("11"))


def _is_code(text: str, match: re.Match[str]) -> bool:
    """Whether the letters behind the digits make it one thing with them: `3D`, `4Q23`, the `4o` of `GPT-4o`."""
    tail, after = match["tail"], match.end("digits")
    if tail.casefold() in SCALES or read_unit(text, after) is not None:
        return False
    named = _NAMED.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
    return not tail.islower() or named is not None


def _read_mixed(text: str, match: re.Match[str]) -> Quantity:
    """`1½`, `1-1/2`, `1 1/2 million` and `3/4`."""
    part = _FRACTION_SIGNS[match["sign"]] if match["sign"] else int(match["top"]) / int(match["under"])
    values, after = scaled(text, match.end(), [float(match["whole"] or 0) + part])
    readings, end = with_unit(text, after, values)
    if not match["whole"]:
        readings.append(Reading(part * 100, "percent"))
    span = Span(match.start(), end)
    return Quantity(span, span.of(text), "number", tuple(readings))


def read_ordinal(text: str, span: Span, values: list[float]) -> Quantity:
    """The ordinal at `span`, with the century or quarter that it counts."""
    after = _AFTER_ORDINAL.match(text, span.end)
    unit = _ORDINAL_UNITS.get(after["unit"].casefold(), "quarter") if after else ""
    weak = bool(values) and values[0] < 3 and not unit
    return Quantity(span, span.of(text), "ordinal", tuple(Reading(value, unit) for value in values), weak=weak)


def read_digits(digits: str) -> list[float]:
    """The values that digits with separators can mean; none when they are a version (`3.11.2`), an address, or longer
    than any number that is meant as one."""
    if len(digits) > _LONGEST_NUMBER:
        return []
    plain = re.sub("['’\\s]", "", digits)
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


def scaled(text: str, position: int, values: list[float], money: bool = False) -> tuple[list[float], int]:
    """Values times the scale word at `position`, and where it ends; one letter after a space scales money alone."""
    han = _HAN_SCALE.match(text, position)
    if han:
        return [value * HAN_SCALES[han.group()] for value in values], han.end()
    match = _SCALE.match(text, position)
    if match is None:
        return values, position
    factor = SCALES.get(match[1].casefold())
    touches = match.start(1) == position
    if factor is None or (len(match[1]) == 1 and not touches and not money):
        return values, position
    end = match.end() if match[1].casefold() in _SHORTENED else match.end(1)
    if match[1] == "m":  # metres, which have no scale word, as well as millions
        return [value * factor for value in values] + values, match.end(1)
    return [value * factor for value in values], end


def scale_inside(quantity: Quantity) -> float:
    """What its scale word or unit multiplied the number by: 1e6 of `12 million`, of `nine million` and of `5 MW`."""
    bare = _FIRST_DIGITS.search(quantity.text)
    if bare is None:
        return next((SCALES[word] for word in quantity.text.casefold().split() if word in SCALES), 1.0)
    values = read_digits(bare.group())
    return quantity.readings[0].value / values[0] if values and values[0] else 1.0
