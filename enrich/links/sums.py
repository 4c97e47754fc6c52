"""The sums that a subject's features need, in plain Python: what a query uses.

`enrich.links.vectors` does the same with numpy, which pays in training, where hundreds of subjects are summed up. A
query would wait for its import, a third of a warm `suggest-links` (`python -X importtime -c "import numpy"` beside
`benchmarks.first_answer`), in every save hook: that is what these lines are kept for. `tests/links/test_vectors.py`
holds both to the same figures.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from math import inf
from types import ModuleType
from typing import cast

from enrich.links.note_index import (
    FEWEST_PULLING,
    HEAVIEST,
    IMPACT_UNIT,
    WEIGHT_BITS,
    Entry,
    Figure,
    Lifts,
    NoteIndex,
    Ties,
    log_lift,
    rarity,
    unpack,
)


class PlainScores(defaultdict[int, float]):
    """See `enrich.links.note_index.Scores`."""

    def __init__(self, scores: Mapping[int, float] = {}) -> None:
        super().__init__(float, scores)

    @property
    def highest(self) -> float:
        """See `Scores`."""
        return max(self.values(), default=0.0)

    def of(self, which: int) -> float:
        """See `Scores`."""
        return self.get(which, 0.0)

    def best(self, count: int) -> dict[int, float]:
        """See `Scores`."""
        if len(self) <= count:
            return dict(self)
        least = sorted(self.values(), reverse=True)[count - 1]
        best = {number: score for number, score in self.items() if score > least}
        equal = (number for number, score in self.items() if score == least)
        return best | dict.fromkeys(nsmallest(count - len(best), equal), least)

    def raised(self, by: "PlainScores", share: float) -> "PlainScores":
        """See `Scores`."""
        return PlainScores({number: score + share * by.of(number) for number, score in self.items()})

    def drop(self, number: int) -> "PlainScores":
        """See `Scores`."""
        self.pop(number, None)
        return self


class NoteFigures:
    """See `enrich.links.note_index.Figures`: those of one note."""

    calc: ModuleType = math

    def __init__(self, entry: Entry, ties: Ties) -> None:
        self.entry, self.which, self.words = entry, entry.number, entry.words
        self.title_length, self.own_title, self.title_weight = (
            len(entry.title_terms),
            entry.own_title,
            entry.title_weight,
        )
        self.style_length = len(entry.traits) - len(entry.tags)
        self.created, self.updated = entry.created, entry.updated
        self.outs, self.ins = len(ties.outs), len(ties.ins)

    def trait_sum(self, values: Mapping[str, float]) -> float:
        """See `Figures`."""
        return sum([values[trait] for trait in self.entry.traits if trait in values])

    def trait_low(self, values: Mapping[str, float]) -> float:
        """See `Figures`."""
        return min([values[trait] for trait in self.entry.traits if trait in values], default=0.0)

    def trait_high(self, values: Mapping[str, float]) -> float:
        """See `Figures`."""
        return max([values[trait] for trait in self.entry.traits if trait in values], default=0.0)

    def by_folder(self, value: Callable[[str], float]) -> float:
        """See `Figures`."""
        return value(self.entry.folder)


class PlainCalculator:
    """See `enrich.links.note_index.Calculator`."""

    def __init__(self, index: NoteIndex) -> None:
        self._index = index

    def given(self, scores: Mapping[int, float]) -> PlainScores:
        """See `Calculator`."""
        return PlainScores(scores)

    def total(self, parts: Iterable[tuple[Sequence[int], float]], weighted: bool = False) -> PlainScores:
        """See `Calculator`."""
        scores = PlainScores()
        for packed, factor in parts:
            if weighted:
                for value in packed:
                    scores[value >> WEIGHT_BITS] += factor * (value & HEAVIEST)
            else:
                for value in packed:
                    scores[value >> WEIGHT_BITS] += factor
        return scores

    def first_of(self, parts: Iterable[tuple[Sequence[int], float]], counts: Sequence[int]) -> list[PlainScores]:
        """See `Calculator`."""
        scores, found, most = [PlainScores() for _ in counts], defaultdict[int, int](int), max(counts)
        pairs = list(zip(scores, counts, strict=True))
        wanted = [[some for some, count in pairs if before < count] for before in range(most)]
        for packed, factor in parts:
            for value in packed:
                number = value >> WEIGHT_BITS
                before = found[number]
                if before < most:
                    found[number] = before + 1
                    for some in wanted[before]:
                        some[number] += factor
        return scores

    def any_of(self, parts: Iterable[tuple[Sequence[int], int]], own: Collection[int]) -> PlainScores:
        """See `Calculator`."""
        spared: dict[int, float] = {}
        for packed, holders in parts:
            for number, count in map(unpack, packed):
                others = count - (number in own)
                if others >= FEWEST_PULLING:
                    spared[number] = spared.get(number, 1.0) * (1 - others / (holders + others * (count == HEAVIEST)))
        return PlainScores({number: 1 - share for number, share in spared.items()})

    def search(
        self, prefix: str, counts: Mapping[str, int], again: float, common: float = inf, most: float = inf
    ) -> PlainScores:
        """See `Calculator`."""
        known, size = self._index.known(prefix, counts), self._index.facts.size
        lists = [(self._index.postings(prefix + word), count) for word, count in counts.items() if word in known]
        lists.sort(key=lambda pair: len(pair[0]))
        parts, read = [], 0
        unit = IMPACT_UNIT if prefix == "w" else 1.0
        for packed, count in lists:
            read += len(packed)
            if len(packed) > common or read > most:
                break
            parts.append((packed, (1 + again * math.log(count)) * rarity(len(packed), size) / unit))
        return self.total(parts, prefix == "w")

    def votes(self, shares: Sequence[Mapping[int, float]]) -> list[tuple[PlainScores, PlainScores]]:
        """See `Calculator`."""
        return [self._votes(some) for some in shares]

    def _votes(self, shares: Mapping[int, float]) -> tuple[PlainScores, PlainScores]:
        outs, ins = PlainScores(), PlainScores()
        for number, ties in self._index.ties(shares).items():
            share = shares[number]
            for other in ties.outs:
                outs[other] += share
            for other in ties.ins:
                ins[other] += share
        return outs, ins

    def linked(self, shares: Mapping[int, float]) -> PlainScores:
        """See `Calculator`."""
        scores = PlainScores()
        for number, ties in self._index.ties(shares).items():
            for other in ties.outs | ties.ins:
                scores[other] += shares[number]
        return scores

    def trait_values(self, values: Mapping[str, float]) -> Mapping[str, float]:
        """See `Calculator`."""
        return values

    def lifts(self, sources: Sequence[str], own_traits: Mapping[str, int], own: int) -> Lifts[Mapping[str, float]]:
        """See `Calculator`."""
        facts = self._index.facts
        links = max(1, facts.links - own)
        counts = [
            (facts.between[source], facts.from_trait[source] - own) for source in sources if source in facts.between
        ]
        lifts: dict[str, list[float]] = {}
        for trait, arrived in facts.to_trait.items():
            less = own_traits.get(trait, 0)
            lifts[trait] = [
                log_lift(math, max(0, made.get(trait, 0) - less), max(0, possible), max(0, arrived - less), links)
                for made, possible in counts
            ] or [0.0]
        return Lifts(
            one=dict.fromkeys(lifts, 1.0),
            mean={trait: sum(some) / len(some) for trait, some in lifts.items()},
            lowest={trait: min(some) for trait, some in lifts.items()},
            highest={trait: max(some) for trait, some in lifts.items()},
        )

    def published(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """See `Calculator`."""
        return tuple(number for number, entry in self._index.entries(numbers).items() if not entry.draft)

    def rows(self, numbers: Sequence[int], row: Callable[[NoteFigures], Sequence[Figure]]) -> list[Sequence[float]]:
        """See `Calculator`."""
        entries, ties = self._index.entries(numbers), self._index.ties(numbers)
        found = (row(NoteFigures(entries[number], ties[number])) for number in numbers)
        return [cast("Sequence[float]", figures) for figures in found]  # those of one note are numbers
