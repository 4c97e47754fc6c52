"""The dates that a reader sees beside the headline."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from enrich.source.block import Block
from enrich.source.dates import find_dates
from enrich.source.markup import read_line
from enrich.source.surroundings import Surroundings
from enrich.text.pattern import lazy_pattern

_TIMES = ("time", "relative-time", "local-time", "time-ago", "abbr")
_LEAVES = ("span", "small", "div", "p", "td")
_PUBLISHED = lazy_pattern(r"(?:^|\s)(?:dt-)?published(?:\s|$)")
_CHANGED = lazy_pattern(r"modified|updated", re.I)
_DATELINE_WORDS = 24
"""Words of a line with a date. By hand: a sentence with a date is longer; fixtures/pages are dated alike from 24 to
40."""
_OPENED = lazy_pattern(r".{6,70}?(?=\s?[–—/]|\s--?\s)")
_COPYRIGHT = lazy_pattern(r"©|\(c\)|copyright", re.I)


def read_shown_dates(tree: HtmlElement, around: Surroundings, locale: str = "") -> list[str]:
    """What dates the article as its reader sees it, the most telling first; empty when nothing does.

    An element that says of itself that it is the date of publication comes first, then the dateline, in a ``<time>`` or
    as plain text above or below the article, then the ``<time>`` nearest to the headline. Dates of other stories, of
    comments and of changes are none.
    """
    times = [time for time in tree.iter(*_TIMES) if not _dates_something_else(time, around)]
    times.sort(key=lambda time: abs(around.order[time] - around.at))
    marked = [time for time in times if _is_marked(time)]
    if marked:
        return _values(marked[0])
    dated = (block for block in around.foot() if find_dates(block.text, locale))
    for block in [*around.head(), *dated]:
        found = _read_dateline(block, locale)
        if found:
            return found
    if opening := _read_opening(around.opening, locale):
        return opening
    return next((values for time in times if time.tag != "abbr" and (values := _values(time))), [])


def drop_other_dates(tree: HtmlElement, around: Surroundings) -> None:
    """Remove the short texts of other stories, in place: a date is guessed from what is left."""
    for element in tree.iter(*_TIMES, *_LEAVES):
        if len(element) == 0 and around.is_others(element):
            element.text = None
            element.attrib.clear()


def _read_dateline(block: Block, locale: str) -> list[str]:
    """The dates of a short line, as they are shown and as its elements state them."""
    if block.words > _DATELINE_WORDS or _COPYRIGHT.search(block.text):
        return []
    dates = find_dates(block.text, locale)
    dates.sort(key=lambda dated: not dated.issued)
    published = [str(dated.stamp.day) for dated in dates if not dated.changed]
    times = [time for time in block.element.iter(*_TIMES) if read_line(time) in block.text and not _is_changed(time)]
    stated = [value for time in times for value in _values(time)]
    return [*published, *stated] if published or not dates else []


def _read_opening(text: str, locale: str) -> list[str]:
    """The date with which a press release opens: `CITY, March 5, 2024 /Agency/ -- `."""
    place = _OPENED.match(text)
    return [str(dated.stamp.day) for dated in find_dates(place[0], locale)][:1] if place else []


def _values(time: HtmlElement) -> list[str]:
    shown = [read_line(time)] if time.tag != "abbr" else []
    return [value for value in (*shown, time.get("datetime", "").strip(), *_title(time)) if value]


def _title(time: HtmlElement) -> Iterator[str]:
    if time.tag == "abbr" or "datetime" not in time.attrib:
        yield time.get("title", "").strip()


def _is_marked(time: HtmlElement) -> bool:
    """Whether the element says of itself that it is the date of publication."""
    return (
        "datePublished" in time.get("itemprop", "")
        or "pubdate" in time.attrib
        or bool(_PUBLISHED.search(time.get("class", "")))
    ) and bool(_values(time))


def _is_changed(time: HtmlElement) -> bool:
    marks = f"{time.get('itemprop', '')} {time.get('class', '')}".lower()
    return bool(_CHANGED.search(marks)) and "publish" not in marks


def _dates_something_else(time: HtmlElement, around: Surroundings) -> bool:
    return _is_changed(time) or around.is_others(time)
