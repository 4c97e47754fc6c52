"""The date of publication, out of the several that a page carries."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from msgspec import Struct

from enrich.source.months import day_order, month_number, month_patterns
from enrich.text.pattern import lazy_pattern

FIRST_DAY = date(1995, 1, 1)
"""By hand: hardly a page that is still there is older, while 1970 stands where no date was known."""
_ONE_DAY = timedelta(days=1)
"""By which a day in UTC and the same day at home differ at most."""
_BUDDHIST = 543
"""Years by which the calendar of Thailand is ahead."""
_FIRST_BUDDHIST = 2500
"""A year from which it is one of that calendar: 1957."""
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
"""The year before the first one of an era."""
_YEAR = r"(?:(?:19|20)\d\d|25[3-9]\d)"
_ISO = lazy_pattern(
    rf"^({_YEAR})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::\d\d(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?",
    re.I,
)
_NUMERIC = tuple(
    lazy_pattern(pattern)
    for pattern in (
        rf"(?<!\d)(?P<y>{_YEAR})[-/.] ?(?P<m>\d\d?)[-/.] ?(?P<d>\d\d?)(?!\d)",
        rf"(?P<y>{_YEAR}) ?[年년] ?(?P<m>\d\d?) ?[月월] ?(?P<d>\d\d?) ?[日일]",
        r"(?P<era>令和|平成|民國|民国) ?(?P<y>\d{1,3}|元)年 ?(?P<m>\d\d?)月 ?(?P<d>\d\d?)日",
        rf"(?<!\d)(?P<d>\d\d?) +tháng +(?P<m>\d\d?)[, ]+(?:năm +)?(?P<y>{_YEAR})",
        rf"^(?P<y>{_YEAR})(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
    )
)
_SLASHED = lazy_pattern(rf"(?<![\d.])(\d\d?)([./-]) ?(\d\d?)\2 ?({_YEAR})(?!\d)")
_SHORT_YEAR = lazy_pattern(r"^\W*(\d\d?)([./])(\d\d?)\2(\d\d)(?=$|[ ,;|])")
_IN_ADDRESS = (
    lazy_pattern(rf"[/_-](?P<y>{_YEAR})[/_-](?P<m>\d\d?)[/_-](?P<d>\d\d?)(?=[/_.-]|$)"),
    lazy_pattern(rf"/(?P<y>{_YEAR})/(?P<m>[a-z]{{3,9}})/(?P<d>\d\d?)(?=/|$)", re.I),
    lazy_pattern(rf"(?<!\d)(?P<y>{_YEAR})(?P<m>\d\d)(?P<d>\d\d)(?!\d)"),
)
_DIGIT = lazy_pattern(r"\d")
_BREAKS = lazy_pattern(r"[|•·;()（）\[\]【】–—\n]")
_CHANGED = lazy_pattern(
    r"updat|modif|edited|revis|\blast\b|changed|aktuali[sz]|geändert|überarbeitet|mise? à jour|\bmaj\b|actuali[sz]ad"
    r"|actualisé|atualizad|aggiorna|bijgewerkt|gewijzigd|cập nhật|chỉnh sửa|обновл|изменен|оновлен|تحديث|محدث|تعديل"
    r"|更新|修正|수정|업데이트"
    r"|joined|member since|registered|mitglied seit|inscrit depuis|copyright"
    r"|güncelle|zaktualizowan|uppdatera|opdatere|oppdatert|päivitetty|frissít|ενημερ|diperbarui|עודכן",
    re.I,
)
_ISSUED = lazy_pattern(
    r"publi|posted|released|issued|veröffentlicht|erschienen|pubblicat|gepubliceerd|geplaatst|xuất bản|đăng lúc"
    r"|опубликован|نشر|公開|掲載|发布|發布|发表|입력|등록|게시|yayın|opublikowan",
    re.I,
)
_CHANGED_AFTER = lazy_pattern(
    r"(?:に)?(?:最終)?(?:更新|修正|수정|업데이트)(?! ?[:：])| (?:更新|修正|수정|업데이트)(?! ?[:：\d])"
)


class Stamp(NamedTuple):
    """A date as it was written, and whether it says when in the day."""

    day: date
    """The day in the writer's own zone, or in UTC when that is the zone that was written."""
    floating: bool = False
    """With a time of day in UTC or in no zone at all: the reader's day may be one off."""


class Dated(NamedTuple):
    """A date in a line."""

    stamp: Stamp
    changed: bool
    """Whether the line calls it the date of a change, or of something else than the article."""
    issued: bool = False
    """Whether the line calls it the date of publication."""


class Evidence(Struct, frozen=True):
    """What a page says about when it was published."""

    stated: Sequence[tuple[str, str]] = ()
    """(origin, value) of its statements, the most trusted first."""
    shown: Sequence[str] = ()
    """Dates that a reader sees beside the headline."""
    url: str = ""
    locale: str = ""
    """The page's language and country (`en-GB`), as far as they are known."""


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
    local_days = chain(
        [in_address] if in_address else [], (stamp.day for stamp in _shown(evidence, today) if not stamp.floating)
    )
    for origin, value in evidence.stated:
        stamp = parse_stamp(value, evidence.locale)
        if stamp and _plausible(stamp.day, today):
            return _local(stamp, origin, in_address, local_days)
    for stamp in _shown(evidence, today):
        return _local(stamp, "shown", in_address, local_days)
    return Published(in_address, "address") if in_address else Published(None, "unknown")


def _shown(evidence: Evidence, today: date) -> Iterator[Stamp]:
    """The plausible dates that a reader sees: looked for as they are asked for, since the names of months take time."""
    for text in evidence.shown:
        stamp = parse_stamp(text, evidence.locale)
        if stamp and _plausible(stamp.day, today):
            yield stamp


def parse_stamp(text: str, locale: str = "") -> Stamp | None:
    """Read a date or a timestamp: ISO 8601, seconds since 1970, or the first date of publication in a line of words."""
    text = " ".join(text.split())
    iso = _ISO.match(text)
    if iso:
        day = _make_date(iso[1], iso[2], iso[3])
        zone = (iso[6] or "").upper()
        in_utc = zone in ("", "Z", "UTC", "GMT") or not zone.strip("+-:0")
        return Stamp(day, floating=bool(iso[4]) and in_utc) if day else None
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return Stamp(datetime.fromtimestamp(int(text[:10]), UTC).date(), floating=True)
    return next((dated.stamp for dated in find_dates(text, locale) if not dated.changed), None)


def find_dates(text: str, locale: str = "") -> list[Dated]:
    """The dates in a line, in the line's order: in digits, and in the words of the locale's language and of English.

    Two numbers before a year are read in the locale's order; with no locale only when one of them cannot be a month.
    """
    text = " ".join(text.split())
    if not text.isascii():
        text = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    if not _DIGIT.search(text):
        return []
    spans = sorted(_written_dates(text, locale), key=lambda found: (found[0], -found[1]))
    found: list[Dated] = []
    end = 0
    for start, stop, day in spans:
        if start >= end:
            behind = _CHANGED_AFTER.match(text, stop)
            before = _BREAKS.split(text[end:start])[-1]
            changed = bool(behind or _CHANGED.search(before))
            found.append(Dated(Stamp(day), changed, not changed and bool(_ISSUED.search(before))))
            end = behind.end() if behind else stop
    return found


def find_date_in_address(url: str) -> date | None:
    """The day that an address names, such as ``/2019/11/18/`` or ``-20191118-``."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]
    for pattern in _IN_ADDRESS:
        for match in pattern.finditer("/" + path):
            month = match["m"] if match["m"].isdigit() else str(month_number(match["m"], ""))
            day = _make_date(match["y"], month, match["d"])
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


def is_plausible(day: date, today: date) -> bool:
    """Whether a web page can be of a day: not before 1995, and not later than tomorrow."""
    return FIRST_DAY <= day <= today + _ONE_DAY


def _plausible(day: date | None, today: date) -> date | None:
    return day if day and is_plausible(day, today) else None


def _written_dates(text: str, locale: str) -> Iterator[tuple[int, int, date]]:
    """Start, end and day of everything in a line that can be read as a date; they may overlap."""
    for pattern in (*_NUMERIC, *month_patterns(locale)):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = groups["m"] if groups["m"].isdigit() else str(month_number(groups["m"], locale))
            day = _make_date(_year(groups["y"], groups.get("era") or ""), month, groups["d"])
            if day:
                yield *match.span(), day
    for pattern, century in ((_SLASHED, ""), (_SHORT_YEAR, "20")):
        for match in pattern.finditer(text):
            day = _by_order(match[1], match[3], century + match[4], "dmy" if match[2] == "." else day_order(locale))
            if day:
                yield *match.span(), day


def _by_order(first: str, second: str, year: str, order: str) -> date | None:
    if int(first) > 12 or first == second:
        order = "dmy"
    elif int(second) > 12:
        order = "mdy"
    if order == "dmy":
        return _make_date(year, second, first)
    return _make_date(year, first, second) if order == "mdy" else None


def _year(text: str, era: str) -> str:
    if era:
        return str(_ERAS[era] + (1 if text == "元" else int(text)))
    return str(int(text) - _BUDDHIST) if int(text) >= _FIRST_BUDDHIST else text


def _make_date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
