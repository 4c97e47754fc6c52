"""The dates that a reader sees beside the headline."""

from lxml.html import HtmlElement

from enrich.source.markup import read_line

_ELSEWHERE = frozenset({"aside", "nav", "footer"})


def read_shown_dates(tree: HtmlElement) -> list[str]:
    """What the ``<time>`` element nearest to the headline shows and states, in this order.

    Other ``<time>`` elements date other articles, comments or changes.
    """
    order = {element: at for at, element in enumerate(tree.iter())}
    headline = next((order[heading] for heading in tree.iter("h1")), 0)
    times = [time for time in tree.iter("time") if not _dates_something_else(time)]
    times.sort(key=lambda time: (not _is_marked(time), abs(order[time] - headline)))
    return [value for time in times[:1] for value in (read_line(time), time.get("datetime", "").strip()) if value]


def _is_marked(time: HtmlElement) -> bool:
    """Whether the element says of itself that it is the date of publication."""
    return "datePublished" in time.get("itemprop", "") or "pubdate" in time.attrib


def _dates_something_else(time: HtmlElement) -> bool:
    marks = f"{time.get('itemprop', '')} {time.get('class', '')}".lower()
    if ("modified" in marks or "updated" in marks) and "publish" not in marks:
        return True
    return any(parent.tag in _ELSEWHERE for parent in time.iterancestors())
