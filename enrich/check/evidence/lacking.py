"""What a sentence says that the words it rests on lack, word by word."""

from collections.abc import Collection, Iterable, Sequence

from enrich.check.evidence.place import Place
from enrich.check.evidence.wording import Wording
from enrich.check.facts.stems import stem
from enrich.check.facts.synonyms import kin
from enrich.text.span import Span
from enrich.text.words import word_set

NEAR, ELSEWHERE = 0.35, 0.75
"""What a word that the evidence lacks counts when it stands around it, and when it stands elsewhere in the source."""
_SMOOTHING = 0.7
"""In the weight of a content word, 1 at most. By hand: more forgives clauses of two words, less condemns them for
one."""
_HEAD = 5
"""Letters that two longer words begin with when they are of one family: `negotiator`, `negotiations`."""
_TELLING = frozenset(map(kin, word_set("say author writer article according argue call name already well without")))
"""Who says it, not what: an article names its own author nowhere."""


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


def share(missing: Iterable[float], total: float) -> float:
    """The share of what is missing in the weight of all words; one word alone is never all."""
    return sum(missing) / (total + _SMOOTHING)
