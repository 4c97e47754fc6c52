"""Sentences of running text, by rules: no model, offsets kept."""

import re
from collections.abc import Iterator

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.text.words import word_set

# Titles and the like: what follows them belongs to the same sentence, always.
_NEVER_ENDS = word_set("""
    mr mrs ms mx dr prof st sen rep gov gen lt col sgt capt cmdr maj rev hon pres supt adm e.g i.e vs cf viz approx est
    fig eq nr no vol pp ed hrsg bzw ca z.b d.h u.a o.ä ggf tp ths gs pgs ts
""")
# May end a sentence, and mostly do not: the next word decides.
_SELDOM_ENDS = word_set("""
    u.s u.k u.n e.u d.c p.s inc ltd co corp llc plc bros dept univ assn ave blvd rd ft mt jr sr al etc a.m p.m ph.d m.d
    b.a m.a jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun op usw gmbh bil mil
""")
_OPENERS = word_set("""
    the a an it its in he she they we i you but and this that these those there when while if as after before however
    for at on by to from his her their our what who how why since although though also according many some most no not
    now so then yet both each other another one two meanwhile instead still der die das ein eine er sie es wir im am
""")
_MONTHS = word_set("""
    januar februar märz april mai juni juli august september oktober november dezember jänner jahrhundert quartal
    january february march may june july october december
""")
_STOP = lazy_pattern(
    r"""(?P<mark>(?<![.!?])[.!?]++|…)(?P<close>["'”’»)\]]*+)(?P<gap>[^\S\n]++)"""
    r"""(?=["'“‘„«(\[]*+[^\W_a-zß-öø-ÿ]|[$£€¥#*•–—-])|(?P<wide>[。！？｡]+[」』”’）】》"'…]*)"""
)
_LINE_END = lazy_pattern(r"(?<![^\S\n])[^\S\n]*+\n\s*+")
_LAST_TOKEN = lazy_pattern(r"(?:[^\W\d_]+\.)*(?:[^\W\d_]+|\d+)\Z")
_NEXT_WORD = lazy_pattern(r"[^\W\d_]+")
_LIST_NUMBER = lazy_pattern(r"(?:^|\n)[\s*#•–—-]*\d+\Z")
_HOLDS_LETTER = lazy_pattern(r"[^\W_]")
LONGEST = 2_000
"""Characters of a sentence: what is longer is no sentence, and is cut between words. Whoever reads sentences one by one
works on pieces of this length, whatever a page or a model wrote."""
_REACH = 40
"""Characters looked at before a full stop: no abbreviation is longer."""


def split_sentences(text: str) -> list[Span]:
    """The sentences of `text` in order, without the space around them; each holds a letter or digit.

    A blank line always ends a sentence; a single line break does unless the next line goes on in lower case. None is
    longer than `LONGEST`.
    """
    spans: list[Span] = []
    start = 0
    for end, following in _boundaries(text):
        _keep(spans, text, start, end)
        start = following
    _keep(spans, text, start, len(text))
    return spans


def _keep(spans: list[Span], text: str, start: int, end: int) -> None:
    for at in _cuts(text, start, end):
        piece = text[start:at]
        if _HOLDS_LETTER.search(piece):
            begin = start + len(piece) - len(piece.lstrip())
            spans.append(Span(begin, begin + len(piece.strip())))
        start = at


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where to cut what stands between two boundaries: at its end, and before that every `LONGEST` characters."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        start = space if space > start else start + LONGEST
        yield start
    yield end


def _boundaries(text: str) -> Iterator[tuple[int, int]]:
    """(end of a sentence, start of what follows), in order."""
    stops = [
        (match.end("wide"), match.end()) if match["wide"] else (match.end("close"), match.end())
        for match in _STOP.finditer(text)
        if match["wide"] or _ends(text, match)
    ]
    lines = [(match.start(), match.end()) for match in _LINE_END.finditer(text) if _breaks(text, match)]
    yield from sorted(stops + lines)


def _breaks(text: str, match: re.Match[str]) -> bool:
    """Whether this line break ends a sentence; a hard-wrapped line goes on in lower case."""
    if match.group().count("\n") > 1:
        return True
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    return not after.islower() or before in {".", "!", "?", ":", ";", "…", ""}


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether the full stop of `match` ends a sentence rather than an abbreviation, initial or ordinal."""
    if match["mark"] != "." or match["close"]:
        return True
    before = text[max(0, match.start() - _REACH) : match.start()]
    found = _LAST_TOKEN.search(before)
    if found is None:
        return True
    token = found.group()
    next_word = _NEXT_WORD.match(text, match.end())
    following = next_word.group().casefold() if next_word else ""
    if token.isdigit():
        return not (_LIST_NUMBER.search(before) or (len(token) <= 2 and following in _MONTHS))
    if token.casefold() in _NEVER_ENDS:
        return False
    if token.casefold() in _SELDOM_ENDS or _is_initial(token):
        return following in _OPENERS
    return True


def _is_initial(token: str) -> bool:
    """`J` of "J. Smith", `R.R` of "R.R. Martin"."""
    return token.isupper() and all(len(part) == 1 for part in token.split("."))
