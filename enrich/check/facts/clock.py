"""Times of day as minutes: `10.33 pm`, `00:28`, `seven in the evening`, `half past midnight`, `20.15 Uhr`."""

import re
from collections.abc import Iterator

from enrich.check.facts.amount import Quantity, Reading
from enrich.check.facts.form import Form
from enrich.check.facts.number_words import SMALL
from enrich.text.span import Span

UNIT = "clock"
"""The unit of a time of day; its value is the minutes since midnight."""
SPOKEN = "o'clock"
"""The unit of the number that is said: a sentence's bare `seven` may rest on `seven in the evening`."""
HALF_DAY, DAY = 720, 1440
"""Minutes."""
_EVENING = 6
"""The first hour at night that lies before midnight."""
_WORDS = {word: value for word, value in SMALL.items() if 1 <= value <= 12}
_BEFORE = r"(?<![\w.,:$€£/-])"
_HOUR = rf"(?P<hour>[01]?\d|2[0-4]|{'|'.join(_WORDS)})"
_HALF = (
    r"(?:\s?(?P<half>[ap]\.?m)\b\.?|(?:\so['’]clock)?\s(?:in\sthe|at|this|that|on\sthe)\s"
    r"(?P<part>morning|afternoon|evening|night)\b)"
)
_TODAY = r"morning|afternoon|evening|night|[ap]\.?m\b"
_MINUTES = {word: value for word, value in SMALL.items() if 1 <= value <= 30}
_PAST_FORM = (
    rf"\b(?P<past>half|quarter|twenty|ten|five|(?:\d\d?|{'|'.join(_MINUTES)})\sminutes)"
    r"\s(?P<way>past|to|after|before)\s"
)
_BARE_SIGNS = r"half\spast|quarter\spast|quarter\sto|minutes\s(?:past|to)"
"""Without a part of the day: ``ten to 12`` may be a range, ``half before 3`` anything."""
_FORMS = (
    Form(_TODAY, rf"{_PAST_FORM}{_HOUR}\b{_HALF}", re.IGNORECASE),
    Form(_BARE_SIGNS, rf"\b(?={_BARE_SIGNS}|\S+\sminutes\s(?:past|to)){_PAST_FORM}{_HOUR}\b", re.IGNORECASE),
    Form("midnight|noon", rf"{_PAST_FORM}(?P<named>midnight|noon)\b", re.IGNORECASE),
    Form(_TODAY, rf"{_BEFORE}{_HOUR}[.:](?P<minute>[0-5]\d)(?![\d:]){_HALF}", re.IGNORECASE),
    Form(":", rf"{_BEFORE}(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\w:]|\.\d)", re.IGNORECASE),
    Form(
        "local|hours|hrs|gmt|utc",
        r"(?<![\w.,:$€£/-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s(?:local\stime|hours|hrs|GMT|UTC)\b",
        re.IGNORECASE,
    ),
    Form("uhr", rf"{_BEFORE}(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)\s?Uhr\b", re.IGNORECASE),
    Form(_TODAY, rf"{_BEFORE}{_HOUR}{_HALF}", re.IGNORECASE),
    Form("clock|uhr", rf"{_BEFORE}{_HOUR}\s(?:o['’]clock|Uhr)\b", re.IGNORECASE),
    Form("midnight|noon|midday", r"\b(?P<named>midnight|noon|midday)\b", re.IGNORECASE),
)
"""The fuller forms first."""
_NAMED = {"midnight": 0, "noon": HALF_DAY, "midday": HALF_DAY}
_PAST = {"half": 30, "quarter": 15, "twenty": 20, "ten": 10, "five": 5}


def find_times(text: str) -> Iterator[Quantity]:
    """Every time of day; of one that does not say which half of the day it is in, both readings."""
    for form in _FORMS:
        for match in form.find(text):
            readings = tuple(_readings(match.groupdict()))
            weak = match.group().casefold() in _NAMED  # `the midnight sun`
            yield Quantity(Span(*match.span()), match.group(), "number", readings, weak=weak)


def is_time(quantity: Quantity) -> bool:
    """Whether it is a time of day."""
    return any(reading.unit == UNIT for reading in quantity.readings)


def _readings(parts: dict[str, str | None]) -> Iterator[Reading]:
    said = {name: words.casefold() for name, words in parts.items() if words}
    if "named" in said:
        starts = [_NAMED[said["named"]]]
    else:
        hour = _WORDS.get(said["hour"]) or int(said["hour"])
        starts = [start * 60 for start in _hours(hour, said)]
        if "past" not in said:
            yield Reading(hour + int(said.get("minute", 0)) / 100, SPOKEN)
    shift = _shift(said)
    yield from (Reading(float((start + shift) % DAY), UNIT) for start in starts)


def _hours(hour: int, said: dict[str, str]) -> list[int]:
    """The hour of the day that is meant, or the two that may be."""
    part = said.get("part") or said.get("half", "").replace(".", "")
    if part in ("am", "morning") or (part == "night" and hour % 12 < _EVENING):
        return [0 if hour == 12 else hour]
    if part:
        return [hour % 12 + 12 if hour <= 12 else hour]
    return [hour, hour + 12] if 0 < hour <= 12 else [hour]


def _shift(said: dict[str, str]) -> int:
    """Minutes past the hour, less than none before it."""
    if "past" not in said:
        return int(said.get("minute", 0))
    count = said["past"].split()[0]
    minutes = _PAST.get(said["past"]) or _MINUTES.get(count) or int(count)
    return minutes if said["way"] in ("past", "after") else -minutes
