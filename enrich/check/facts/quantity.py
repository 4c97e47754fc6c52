"""Quantities: numbers, money, percentages, ordinals and codes of a text, compared by value.

`1,000`, `1000` and `one thousand` are one value; so are `$2bn` and `$2 billion`, `half` and `50 percent`,
`12 months` and `a year`. A number that can be read in two ways (`1.000`) has two readings and agrees with either. A
code (`H100`, `5G`, `3.11.2`) is compared as it is written.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, product

from msgspec.structs import replace

from enrich.check.facts.amount import Hedge, Quantity, QuantityKind, Reading, in_units
from enrich.check.facts.clock import find_times, is_time
from enrich.check.facts.loose_numbers import find_loose, find_multitudes
from enrich.check.facts.numbers import find_numerals, read_digits, scale_inside
from enrich.check.facts.spelled_numbers import find_spelled
from enrich.check.facts.stems import is_function_word
from enrich.check.facts.units import CURRENCIES, UNITS
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span, covers
from enrich.text.words import word_set

__all__ = ["Hedge", "Quantity", "QuantityKind", "Reading", "find_quantities", "read_digits"]

_REFERENCE = lazy_pattern(r"(?:steps?|passages?)\s(?:\d+\s?(?:,|,?\s?and|or|to|-|–)\s?)*$", re.IGNORECASE)
_HEDGE = lazy_pattern(
    r"(?:(?P<about>about|around|roughly|approximately|some(?:thing like)?|hardly|barely|scarcely|circa"
    r"|rund|etwa|ungefähr|khoảng|约|大约|approx\.?)"
    r"|(?P<nearly>nearly|almost|close (?:to|on)|(?:short|shy) of|not quite|all but|fast|gần|近)"
    r"|(?P<far_over>(?:well|far) (?:over|above|beyond|more than)|(?:far|many|much|a lot) more than)"
    r"|(?P<far_under>(?:well|far) (?:under|below|short of)|(?:far|much|a lot) (?:less|fewer) than)"
    r"|(?P<over>over|a good|more than|at least|upwards of|no (?:less|fewer) than|exceed(?:s|ed|ing)?"
    r"|mehr als|über|hơn|trên|超过|逾)"
    r"|(?P<under>under|not even|less than|fewer than|below|before(?:\s[a-z]+){0,4}"
    r"|weniger als|dưới|不到))"
    r"\s*(?:the\s|a\s)?[$€£¥]?\s*$",
    re.IGNORECASE,
)
_OR_SO = lazy_pattern(r"[^.,;:!?]{0,40},?\s(?:or so|or thereabouts|give or take|more or less)\b", re.IGNORECASE)
_HEDGES: dict[str, Hedge] = {
    "about": "about", "nearly": "nearly", "over": "over", "under": "under", "far_over": "far over",
    "far_under": "far under",
}  # fmt: skip
_LABEL = lazy_pattern(r"([^\W\d_]+)[\s-]$")
_NO_LABELS = word_set("""
    a about all an and at by each every for from in its of on only since some the to with
""")
"""Words that begin a sentence before a number and number nothing."""
_JOINED = lazy_pattern(r"\s*(?:-|–|/|to|and|or|bis|und|đến|至|到)\s*")
_AGED = lazy_pattern(r"[A-Z][^\W\d_]+,\s$")
"""Before an age, of which what follows says no more: `Lind, 19 and seven months pregnant`."""
_OF_AGE = lazy_pattern(r"\b(?:(?:at\s|the\s)?age\s(?:of\s)?|aged\s|turn(?:s|ed|ing)?\s)$", re.IGNORECASE)
_GOING_ON = lazy_pattern(r"[^.,;:!?\n]{1,60}\b(?:to|by|and|against|from|over|than|versus)\s")
_LETTERS = lazy_pattern(r"[\s-](?:letter|word)s?\b")
_PER = lazy_pattern(
    r"(?:\s[^\W\d_]{2,20})?\s(?:an?|per|each|every)\s(hour|day|week|month|quarter|year)\b", re.IGNORECASE
)
_BEHIND = lazy_pattern(r"[\s-]([^\W\d_]+)(?:[\s-]([^\W\d_]+))?")
_NO_THINGS = word_set("less fewer more higher lower ahead behind apart away below above altogether")
"""Words behind a number that it does not count."""
_LIST_NUMBER = lazy_pattern(r"(?:^|\n)\s*(?:[-*•]\s*)?$")
_NUMBERING = frozenset({"number", "code"})
"""What a name can be numbered with: `GPT-4`, `GPT-4o`."""
_MOST = 10_000
"""Quantities that are read of one text, a bound of time: a page that has more is a table of data."""
_WIDEST_BOUNDS = 1.5
"""How far apart two numbers may be between which another is said to lie; `from 5 to 50` tells of a change."""
_HUNDREDTHS = frozenset(("cent", "penny"))
_EACH = lazy_pattern(
    r"\b(?:(?:of|for|from|out of)\s(?:every|each|the|a)|on the|in the)\s(?:dollar|euro|pound)\b", re.IGNORECASE
)
_FAR = 100
"""Characters around cents in which it is told of what they are a share."""
_REACH = 32
"""Characters before a number that can hedge it, a bound of time."""


def find_quantities(text: str, taken: Iterable[Span] = ()) -> list[Quantity]:
    """The quantities of `text` (NFC) in order, `_MOST` at most; what lies in a span of `taken` is left out: a date."""
    blocked = bytearray(len(text))
    for span in taken:
        blocked[span.start : span.end] = b"\1" * (span.end - span.start)
    found: list[Quantity] = []
    for quantity in chain(
        find_times(text), find_loose(text), find_numerals(text), find_spelled(text), find_multitudes(text)
    ):
        start, end = quantity.span
        if not any(blocked[start:end]):
            blocked[start:end] = b"\1" * (end - start)
            found.append(quantity)
            if len(found) == _MOST:
                break
    found.sort(key=lambda quantity: quantity.span)
    return _share_scale(text, [_in_context(text, quantity) for quantity in found])


def without_rates(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities without the times that others are told for: the `a week` of `ten deer a week`."""
    rates = [Span(*match.span(1)) for each in quantities if (match := _PER.match(text, each.span.end))]
    return [each for each in quantities if not (each.weak and covers(rates, each.span.end - 1))]


def _in_context(text: str, quantity: Quantity) -> Quantity:
    """The quantity with its hedge and its label; the number of a list item is weak."""
    start, end = quantity.span
    before = text[max(0, start - _REACH) : start]
    hedged = _HEDGE.search(before)
    hedge = _HEDGES[hedged.lastgroup] if hedged and hedged.lastgroup else quantity.hedge
    if not hedge and _OR_SO.match(text, end):
        hedge = "about"
    letters = _LETTERS.match(text, end) is not None  # `a four-letter word`
    listed = text[end : end + 1] in {".", ")", ":"} and _LIST_NUMBER.search(before) is not None
    return replace(
        quantity,
        hedge=hedge,
        label="" if hedged else _label(before, quantity),
        weak=quantity.weak or listed or letters or _REFERENCE.search(before) is not None,
        readings=(*quantity.readings, *_of_each(text, quantity), *_of_age(before, quantity)),
        share=quantity.share or (not quantity.weak and any(unit == "times" for _, unit in quantity.readings)),
        per=per[1].casefold() if (per := _PER.match(text, end)) else "",
        of_things=quantity.kind == "number" and not any(unit for _, unit in quantity.readings) and _counts(text, end),
    )


def _of_each(text: str, quantity: Quantity) -> Iterable[Reading]:
    """So many percent for the cents of a dollar: `86 cents of every dollar`, `of each pound 40 pence`."""
    cents = quantity.readings[0] if quantity.readings else None
    if cents is None or cents.unit not in _HUNDREDTHS:
        return ()
    beside = text[max(0, quantity.span.start - _FAR) : quantity.span.end + _FAR]
    return (Reading(cents.value, "percent"),) if _EACH.search(beside) else ()


def _of_age(before: str, quantity: Quantity) -> Iterable[Reading]:
    """So many years for an age, of a person or a thing: `at the age of 84 the bridge was closed`."""
    alone = len(quantity.readings) == 1 and not quantity.readings[0].unit
    return (Reading(quantity.readings[0].value, "year"),) if alone and _OF_AGE.search(before) else ()


def _counts(text: str, position: int) -> bool:
    """Whether a word that says something, and no unit such as that of `12 Danish kroner`, stands behind a number."""
    behind = _BEHIND.match(text, position)
    if behind is None or is_function_word(behind[1]) or behind[1] in _NO_THINGS:
        return False
    units = [word for word in behind.groups() if word and word.casefold() in UNITS]
    return not units or units == ["times"]  # of which there may be three or four


def _label(before: str, quantity: Quantity) -> str:
    """The word right before a number that it numbers, in lower case."""
    label = _LABEL.search(before)
    if label is None or not label[1][:1].isupper() or not _can_number(quantity):
        return ""
    word = label[1].casefold()
    return "" if word in _NO_LABELS else word


def _can_number(quantity: Quantity) -> bool:
    """Whether a name can be numbered with it: what is spelled only follows one, `the MacBook Pro four points`."""
    return quantity.kind in _NUMBERING and any(map(str.isdigit, quantity.text))


def bounds_of(text: str, first: Quantity, second: Quantity) -> tuple[Reading, Reading] | None:
    """The two as what a text says something lies between: `eight to nine million`, `3-4 km`; None where it does not."""
    if not _JOINED.fullmatch(text, first.span.end, second.span.start):
        return None
    return next((pair for pair in product(first.readings, second.readings) if _are_near(*pair)), None)


def _are_near(low: Reading, high: Reading) -> bool:
    return low.unit == high.unit and 0 < low.value < high.value <= _WIDEST_BOUNDS * low.value


def _share_scale(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """`10 to 12 million`, `$10-12 million` and `3 or 4 percent`: the first number may mean what follows the second."""
    shared = list(quantities)
    said: Quantity | None = None
    for at, each in enumerate(shared):
        shared[at] = _of_same_unit(text, said, each) if said else each
        said = said if each.weak else shared[at]
    for at in range(len(shared) - 2, -1, -1):
        first, second = shared[at], shared[at + 1]
        if is_time(first) or is_time(second) or _AGED.search(text, max(0, first.span.start - _REACH), first.span.start):
            continue
        if not (first.readings and second.readings and not second.weak and scale_inside(first) == 1.0):
            continue
        if _JOINED.fullmatch(text, first.span.end, second.span.start) and _fits(first, second):
            factor, unit = scale_inside(second), second.readings[0].unit or first.readings[0].unit
            extra = in_units([reading.value * factor for reading in first.readings], unit)
            alone = first.readings if factor > 1 or not unit else ()  # the `two` of `two or three times` is no two
            readings = tuple(dict.fromkeys([*alone, *extra]))
            shared[at] = replace(first, readings=readings, of_things=first.of_things or second.of_things)
    return shared


def _of_same_unit(text: str, first: Quantity, second: Quantity) -> Quantity:
    """`from 23 cents a watt to 10`: a number without a unit may be meant in the one said before."""
    goes_on = _GOING_ON.fullmatch(text, first.span.end, second.span.start)
    return in_unit_of(first, second) if goes_on and not second.counts else second


def in_unit_of(first: Quantity, second: Quantity) -> Quantity:
    """The second number, where it has no unit and counts nothing, as one in the unit of the first too: the `about 650`
    of `off by 230 MW, the other by about 650`."""
    plain = second.kind == "number" and all(not reading.unit for reading in second.readings)
    unit = first.readings[0].unit if first.readings else ""
    if not (plain and unit and not is_time(first) and scale_inside(second) == 1.0):
        return second
    factor = scale_inside(first)
    extra = in_units([reading.value * factor for reading in second.readings], unit)
    return replace(second, readings=tuple(dict.fromkeys([*second.readings, *extra])))


def _fits(first: Quantity, second: Quantity) -> bool:
    """Whether the two can be counted in one unit: the same, or one is not said; of the second only after money."""
    unit, other = first.readings[0].unit, second.readings[0].unit
    return unit in ("", other) or (not other and unit in CURRENCIES)
