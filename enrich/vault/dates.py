"""Dates as people write them in front matter and file names."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from enrich.text.pattern import lazy_pattern

_MONTHS = {
    name[:3]: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_YEAR_FIRST = lazy_pattern(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_ISO = lazy_pattern(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", re.ASCII)
_COMPACT = lazy_pattern(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?(?!\d)")
_YEAR_LAST = lazy_pattern(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DAY_MONTH = lazy_pattern(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})(?!\d)")
_MONTH_DAY = lazy_pattern(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_EPOCH = lazy_pattern(r"\d{10}(?:\d{3})?")
_EARLIEST, _LATEST = 1000, 2999
"""Years of four digits that people mean as years."""


def parse_date(text: str) -> date | None:
    """The date that ``text`` holds, time of day ignored; None when there is none or it can be read in two ways.

    ``2023-07-18``, ``2023-07-18T10:00:00Z``, ``2023/7/18``, ``2023年7月18日``, ``20230718``, ``18.07.2023``,
    ``July 18, 2023``, ``18 Jul 2023``, and seconds or milliseconds since 1970. ``03/04/2023`` can be two days.
    """
    if len(text) > 100:
        return None
    if iso := _day(text[:4], text[5:7], text[8:10]) if text[4:5] == text[7:8] == "-" else None:
        return iso
    return next((day for day in _readings(text) if day is not None), None)


def find_iso_date(text: str) -> date | None:
    """The first ``2023-07-18`` in ``text`` that is a day; None when there is none."""
    days = (_day(*found.groups()) for found in _ISO.finditer(text))
    return next((day for day in days if day is not None), None)


def _readings(text: str) -> Iterator[date | None]:
    if _EPOCH.fullmatch(text.strip()):
        yield _epoch(int(text))
    if found := _YEAR_FIRST.search(text):
        yield _day(*found.groups())
    if found := _YEAR_LAST.search(text):
        yield _year_last(*found.groups())
    if found := _DAY_MONTH.search(text):
        yield _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY.search(text):
        yield _day(found[3], _month(found[1]), found[2])
    if found := _COMPACT.search(text):
        yield _day(*found.groups())


def _year_last(first: str, second: str, year: str) -> date | None:
    """Day and month in either order; None where both orders give a day and they differ."""
    readings = {_day(year, second, first), _day(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _month(name: str) -> str:
    return str(_MONTHS.get(name[:3].lower(), 0))


def _day(year: str, month: str, day: str) -> date | None:
    if not (year.isdecimal() and month.isdecimal() and day.isdecimal() and _EARLIEST <= int(year) <= _LATEST):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _epoch(number: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number // 1000 if number >= 10**12 else number)).date()
