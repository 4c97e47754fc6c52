"""The dates that a reader sees beside the headline."""

from itertools import islice, takewhile

from lxml.html import HtmlElement

from enrich.source.dates import parse_stamp
from enrich.source.markup import read_blocks, read_line
from enrich.text.words import count_words

_ELSEWHERE = frozenset({"aside", "nav", "footer"})
_CHANGED = ("updated", "modified", "last", "aktualisiert", "cập nhật", "更新")
_BLOCKS_BELOW = 8
_DATELINE_WORDS = 14


def read_shown_dates(tree: HtmlElement) -> list[str]:
    """What the ``<time>`` element nearest to the headline shows and states, in this order.

    Other ``<time>`` elements date other articles, comments or changes. A page without one may have a dateline.
    """
    order = {element: at for at, element in enumerate(tree.iter())}
    headline = next((order[heading] for heading in tree.iter("h1")), 0)
    times = [time for time in tree.iter("time") if not _dates_something_else(time)]
    times.sort(key=lambda time: (not _is_marked(time), abs(order[time] - headline)))
    if not times:
        return _read_datelines(tree)
    return [value for value in (read_line(times[0]), times[0].get("datetime", "").strip()) if value]


def _read_datelines(tree: HtmlElement) -> list[str]:
    """Short lines with a date right below the headline, unless they date a change."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return []
    blocks = read_blocks(tree)
    start = blocks.index(read_line(heading)) + 1 if read_line(heading) in blocks else len(blocks)
    below = islice(blocks, start, start + _BLOCKS_BELOW)
    short = takewhile(lambda line: count_words(line) <= _DATELINE_WORDS, below)  # a long one is the article's first
    return [line for line in short if parse_stamp(line) and not any(word in line.lower() for word in _CHANGED)]


def _is_marked(time: HtmlElement) -> bool:
    """Whether the element says of itself that it is the date of publication."""
    return "datePublished" in time.get("itemprop", "") or "pubdate" in time.attrib


def _dates_something_else(time: HtmlElement) -> bool:
    marks = f"{time.get('itemprop', '')} {time.get('class', '')}".lower()
    if ("modified" in marks or "updated" in marks) and "publish" not in marks:
        return True
    return any(parent.tag in _ELSEWHERE for parent in time.iterancestors())
