"""The two sums over postings that a subject's signals need, in plain Python: what a query uses.

`enrich.links.vectors` does the same with numpy, which pays in training, where hundreds of subjects are summed up, but
not in a query, which would wait longer for the import.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from enrich.links.shelf import HEAVIEST, WEIGHT_BITS, unpack


class PlainSums:
    """See `enrich.links.shelf.Sums`."""

    def total(self, parts: Iterable[tuple[Sequence[int], float]], weighted: bool = False) -> dict[int, float]:
        """See `Sums`."""
        scores: dict[int, float] = defaultdict(float)
        for packed, factor in parts:
            if weighted:
                for value in packed:
                    scores[value >> WEIGHT_BITS] += factor * (value & HEAVIEST)
            else:
                for value in packed:
                    scores[value >> WEIGHT_BITS] += factor
        return scores

    def any_of(self, parts: Iterable[tuple[Sequence[int], int]], own: Collection[int]) -> Mapping[int, float]:
        """See `Sums`."""
        spared: dict[int, float] = {}
        for packed, holders in parts:
            for number, count in map(unpack, packed):
                others = count - (number in own)
                if others > 0:
                    spared[number] = spared.get(number, 1.0) * (1 - others / (holders + others * (count == HEAVIEST)))
        return {number: 1 - share for number, share in spared.items()}
