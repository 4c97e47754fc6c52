"""Clauses: the parts of a sentence, and how much of each the evidence bears out."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from enrich.check.evidence.place import Place
from enrich.check.evidence.wording import Wording
from enrich.check.facts.stems import stem
from enrich.check.facts.synonyms import kin
from enrich.text.span import Span
from enrich.text.words import word_set

_CUT = re.compile(
    r"[,:](?=\s)|[;()–—]|\s-\s|\b(?:and|but|or|which|while|because|such as|including|that|who|as well as|so that|when"
    r"|after|before|despite|citing|according to|in front of|with the help of|making|amid|mainly|although|though|since"
    r"|until|as|with|without)\b",
    re.IGNORECASE,
)
"""Where a clause can begin."""
NEAR, ELSEWHERE = 0.35, 0.75
"""What a word that the evidence lacks counts when it stands around it, and when it stands elsewhere in the source."""
_SMOOTHING = 0.7
"""In the weight of a content word, 1 at most. By hand: more forgives clauses of two words, less condemns them for
one."""
_HEAD = 5
"""Letters that two longer words begin with when they are of one family: `negotiator`, `negotiations`."""
_TELLING = frozenset(map(kin, word_set("say author writer article according argue call name already well without")))
"""Who says it, not what: an article names its own author nowhere."""


@dataclass(frozen=True)
class Clause:
    """A part of a sentence."""

    span: Span
    lacking: float
    """Share of its content words, counted by rarity, that the evidence lacks; 0 to 1."""
    words: tuple[str, ...]
    """The words it lacks, as written."""
    closing: bool
    """It is the last of several."""


def lacks(said: Wording, place: Place, known: Collection[str], figures: Sequence[Span]) -> list[float]:
    """Of each word its rarity when the evidence lacks it, less when it stands near or elsewhere; 0 for `known` words
    and those of the `figures`, which are compared by what they mean."""
    here = frozenset[str]().union(*(wording.kin_set for wording in place.here))
    heads = {word[:_HEAD] for wording in place.here for word in wording.plain if len(word) > _HEAD}
    near = frozenset[str]().union(*(wording.kin_set for wording in place.near))
    found = []
    for at, own in enumerate(said.kin):
        word = said.words[at].text
        start = said.words[at].start
        figure = any(span.start <= start < span.end for span in figures)
        borne_out = figure or own in here or (len(word) > _HEAD and said.plain[at][:_HEAD] in heads)
        if not own or borne_out or said.plain[at] in known or own in _TELLING or word[0].isdigit():
            found.append(0.0)
            continue
        elsewhere = place.source.has_stem(stem(word))
        found.append(said.weights[at] * (NEAR if own in near else ELSEWHERE if elsewhere else 1.0))
    return found


def clauses(said: Wording, missing: list[float]) -> Iterator[Clause]:
    """The clauses of a sentence; `missing` is what each word lacks."""
    cuts = [0, *(match.start() for match in _CUT.finditer(said.text) if match.start()), len(said.text)]
    starts = [word.start for word in said.words]
    for start, end in pairwise(cuts):
        inside = [at for at in range(bisect_left(starts, start), bisect_left(starts, end)) if said.kin[at]]
        total = sum(said.weights[at] for at in inside)
        yield Clause(
            Span(start, end),
            share([missing[at] for at in inside], total),
            tuple(said.words[at].text for at in inside if missing[at]),
            end == len(said.text) and start > 0,
        )


def share(missing: Iterable[float], total: float) -> float:
    """The share of what is missing in the weight of all words; one word alone is never all."""
    return sum(missing) / (total + _SMOOTHING)
