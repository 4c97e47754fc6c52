"""The words of a sentence beside the words of its evidence: which are shared, which are not."""

import re
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

from enrich.check.facts.stems import bare, stem, stems_of
from enrich.text.function_words import FUNCTION_WORDS
from enrich.text.span import Cover, Span
from enrich.text.words import split_words

Kind = Literal["same", "elsewhere", "new", "missing", "other"]
"""In the evidence; elsewhere in the source; in no place of it; what the check did not find; and of the evidence's
own words: a number that the sentence does not have."""


class Run(NamedTuple):
    """A stretch of text with one kind; ``plain`` stretches are what no comparison is about."""

    text: str
    kind: Kind | Literal["plain"]


def compare_words(
    sentence: str, evidence: str, source_stems: Collection[str], missing: Iterable[str] = ()
) -> list[Run]:
    """``sentence`` cut into runs. Function words are plain, and so is everything when there is no evidence."""
    wrong = Cover(_places(sentence, missing))
    near = stems_of(evidence)
    runs: list[Run] = []
    at = 0
    for word in split_words(sentence):
        runs.append(Run(sentence[at : word.start], "plain"))
        hit = wrong.overlaps(word.start, word.end)
        runs.append(Run(word.text, "missing" if hit else _kind(word.text, near, source_stems)))
        at = word.end
    runs.append(Run(sentence[at:], "plain"))
    return _joined(runs)


def mark_shared(evidence: str, sentence: str) -> list[Run]:
    """``evidence`` cut into runs: content words that the sentence says too, and numbers that it does not say."""
    said = stems_of(sentence)
    runs: list[Run] = []
    at = 0
    for word in split_words(evidence):
        runs.append(Run(evidence[at : word.start], "plain"))
        runs.append(Run(word.text, _evidence_kind(word.text, said)))
        at = word.end
    runs.append(Run(evidence[at:], "plain"))
    return _joined(runs)


def _kind(word: str, near: Collection[str], source: Collection[str]) -> Kind | Literal["plain"]:
    plain = bare(word)
    if plain in FUNCTION_WORDS:
        return "plain"
    found = stem(plain)
    if found in near:
        return "same"
    return "elsewhere" if found in source else "new"


def _evidence_kind(word: str, said: Collection[str]) -> Kind | Literal["plain"]:
    plain = bare(word)
    if plain in FUNCTION_WORDS:
        return "plain"
    if stem(plain) in said:
        return "same"
    return "other" if any(map(str.isdigit, plain)) else "plain"


def _places(text: str, words: Iterable[str]) -> list[Span]:
    """Where the check's own words stand in the sentence; one that it shortened is not found and not marked."""
    return [Span(*found.span()) for word in words if word for found in re.finditer(re.escape(word), text)]


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one kind as one run; empty ones left out."""
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and joined[-1].kind == run.kind:
            joined[-1] = Run(joined[-1].text + run.text, run.kind)
        else:
            joined.append(run)
    return joined
