"""The headline: which of a page's several titles, without the name of the site."""

import html
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from enrich.text.normal import normalise
from enrich.text.pattern import lazy_pattern

_SEPARATED = lazy_pattern(r"\s+(?:[|·•»«‹›:/~-]|::|–|—|--)\s+|\s*[|｜丨_]\s*|\s*[-–—](?=[^\s-]+$)|:\s+")
_NOT_LETTERS = lazy_pattern(r"[\W_]+")
_ELLIPSIS = lazy_pattern(r"\s*(?:…|\.\.\.)$")
LONGEST_TITLE = 1_000
"""Characters. By hand, a bound of time: of 54 real pages none has more than 114."""
_MOST_CUTS = 12
"""Separators of a title that are tried: a menu is no title."""
_GENERIC_LABELS = frozenset("www com co net org news blog info app dev edu gov online site m mobile amp en".split())


class Titled(NamedTuple):
    """A wording and where it was read."""

    text: str
    origin: str


def choose_title(
    candidates: Sequence[Titled], h1s: Sequence[str], site_names: frozenset[str], shown: frozenset[str] = frozenset()
) -> Titled:
    """The headline.

    ``candidates`` are the page's own statements, the most trusted first; ``site_names`` as `fold_name` gives them;
    ``shown`` are short texts of the page, folded: a title without its suffix that stands there is the headline.
    The wording that an H1 shares with a statement wins: it is what readers see. A statement that was cut off gives way
    to a longer wording that starts the same. The result is empty when the page names nothing but its site.
    """
    headings = [heading for heading in map(clean_title, h1s) if heading]
    references = frozenset(map(fold_title, headings)) | {
        fold_title(clean_title(text)) for text, origin in candidates if origin == "json-ld"
    }
    stated = [
        Titled(strip_site(clean_title(text), site_names, references, shown), origin) for text, origin in candidates
    ]
    stated = [title for title in stated if title.text and fold_name(title.text) not in site_names]
    for heading in headings:
        for title in stated:
            if fold_title(heading) == fold_title(title.text):
                return title if heading.isupper() else Titled(heading, title.origin)
    headings = [heading for heading in headings if fold_name(heading) not in site_names]
    if not stated:
        return Titled(headings[0], "h1") if headings else Titled("", "")
    if stated[0].origin == "title" and len(headings) == 1 and not _is_under_label(headings[0], stated[0].text):
        return Titled(headings[0], "h1")
    return _uncut(stated[0], [*(Titled(heading, "h1") for heading in headings), *stated[1:]])


def clean_title(text: str) -> str:
    """On one line, with character references resolved, also those that were escaped twice; cut where no title ends."""
    return " ".join(html.unescape(html.unescape(text[:LONGEST_TITLE])).encode("utf-8", "replace").decode().split())


def strip_site(
    title: str,
    site_names: frozenset[str],
    references: frozenset[str] = frozenset(),
    shown: frozenset[str] = frozenset(),
) -> str:
    """Cut the site's name off the end or the start.

    A part is cut only when it is one of the names, or when the rest is a title of ``references`` (folded), or stands
    among the texts ``shown`` and is the longer part: a dash or a bar alone proves nothing, a colon even less.
    """
    if fold_title(title) in references:
        return title
    for rest, part, separator in _parts(title):
        is_shown = fold_title(rest) in shown and len(rest) >= len(part)
        is_named = is_shown or fold_name(part) in site_names
        if fold_title(rest) in references or (is_named and not separator.startswith(":")):
            return strip_site(rest, site_names, references, shown)
    return title


def find_suffix(title: str, headline: str, domain: str = "") -> str:
    """What stands behind the headline in the document's title, or before it: usually the site's name.

    Of several pieces the one that the ``domain`` (folded) is made of, else the outermost.
    """
    for rest, part, _ in _parts(title):
        whole, shown = fold_title(headline), fold_title(_ELLIPSIS.sub("", rest))
        if shown == whole or (_ELLIPSIS.search(rest) and whole.startswith(shown)):
            pieces = [piece.strip() for piece in _SEPARATED.split(part)]
            named = [piece for piece in pieces if domain and fold_name(piece) == domain]
            return next(iter([*named, pieces[-1 if title.startswith(rest) else 0]]))
    return ""


def split_title(title: str) -> list[tuple[str, str]]:
    """The two parts of a title at each of its separators."""
    title = title[:LONGEST_TITLE]
    cuts = list(_SEPARATED.finditer(title))[:_MOST_CUTS]
    return [(title[: cut.start()].strip(), title[cut.end() :].strip()) for cut in cuts]


def _parts(title: str) -> Iterator[tuple[str, str, str]]:
    """(rest, part, separator): what remains when a part is cut off the end, shortest first, or off the start."""
    title = title[:LONGEST_TITLE]
    cuts = list(_SEPARATED.finditer(title))[:_MOST_CUTS]
    pieces = [(title[: cut.start()].strip(), title[cut.end() :].strip(), cut[0]) for cut in cuts]
    for start, end, separator in reversed(pieces):
        if start and end:
            yield start, end, separator
    for start, end, separator in pieces:
        if start and end:
            yield end, start, separator


def fold_name(name: str) -> str:
    """A name by its letters and digits only, so that `SpaceNews.com` and `Space News` can meet."""
    return _NOT_LETTERS.sub("", name.casefold().removeprefix("the "))


def host_names(host: str) -> frozenset[str]:
    """The names that a host stands for: itself with and without its ending, and its telling labels."""
    bare = host.removeprefix("www.")
    labels = [label for label in bare.split(".")[:-1] if label not in _GENERIC_LABELS and len(label) > 1]
    return frozenset(map(fold_name, [host, bare, bare.rpartition(".")[0], *labels])) - {""}


def fold_title(text: str) -> str:
    """A title in normal form, without regard to case."""
    return normalise(text).casefold()


def _is_under_label(heading: str, title: str) -> bool:
    """Whether a heading is the title with a word or two before it: its section (`World Harbour closes`)."""
    before = fold_title(heading).removesuffix(fold_title(title))
    return 0 < len(before) < len(title) and before != fold_title(heading)


def _uncut(title: Titled, others: Sequence[Titled]) -> Titled:
    start = fold_title(_ELLIPSIS.sub("", title.text))
    if _ELLIPSIS.search(title.text) or len(title.text) >= 100:  # the length at which schema.org's readers cut
        for other in others:
            if len(other.text) > len(title.text) and fold_title(other.text).startswith(start):
                return other
    return title
