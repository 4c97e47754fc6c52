"""Numbers that are meant loosely: `a few hundred`, `tens of thousands`, `a six-figure sum`, `in her thirties`.

All are weak: who says them has counted nothing.
"""

import re
from collections.abc import Iterator

from enrich.check.facts.amount import Hedge, Quantity, Reading
from enrich.check.facts.form import Form
from enrich.check.facts.number_words import SCALES, SMALL
from enrich.text.span import Span

AGE = "years of age"
"""The unit of `in her thirties`; its value is the first year of the ten."""
_SIZES = "hundred|thousand|million|billion"
_MANY = Form(
    rf"{_SIZES}|dozen|scores",
    rf"(?<![^\W_])(?:(?P<few>a\sfew|several|some|many)\s(?:(?P<size>{_SIZES})(?![^\W_])|dozen\b)"
    rf"|(?:(?P<times>tens|hundreds|dozens|scores)\sof\s)?(?P<sizes>(?:{_SIZES})s)|(?P<dozens>dozens|scores)\sof)(?![^\W_])",
    re.IGNORECASE,
)
_TIMES = {"tens": 10.0, "hundreds": 100.0, "dozens": 12.0, "scores": 20.0}
_TENS = {word.removesuffix("y") + "ies": value for word, value in SMALL.items() if value >= 20} | {"teens": 10}
_AGE = Form(
    r"ties\b|teens\b|0s\b",
    rf"\b(?:his|her|their|my|our|your)\s(?:(?:early|mid|middle|late)(?:\sto\slate)?[\s-])?"
    rf"(?P<age>{'|'.join(_TENS)}|(?P<digits>[1-9]0)s)(?![^\W_])",
    re.IGNORECASE,
)
_FIGURES = Form(
    "figure|digit",
    r"(?<![^\W_])(?P<count>[3-9]|three|four|five|six|seven|eight|nine)[\s-](?:figure|digit)s?(?![^\W_])",
    re.IGNORECASE,
)
_COUPLE = Form("couple|pair", r"\ba\s(?:couple|pair)\sof(?!\s(?:hundred|thousand|million|billion))\b", re.IGNORECASE)
_GROUPS = {"duo": 2.0, "trio": 3.0, "quartet": 4.0, "quintet": 5.0, "dozen": 12.0}
_GROUP = Form("duo|trio|quartet|quintet|dozen", rf"(?<![^\W_])(?:{'|'.join(_GROUPS)})(?![^\W_])", re.IGNORECASE)
"""So many of what is named before: `the trio`, `the initial dozen`."""


def find_loose(text: str) -> Iterator[Quantity]:
    """Those that hold another number, to be read before it: `in her 30s`, `six figures`."""
    for match in _AGE.find(text):
        value = float(match["digits"] or _TENS[match["age"].casefold()])
        yield _weak(Span(*match.span("age")), text, Reading(value, AGE))
    for match in _FIGURES.find(text):
        count = SMALL.get(match["count"].casefold()) or int(match["count"])
        yield _weak(Span(*match.span()), text, Reading(10.0 ** (count - 1), ""), "loose")


def find_multitudes(text: str) -> Iterator[Quantity]:
    """Those that may be part of another number, to be read after it: the `millions` of `two millions`."""
    for match in _MANY.find(text):
        yield _weak(Span(*match.span()), text, Reading(_value(match), ""), "loose")
    for match in _COUPLE.find(text):
        yield _weak(Span(*match.span()), text, Reading(2.0, ""))
    for match in _GROUP.find(text):
        yield _weak(Span(*match.span()), text, Reading(_GROUPS[match.group().casefold()], ""))


def _weak(span: Span, text: str, reading: Reading, hedge: Hedge = "") -> Quantity:
    return Quantity(span, span.of(text), "number", (reading,), hedge=hedge, weak=True)


def _value(match: re.Match[str]) -> float:
    """The least that is meant: 10,000 for `tens of thousands`."""
    size = (match["size"] or match["sizes"] or "").casefold().removesuffix("s")
    times = (match["times"] or match["dozens"] or "").casefold()
    return SCALES.get(size, 1.0 if times else 12.0) * _TIMES.get(times, 1.0)
