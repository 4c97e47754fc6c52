"""Dates that agree in year or month and yet are others: `mid-2021` for late 2021, `three years ago` for last year."""

import re
from collections.abc import Iterator, Sequence

from enrich.check.evidence.figure_check import FigureCheck
from enrich.check.evidence.place import Place
from enrich.check.evidence.problem import Problem
from enrich.check.evidence.wording import Wording
from enrich.check.facts.relative_dates import find_shifts
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

_PART = lazy_pattern(
    r"\b(?:(?P<early>early|(?:beginning|start)\s(?:of|in))|(?P<mid>mid|middle\sof)|(?P<late>late|end\sof))"
    r"(?:\sin)?(?:\sthe)?[\s-]$",
    re.IGNORECASE,
)
_DAY = lazy_pattern(r"(?<!\d)[1-3]?\d(?!\d)")
_DAYS_OF = {"early": (1, 13), "mid": (8, 23), "late": (18, 31)}
"""The days that may be meant by a part of a month; writers are generous."""
_MONTH = frozenset(("month",))
_REACH = 24
"""Characters before a date in which its part is said, a bound of time."""
_ROUNDED = 0.25
"""How far a count of years back may lie from the source's, as a share of it: 20 months for two years."""
_WHOLES = frozenset(("year", "month", "season"))
"""What has an early and a late part."""


def find_shifted(said: Wording, figures: Sequence[FigureCheck], own: Place) -> Iterator[Problem]:
    """Another part of a year or month than the source says, another count of years than the quote's, as doubts."""
    for figure in figures:
        if figure.kind == "date" and figure.given and figure.units <= _WHOLES:
            yield from _of_another_part(said, figure, own)
    yield from _counted_otherwise(said, own)


def _of_another_part(said: Wording, figure: FigureCheck, own: Place) -> Iterator[Problem]:
    part = _part_of(said.text, figure.span)
    if part and figure.units == _MONTH and (other := _day_beyond(part, figure, own)):
        yield Problem(figure.text, f"date {part} {figure.text}: the source has {other}", sure=False)
        return
    words = figure.text.casefold()  # what is counted from another day, `the following year`, is no such date
    places = [span for span in figure.where if span.of(own.source.text).casefold() == words]
    there = {_part_of(own.source.text, span) for span in places}
    if part and there and not there & {part, ""}:
        other = f"{there.pop()} {places[0].of(own.source.text)}"
        yield Problem(figure.text, f"date {part} {figure.text}: the source has {other}", sure=False)


def _day_beyond(part: str, figure: FigureCheck, own: Place) -> str:
    """The day that the source has of a month, where each that it has lies in another part; else empty."""
    texts = [span.of(own.source.text) for span in figure.where if span.end]
    days = [int(day[0]) for text in texts if (day := _DAY.search(text))]
    first, last = _DAYS_OF[part]
    beyond = days and len(days) == len(figure.where) and not any(first <= day <= last for day in days)
    return texts[0] if beyond else ""


def _part_of(text: str, date: Span) -> str:
    """Which part of the date is meant, `early`, `mid` or `late`; empty where none is said."""
    found = _PART.search(text, max(0, date.start - _REACH), date.start)
    return (found.lastgroup or "") if found else ""


def _counted_otherwise(said: Wording, own: Place) -> Iterator[Problem]:
    """`three years before` where the quote has `last year`, and the source nowhere three."""
    quoted = [(wording.text, shift) for wording in own.quoted for shift in find_shifts(wording.text)]
    if not quoted:
        return
    for shift in find_shifts(said.text):
        alike = [row for row in quoted if (row[1].days > 0) == (shift.days > 0)]
        if alike and not any(_agree(shift.days, days) for days in own.source.shifts):
            words, (quote, other) = shift.span.of(said.text), alike[0]
            reason = f"date {words} is not in the source; your quote has {other.span.of(quote)}"
            yield Problem(words, reason, sure=False)


def _agree(days: float, others: float) -> bool:
    """Whether two counts of days may be one, told in larger and smaller units."""
    return days * others > 0 and abs(days - others) <= _ROUNDED * abs(others)
