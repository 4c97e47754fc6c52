"""Who wrote it: names out of statements and bylines."""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from enrich.source.markup import read_line
from enrich.source.title import clean_title, fold_name

_BY = re.compile(r"^(?:(?:written|posted|reported|story|words)\s+by|by|von|par|por|di)\b[\s:]*", re.I)
_REST = re.compile(
    r"\s*(?:[|•·/@(\n]|\s[–—-]\s|\b(?:published|updated|posted|last|on|in)\b|\d"
    r"|,?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s*\d).*$",
    re.I,
)
_BETWEEN = re.compile(r"\s*[;\n]\s*|\s*,?\s+(?:and|und|et|y|và)\s+|\s+&\s+")
_ROLE = re.compile(
    r"\b(?:staff|writer|editor|reporter|correspondent|columnist|contributor|contributing|producer|guest|senior|team)\b",
    re.I,
)
_ADDRESS = re.compile(r"https?:|\S+@\S+$", re.I)
_NO_NAME = re.compile(r"https?:|www\.|@|[\d{}<>]|\.(?:com|org|net)\b", re.I)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|authors?|writer)(?:$|[\s_-])|(?:^|\s)\w*(?:Byline|Author)(?:Name)?(?:\s|$)"
)
_LONGEST_NAME = 6
_LONGEST_BYLINE = 20
_BYLINES = 12


def choose_author(statements: Iterable[list[str]], tree: HtmlElement, site_names: frozenset[str]) -> str:
    """The authors' names, separated by ``; ``; empty when the page names nobody.

    ``statements`` are the page's own lists of names, the most trusted first. A statement that only repeats the site's
    name gives way to a byline, and stands when there is none.
    """
    house = ""
    for names in (*statements, *_bylines(tree)):
        found = list(dict.fromkeys(name for text in names for name in split_names(text)))
        people = [name for name in found if fold_name(name) not in site_names]
        if people:
            return "; ".join(people)
        house = house or "; ".join(found)
    return house


def split_names(text: str) -> list[str]:
    """The names in a statement or byline, without `By`, roles, dates and addresses."""
    if _ADDRESS.match(text.strip()):
        return []
    text = _REST.sub("", _BY.sub("", clean_title(text)))
    names: list[str] = []
    for part in _BETWEEN.split(text):
        pieces = [piece.strip() for piece in part.split(",")]
        full = [piece for piece in pieces if len(piece.split()) > 1]  # "Jane Roe, Reuters", but "Roe, Jane" is whole
        names.extend(full if full and " " in pieces[0] else [part.strip(" ,")])
    return [name for name in (name.strip(" .,:") for name in names) if _is_name(name)]


def _is_name(text: str) -> bool:
    return bool(text) and len(text.split()) <= _LONGEST_NAME and not _NO_NAME.search(text) and not _ROLE.search(text)


def _bylines(tree: HtmlElement) -> Iterator[list[str]]:
    """Texts of the first elements that look like a byline, the names that are links first."""
    found = [element for element in tree.iter("p", "div", "span", "a", "address", "li") if _is_byline(element)]
    for element in found[:_BYLINES]:
        links = [read_line(link) for link in element.iter("a")]
        pieces = [piece.strip() for piece in element.itertext() if piece.strip() and not _ROLE.search(piece)]
        yield [link for link in links if link] or [" ".join(pieces)]


def _is_byline(element: HtmlElement) -> bool:
    if element.get("rel") != "author" and not _BYLINE_CLASS.search(element.get("class", "")):
        return False
    return 0 < len(read_line(element).split()) <= _LONGEST_BYLINE
