"""Dates of a text, compared part by part: year, month, day, weekday.

English, German, Vietnamese, Chinese and ISO forms are read. What a source leaves open (`July 18`, `Tuesday`,
`last week`)
is completed from its publication date, so that a note may say the full date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from enrich.text.span import Span


@dataclass(frozen=True)
class DateMention:
    """A date as it stands in a text; what it does not say is None."""

    span: Span
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    relative: bool = False
    """Written as `yesterday` or `last year`: the other parts are what the publication date makes of it."""


_MONTHS = """
january januar jan jänner|february februar feb|march märz mar|april apr|may mai|june juni jun|july juli jul|
august aug|september sept sep|october oktober oct okt|november nov|december dezember dec dez
""".split("|")
_WEEKDAYS = """
monday montag 周一 星期一|tuesday dienstag 周二 星期二|wednesday mittwoch 周三 星期三|thursday donnerstag 周四 星期四|
friday freitag 周五 星期五|saturday samstag 周六 星期六|sunday sonntag 周日 星期日
""".split("|")
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}


def _names(words: dict[str, int]) -> str:
    return "|".join(sorted((word.capitalize() for word in words), key=len, reverse=True))


_Y, _D = r"(?P<y>1[0-9]\d\d|20\d\d)", r"(?P<d>0?[1-9]|[12]\d|3[01])"
_M, _M_NUMBER = rf"(?P<month>{_names(_MONTH_OF)})\b", r"(?P<m>1[0-2]|0?[1-9])"
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_SIGNS = {
    sign: re.compile(sign)
    for sign in (r"\d", "[年月]", "[Nn]gày|[Tt]háng|[Nn]ăm", _names(_MONTH_OF), "May|Mai", _names(_WEEKDAY_OF))
}
_DIGIT, _HAN, _VIETNAMESE, _MONTH, _MAY, _WEEKDAY = _SIGNS
_FORMS = [
    (_SIGNS[sign], re.compile(form))
    for sign, form in (
        (_DIGIT, rf"{_BEFORE}{_Y}-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
        (_HAN, rf"{_Y}\s?年(?:\s?{_M_NUMBER}\s?月(?:\s?{_D}\s?[日号])?)?"),
        (_HAN, rf"{_M_NUMBER}\s?月\s?{_D}\s?[日号]"),
        (_VIETNAMESE, rf"\b[Nn]gày\s{_D}\stháng\s{_M_NUMBER}(?:[\s,]+(?:năm\s)?{_Y})?{_AFTER}"),
        (_DIGIT, rf"{_BEFORE}{_D}(?P<sep>[/.-])(?P<m>\d\d?)(?P=sep){_Y}(?!\d)"),
        (_VIETNAMESE, rf"\b[Nn]gày\s{_D}[/-]{_M_NUMBER}{_AFTER}"),
        (_VIETNAMESE, rf"\b[Tt]háng\s{_M_NUMBER}(?:[\s/,]+(?:năm\s)?{_Y})?{_AFTER}"),
        (_VIETNAMESE, rf"\b[Nn]ăm\s{_Y}{_AFTER}"),
        (_MONTH, rf"{_BEFORE}{_D}(?:st|nd|rd|th)?\.?\s(?:of\s)?{_M}\.?(?:,?\s{_Y}{_AFTER})?"),
        (
            _MONTH,
            rf"{_BEFORE}{_M}\.?\s{_D}(?:st|nd|rd|th)?(?!\d|[.:]\d|,\d{{3}}|\s?%)"
            rf"(?:\s?(?:-|–|to|and|&)\s?(?P<d2>[12]?\d|3[01]){_AFTER})?(?:,?\s{_Y}{_AFTER})?",
        ),
        (_MONTH, rf"{_BEFORE}{_M}\.?,?\s(?:of\s)?{_Y}{_AFTER}"),
        (
            _MONTH,
            rf"{_BEFORE}(?P<month>(?!(?:Jan|Feb|Mar|Apr|May|Mai|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez)\b)"
            rf"(?:{_names(_MONTH_OF)}))\b",
        ),
        (
            _MAY,
            r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|last|this|next|early|late|mid|of|from|im)[\s-]"
            r"(?P<month>May|Mai)\b",
        ),
        (_WEEKDAY, rf"{_BEFORE}(?P<weekday>{_names(_WEEKDAY_OF)})(?:s\b)?"),
        (_DIGIT, rf"(?<![\w.,$€£¥/:#-]){_Y}(?:s\b)?(?![\w%]|[.,:]\d|-\d{{3}})"),
    )
]
"""(what a text must hold for the form to be worth looking for, the form), the fuller forms first."""
_RELATIVE = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "gestern": -1, "heute": 0, "morgen": 1, "hôm qua": -1,
    "hôm nay": 0, "ngày mai": 1, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1,
}  # fmt: skip
_SHIFTS = {
    "last": -1, "this": 0, "next": 1, "letzten": -1, "diesem": 0, "nächsten": 1, "去": -1, "今": 0, "明": 1, "上": -1,
    "这": 0, "下": 1, "trước": -1, "ngoái": -1, "nay": 0, "tới": 1, "sau": 1,
}  # fmt: skip
_RELATIVE_DAY = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_RELATIVE)})(?![a-zäöüß])", re.IGNORECASE)
_RELATIVE_PERIOD = re.compile(
    r"\b(?P<shift>last|this|next|letzten|diesem|nächsten)\s(?P<unit>month|year|monat|jahr)\b"
    r"|(?P<shift_zh>[去今明])(?P<unit_zh>年)|(?P<shift_zm>[上这下])个?(?P<unit_zm>月)"
    r"|\b(?P<unit_vi>tháng|năm)\s(?P<shift_vi>trước|ngoái|nay|tới|sau)\b",
    re.IGNORECASE,
)


def find_dates(text: str, published: date | None = None) -> list[DateMention]:
    """The dates of `text` (NFC) in order; words such as `yesterday` only where `published` tells what they mean."""
    taken = bytearray(len(text))
    found: list[DateMention] = []
    for match in _matches(text):
        start, end = _span_of(match)
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\1" * (end - start)
        found += _read(text, match)
    if published:
        found += _relative_days(text, published)
        found += _relative_periods(text, published)
    return sorted(found, key=lambda mention: mention.span)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Every form that fits, the fuller forms first."""
    found = {sign for sign in _SIGNS.values() if sign.search(text)}
    for sign, form in _FORMS:
        if sign in found:
            yield from form.finditer(text)


def _span_of(match: re.Match[str]) -> Span:
    """The date without the preposition that showed it to be one (`in May`)."""
    parts = match.groupdict()
    start = match.start("month") if parts.get("month") and "d" not in parts else match.start()
    return Span(start, match.end())


def _read(text: str, match: re.Match[str]) -> list[DateMention]:
    parts = match.groupdict()
    span = _span_of(match)
    month = _MONTH_OF[parts["month"].casefold()] if parts.get("month") else _number(parts.get("m"))
    mention = DateMention(
        span,
        span.of(text),
        year=_number(parts.get("y")),
        month=month,
        day=_number(parts.get("d")),
        weekday=_WEEKDAY_OF[parts["weekday"].casefold()] if parts.get("weekday") else None,
    )
    if parts.get("d2"):
        return [mention, replace(mention, day=_number(parts["d2"]))]
    if parts.get("sep"):
        return _orders(mention)
    return [mention]


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _orders(mention: DateMention) -> list[DateMention]:
    """`3/4/2023` read day first and month first, as far as both exist."""
    day, month = mention.day or 0, mention.month or 0
    readings = {(day, month), (month, day)}
    return [replace(mention, day=d, month=m) for d, m in sorted(readings) if 1 <= m <= 12 and d <= 31]


def _relative_days(text: str, published: date) -> Iterator[DateMention]:
    for match in _RELATIVE_DAY.finditer(text):
        day = published + timedelta(days=_RELATIVE[match.group().casefold()])
        span = Span(*match.span())
        yield DateMention(span, span.of(text), day.year, day.month, day.day, day.weekday(), relative=True)


def _relative_periods(text: str, published: date) -> Iterator[DateMention]:
    for match in _RELATIVE_PERIOD.finditer(text):
        parts = {name.split("_")[0]: word.casefold() for name, word in match.groupdict().items() if word}
        shift, span = _SHIFTS[parts["shift"]], Span(*match.span())
        if parts["unit"] in {"year", "jahr", "năm", "年"}:
            yield DateMention(span, span.of(text), published.year + shift, relative=True)
        else:
            months = published.year * 12 + published.month - 1 + shift
            yield DateMention(span, span.of(text), months // 12, months % 12 + 1, relative=True)


class DateBook:
    """The dates that a source gives, its publication date among them."""

    def __init__(self, mentions: list[DateMention], published: date | None) -> None:
        self.mentions = mentions
        self._known = [complete for mention in mentions for complete in _complete(mention, published)]
        if published:
            span = Span(0, 0)
            self._known.append(
                DateMention(span, "", published.year, published.month, published.day, published.weekday())
            )
        self.years = {mention.year for mention in self._known} - {None}

    def where(self, mention: DateMention) -> list[Span] | None:
        """Where the source gives this date (an empty span is its publication date); None when it does not."""
        if mention.relative:
            return []
        spans = [known.span for known in self._known if self._agree(known, mention)]
        return spans or None

    def _agree(self, known: DateMention, said: DateMention) -> bool:
        """Whether all that is said is known; a year may stand elsewhere in the source."""
        if said.weekday is not None and said.weekday != known.weekday:
            return False
        if said.day is not None and said.day != known.day:
            return False
        if said.month is not None and said.month != known.month:
            return False
        return said.year in (None, known.year) or (known.year is None and said.year in self.years)


def _complete(mention: DateMention, published: date | None) -> list[DateMention]:
    """The mention with what the publication date adds: a year to `July 18`, a date to `Tuesday`."""
    if published is None:
        return [mention]
    if mention.weekday is not None and mention.day is None:
        back = (published.weekday() - mention.weekday) % 7
        days = (published - timedelta(days=back), published + timedelta(days=(7 - back) % 7 or 7))
        return [replace(mention, year=day.year, month=day.month, day=day.day) for day in days]
    if mention.year is None and mention.month is not None:
        return [replace(mention, year=_nearest_year(mention.month, published))]
    if mention.year and mention.month and mention.day and mention.weekday is None:
        return [replace(mention, weekday=_weekday(mention.year, mention.month, mention.day))]
    return [mention]


def _nearest_year(month: int, published: date) -> int:
    """The year in which `month` lies nearest to the publication: articles rarely mean another without saying so."""
    distance = month - published.month
    return published.year + (1 if distance < -6 else -1 if distance > 6 else 0)


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None
