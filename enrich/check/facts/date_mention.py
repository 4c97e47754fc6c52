"""A date as it stands in a text, and the names of months and weekdays."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from enrich.text.span import Span


class DateMention(Struct, frozen=True):
    """A date as it stands in a text; what it does not say is None."""

    span: Span
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    season: int | None = None
    """0 is winter; with no month, `autumn` says no more."""
    decade: bool = False
    """Ten years, of which `year` is the first: `the nineties`, `the 1990s`."""
    relative: bool = False
    """Written in words, as `yesterday` or `last year`: the other parts are what the publication date makes of it."""


_MONTHS = """
january januar jan jänner|february februar feb|march märz mar|april apr|may mai|june juni jun|july juli jul|
august aug|september sept sep|october oktober oct okt|november nov|december dezember dec dez
""".split("|")
_WEEKDAYS = """
monday montag 周一 星期一|tuesday dienstag 周二 星期二|wednesday mittwoch 周三 星期三|thursday donnerstag 周四 星期四|
friday freitag 周五 星期五|saturday samstag sonnabend 周六 星期六|sunday sonntag 周日 星期日
""".split("|")
MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
MONTH_FORM = (
    "Jan(?:uary|uar)?|Jänner|Feb(?:ruary|ruar)?|M(?:ar(?:ch)?|ärz|ay|ai)|Apr(?:il)?|Jun[ei]?|Jul[yi]?|Aug(?:ust)?"
    "|Sep(?:t(?:ember)?)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?"
)
"""The names of `MONTH_OF` as a pattern: five forms hold it, and this one is compiled quickly."""

_FIRST_OF_NINETEEN = 45
"""From '45 on two digits of a year are of the twentieth century, and of this one before."""


def alternatives(words: Iterable[str]) -> str:
    """The words, as names are written, between bars; the longer ones first, as a pattern needs them."""
    return "|".join(sorted((word.capitalize() for word in words), key=len, reverse=True))


def year_of(parts: Mapping[str, str | None]) -> int | None:
    """The year in four digits, or in two behind an apostrophe; None where neither is said."""
    if short := parts.get("short"):
        return int(short) + (2000 if int(short) < _FIRST_OF_NINETEEN else 1900)
    return int(year) if (year := parts.get("y")) else None
