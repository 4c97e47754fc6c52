"""The sums of `enrich.links.sums` with numpy, for training: scores are arrays with a place for each note."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enrich.links.shelf import HEAVIEST, WEIGHT_BITS, Entry, Facts, Figure, Lifts, log_lift

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class VectorScores:
    """See `enrich.links.shelf.Scores`."""

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
        found = np.flatnonzero(self._scores)
        if len(found) > count:
            scores = self._scores[found]
            least = np.partition(scores, -count)[-count]
            best = found[scores > least]
            found = np.concatenate((best, found[scores == least][: count - len(best)]))
        return dict(zip(found.tolist(), self._scores[found].tolist(), strict=True))

    def raised(self, by: "VectorScores", share: float) -> "VectorScores":
        """See `Scores`."""
        return VectorScores(self._scores + share * by._scores * (self._scores > 0))

    def drop(self, number: int) -> "VectorScores":
        """See `Scores`."""
        if number >= 0:
            self._scores[number] = 0.0
        return self


class _Lists:
    """Lists of numbers, one a note, in one array."""

    def __init__(self, lists: Sequence[Collection[int]]) -> None:
        self.sizes = np.array([len(some) for some in lists], np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.values = np.fromiter((value for some in lists for value in some), np.int64, int(self.sizes.sum()))

    def of(self, which: Ints) -> tuple[Ints, Ints]:
        """The lists of some notes, one behind the other, and their sizes."""
        sizes = self.sizes[which]
        ends = np.cumsum(sizes)
        shifts = np.repeat(self.starts[which] - ends + sizes, sizes)
        return self.values[shifts + np.arange(len(shifts))], sizes


class _Columns:
    """The figures of all notes."""

    def __init__(self, notes: Sequence[Entry], outs: Sequence[Collection[int]], ins: Sequence[Collection[int]]) -> None:
        self.words = _column(entry.words for entry in notes)
        self.title_length = _column(len(entry.title_terms) for entry in notes)
        self.own_title = _column(entry.own_title for entry in notes)
        self.title_weight = _column(entry.title_weight for entry in notes)
        self.style_length = _column(len(entry.traits) - len(entry.tags) for entry in notes)
        self.created = _column(entry.created for entry in notes)
        self.updated = _column(entry.updated for entry in notes)
        self.outs, self.ins = _Lists(outs), _Lists(ins)
        self.either = _Lists([{*some, *others} for some, others in zip(outs, ins, strict=True)])
        self.traits: dict[str, int] = {}
        number_of = self.traits.setdefault
        self.note_traits = _Lists([[number_of(trait, len(self.traits)) for trait in entry.traits] for entry in notes])
        folders: dict[str, int] = {}
        self.folder = np.array([folders.setdefault(entry.folder, len(folders)) for entry in notes], np.int64)
        self.folders = list(folders)


def _column(values: Iterable[float]) -> Floats:
    return np.fromiter(values, np.float64)


class ManyFigures:
    """See `enrich.links.shelf.Figures`: those of several notes, as arrays."""

    calc: ModuleType = np

    def __init__(self, columns: _Columns, which: Ints) -> None:
        self._columns, self.which = columns, which
        self.words, self.title_length = columns.words[which], columns.title_length[which]
        self.own_title, self.title_weight = columns.own_title[which], columns.title_weight[which]
        self.style_length = columns.style_length[which]
        self.created, self.updated = columns.created[which], columns.updated[which]
        self.outs, self.ins = columns.outs.sizes[which], columns.ins.sizes[which]
        self._traits, self._sizes = columns.note_traits.of(which)
        self._starts = np.cumsum(self._sizes) - self._sizes

    def trait_sum(self, values: Floats) -> Floats:
        """See `Figures`."""
        return np.add.reduceat(np.where(np.isnan(values), 0.0, values)[self._traits], self._starts)

    def trait_low(self, values: Floats) -> Floats:
        """See `Figures`."""
        return np.nan_to_num(np.fmin.reduceat(values[self._traits], self._starts))

    def trait_high(self, values: Floats) -> Floats:
        """See `Figures`."""
        return np.nan_to_num(np.fmax.reduceat(values[self._traits], self._starts))

    def by_folder(self, value: Callable[[str], float]) -> Floats:
        """See `Figures`."""
        folders, places = np.unique(self._columns.folder[self.which], return_inverse=True)
        return np.array([value(self._columns.folders[folder]) for folder in folders.tolist()], np.float64)[places]


class VectorCalculator:
    """See `enrich.links.shelf.Calculator`. Postings must offer their bytes, as `MemoryShelf`'s do."""

    def __init__(
        self, notes: Sequence[Entry], outs: Sequence[Collection[int]], ins: Sequence[Collection[int]], facts: Facts
    ) -> None:
        self._size, self._facts = len(notes), facts
        self._columns = _Columns(notes, outs, ins)
        self._crossings = _Crossings(facts, self._columns.traits)

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

    def any_of(self, parts: Iterable[tuple[Sequence[int], int]], own: Collection[int]) -> VectorScores:
        """See `Calculator`."""
        some = [(packed, holders) for packed, holders in parts if packed]
        if not some:
            return VectorScores(np.zeros(self._size))
        values, sizes = _join([packed for packed, _ in some])
        holders = np.repeat([count for _, count in some], sizes)
        numbers, counts = values >> WEIGHT_BITS, (values & HEAVIEST).astype(np.int64)
        others = counts - np.isin(numbers, list(own))
        shares = others / (holders + others * (counts == HEAVIEST))
        return VectorScores(-np.expm1(np.bincount(numbers, np.log1p(-shares), self._size)))

    def votes(self, shares: Mapping[int, float]) -> tuple[VectorScores, VectorScores]:
        """See `Calculator`."""
        return self._spread(shares, self._columns.outs), self._spread(shares, self._columns.ins)

    def linked(self, shares: Mapping[int, float]) -> VectorScores:
        """See `Calculator`."""
        return self._spread(shares, self._columns.either)

    def _spread(self, shares: Mapping[int, float], lists: _Lists) -> VectorScores:
        numbers, sizes = lists.of(np.array(list(shares), np.int64))
        return self._sums(numbers, np.repeat(list(shares.values()), sizes))

    def _sums(self, numbers: NDArray[Any], factors: NDArray[Any]) -> VectorScores:
        return VectorScores(np.bincount(numbers, factors, self._size).astype(np.float64, copy=False))

    def trait_values(self, values: Mapping[str, float]) -> Floats:
        """See `Calculator`: a place for each trait, with NaN where there is no value."""
        table = np.full(len(self._columns.traits), np.nan)
        for trait, value in values.items():
            if (number := self._columns.traits.get(trait, -1)) >= 0:
                table[number] = value
        return table

    def lifts(self, sources: Sequence[str], own_traits: Mapping[str, int], own: int) -> Lifts[Floats]:
        """See `Calculator`."""
        lifts = self._crossings.lifts(sources, own_traits, own)
        return Lifts(
            *(
                self._crossings.spread(some)
                for some in (np.ones(lifts.shape[1]), lifts.mean(0), lifts.min(0), lifts.max(0))
            )
        )

    def rows(self, numbers: Sequence[int], row: Callable[[ManyFigures], Sequence[Figure]]) -> Any:
        """See `Calculator`; a matrix."""
        if not numbers:
            return np.zeros((0, 0))
        columns = row(ManyFigures(self._columns, np.array(numbers, np.int64)))
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
