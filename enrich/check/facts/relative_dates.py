"""Dates said from the day of publication: `yesterday`, `last week`, `three days ago`, `ba ngày trước`.

A week is given as its seven days, a month and a year as themselves: a note that says one of the days agrees.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from enrich.check.facts.date_mention import MONTH_FORM, MONTH_OF, WEEKDAY_OF, DateMention, alternatives
from enrich.check.facts.form import Form
from enrich.check.facts.number_words import HAN_NUMBER, value_of_han, value_of_words
from enrich.text.span import Span

_DAYS = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "gestern": -1, "heute": 0, "morgen": 1, "hôm qua": -1,
    "hôm nay": 0, "ngày mai": 1, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1,
}  # fmt: skip
_SHIFTS = {
    "last": -1, "this": 0, "next": 1, "letzte": -1, "vergangene": -1, "diese": 0, "nächste": 1, "去": -1, "今": 0,
    "明": 1, "上": -1,
    "这": 0, "下": 1, "trước": -1, "ngoái": -1, "này": 0, "nay": 0, "tới": 1, "sau": 1,
}  # fmt: skip
_UNITS = {
    "day": "day", "tag": "day", "ngày": "day", "天": "day", "week": "week", "woche": "week", "tuần": "week",
    "周": "week", "month": "month", "monat": "month", "tháng": "month", "月": "month", "year": "year", "jahr": "year",
    "năm": "year", "年": "year",
}  # fmt: skip
_DAY = Form("|".join(_DAYS), rf"(?<![a-zäöüß])(?:{'|'.join(_DAYS)})(?![a-zäöüß])", re.IGNORECASE)
_PERIOD = Form(
    "week|month|year|woche|monat|jahr|[年月周]|tuần|tháng|năm",
    r"\b(?P<shift>last|this|next|letzte|vergangene|diese|nächste)[nmrs]?\s(?P<unit>week|month|year|woche|monat|jahr)\b"
    r"|(?P<shift_zh>[去今明])(?P<unit_zh>年)|(?P<shift_zm>[上这下])个?(?P<unit_zm>[月周])"
    r"|\b(?P<unit_vi>tuần|tháng|năm)\s(?P<shift_vi>trước|ngoái|này|nay|tới|sau)\b",
    re.IGNORECASE,
)
_COUNT, _FEW = r"\d{1,3}|a\scouple\sof|[^\W\d_]+", r"\d{1,3}|[一二两兩三四五六七八九十]{1,3}"
_AGO = Form(
    "\\sago|vor\\s|\\strước|前",
    rf"(?<![\w-])(?P<n>{_COUNT})\s(?P<unit>day|week|month|year)s?\sago\b"
    rf"|\bvor\s(?P<n_de>{_COUNT})\s(?P<unit_de>Tag|Woche|Monat|Jahr)(?:e?n?)\b"
    rf"|(?<![^\W_])(?P<n_vi>{_COUNT})\s(?P<unit_vi>ngày|tuần|tháng|năm)\strước\b"
    rf"|(?P<n_zh>{_FEW})(?:个|個)?(?P<unit_zh>天|周|月|年)前",
    re.IGNORECASE,
)
_AHEAD = Form(
    r"(?:day|week|month|year|decade)s?\b",
    r"\b(?:(?:in|within|over|for|after|during)\s(?:the\s(?:next|coming)\s)?|(?:another|next|coming|have|has|had|given|gives?)\s)"
    rf"(?P<n>{_COUNT})\s(?P<unit>day|week|month|year|decade)s?\b(?!\sago)",
    re.IGNORECASE,
)
"""A time that something is to take: `within 60 days`, `over the next 25 years`, `for a decade`."""
_LAST_WEEKDAY = Form(
    "last\\s|letzten\\s|vergangenen\\s",
    rf"\b(?:last|letzten|vergangenen)\s(?P<weekday>{alternatives(WEEKDAY_OF)})(?![^\W_])",
    re.IGNORECASE,
)
_SHIFTED_MONTH = Form(
    "last\\s|this\\s|next\\s|letzten\\s|vergangenen\\s|nächsten\\s",
    rf"\b(?P<shift>last|this|next|letzten|vergangenen|nächsten)\s(?P<month>{MONTH_FORM})\b",
    re.IGNORECASE,
)
_MONTH_THEN = Form(
    r"(?:last|this|next)\syear",
    rf"\b(?P<month>{MONTH_FORM})\b(?:\sof)?\s(?P<shift>last|this|next)\syear\b",
    re.IGNORECASE,
)
_BESIDE = Form(
    "year|month|week|day",
    r"\b(?P<n>an?|the|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s(?P<unit>day|week|month|year)s?\s"
    r"(?P<way>earlier|before|previously|later|after)\b|\b(?:the\s)?(?P<way_first>previous|prior|following)\s"
    r"(?P<unit_last>day|week|month|year)\b",
    re.IGNORECASE,
)
"""A time counted from another that the text speaks of: `the day before the ruling`, `a year earlier`."""
_HALF = "half "
_DAYS_OF = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}
_FORWARD = frozenset(("later", "after", "following"))
_ARTICLES = frozenset("a an the one ein eine einem einer einen một".split())
_WEEK = range(7)
"""Its days."""
_HALF_YEAR = 6
"""Months: half a year is rounded away, so years counted from the first half may reach one further back."""
_NEAR, _MOST_BASES = 300, 8
"""Characters from a date within which another may be counted from it, and, a bound of time, how many such dates are
looked at."""
COUNTED_YEARS = range(100, 9900)
"""Years of publication from which days are counted: around them the calendar has every day that can be said."""
_MOST_UNITS = 999
"""Days, weeks, months or years ago; `a trillion years ago` is no date."""


class Shift(NamedTuple):
    """Time counted from some day, which may be said or not: `last year`, `three days ago`, `a month later`."""

    span: Span
    days: float
    """About how many days ahead; below nought they are back."""


def find_shifts(text: str) -> Iterator[Shift]:
    """Every one of `text`, whatever day it is counted from; the week, month or year that is `this` one is none."""
    for form, count_of in ((_PERIOD, _period), (_AGO, _ago), (_BESIDE, _beside)):
        for match in form.find(text):
            parts = _parts(match)
            if count := count_of(parts):
                before = text[max(0, match.start() - len(_HALF)) : match.start()].lower()
                half = before == _HALF and parts.get("n") in _ARTICLES
                days = count * _DAYS_OF[_UNITS[parts["unit"]]]
                yield Shift(Span(*match.span()), days / 2 if half else days)


def _period(parts: dict[str, str]) -> int:
    return _SHIFTS[parts["shift"]]


def _ago(parts: dict[str, str]) -> int:
    count = _count(parts["n"]) or 0
    return -count if count <= _MOST_UNITS else 0


def _beside(parts: dict[str, str]) -> int:
    count = _count(parts.get("n", "one")) or 1
    return count if parts["way"] in _FORWARD else -count


def find_relative_dates(text: str, published: date) -> Iterator[DateMention]:
    """What `text`, published on that day, says of other days; a week is seven mentions of one span."""
    if published.year not in COUNTED_YEARS:
        return
    for match in _DAY.find(text):
        yield from _of_days(text, match, [published + timedelta(days=_DAYS[match.group().casefold()])])
    for match in _PERIOD.find(text):
        parts = _parts(match)
        yield from _of_unit(text, match, published, _UNITS[parts["unit"]], _period(parts))
    for match in _AGO.find(text):
        parts = _parts(match)
        if count := _ago(parts):
            yield from _of_unit(text, match, published, _UNITS[parts["unit"]], count, counted=True)
    for match in _LAST_WEEKDAY.find(text):
        back = (published.weekday() - WEEKDAY_OF[match["weekday"].casefold()] - 1) % 7 + 1
        yield from _of_days(text, match, [published - timedelta(days=days) for days in (back, back + 7)])
    for match in _SHIFTED_MONTH.find(text):
        yield _of_month(text, match, published)
    for match in _MONTH_THEN.find(text):
        span, year = Span(*match.span()), published.year + _SHIFTS[match["shift"].casefold()]
        yield DateMention(span, span.of(text), year, MONTH_OF[match["month"].casefold()], relative=True)


def find_counted_dates(text: str, dates: Sequence[DateMention], published: date) -> Iterator[DateMention]:
    """What `text` counts from its other `dates` that stand near, and from its publication: `the day before`."""
    starts = [mention.span.start for mention in dates]
    for match in _BESIDE.find(text):
        parts = _parts(match)
        near = dates[bisect_left(starts, match.start() - _NEAR) : bisect_right(starts, match.end() + _NEAR)]
        bases = [base for mention in near[:_MOST_BASES] if (base := _base(mention, parts["unit"]))]
        for base in dict.fromkeys([published, *bases]):
            if base.year in COUNTED_YEARS:
                yield from _of_unit(text, match, base, _UNITS[parts["unit"]], _beside(parts))


def find_dates_ahead(text: str, published: date) -> Iterator[DateMention]:
    """When the times are over that `text`, published on that day, says something is to take."""
    if published.year not in COUNTED_YEARS:
        return
    for match in _AHEAD.find(text):
        count, unit = _count(match["n"].casefold()) or 0, match["unit"].casefold()
        count, unit = (10 * count, "year") if unit == "decade" else (count, unit)
        if 0 < count <= _MOST_UNITS and published.year + count in COUNTED_YEARS:
            yield from _of_unit(text, match, published, unit, count)


def _base(mention: DateMention, unit: str) -> date | None:
    """The day that another is counted from; for years a year is enough, for months a month."""
    exact = unit in ("day", "week")
    if not mention.year or (unit != "year" and not mention.month) or (exact and not mention.day):
        return None
    return date(mention.year, mention.month or 1, mention.day or 1)


def _of_month(text: str, match: re.Match[str], published: date) -> DateMention:
    """`last May` is the one before the publication, `next May` the one after."""
    month, shift = MONTH_OF[match["month"].casefold()], match["shift"].casefold()
    year = published.year
    if shift == "next":
        year += month <= published.month
    elif shift != "this":
        year -= month >= published.month
    span = Span(*match.span())
    return DateMention(span, span.of(text), year, month, relative=True)


def _parts(match: re.Match[str]) -> dict[str, str]:
    """The groups that matched, by their names without the language."""
    return {name.partition("_")[0]: words.casefold() for name, words in match.groupdict().items() if words}


def _count(words: str) -> int | None:
    if words in _ARTICLES:
        return 1
    if words.startswith("a couple"):
        return 2
    if words.isdigit():
        return int(words)
    if HAN_NUMBER.compiled.fullmatch(words) or words in "一二两兩":
        return int(value_of_han(words))
    value = value_of_words(words)
    return int(value) if value else None


def _of_unit(
    text: str, match: re.Match[str], published: date, unit: str, shift: int, counted: bool = False
) -> Iterator[DateMention]:
    """The period ``shift`` units away; a counted week lies around its day, another one is Monday to Sunday."""
    span = Span(*match.span())
    if unit == "year":
        yield DateMention(span, span.of(text), published.year + shift, relative=True)
        if counted:  # half a year is rounded away
            other = shift - 1 if published.month <= _HALF_YEAR else shift + 1
            yield DateMention(span, span.of(text), published.year + other, relative=True)
    elif unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        yield DateMention(span, span.of(text), months // 12, months % 12 + 1, relative=True)
    elif unit == "week":
        middle = published + timedelta(weeks=shift)
        first = middle - timedelta(days=3 if counted else middle.weekday())
        yield from _of_days(text, match, [first + timedelta(days=day) for day in _WEEK])
    else:
        yield from _of_days(text, match, [published + timedelta(days=shift)])


def _of_days(text: str, match: re.Match[str], days: Iterable[date]) -> Iterator[DateMention]:
    span = Span(*match.span())
    for day in days:
        yield DateMention(span, span.of(text), day.year, day.month, day.day, day.weekday(), relative=True)
