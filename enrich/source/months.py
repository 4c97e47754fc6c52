"""How dates are written in a language: the names of its months and the order of day and month, from CLDR."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from enrich.text.pattern import lazy_pattern

if TYPE_CHECKING:
    from babel import Locale

_VARIANTS = {"ar": ("ar", "ar_LB", "ar_DZ", "ar_MA"), "en": ("en", "en_GB"), "no": ("nb",), "sr": ("sr", "sr_Latn")}
"""Locales whose months have other names than those of their language: Levant and Maghreb for Arabic."""
_SHORTEST = 3
"""Letters of a month's name that are read as its abbreviation when no other month begins so."""
_YEAR = r"(?P<y>(?:19|20)\d\d|25[3-9]\d)"
_DAY = r"(?<!\d)(?P<d>\d\d?)(?!\d)"
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|ª|°|\.|-?[еогй]{1,2})?"
_UNSPACED = lazy_pattern("[\\d\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7a3]")


@cache
def month_patterns(locale: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of dates with a month's name in the locale's language or English; groups ``y``, ``m`` and ``d``."""
    names = sorted(_month_names(locale), key=len, reverse=True)
    month = "(?P<m>" + "|".join(map(_bounded, names)) + ")"
    forms = (
        rf"{_DAY}{_ORDINAL}[^\d\n]{{0,8}}?{month}\.?[^\d\n]{{0,9}}?{_YEAR}",
        rf"{month}\.?[^\d\n]{{0,4}}?{_DAY}{_ORDINAL}[^\d\n]{{1,7}}?{_YEAR}",
        rf"{_YEAR}[^\d\n]{{0,9}}?{month}\.?[^\d\n]{{0,4}}?{_DAY}",
    )
    return tuple(re.compile(form, re.I) for form in forms)


def month_number(name: str, locale: str) -> int:
    """1 to 12; 0 when nothing is called so."""
    return _month_names(locale).get(name.lower().rstrip("."), 0)


@cache
def day_order(locale: str) -> str:
    """``dmy``, ``mdy`` or ``ymd``; empty when the locale is unknown."""
    found = _find_locale(locale)
    if found is None:
        return ""
    pattern = found.date_formats["short"].pattern
    return "".join(sorted("dmy", key=pattern.lower().index))


@cache
def _month_names(locale: str) -> dict[str, int]:
    names: dict[str, int] = {}
    for tag in _locales(locale):
        found = _find_locale(tag)
        if found is not None:
            for name, number in _names_in(found):
                names.setdefault(name, number)
    return names


def _names_in(locale: "Locale") -> Iterator[tuple[str, int]]:
    wide = dict(locale.months["format"]["wide"])
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in locale.months[context][width].items():
                if not name.isdigit():
                    yield name.lower().rstrip("."), number
    yield from _abbreviations({number: name.lower() for number, name in wide.items()})


def _abbreviations(wide: dict[int, str]) -> Iterator[tuple[str, int]]:
    """Beginnings of names that no other month has, as `sept` and `märz` are."""
    for number, name in wide.items():
        if name.isalpha() and not _UNSPACED.search(name):
            others = [other for month, other in wide.items() if month != number]
            for length in range(_SHORTEST, len(name)):
                if not any(other.startswith(name[:length]) for other in others):
                    yield name[:length], number


def _locales(locale: str) -> Iterable[str]:
    language = locale.partition("-")[0]
    tags = [*([locale] if locale else []), *_VARIANTS.get(language, (language,) if language else ()), *_VARIANTS["en"]]
    return dict.fromkeys(tags)


def _find_locale(tag: str) -> "Locale | None":
    """The locale of a tag such as `pt-BR`, or of its language alone."""
    from babel import Locale, UnknownLocaleError  # its tables are read only where a page has dates

    language = tag.replace("_", "-").partition("-")[0]
    for name in (tag.replace("-", "_"), language, *_VARIANTS.get(language, ())):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return None


def _bounded(name: str) -> str:
    """A name as a whole word; scripts without spaces have no words to end."""
    before = r"(?<!\d)" if name[0].isdigit() else "" if _UNSPACED.match(name) else r"(?<![^\W\d_])"
    after = r"(?!\d)" if name[-1].isdigit() else "" if _UNSPACED.match(name[-1]) else r"(?![^\W\d_])"
    return before + re.escape(name) + after
