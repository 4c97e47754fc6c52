"""What the links of a whole vault show: its figures, and where each trait leads. Imports numpy; queries do not."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from enrich.links.columns import Ints, Lists
from enrich.links.note_index import FEWEST_PULLING, HEAVIEST, WEIGHT_BITS, Facts

_HUBS, _FEWEST_OF_A_TRAIT = 40, 3
"""Chosen, as the next line, on the four vaults of docs/measured.md (`benchmarks.links`)."""
_COUNTED_TRAITS = 40
"""Traits between which links are counted, the most frequent: a bound of memory, which each pair of them takes."""
_STRONGEST_PULLS = 200
"""Notes that a trait may speak for, as many as `enrich.links.features` takes in of one kind: a bound of memory."""
_LINKS_AT_ONCE = 1 << 14
"""A bound of memory for a block's arrays: this many links times `_COUNTED_TRAITS`, twice."""


class LinkStatistics(Struct, frozen=True):
    """The links and traits of a vault."""

    traits: Sequence[str]
    """By their numbers."""
    traits_of: Lists
    """The traits of each note."""
    outs: Lists
    """The notes that each note links to."""

    def facts(self, average_words: float, average_title: float) -> Facts:
        """Figures of the vault as a whole."""
        size = len(self.outs.sizes)
        times_linked = np.bincount(self.outs.values, minlength=size)
        counted = self._counted_traits()
        has = self._has(counted)
        made = self._links_between(has)
        names = [self.traits[trait] for trait in counted.tolist()]
        sources = dict(zip(names, (self.outs.sizes @ has).tolist(), strict=True))
        targets = dict(zip(names, (times_linked @ has).tolist(), strict=True))
        return Facts(
            size=size,
            average_words=average_words,
            links=len(self.outs.values),
            linking=int(np.count_nonzero(self.outs.sizes)),
            average_title=average_title,
            hubs=tuple(np.argsort(-times_linked, kind="stable")[:_HUBS].tolist()),
            from_trait=_counts(sources),
            to_trait=_counts(targets),
            between={
                name: _counts(dict(zip(names, row, strict=True)))
                for name, row in zip(names, made.tolist(), strict=True)
                if sources[name]
            },
        )

    def _counted_traits(self) -> Ints:
        """The most frequent traits, those met first before others as frequent."""
        counts = np.bincount(self.traits_of.values, minlength=len(self.traits))
        frequent = np.argsort(-counts, kind="stable")[:_COUNTED_TRAITS]
        return frequent[counts[frequent] >= _FEWEST_OF_A_TRAIT]

    def _has(self, counted: Ints) -> NDArray[np.uint8]:
        """Which notes, down, have which of the counted traits, across."""
        column = np.full(len(self.traits), -1)
        column[counted] = np.arange(len(counted))
        columns = column[self.traits_of.values]
        notes = np.repeat(np.arange(len(self.traits_of.sizes)), self.traits_of.sizes)
        has = np.zeros((len(self.traits_of.sizes), len(counted)), np.uint8)
        has[notes[columns >= 0], columns[columns >= 0]] = 1
        return has

    def _links_between(self, has: NDArray[np.uint8]) -> Ints:
        """How many links lead from a note with one trait, down, to one with another, across.

        Not as a product of matrices, which would be shared among threads that wait for each other.
        """
        made, sources = np.zeros((has.shape[1], has.shape[1])), self.sources
        for start in range(0, len(self.outs.values), _LINKS_AT_ONCE):
            some = slice(start, start + _LINKS_AT_ONCE)
            made += np.einsum("ls,lt->st", has[sources[some]].astype(float), has[self.outs.values[some]].astype(float))
        return made.astype(np.int64)

    @property
    def sources(self) -> Ints:
        """The note in which each link stands."""
        return np.repeat(np.arange(len(self.outs.sizes)), self.outs.sizes)

    def pulls(self) -> Iterator[tuple[str, NDArray[np.uint32]]]:
        """For each trait that some notes share: how many of them link to which note, the most linked ones, packed."""
        if not len(self.outs.values):
            return
        size, frequent = len(self.outs.sizes), np.bincount(self.traits_of.values, minlength=len(self.traits))
        traits, sizes = self.traits_of.of(self.sources)
        made = traits.astype(np.int64) * size + np.repeat(self.outs.values, sizes)
        made, counts = np.unique(made[frequent[traits] >= _FEWEST_OF_A_TRAIT], return_counts=True)
        made, counts = made[counts >= FEWEST_PULLING], counts[counts >= FEWEST_PULLING]
        traits, targets = np.divmod(made, size)
        packed = (targets << WEIGHT_BITS | np.minimum(counts, HEAVIEST)).astype(np.uint32)
        bounds = np.flatnonzero(np.diff(traits, prepend=-1, append=-1))
        for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            strongest = np.argsort(-counts[start:end], kind="stable")[:_STRONGEST_PULLS]
            yield self.traits[traits[start]], packed[start:end][np.sort(strongest)]


def _counts(counts: dict[str, int]) -> dict[str, int]:
    return {trait: int(count) for trait, count in counts.items() if count}
