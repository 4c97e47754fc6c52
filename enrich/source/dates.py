"""The date of publication, out of the several that a page carries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

_FIRST = date(1995, 1, 1)
_ONE_DAY = timedelta(days=1)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october"
        "|nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"((?:19|20)\d\d)"
_ISO = re.compile(
    rf"^{_YEAR}-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::\d\d(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?", re.I
)
# Year, month and day as the groups of that name; a pattern reads a date inside of other words.
_WRITTEN = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<!\d)(?P<y>{_YEAR})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)",
        rf"\b(?P<m>{_MONTH})\s+(?P<d>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y>{_YEAR})",
        rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<m>{_MONTH}),?\s+(?P<y>{_YEAR})",
        rf"(?P<y>{_YEAR})\s*[年년]\s*(?P<m>\d\d?)\s*[月월]\s*(?P<d>\d\d?)\s*[日일]",
        rf"(?<!\d)(?P<d>\d\d?)\s+tháng\s+(?P<m>\d\d?),?\s+(?:năm\s+)?(?P<y>{_YEAR})",
        rf"^(?P<y>{_YEAR})(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
    )
)
_SLASHED = re.compile(rf"(?<!\d)(\d\d?)[./-](\d\d?)[./-]{_YEAR}(?!\d)")
_IN_ADDRESS = (
    re.compile(rf"[/_-]{_YEAR}[/_-](\d\d?)[/_-](\d\d?)(?=[/_.-]|$)"),
    re.compile(rf"/{_YEAR}/{_MONTH}/(\d\d?)(?=/|$)", re.I),
    re.compile(rf"(?<!\d){_YEAR}(\d\d)(\d\d)(?!\d)"),
)


class Stamp(NamedTuple):
    """A date as it was written, and whether it says when in the day."""

    day: date
    """The day in the writer's own zone, or in UTC when that is the zone that was written."""
    floating: bool = False
    """With a time of day in UTC or in no zone at all: the reader's day may be one off."""


@dataclass(frozen=True)
class Evidence:
    """What a page says about when it was published."""

    stated: Sequence[tuple[str, str]] = ()
    """(origin, value) of its statements, the most trusted first."""
    shown: Sequence[str] = ()
    """Dates that a reader sees beside the headline."""
    url: str = ""


class Published(NamedTuple):
    """The date of publication, where it was read, and the date in the address when that is another one."""

    day: date | None
    origin: str
    contradicted_by: date | None = None


def choose_date(evidence: Evidence, today: date) -> Published:
    """Choose the date of publication; ``Published(None, "unknown")`` when there is no plausible one.

    A statement in UTC that is one day off the date in the address or beside the headline gives way to that: an evening
    in New York is the next morning in UTC. Dates before 1995 and after tomorrow are placeholders.
    """
    in_address = _plausible(find_date_in_address(evidence.url), today)
    shown = [stamp for stamp in map(parse_stamp, evidence.shown) if stamp and _plausible(stamp.day, today)]
    local_days = [*([in_address] if in_address else []), *(stamp.day for stamp in shown if not stamp.floating)]
    for origin, value in evidence.stated:
        stamp = parse_stamp(value)
        if stamp and _plausible(stamp.day, today):
            return _local(stamp, origin, in_address, local_days)
    if shown:
        return _local(shown[0], "shown", in_address, local_days)
    return Published(in_address, "address") if in_address else Published(None, "unknown")


def parse_stamp(text: str) -> Stamp | None:
    """Read a date or a timestamp: ISO 8601, dates in English words, Chinese, Japanese, Korean or Vietnamese, digits.

    Two numbers before a year are read only when one of them cannot be a month.
    """
    text = " ".join(text.split())
    iso = _ISO.match(text)
    if iso:
        day = _make_date(iso[1], iso[2], iso[3])
        zone = (iso[6] or "").upper()
        in_utc = zone in ("", "Z", "UTC", "GMT") or not zone.strip("+-:0")
        return Stamp(day, floating=bool(iso[4]) and in_utc) if day else None
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return Stamp(datetime.fromtimestamp(int(text[:10]), UTC).date(), floating=True)
    for pattern in _WRITTEN:
        match = pattern.search(text)
        day = _make_date(match["y"], match["m"], match["d"]) if match else None
        if day:
            return Stamp(day)
    return _parse_slashed(text)


def find_date_in_address(url: str) -> date | None:
    """The day that an address names, such as ``/2019/11/18/`` or ``-20191118-``."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]
    for pattern in _IN_ADDRESS:
        for match in pattern.finditer("/" + path):
            day = _make_date(match[1], match[2], match[3])
            if day:
                return day
    return None


def _local(stamp: Stamp, origin: str, in_address: date | None, local_days: Iterable[date]) -> Published:
    if stamp.floating:
        for day in local_days:
            if abs(day - stamp.day) == _ONE_DAY:
                source = "address" if day == in_address else "shown"
                return Published(day, f"{origin}, day by {source}")
    contradicts = in_address is not None and abs(in_address - stamp.day) > _ONE_DAY
    return Published(stamp.day, origin, in_address if contradicts else None)


def _plausible(day: date | None, today: date) -> date | None:
    return day if day and _FIRST <= day <= today + _ONE_DAY else None


def _parse_slashed(text: str) -> Stamp | None:
    match = _SLASHED.search(text)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    if first > 12 or first == second:
        day = _make_date(match[3], match[2], match[1])
    elif second > 12:
        day = _make_date(match[3], match[1], match[2])
    else:
        day = None
    return Stamp(day) if day else None


def _make_date(year: str, month: str, day: str) -> date | None:
    number = _MONTHS.get(month.lower().rstrip(".")) or (int(month) if month.isdigit() else 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
