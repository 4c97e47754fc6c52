"""The headline: which of a page's several titles, without the name of the site."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from enrich.text.normal import normalise

_SEPARATED = re.compile(r"\s+(?:[|·•»«‹›:/~-]|::|–|—|--)\s+|\s*[|｜丨_]\s*|\s*[-–—](?=[^\s-]+$)")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")
_LONGEST = 1_000
_GENERIC_LABELS = frozenset("www com co net org news blog info app dev edu gov online site m mobile amp en".split())


class Titled(NamedTuple):
    """A wording and where it was read."""

    text: str
    origin: str


def choose_title(candidates: Sequence[Titled], h1s: Sequence[str], site_names: frozenset[str]) -> Titled:
    """The headline.

    ``candidates`` are the page's own statements, the most trusted first; ``site_names`` as `fold_name` gives them.
    The wording that an H1 shares with a statement wins: it is what readers see. A statement that was cut off gives way
    to a longer wording that starts the same. The result is empty when the page names nothing.
    """
    headings = [heading for heading in map(clean_title, h1s) if heading]
    references = frozenset(map(_fold, headings)) | {
        _fold(clean_title(text)) for text, origin in candidates if origin == "json-ld"
    }
    stated = [Titled(strip_site(clean_title(text), site_names, references), origin) for text, origin in candidates]
    stated = [title for title in stated if title.text and fold_name(title.text) not in site_names]
    for heading in headings:
        for title in stated:
            if _fold(heading) == _fold(title.text):
                return title if heading.isupper() else Titled(heading, title.origin)
    headings = [heading for heading in headings if fold_name(heading) not in site_names]
    if not stated:
        return Titled(headings[0], "h1") if headings else Titled("", "")
    if stated[0].origin == "title" and len(headings) == 1:
        return Titled(headings[0], "h1")
    return _uncut(stated[0], [*(Titled(heading, "h1") for heading in headings), *stated[1:]])


def clean_title(text: str) -> str:
    """On one line, with character references resolved, also those that were escaped twice; cut where no title ends."""
    return " ".join(html.unescape(html.unescape(text[:_LONGEST])).split())


def strip_site(title: str, site_names: frozenset[str], references: frozenset[str] = frozenset()) -> str:
    """Cut the site's name off the end or the start.

    A part is cut only when it is one of the names, or when the rest is a title of ``references`` (folded): a dash or a
    bar alone proves nothing.
    """
    if _fold(title) in references:
        return title
    for cut in reversed(list(_SEPARATED.finditer(title))):
        rest, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
        if rest and (fold_name(tail) in site_names or _fold(rest) in references):
            return strip_site(rest, site_names, references)
    for cut in _SEPARATED.finditer(title):
        start, rest = title[: cut.start()].strip(), title[cut.end() :].strip()
        if rest and (fold_name(start) in site_names or _fold(rest) in references):
            return strip_site(rest, site_names, references)
    return title


def find_suffix(title: str, headline: str) -> str:
    """What stands behind the headline in the document's title: usually the site's name. Empty when nothing does."""
    for cut in _SEPARATED.finditer(title):
        if _fold(title[: cut.start()]) == _fold(headline):
            return _SEPARATED.split(title[cut.end() :])[-1].strip()
    return ""


def fold_name(name: str) -> str:
    """A name by its letters and digits only, so that `SpaceNews.com` and `Space News` can meet."""
    return _NOT_LETTERS.sub("", name.casefold().removeprefix("the "))


def host_names(host: str) -> frozenset[str]:
    """The names that a host stands for: itself with and without its ending, and its telling labels."""
    bare = host.removeprefix("www.")
    labels = [label for label in bare.split(".")[:-1] if label not in _GENERIC_LABELS and len(label) > 1]
    return frozenset(map(fold_name, [host, bare, bare.rpartition(".")[0], *labels])) - {""}


def _fold(text: str) -> str:
    return normalise(text).casefold()


def _uncut(title: Titled, others: Sequence[Titled]) -> Titled:
    start = _fold(_ELLIPSIS.sub("", title.text))
    if _ELLIPSIS.search(title.text) or len(title.text) >= 100:  # the length at which schema.org's readers cut
        for other in others:
            if len(other.text) > len(title.text) and _fold(other.text).startswith(start):
                return other
    return title
