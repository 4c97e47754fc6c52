"""Quotations: words between quotation marks, and where a source has them verbatim."""

import re
from functools import lru_cache

from enrich.text.normal import Folded, fold
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

_MARKED = lazy_pattern(
    r'"(?P<straight>[^"\n]+)"|“(?P<curly>[^“”\n]+)[”"]|„(?P<low>[^„“”\n]+)[“”]|«\s?(?P<angle>[^«»\n]+?)\s?»|「(?P<corner>[^「」\n]+)」'
    r"|『(?P<white>[^『』\n]+)』|(?<![^\W_])[‘'](?P<single>[^‘’'\n]+(?:['’](?=\w)[^‘’'\n]+){0,40})['’](?![^\W_])"
)
_GAP = lazy_pattern(r"(?:(?<!\s)\s++)?(?:\[[^\[\]]*+\]|\(?(?:…|\.\s?\.\s?\.)\)?)\s*+")
_EDGES = " \"'.,;:!?()[]-。，；：！？、"
_WORD_EDGE = lazy_pattern(r"[^\W_]")
_SPACED = lazy_pattern(r"\s(?:'s\b|,)")
_SIGN = lazy_pattern(r"'s\b|,")
"""Signs before which a page may have a space too many, with it and without."""
_MOST_TRIES = 1_000
"""Places within longer words at which a quotation is looked for before it counts as missing."""


def find_quotations(text: str) -> list[Span]:
    """The words between quotation marks, marks left out, in order."""
    return [Span(*match.span(match.lastgroup or 0)) for match in _MARKED.finditer(text)]


def locate_quote(quote: str, text: str) -> Span | None:
    """Where `text` has `quote` verbatim; None when it does not.

    Typography, case and space may differ, nothing else. An ellipsis or a bracketed insertion joins parts that must
    follow one another in the text; the span then reaches from the first part to the last.
    """
    return locate_in(quote, _folded(text))


def locate_in(quote: str, folded: Folded) -> Span | None:
    """`locate_quote` in a text that is folded already."""
    parts = locate_parts(quote, folded)
    return Span(parts[0].start, parts[-1].end) if parts else None


def locate_parts(quote: str, folded: Folded) -> tuple[Span, ...]:
    """The places of the parts that an ellipsis joins, in order; nothing when one of them is not there."""
    parts = [part for raw in _GAP.split(_one_mark(fold(quote).text)) if (part := raw.strip(_EDGES))]
    text = _one_mark(folded.text)
    spans: list[Span] = []
    position = 0
    for part in parts:
        start, end = _find(text, part, position)
        if start < 0:
            start, end = _find_spaced(text, part, position)
        if start < 0:
            return ()
        position = end
        spans.append(folded.original(start, position))
    return tuple(spans)


def _one_mark(text: str) -> str:
    """Quotation marks within a quotation are single where the source has double ones."""
    return text.replace('"', "'")


def _find(text: str, part: str, position: int) -> tuple[int, int]:
    """The next place of whole words `part`, `(-1, -1)` when there is none."""
    for _ in range(_MOST_TRIES):  # each may compare the whole part
        start = text.find(part, position)
        end = start + len(part)
        if start < 0:
            break
        if not (_cuts(text, start) or _cuts(text, end)):
            return start, end
        position = start + 1
    return -1, -1


def _find_spaced(text: str, part: str, position: int) -> tuple[int, int]:
    """The same where the page has a space that a link left before a sign: `Boeing 's jets , which`."""
    if not _SPACED.search(text, position) or not _SIGN.search(part):
        return -1, -1
    found = re.compile(_SIGN.sub(" ?\\g<0>", re.escape(part))).search(text, position)
    if found is None or _cuts(text, found.start()) or _cuts(text, found.end()):
        return -1, -1
    return found.span()


def _cuts(text: str, offset: int) -> bool:
    """Whether a word of a script with spaces goes on across `offset`."""
    around = text[max(0, offset - 1) : offset + 1]
    return len(around) == 2 and around.isascii() and all(_WORD_EDGE.match(character) for character in around)


@lru_cache(maxsize=4)
def _folded(text: str) -> Folded:
    return fold(text)
