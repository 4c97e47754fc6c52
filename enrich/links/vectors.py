"""The sums of `enrich.links.sums` with numpy, for training: scores are arrays with a place for each note."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import repeat
from math import inf
from types import ModuleType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from enrich.links.columns import Columns, Floats, Ints, Lists
from enrich.links.note_index import FEWEST_PULLING, HEAVIEST, IMPACT_UNIT, WEIGHT_BITS, Facts, Figure, Lifts, log_lift
from enrich.links.postings import PostingTable


class Arrays(Protocol):
    """What the sums need of an index in memory: its parts as arrays."""

    @property
    def paths(self) -> Sequence[str]:
        """The notes' paths by number."""

    @property
    def facts(self) -> Facts:
        """What holds for the whole vault."""

    @property
    def table(self) -> PostingTable:
        """The notes of every term."""

    @property
    def columns(self) -> Columns:
        """What is known of every note."""

    @property
    def outs(self) -> Lists:
        """The notes that a note links to."""

    @property
    def ins(self) -> Lists:
        """The notes that link to a note."""

    @property
    def traits(self) -> Collection[str]:
        """All traits by number."""

    @property
    def traits_of(self) -> Lists:
        """The numbers of a note's traits."""


class VectorScores:
    """See `enrich.links.note_index.Scores`."""

    def __init__(self, scores: Floats) -> None:
        self._scores = scores

    @property
    def highest(self) -> float:
        """See `Scores`."""
        return float(self._scores.max(initial=0.0))

    def of(self, which: Any) -> Any:
        """See `Scores`."""
        return self._scores[which]

    def best(self, count: int) -> dict[int, float]:
        """See `Scores`."""
        (found,) = self._scores.nonzero()
        if len(found) > count:
            scores = self._scores[found]
            least = np.partition(scores, -count)[-count]
            found = found[scores >= least]
            if len(found) > count:  # several have the least
                scores = self._scores[found]
                found = np.concatenate((found[scores > least], found[scores == least]))[:count]
        return dict(zip(found.tolist(), self._scores[found].tolist(), strict=True))

    def raised(self, by: "VectorScores", share: float) -> "VectorScores":
        """See `Scores`."""
        return VectorScores(self._scores + share * by._scores * (self._scores > 0))

    def drop(self, number: int) -> "VectorScores":
        """See `Scores`."""
        if number >= 0:
            self._scores[number] = 0.0
        return self


class _Notes:
    """The figures of all notes."""

    def __init__(self, index: Arrays) -> None:
        columns = index.columns
        self.words = np.array(index.table.lengths, np.float64)
        self.title_weight = index.table.title_weights
        self.title_length, self.own_title = np.array(columns.title_length), np.array(columns.own_title)
        self.style_length = np.array(columns.style_length)
        self.created, self.updated = np.array(columns.created), np.array(columns.updated)
        self.outs, self.ins, self.traits_of = index.outs, index.ins, index.traits_of
        self.either = _joined(index.outs, index.ins)
        self.traits = {trait: number for number, trait in enumerate(index.traits)}
        self.folder, self.folders = np.array(columns.folder), list(columns.folders)


def _joined(outs: Lists, ins: Lists) -> Lists:
    """The numbers that are in one list of a note or the other, each once."""
    size = len(outs.sizes)
    pairs = [np.repeat(np.arange(size), lists.sizes) * size + lists.values for lists in (outs, ins)]
    notes, others = np.divmod(np.unique(np.concatenate(pairs)), max(1, size))
    return Lists(others, np.bincount(notes, minlength=size))


class ManyFigures:
    """See `enrich.links.note_index.Figures`: those of several notes, as arrays."""

    calc: ModuleType = np

    def __init__(self, notes: _Notes, which: Ints) -> None:
        self._notes, self.which = notes, which
        self.words, self.title_length = notes.words[which], notes.title_length[which]
        self.own_title, self.title_weight = notes.own_title[which], notes.title_weight[which]
        self.style_length = notes.style_length[which]
        self.created, self.updated = notes.created[which], notes.updated[which]
        self.outs, self.ins = notes.outs.sizes[which], notes.ins.sizes[which]
        self._traits, self._sizes = notes.traits_of.of(which)
        self._starts = np.cumsum(self._sizes) - self._sizes

    def trait_sum(self, values: Floats) -> Floats:
        """See `Figures`."""
        return np.add.reduceat(_known(values[self._traits]), self._starts)

    def trait_low(self, values: Floats) -> Floats:
        """See `Figures`."""
        return _known(np.fmin.reduceat(values[self._traits], self._starts))

    def trait_high(self, values: Floats) -> Floats:
        """See `Figures`."""
        return _known(np.fmax.reduceat(values[self._traits], self._starts))

    def by_folder(self, value: Callable[[str], float]) -> Floats:
        """See `Figures`."""
        folders = self._notes.folder[self.which].tolist()
        values = {folder: value(self._notes.folders[folder]) for folder in set(folders)}
        return np.array([values[folder] for folder in folders], np.float64)


def _known(values: Floats) -> Floats:
    values[np.isnan(values)] = 0.0
    return values


class VectorCalculator:
    """See `enrich.links.note_index.Calculator`. Postings must offer their bytes, as `MemoryIndex`'s do."""

    def __init__(self, index: Arrays) -> None:
        self._size, self._table, self._drafts = len(index.paths), index.table, index.columns.drafts
        self._notes = _Notes(index)
        self._crossings = _Crossings(index.facts, self._notes.traits)

    def given(self, scores: Mapping[int, float]) -> VectorScores:
        """See `Calculator`."""
        every = np.zeros(self._size)
        if scores:
            every[list(scores)] = list(scores.values())
        return VectorScores(every)

    def total(self, parts: Iterable[tuple[Sequence[int], float]], weighted: bool = False) -> VectorScores:
        """See `Calculator`."""
        some = [(packed, factor) for packed, factor in parts if packed]
        if not some:
            return VectorScores(np.zeros(self._size))
        values, sizes = _join([packed for packed, _ in some])
        factors = np.repeat([factor for _, factor in some], sizes)
        if weighted:
            factors = factors * (values & HEAVIEST)
        return self._sums(values >> WEIGHT_BITS, factors)

    def first_of(self, parts: Iterable[tuple[Sequence[int], float]], counts: Sequence[int]) -> list[VectorScores]:
        """See `Calculator`."""
        some = [(packed, factor) for packed, factor in parts if packed]
        if not some:
            return [VectorScores(np.zeros(self._size)) for _ in counts]
        values, sizes = _join([packed for packed, _ in some])
        numbers, factors = values >> WEIGHT_BITS, np.repeat([factor for _, factor in some], sizes)
        order = numbers.argsort(kind="stable")
        times = np.bincount(numbers)
        places = np.arange(len(order)) - np.repeat(times.cumsum() - times, times)
        firsts = (order[places < count] for count in counts)
        return [self._sums(numbers[first], factors[first]) for first in firsts]

    def any_of(self, parts: Iterable[tuple[Sequence[int], int]], own: Collection[int]) -> VectorScores:
        """See `Calculator`."""
        some = [(packed, holders) for packed, holders in parts if packed]
        if not some:
            return VectorScores(np.zeros(self._size))
        values, sizes = _join([packed for packed, _ in some])
        holders = np.repeat([count for _, count in some], sizes)
        numbers, counts = values >> WEIGHT_BITS, (values & HEAVIEST).astype(np.int64)
        is_own = np.zeros(self._size, bool)
        is_own[list(own)] = True
        others = counts - is_own[numbers]
        others[others < FEWEST_PULLING] = 0
        shares = others / (holders + others * (counts == HEAVIEST))
        return VectorScores(-np.expm1(np.bincount(numbers, np.log1p(-shares), self._size)))

    def search(
        self, prefix: str, counts: Mapping[str, int], again: float, common: float = inf, most: float = inf
    ) -> VectorScores:
        """See `Calculator`."""
        keys = np.fromiter(map(self._table.ids[prefix].get, counts, repeat(-1)), np.int64, len(counts))
        times = np.fromiter(counts.values(), np.float64, len(counts))[keys >= 0]
        keys = keys[keys >= 0]
        sizes = self._table.sizes[keys]
        order = sizes.argsort(kind="stable")
        sizes = sizes[order]
        sizes = sizes[(sizes <= common) & (sizes.cumsum() <= most)]
        order = order[: len(sizes)]
        values = self._table.of_several(keys[order])
        rarities = np.log1p((self._size - sizes + 0.5) / (sizes + 0.5))
        factors = ((1 + again * np.log(times[order])) * rarities).repeat(sizes)
        if prefix == "w":
            factors *= (values & HEAVIEST) / IMPACT_UNIT
        return self._sums(values >> WEIGHT_BITS, factors)

    def votes(self, shares: Sequence[Mapping[int, float]]) -> list[tuple[VectorScores, VectorScores]]:
        """See `Calculator`."""
        rows = np.repeat(np.arange(len(shares)), [len(some) for some in shares])
        numbers = np.array([number for some in shares for number in some], np.int64)
        factors = np.array([share for some in shares for share in some.values()])
        outs, ins = (
            self._spread(lists, numbers, factors, rows, len(shares)) for lists in (self._notes.outs, self._notes.ins)
        )
        return [(VectorScores(to), VectorScores(back)) for to, back in zip(outs, ins, strict=True)]

    def linked(self, shares: Mapping[int, float]) -> VectorScores:
        """See `Calculator`."""
        numbers, factors = np.array(list(shares), np.int64), np.array(list(shares.values()))
        rows = np.zeros(len(shares), np.int64)
        return VectorScores(self._spread(self._notes.either, numbers, factors, rows, 1)[0])

    def _spread(self, lists: Lists, numbers: Ints, factors: Floats, rows: Ints, count: int) -> Floats:
        """What each note gives to all notes of its list, summed in one of ``count`` rows."""
        others, sizes = lists.of(numbers)
        places = others + np.repeat(rows * self._size, sizes)
        sums = np.bincount(places, np.repeat(factors, sizes), count * self._size).astype(np.float64, copy=False)
        return sums.reshape(count, self._size)

    def _sums(self, numbers: NDArray[Any], factors: NDArray[Any]) -> VectorScores:
        return VectorScores(np.bincount(numbers, factors, self._size).astype(np.float64, copy=False))

    def trait_values(self, values: Mapping[str, float]) -> Floats:
        """See `Calculator`: a place for each trait, with NaN where there is no value."""
        table = np.full(len(self._notes.traits), np.nan)
        for trait, value in values.items():
            if (number := self._notes.traits.get(trait, -1)) >= 0:
                table[number] = value
        return table

    def lifts(self, sources: Sequence[str], own_traits: Mapping[str, int], own: int) -> Lifts[Floats]:
        """See `Calculator`."""
        lifts = self._crossings.lifts(sources, own_traits, own)
        return Lifts(
            *(
                self._crossings.spread(some)
                for some in (
                    np.ones(lifts.shape[1]),
                    np.add.reduce(lifts) / len(lifts),
                    np.minimum.reduce(lifts),
                    np.maximum.reduce(lifts),
                )
            )
        )

    def published(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """See `Calculator`."""
        return tuple(number for number in numbers if not self._drafts[number])

    def rows(self, numbers: Sequence[int], row: Callable[[ManyFigures], Sequence[Figure]]) -> Any:
        """See `Calculator`; a matrix."""
        if not numbers:
            return np.zeros((0, 0))
        columns = row(ManyFigures(self._notes, np.array(numbers, np.int64)))
        rows = np.empty((len(numbers), len(columns)))
        for place, column in enumerate(columns):
            rows[:, place] = column
        return rows


class _Crossings:
    """The links between traits as a matrix: from each trait down, to each trait across."""

    def __init__(self, facts: Facts, traits: Mapping[str, int]) -> None:
        self.links, self.size = facts.links, len(traits)
        self.sources = {trait: number for number, trait in enumerate(facts.between)}
        self.targets = {trait: number for number, trait in enumerate(facts.to_trait)}
        self.made = np.array(
            [[made.get(trait, 0) for trait in self.targets] for made in facts.between.values()], np.float64
        )
        self.possible = np.array([facts.from_trait[trait] for trait in self.sources], np.float64)
        self.arrived = np.array(list(facts.to_trait.values()), np.float64)
        self.places = np.array([traits[trait] for trait in self.targets], np.int64)

    def lifts(self, sources: Sequence[str], own_traits: Mapping[str, int], own: int) -> Floats:
        rows = [self.sources[trait] for trait in sources if trait in self.sources]
        if not rows:
            return np.zeros((1, len(self.targets)))
        less = np.array([own_traits.get(trait, 0) for trait in self.targets], np.float64)
        made, possible = np.maximum(0, self.made[rows] - less), np.maximum(0, self.possible[rows] - own)
        return np.asarray(
            log_lift(np, made, possible[:, None], np.maximum(0, self.arrived - less), max(1, self.links - own))
        )

    def spread(self, values: Floats) -> Floats:
        table = np.full(self.size, np.nan)
        table[self.places] = values
        return table


def _join(packed: Sequence[Sequence[int]]) -> tuple[NDArray[np.uint32], list[int]]:
    return np.frombuffer(b"".join(packed), np.uint32), [len(some) for some in packed]  # type: ignore[arg-type]
