"""Signals: what is measured of a sentence against a source. Each is a number; `weights` says how much each counts."""

import math
import re
from collections.abc import Collection, Sequence

from msgspec import Struct

from enrich.check.evidence.figure_check import FigureCheck
from enrich.check.evidence.prepared_source import PreparedSource, windows
from enrich.check.evidence.sentence_index import Match
from enrich.check.facts.rarity import rarity
from enrich.check.facts.stems import bare, is_function_word, stem
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.text.words import Word, split_words, word_set

_WINDOW = 5
"""Content words of the densest stretch without support."""
_SHORT = 5
"""Letters of a word that is not long."""
_ABOUT_THE_SOURCE = word_set("""
    passage passages provided given based mentioned mentions mention according text article source question answer
    following follow here's sure information steps step
""")
"""Words with which an answer speaks of itself and its source: they need no support."""
KINDS = {
    "cites": r"\b(?:passages?(?! \d)|based on|according to|provided|given|mentioned|article|report)\b",
    "introduces": r"\b(?:the following|follow these|as follows|here(?:'s| is| are))\b|:\s*$",
    "advises": r"\b(?:important|recommended|essential|crucial|consult|ensure|always)\b"
    r"|\b(?:note that|worth noting|keep in mind)\b",
    "concludes": r"^\W*(?:overall|in summary|in conclusion|therefore|thus|so|finally|lastly|ultimately)\b",
    "declines": r"\bno (?:mention|information|evidence|indication|direct|specific|clear)\b"
    r"|(?:\bnot|n't) (?:\w+ )?(?:mention|specif|provide|clear|possible|explicit|contain|discuss|address|state)"
    r"|\bunable to\b|\bcannot (?:determine|provide|be determined)\b|\bimpossible to\b|\bunclear\b"
    r"|\bdifficult to (?:determine|provide|say|give|answer)\b",
    "lists": r"^\s*(?:\d+\.|[-*•])\s",
    "addresses": r"\b(?:you|your|we|our|us|i|my)\b",
}
"""What kind of sentence it is by its wording, English only: name -> pattern."""
_KIND_PATTERNS = {name: lazy_pattern(pattern, re.IGNORECASE) for name, pattern in KINDS.items()}


_LIST_MARK = lazy_pattern(r"\s*(?:\(?\d+[.)]|[-*•])\s")
_STRAY_UNKNOWN, _STRAY_RETOLD, _STRAY_SCATTERED = 0.4, 0.9, 0.6
"""From where on a sentence is stray; set so that one in ten untouched summary sentences is unsupported with it."""


class Signals(Struct, frozen=True):
    """What one sentence and its source have in common. Shares run from 0 to 1."""

    missing: float
    """log(1 + the number of content words that the source has nowhere), each counted by its rarity."""
    wordy: float
    """By how many letters these are longer than five, in tens: long words retell more than they invent."""
    densest: float
    """Their share in the stretch of five content words that has most of them."""
    retold: float
    """Share of words that stand in no run of three words of the source."""
    scattered: float
    """Share of the content words that the nearest one or two sentences of the source lack."""
    apart: float
    """Share of the content words, the headline's left aside, that no two sentences in a row hold."""
    spare: float
    """Share of the words of the nearest place that are content words which the sentence does not use."""
    figures: float
    """Number of figures and quotations that the source does not give, at most 3."""
    elsewhere: float
    """Number of figures that the source gives, but not at the nearest place, at most 3."""
    there: float
    """Number of figures that it gives at the nearest place, at most 3."""
    names: float
    """Number of words of names that the source does not know, at most 3."""
    misplaced: float
    """By how much another numbered part of the source holds more of it than the part that the sentence names."""
    kinds: frozenset[str]
    """Which of `KINDS` it is."""
    stray: bool
    """Names aside, hardly a word of it is in the source, and nowhere two of them together: as invented ones are."""


class Content(Struct, frozen=True):
    """The words of a sentence, and those that need support."""

    all_words: tuple[Word, ...]
    words: tuple[Word, ...]
    """Those that need support."""
    stems: tuple[str, ...]
    """Of each of these its stem."""
    lacks: tuple[float, ...]
    """Of each of these its rarity when the source has it nowhere, else 0."""
    match: Match | None
    """Where the source comes nearest to them."""


def read_content(text: str, source: PreparedSource, known: Collection[str] = ()) -> Content:
    """What of `text` needs support: no function words, none of `known`, none about the text itself."""
    mark = _LIST_MARK.match(text)
    words = tuple(word for word in split_words(text) if mark is None or word.start >= mark.end())
    content = tuple(word for word in words if _needs_support(word.text, known))
    stems = tuple(stem(word.text) for word in content)
    lacks = tuple(0.0 if source.has_stem(stem) else rarity(stem) for stem in stems)
    forms = [bare(word.text) for word in words]
    return Content(words, content, stems, lacks, source.index.nearest(stems, forms))


def _needs_support(word: str, known: Collection[str]) -> bool:
    return not (is_function_word(word) or word.casefold() in _ABOUT_THE_SOURCE or bare(word) in known)


def measure(
    text: str, content: Content, source: PreparedSource, figures: int, names: int, given: Sequence[FigureCheck] = ()
) -> Signals:
    """The signals of `text`.

    ``figures`` and ``names`` count what the source does not give and know; ``given`` are the figures that it gives.
    """
    match = content.match
    retold = _retold(content.all_words, source)
    told = [figure for figure in given if _tells(figure, text)]
    there = sum(match is not None and any(_meet(place, match.span) for place in figure.where) for figure in told)
    own = [stem for stem in content.stems if stem not in source.headline_stems]
    return Signals(
        missing=math.log1p(sum(content.lacks)),
        wordy=_wordy(content),
        densest=max(windows(content.lacks, _WINDOW)) / _WINDOW,
        retold=retold,
        scattered=1 - match.share if match else float(bool(content.stems)),
        apart=1 - source.index.share_of_two(own) if content.stems else 0.0,
        spare=match.spare if match else 0.0,
        figures=float(min(figures, 3)),
        elsewhere=float(min(len(told) - there, 3)),
        there=float(min(there, 3)),
        names=float(min(names, 3)),
        misplaced=source.parts.misplaced(text, content.stems),
        kinds=frozenset(kind for kind, pattern in _KIND_PATTERNS.items() if pattern.search(text)),
        stray=retold > _STRAY_RETOLD and _is_stray(content, source),
    )


def _tells(figure: FigureCheck, text: str) -> bool:
    """Whether a figure is in digits, and neither a list's number nor that of a part or step."""
    before = text[: figure.span.start].rsplit(None, 1)
    numbers = not before or before[-1].strip("(").casefold() in _ABOUT_THE_SOURCE
    return not numbers and any(map(str.isdigit, figure.text))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _wordy(content: Content) -> float:
    rows = zip(content.stems, content.words, content.lacks, strict=True)
    lengths = {stem: len(word.text) for stem, word, lack in rows if lack}
    return sum(max(0, length - _SHORT) for length in lengths.values()) / 10


def _retold(own: Sequence[Word], source: PreparedSource) -> float:
    words = [bare(word.text) for word in own]
    shared = bytearray(len(words))
    for at, run in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if run in source.trigrams:
            shared[at : at + 3] = b"\1\1\1"
    return 1 - sum(shared) / len(words) if words else 0.0


def _is_stray(content: Content, source: PreparedSource) -> bool:
    """Whether the words that are no names are unknown to the source, and what is known stands scattered."""
    plain = [at for at, word in enumerate(content.words) if not any(map(str.isupper, word.text))]
    stems = [content.stems[at] for at in plain]
    unknown = sum(content.lacks[at] for at in plain) / (sum(map(rarity, stems)) + 1.0)
    if unknown <= _STRAY_UNKNOWN:
        return False
    match = source.index.nearest(stems)
    return match is None or 1 - match.share > _STRAY_SCATTERED
