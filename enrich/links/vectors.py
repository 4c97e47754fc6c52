"""The sums of `enrich.links.sums` with numpy, for training."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from enrich.links.shelf import HEAVIEST, WEIGHT_BITS


class VectorSums:
    """See `enrich.links.shelf.Sums`. Postings must offer their bytes, as `MemoryShelf`'s do."""

    def total(self, parts: Iterable[tuple[Sequence[int], float]], weighted: bool = False) -> dict[int, float]:
        """See `Sums`."""
        some = [(packed, factor) for packed, factor in parts if packed]
        if not some:
            return {}
        values, sizes = _join([packed for packed, _ in some])
        factors = np.repeat([factor for _, factor in some], sizes)
        numbers = values >> WEIGHT_BITS
        sums = np.bincount(numbers, factors * (values & HEAVIEST) if weighted else factors)
        found = np.flatnonzero(sums)
        return dict(zip(found.tolist(), sums[found].tolist(), strict=True))

    def any_of(self, parts: Iterable[tuple[Sequence[int], int]], own: Collection[int]) -> Mapping[int, float]:
        """See `Sums`."""
        some = [(packed, holders) for packed, holders in parts if packed]
        if not some:
            return {}
        values, sizes = _join([packed for packed, _ in some])
        holders = np.repeat([count for _, count in some], sizes)
        numbers, counts = values >> WEIGHT_BITS, (values & HEAVIEST).astype(np.int64)
        others = counts.copy()
        for number in own:
            others -= numbers == number
        shares = others / (holders + others * (counts == HEAVIEST))
        sums = np.bincount(numbers, np.log1p(-shares))
        found = np.flatnonzero(sums)
        return dict(zip(found.tolist(), (-np.expm1(sums[found])).tolist(), strict=True))


def _join(packed: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.int64], list[int]]:
    joined = np.concatenate([np.frombuffer(some, np.uint32) for some in packed])  # type: ignore[call-overload]
    return joined.astype(np.int64), [len(some) for some in packed]
