"""Seasons of a text, in English, German and Vietnamese: `last autumn`, `the winter of 2020`, `im Frühjahr 2024`.

A season is said in many ways and means no day, so that one word alone counts only behind a word of time.
"""

import re
from collections.abc import Iterator
from datetime import date

from enrich.check.facts.date_mention import DateMention, year_of
from enrich.check.facts.form import Form
from enrich.text.span import Span

WINTER, SPRING, SUMMER, AUTUMN = range(4)
"""In the order of a year."""
_SEASONS = {
    "winter": WINTER, "spring": SPRING, "summer": SUMMER, "autumn": AUTUMN, "fall": AUTUMN, "frühling": SPRING,
    "frühjahr": SPRING, "sommer": SUMMER, "herbst": AUTUMN, "xuân": SPRING, "hè": SUMMER, "thu": AUTUMN,
    "đông": WINTER,
}  # fmt: skip
_MIDDLE = {WINTER: 1, SPRING: 4, SUMMER: 7, AUTUMN: 10}
_SHIFTS = {"last": -1, "past": -1, "next": 1, "coming": 1, "letzten": -1, "vergangenen": -1, "nächsten": 1}
_NAMES = "spring|summer|autumn|winter|frühling|frühjahr|sommer|herbst"
_TIME = (
    r"in|since|until|till|by|during|from|for|over|before|after|early|late|mid|of|the|that|this|seit|im|diesen|"
    + "|".join(_SHIFTS)
)
_YEAR = r"(?:,?\s(?:of\s)?(?:(?P<y>1[0-9]\d\d|20\d\d)|['’](?P<short>\d\d))(?![\w'’]))"
_FORMS = (
    Form(_NAMES, rf"\b(?P<shift>{_TIME})[\s-](?P<season>{_NAMES})\b(?!\s(?-i:[A-Z])){_YEAR}?", re.IGNORECASE),
    Form(_NAMES, rf"(?<![\w-])(?P<season>{_NAMES}){_YEAR}", re.IGNORECASE),
    Form(
        "fall",
        rf"\b(?P<shift>last|this|next|in\sthe)\s(?P<season>fall)\b(?!\sof\s[a-z]){_YEAR}?",
        re.IGNORECASE,
    ),
    Form("fall", rf"\b(?P<season>fall){_YEAR}", re.IGNORECASE),
    Form("mùa", r"\bmùa\s(?P<season>xuân|hè|thu|đông)\b(?:\s(?:năm\s)?(?P<y>20\d\d)\b)?", re.IGNORECASE),
)


def season_of(month: int) -> int:
    """The season that a month belongs to, of the northern year: December to February are winter."""
    return month % 12 // 3


def find_seasons(text: str, published: date | None) -> Iterator[DateMention]:
    """The seasons of a text; `last` and `next` ones with the year that the publication date makes of them."""
    found: dict[int, re.Match[str]] = {}
    for form in _FORMS:
        for match in form.find(text):
            found.setdefault(match.start("season"), match)
    for match in found.values():
        parts = {name: said.casefold() for name, said in match.groupdict().items() if said}
        season, span = _SEASONS[parts["season"]], Span(*match.span())
        shift = _SHIFTS.get(parts.get("shift", ""), 0)
        year = year_of(parts) or _year(season, shift, published)
        yield DateMention(span, span.of(text), year=year, season=season, relative=True)


def _year(season: int, shift: int, published: date | None) -> int | None:
    """The year of the `last` or `next` one; of one that is named alone the page says nothing."""
    if published is None or not shift:
        return None
    month = _MIDDLE[season]
    if shift < 0:
        return published.year - (month >= published.month)
    return published.year + (month <= published.month)
