"""Who wrote it: names out of statements and bylines."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from enrich.source.markup import read_line
from enrich.source.surroundings import Surroundings
from enrich.source.title import clean_title, fold_name
from enrich.text.pattern import lazy_pattern

_BY = lazy_pattern(
    r"^(?:(?:written|posted|reported|published|story|words|geschrieben|verfasst|écrit|escrito|scritto)\s+)?"
    r"(?:(?:by|von|par|por|di|door|bởi|przez)\b|(?:автор|текст|作者|文|記者|记者|執筆|글)\s*[:：/])[\s:：]*",
    re.I,
)
_REST = lazy_pattern(
    r"\s*(?:[|•·/@(\n]|\s[–—-]\s|\b(?:published|updated|posted|last|on|in)\b|\d"
    r"|,?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s*\d).*$",
    re.I,
)
_BETWEEN = lazy_pattern(r"\s*[;\n]\s*|\s*,?\s+(?:and|und|et|y|và)\s+|\s+&\s+")
_ROLE = lazy_pattern(
    r"\b(?:staff|writer|editor|reporter|correspondent|columnist|contributor|contributing|producer|guest|senior|team)\b",
    re.I,
)
_ADDRESS = lazy_pattern(r"https?:|\S+@\S+$", re.I)
_NO_NAME = lazy_pattern(r"https?:|www\.|@|[\d{}<>]|\.(?:com|org|net)\b", re.I)
_BYLINE_CLASS = lazy_pattern(
    r"(?:^|[\s_-])(?:byline|authors?|writer)(?:$|[\s_-])|(?:^|\s)\w*(?:Byline|Author)(?:Name)?(?:\s|$)"
)
_GIVEN_LAST = lazy_pattern(r"[^\W\d_a-z][\w'’-]+, [^\W\d_a-z][\w'’.-]*(?: [^\W\d_a-z][\w'’.-]*)?")
_NOBODY = frozenset(
    """
    admin|administrator|anonym|anonyme|anonymous|anónimo|author|autor|auteur|autore|автор|guest|gast|invité|invitado
    |редакция|name|nom|nombre|nome|unknown|user|webmaster|root|null|none|undefined|n/a|nan|me|your name|guest user
    |guest author|post author|the author|leave a comment
    """.replace("\n    ", "").split("|")
)
_LONGEST_NAME = 6
"""Words of a person's name. By hand: a longer one is a sentence; fixtures/pages are read alike from 3 to 12."""
_LONGEST_BYLINE = 20
"""Words of a byline, roles and dates included. By hand; fixtures/pages are read alike from 6 to 40."""
_BYLINES = 12
"""Elements that call themselves bylines, of which the first are read. By hand, a bound of time."""


def choose_author(statements: Iterable[list[str]], bylines: Iterable[list[str]], site_names: frozenset[str]) -> str:
    """The authors' names, separated by ``; ``; empty when the page names nobody.

    ``statements`` are the page's own lists of names, the most trusted first. A statement that only repeats the site's
    name gives way to a byline, and stands when there is none.
    """
    house = ""
    for names in (*statements, *bylines):
        found = list(dict.fromkeys(name for text in names for name in split_names(text)))
        people = [name for name in found if fold_name(name) not in site_names]
        if people:
            return "; ".join(people)
        house = house or "; ".join(found)
    return house


def read_bylines(tree: HtmlElement, around: Surroundings) -> Iterator[list[str]]:
    """What the page shows of its authors: elements that say that they are a byline, then lines that begin with `By`.

    What stands in a comment, a quotation, a form or another story names its own author.
    """
    found = [element for element in tree.iter("p", "div", "span", "a", "address", "li") if _is_byline(element)]
    mine = (element for element in found if not around.is_others(element))
    for element in islice(mine, _BYLINES):
        links = [read_line(link) for link in element.iter("a")]
        pieces = [piece.strip() for piece in element.itertext() if piece.strip() and not _ROLE.search(piece)]
        yield [link for link in links if link and not _ADDRESS.match(link)] or [
            " ".join(piece for piece in pieces if not _ADDRESS.match(piece))
        ]
    for block in [*around.head(), *around.foot()]:
        if _BY.match(block.text) and block.words <= _LONGEST_BYLINE:
            yield [block.text]


def split_names(text: str) -> list[str]:
    """The names in a statement or byline, without `By`, roles, dates and addresses."""
    if _ADDRESS.match(text.strip()):
        return []
    text = _REST.sub("", _BY.sub("", clean_title(text)))
    names: list[str] = []
    for part in _BETWEEN.split(text):
        pieces = [piece.strip() for piece in part.split(",")]
        full = [piece for piece in pieces if len(piece.split()) > 1]
        if len(pieces) == 2 and _GIVEN_LAST.fullmatch(part.strip()):  # "Roe, Jane" is one name
            names.append(f"{pieces[1]} {pieces[0]}")
        else:
            names.extend(full if full and " " in pieces[0] else [part.strip(" ,")])
    return [name for name in (name.strip(" .,:") for name in names) if _is_name(name)]


def _is_name(text: str) -> bool:
    if text.casefold() in _NOBODY or not any(map(str.isalpha, text)):
        return False
    return len(text.split()) <= _LONGEST_NAME and not _NO_NAME.search(text) and not _ROLE.search(text)


def _is_byline(element: HtmlElement) -> bool:
    if element.get("rel") != "author" and not _BYLINE_CLASS.search(element.get("class", "")):
        return False
    return 0 < len(read_line(element).split()) <= _LONGEST_BYLINE
