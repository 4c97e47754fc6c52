"""The sentences of a source by their words: where it comes nearest to a claim, and how near that is."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise
from typing import NamedTuple

from enrich.check.facts.rarity import rarity
from enrich.text.span import Span

_WIDEST = 200
"""A word that stands in more sentences than this helps to find none of them: a bound of time."""
_CONTENDERS = 12
"""Sentences that are looked at closely: a bound of time."""
_WORTH_ADDING = 0.15
"""Share of a claim's weight that a second sentence of the source must hold to be shown with the first."""
_AROUND = 0.2
"""What a word counts that stands in a sentence beside; and what two do that are neighbours in the claim too."""
_VERBATIM = 0.4
"""What each two words that follow one another in both count, against a content word of middling weight."""
_TITLED = 0.5
"""What a word counts that the headline has: it may stand anywhere in the text."""


class Match(NamedTuple):
    """Where a source comes nearest to a claim."""

    span: Span
    """One sentence of the source, or two in a row."""
    share: float
    """The share of the claim's content words, each counted by its rarity, that stand there or in the better of the
    sentences beside."""
    spare: float
    """The share of the words there that are content words which the claim does not use."""


class SentenceIndex:
    """The sentences of one source, found by the stems of their content words."""

    def __init__(
        self,
        sentences: Sequence[Span],
        forms: Sequence[Sequence[str]],
        stems: Mapping[str, str],
        titled: frozenset[str] = frozenset(),
    ) -> None:
        """``forms`` are each sentence's bare words, ``stems`` those of the content words among them, ``titled`` the
        stems of the headline."""
        self._sentences = sentences
        self._titled = titled
        self._forms = forms
        self._stems = [Counter([stems[form] for form in own if form in stems]) for own in forms]
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, counts in enumerate(self._stems):
            for held in counts:
                self._numbers[held].append(number)

    def __contains__(self, wanted: object) -> bool:
        """Whether the text has a content word of this stem."""
        return wanted in self._numbers

    def nearest(self, stems: Sequence[str], forms: Sequence[str] = ()) -> Match | None:
        """The sentence or two that share the most with a claim of these content stems and bare words, in order.

        None when no content word is shared.
        """
        weights = {wanted: self._weight(wanted) for wanted in stems}
        worth: dict[int, float] = defaultdict(float)
        for wanted, weight in weights.items():
            numbers = self._numbers.get(wanted, ())
            if len(numbers) <= _WIDEST:
                for number in numbers:
                    worth[number] += weight
        if not worth:
            return None
        contenders = nlargest(_CONTENDERS, worth, key=worth.__getitem__)
        close = dict.fromkeys(pairwise(stems))
        follow = frozenset(pairwise(forms))
        score = {
            number: worth[number] + self._by_context(number, weights, close) + self._by_wording(number, weights, follow)
            for number in contenders
        }
        return self._widen(max(score, key=lambda number: (score[number], -number)), weights)

    def share_of_two(self, stems: Iterable[str]) -> float:
        """The largest share of these stems, each counted by its rarity, that two sentences in a row hold."""
        worth: dict[int, float] = defaultdict(float)
        total = 0.0
        for wanted in dict.fromkeys(stems):
            total += rarity(wanted)
            for number in {at for held in self._numbers.get(wanted, ()) for at in (held - 1, held)}:
                worth[number] += rarity(wanted)
        return max(worth.values(), default=0.0) / total if total else 0.0

    def share_in(self, stems: Iterable[str], numbers: range) -> float:
        """The share of these stems, each counted by its rarity, that the sentences of these numbers hold."""
        wanted = list(dict.fromkeys(stems))
        total = sum(map(rarity, wanted))
        held = (rarity(each) for each in wanted if _holds_any(numbers, self._numbers.get(each, ())))
        return sum(held) / total if total else 0.0

    def _weight(self, wanted: str) -> float:
        """Rarity in general times rarity in this source."""
        rare = rarity(wanted) * math.log(2 + len(self._sentences) / (1 + len(self._numbers.get(wanted, ()))))
        return rare * _TITLED if wanted in self._titled else rare

    def _held(self, number: int, wanted: Iterable[str]) -> set[str]:
        """Which of the wanted stems a sentence has; none beyond the ends of the text."""
        return self._stems[number].keys() & wanted if 0 <= number < len(self._stems) else set()

    def _by_context(self, number: int, weights: dict[str, float], close: Collection[tuple[str, str]]) -> float:
        """For words that are neighbours in the claim too, and for more of them in the sentences around."""
        here = self._held(number, weights)
        pairs = sum(weights[a] + weights[b] for a, b in close if a in here and b in here)
        around = (self._held(number - 1, weights) | self._held(number + 1, weights)) - here
        return _AROUND * (pairs + _sum(weights, around))

    def _by_wording(self, number: int, weights: dict[str, float], follow: Collection[tuple[str, str]]) -> float:
        """For words, function words too, that follow one another in the claim as they do here."""
        middling = sum(weights.values()) / len(weights)
        return _VERBATIM * middling * len(set(pairwise(self._forms[number])).intersection(follow))

    def _widen(self, number: int, weights: dict[str, float]) -> Match:
        """The sentence, with the one before or after it when that adds much."""
        here, total = self._held(number, weights), sum(weights.values())
        gains = {other: _sum(weights, self._held(other, weights) - here) for other in (number - 1, number + 1)}
        other = max(gains, key=gains.__getitem__)
        added = gains[other] > _WORTH_ADDING * total
        first, last = (min(number, other), max(number, other)) if added else (number, number)
        span = Span(self._sentences[first].start, self._sentences[last].end)
        return Match(span, (_sum(weights, here) + gains[other]) / total, self._spare(range(first, last + 1), weights))

    def _spare(self, numbers: range, wanted: Collection[str]) -> float:
        unused = sum(count for at in numbers for held, count in self._stems[at].items() if held not in wanted)
        return unused / max(1, sum(len(self._forms[at]) for at in numbers))


def _holds_any(numbers: range, places: Sequence[int]) -> bool:
    """Whether one of the sorted places is in the range."""
    first = bisect_left(places, numbers.start)
    return first < len(places) and places[first] < numbers.stop


def _sum(weights: dict[str, float], chosen: Collection[str]) -> float:
    """The weights of the chosen, added in the order of the claim: sums must not hang on the order of a set."""
    return sum(weight for wanted, weight in weights.items() if wanted in chosen)
