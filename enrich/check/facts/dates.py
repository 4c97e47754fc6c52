"""Dates of a text, compared part by part: year, month, day, weekday.

English, German, Vietnamese, Chinese and ISO forms are read. What a source leaves open (`July 18`, `Tuesday`,
`last week`) is completed from its publication date, so that a note may say the full date.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from msgspec.structs import replace

from enrich.check.facts.date_mention import MONTH_FORM, MONTH_OF, WEEKDAY_OF, DateMention, alternatives, year_of
from enrich.check.facts.form import Form
from enrich.check.facts.number_words import ORDINALS, value_of_han
from enrich.check.facts.relative_dates import COUNTED_YEARS, find_counted_dates, find_dates_ahead, find_relative_dates
from enrich.check.facts.seasons import WINTER, find_seasons, season_of
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Cover, Span

__all__ = ["DateBook", "DateMention", "find_dates"]

_Y, _D = r"(?P<y>1[0-9]\d\d|20\d\d)", r"(?P<d>0?[1-9]|[12]\d|3[01])"
_M, _M_NUMBER = rf"(?P<month>{MONTH_FORM})\b", r"(?P<m>1[0-2]|0?[1-9])"
_BEFORE, _AFTER, _TH = r"(?<![^\W_])", r"(?![^\W_])", "(?:st|nd|rd|th)?"
_D2 = r"(?P<d2>0?[1-9]|[12]\d|3[01])"
_NO_OLD_YEAR = r"1[0-6]\d\d\s(?:(?:[a-z]{3,}\s)?[a-z]{3,}s\b|GMT|UTC|local\stime|hrs)"
"""A number of four digits that counts something, `1500 temporary workers`, or is a time of day."""
_HAN_DIGIT = "一二三四五六七八九"
_HAN_M = rf"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[{_HAN_DIGIT}])"
_HAN_D = rf"(?P<d>0?[1-9]|[12]\d|3[01]|三十一?|二?十[{_HAN_DIGIT}]?|[{_HAN_DIGIT}])"
_HAN_Y = rf"(?:{_Y}|(?P<y_han>[一二][〇零{_HAN_DIGIT}]{{3}}))"
_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990,
}  # fmt: skip
_DAYS_NAMED = {word: value for word, value in ORDINALS.items() if value <= 31}
_NTH = "|".join(sorted((word.replace("-", "[- ]") for word in _DAYS_NAMED), key=len, reverse=True))
_DIGIT = r"\d"
_HAN = "[年月]"
_VIETNAMESE = "ngày|Ngày|tháng|Tháng|năm|Năm"
_MONTH = "|".join(sorted({name.capitalize()[:3] for name in MONTH_OF}))
_MAY = "May|Mai"
_WEEKDAY = "|".join(name.capitalize() for name in WEEKDAY_OF)
_DECADE = "ties"
_FEASTS = {
    "New Year['’]s Day": (1, 1), "New Year['’]s Eve": (12, 31), "Valentine['’]s Day": (2, 14), "May Day": (5, 1),
    "Halloween": (10, 31), "Christmas Eve": (12, 24), "Christmas Day": (12, 25), "Boxing Day": (12, 26),
}  # fmt: skip


def _behind(words: str) -> str:
    """A place behind one of the words, which may open a sentence."""
    return "(?:" + "|".join(rf"(?<=\b[{word[0].upper()}{word[0]}]{word[1:]}\s)" for word in words.split()) + ")"


_IN_YEAR = _behind("in of since from by until")
"""Before a year of two digits: `in '05`. Elsewhere the sign opens a quotation: `'20 years ago,' she said`."""
_NAMED_SIGNS = "Day|Eve|Halloween"
_FORMS = (
    Form(_NAMED_SIGNS, rf"\b(?P<feast>{'|'.join(_FEASTS)})\b(?:,?\s{_Y}{_AFTER})?"),
    Form(_DIGIT, rf"{_BEFORE}{_Y}(?P<iso>[-/])(?P<m>0[1-9]|1[0-2])(?P=iso)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    Form(_HAN, rf"{_HAN_Y}\s?年(?:\s?{_HAN_M}\s?月(?:\s?{_HAN_D}\s?[日号])?)?"),
    Form(_HAN, rf"(?<![\d{_HAN_DIGIT}十]){_HAN_M}\s?月(?:\s?{_HAN_D}\s?[日号])?"),
    Form(_VIETNAMESE, rf"\b[Nn]gày\s{_D}\stháng\s{_M_NUMBER}(?:[\s,]+(?:năm\s)?{_Y})?{_AFTER}"),
    Form(_DIGIT, rf"{_BEFORE}{_D}(?P<sep>[/.-])(?P<m>\d\d?)(?P=sep){_Y}(?!\d)"),
    Form(_VIETNAMESE, rf"\b[Nn]gày\s{_D}[/-]{_M_NUMBER}{_AFTER}"),
    Form("/", r"(?<![\w/.,-])(?P<d>[0-3]\d)(?P<sep>/)(?P<m>[0-3]\d)(?![\w/%]|[.,]\d)"),
    Form("/", rf"{_behind('on until since')}(?P<d>[0-3]?\d)(?P<sep>/)(?P<m>[0-3]?\d)(?![\w/%]|[.,]\d)"),
    Form(_VIETNAMESE, rf"\b[Tt]háng\s{_M_NUMBER}(?:[\s/,]+(?:năm\s)?{_Y})?{_AFTER}"),
    Form(_VIETNAMESE, rf"\b[Nn]ăm\s{_Y}{_AFTER}"),
    Form(
        _MONTH,
        rf"{_BEFORE}(?:{_D2}{_TH}\.?\s?(?:-|–|to|and|&|bis|und)\s?)?"
        rf"{_D}{_TH}\.?\s(?:of\s)?{_M}\.?(?:,?\s{_Y}{_AFTER})?",
    ),
    Form(
        _MONTH,
        rf"{_BEFORE}{_M}\.?\s{_D}{_TH}(?!\d|[.:]\d|,\d{{3}}|\s?%)"
        rf"(?:\s?(?:-|–|to|and|&)\s?{_D2}{_TH}{_AFTER})?(?:,?\s{_Y}{_AFTER})?",
    ),
    Form(_MONTH, rf"(?i:\b(?P<nth>{_NTH})\b)(?:\sday)?\sof\s{_M}(?:,?\s{_Y}{_AFTER})?"),
    Form(_MONTH, rf"{_BEFORE}{_M}\sthe\s(?i:(?P<nth>{_NTH})\b)(?:,?\s{_Y}{_AFTER})?"),
    Form(_MONTH, rf"{_BEFORE}{_M}\.?,?\s(?:of\s)?(?:{_Y}|['’](?P<short>\d\d)){_AFTER}"),
    Form(
        _MONTH,
        rf"{_BEFORE}(?P<month>(?!(?:Jan|Feb|Mar|Apr|May|Mai|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez)\b)"
        rf"(?:{MONTH_FORM}))\b",
    ),
    Form(
        _MAY,
        r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Bb]efore|[Aa]fter|[Bb]etween|[Tt]hrough|last|this|next|past|each"
        r"|every|early|late|mid|of|from|for|to|and|the|than|im)[\s-](?P<month>May|Mai)\b",
    ),
    Form(_WEEKDAY, rf"{_BEFORE}(?P<weekday>{alternatives(WEEKDAY_OF)})(?:s\b)?"),
    Form(
        _DIGIT,
        rf"(?:(?<![\w.,$€£¥/:#-])|(?<=\b[Mm]id-)|(?<=\b[Ll]ate-)|(?<=\b[Ee]arly-))(?!{_NO_OLD_YEAR}){_Y}(?:s\b)?(?![\w%]|[.,:]\d|-\d{{3}})",
    ),
    Form(_DIGIT, r"(?<!\w)['’](?P<decade>[2-9]0)s\b"),
    Form(_DIGIT, rf"(?<![\w/.-]){_M_NUMBER}/{_Y}(?![\w/])"),
    Form("FY", rf"\bFY\s?['’]?(?:{_Y}|(?P<short>\d\d)){_AFTER}"),
    Form("AD|CE", r"\bAD\s(?P<y>\d{1,4})(?!\w)|(?<![\w.,])(?P<y_ad>\d{1,4})\s?(?:AD|CE)\b"),
    Form(_DIGIT, rf"{_IN_YEAR}['’](?P<short>\d\d)(?![\w'’])"),
    Form("Q[1-4]", r"(?<=\bQ[1-4][/’'])(?P<short>\d\d)(?!\w)"),
    Form(_DECADE, rf"\b[Tt]he\s(?:(?:early|mid|late|middle)[\s-])?(?P<decade>{'|'.join(_DECADES)})\b"),
)
"""The fuller forms first."""

_THAT_YEAR = lazy_pattern(r",?\s(?:of\s)?(?:that|the\ssame)\syear\b")


def find_dates(text: str, published: date | None = None) -> list[DateMention]:
    """The dates of `text` (NFC) in order; words such as `yesterday` only where `published` tells what they mean."""
    taken = bytearray(len(text))
    found: list[DateMention] = []
    for match in chain.from_iterable(form.find(text) for form in _FORMS):
        start, end = _span_of(match)
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\1" * (end - start)
        found += _read(text, match)
    found += find_seasons(text, published)
    if published:
        relative = list(find_relative_dates(text, published))
        told = Cover(mention.span for mention in relative if mention.month and not mention.day)  # `August last year`
        found = [mention for mention in found if not (mention.month and mention.span.start in told)] + relative
    return sorted(found, key=lambda mention: mention.span)


def _span_of(match: re.Match[str]) -> Span:
    """The date without the preposition that showed it to be one (`in May`)."""
    parts = match.groupdict()
    start = match.start("month") if parts.get("month") and not parts.keys() & {"d", "nth"} else match.start()
    return Span(start, match.end())


def _read(text: str, match: re.Match[str]) -> list[DateMention]:
    parts = match.groupdict()
    span = _span_of(match)
    if parts.get("feast"):
        day = next(day for name, day in _FEASTS.items() if re.fullmatch(name, parts["feast"] or ""))
        return [DateMention(span, span.of(text), year=_year(parts), month=day[0], day=day[1])]
    month = MONTH_OF[parts["month"].casefold()] if parts.get("month") else _number(parts.get("m"))
    mention = DateMention(
        span,
        span.of(text),
        year=_year(parts),
        month=month,
        day=_DAYS_NAMED[parts["nth"].casefold().replace(" ", "-")] if parts.get("nth") else _number(parts.get("d")),
        weekday=WEEKDAY_OF[parts["weekday"].casefold()] if parts.get("weekday") else None,
        decade=bool(parts.get("decade")) or (match.group().endswith("0s") and month is None),
    )
    if parts.get("d2"):
        return [mention, replace(mention, day=_number(parts["d2"]))]
    if parts.get("sep"):
        return _orders(mention)
    return [mention]


def _year(parts: dict[str, str | None]) -> int | None:
    """The year; the first one of a decade (`the '90s`, `the nineties`)."""
    decade = parts.get("decade")
    if decade:
        return _DECADES[decade] if decade in _DECADES else 1900 + int(decade)
    return year_of(parts) or _number(parts.get("y_han") or parts.get("y_ad"))


def _number(digits: str | None) -> int | None:
    """The value of Arabic or Han digits."""
    if not digits:
        return None
    return int(digits) if digits.isdecimal() else int(value_of_han(digits))


def _orders(mention: DateMention) -> list[DateMention]:
    """`3/4/2023` read day first and month first, as far as both exist."""
    day, month = mention.day or 0, mention.month or 0
    readings = {(day, month), (month, day)}
    return [replace(mention, day=d, month=m) for d, m in sorted(readings) if 1 <= m <= 12 and d <= 31]


Parts = tuple[int | None, ...]
"""Year, month, day, weekday and season, each as far as it is said."""
MOST_PLACES = 200
"""Places of one date or figure that are kept: a source that has it more often has it. By hand, a bound of time."""


def _parts(mention: DateMention) -> Parts:
    return mention.year, mention.month, mention.day, mention.weekday, mention.season


class DateBook:
    """The dates that a source gives, its publication date among them."""

    def __init__(self, text: str, published: date | None = None) -> None:
        self.mentions = mentions = find_dates(text, published)
        known = [complete for mention in mentions for complete in _complete(mention, published)]
        known.sort(key=lambda mention: mention.span)
        known += _of_that_year(text, mentions)
        if published:
            known += find_counted_dates(text, known, published)
            day = DateMention(Span(0, 0), "", published.year, published.month, published.day, published.weekday())
            known.append(day)
        self.known = known
        """The dates with what the publication date adds to each, and that date itself, whose span is empty."""
        self._ahead = list(find_dates_ahead(text, published)) if published else []
        self._known = [_with_season(mention) for mention in known]
        self._winters = [other for mention in known if (other := _other_winter(mention))]
        self.years = {mention.year for mention in known} - {None}
        self._tables: dict[tuple[bool, ...], dict[Parts, list[tuple[int, Span]]]] = {}

    def where(self, mention: DateMention) -> list[Span]:
        """Where the source gives this date (an empty span is its publication date)."""
        parts = _parts(mention)
        table = self._table(tuple(part is not None for part in parts))
        found = table.get(parts, [])
        if mention.year in self.years and any(part is not None for part in parts[1:]):  # no year may be this one
            found = found + table.get((None, *parts[1:]), [])
        return [span for _, span in sorted(found)] or self._ends(mention)

    def _ends(self, mention: DateMention) -> list[Span]:
        """Where something takes a time that is over on this date; nobody names a month alone for that."""
        if mention.year is None and mention.day is None:
            return []
        parts = [(at, part) for at, part in enumerate(_parts(mention)) if part is not None]
        return [known.span for known in self._ahead if all(_parts(known)[at] == part for at, part in parts)]

    def _table(self, given: tuple[bool, ...]) -> dict[Parts, list[tuple[int, Span]]]:
        """The parts that are `given` of every known date -> the dates that have them, by number and place."""
        if given not in self._tables:
            table: dict[Parts, list[tuple[int, Span]]] = defaultdict(list)
            is_season = given[-1]
            for number, known in enumerate([*self._known, *(self._winters if is_season else ())]):
                held = tuple(part if asked else None for part, asked in zip(_parts(known), given, strict=True))
                if len(table[held]) < MOST_PLACES:
                    table[held].append((number, known.span))
            self._tables[given] = table
        return self._tables[given]


def _complete(mention: DateMention, published: date | None) -> list[DateMention]:
    """The mention with what the publication date adds: a year to `July 18`, a date to `Tuesday`."""
    if published is None or published.year not in COUNTED_YEARS:
        return [mention]
    if mention.weekday is not None and mention.day is None:
        back = (published.weekday() - mention.weekday) % 7
        days = (published - timedelta(days=back), published + timedelta(days=(7 - back) % 7 or 7))
        return [replace(mention, year=day.year, month=day.month, day=day.day) for day in days]
    if mention.year is None and mention.season is not None:
        return [mention, *(replace(mention, year=published.year + shift) for shift in (-1, 0, 1))]
    if mention.year is None and mention.month is not None:
        year = _nearest_year(mention.month, published)
        ahead = mention.month > published.month and year == published.year and mention.day is None
        mention = replace(mention, year=year)
        if ahead:  # `she left in August`, a page of April says
            return [mention, replace(mention, year=year - 1)]
    if mention.year and mention.month and mention.day and mention.weekday is None:
        return [replace(mention, weekday=_weekday(mention.year, mention.month, mention.day))]
    return [mention]


def _of_that_year(text: str, mentions: Sequence[DateMention]) -> Iterator[DateMention]:
    """`October of that year` with the last year that was named before."""
    year: int | None = None
    for mention in mentions:
        if mention.year is not None and not mention.relative:
            year = mention.year
        elif year and mention.month and mention.year is None and _THAT_YEAR.match(text, mention.span.end):
            yield replace(mention, year=year)


def _with_season(mention: DateMention) -> DateMention:
    return mention if mention.month is None else replace(mention, season=season_of(mention.month))


def _other_winter(mention: DateMention) -> DateMention | None:
    """The winter that a month of it is in, by its other year; of the date itself that is no year."""
    if mention.month is None or mention.year is None or season_of(mention.month) != WINTER:
        return None
    year = mention.year + (1 if mention.month == 12 else -1)
    return DateMention(mention.span, mention.text, year=year, season=WINTER)


def _nearest_year(month: int, published: date) -> int:
    """The year in which `month` lies nearest to the publication: articles rarely mean another without saying so."""
    distance = month - published.month
    return published.year + (1 if distance < -6 else -1 if distance > 6 else 0)


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None
