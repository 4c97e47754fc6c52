"""The postings of a whole vault while it is read: flat arrays, sorted once. Imports numpy: queries ask the store."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from enrich.links.bm25 import impact, length_norm
from enrich.links.note_index import HEAVIEST, WEIGHT_BITS
from enrich.links.terms import find_term
from enrich.text.function_words import NEVER_A_TERM

_NOTES_AT_ONCE = 4096
"""Notes whose postings are sorted together, which bounds what is held twice."""
_KEY, _WEIGHT, _PACKED = np.uint64(32), np.uint64(WEIGHT_BITS), np.uint64(0xFFFF_FFFF)
"""A key's number and a packed posting share 64 bits, the key first: one sort puts all postings in order."""


class PostingTable:
    """Postings of notes numbered from 0. Fill it with `add`, then call `finish` once."""

    def __init__(self) -> None:
        fresh = count()
        self.ids: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(fresh.__next__))
        """The number of each key, by its prefix and what follows."""
        self.lengths = array("I")
        """Terms of each note."""
        self.sizes: NDArray[np.int64]
        """Postings of each key."""
        self.title_weights: NDArray[np.float64]
        """The summed rarity of each note's title terms."""
        self._terms = _TermIds(self.ids["w"])
        self._keys, self._ends, self._counts = array("I"), array("Q", (0,)), bytearray()
        self._packed: NDArray[np.uint32]
        self._starts: NDArray[np.int64]
        self._view, self._bounds = memoryview(b""), [0]

    def add(self, words: Iterable[str], others: Iterable[tuple[str, Iterable[str], int]]) -> None:
        """Enter the next note: its words, and other keys as prefix, what follows, and the weight of these."""
        counts = Counter(words)
        for word in counts.keys() & NEVER_A_TERM:
            del counts[word]
        self.lengths.append(counts.total())
        self._keys.extend(map(self._terms.__getitem__, counts))
        self._counts += _bytes(counts.values())
        for prefix, some, weight in others:
            self._keys.extend(map(self.ids[prefix].__getitem__, some))
            self._counts += bytes((weight,)) * (len(self._keys) - len(self._counts))
        self._ends.append(len(self._keys))

    def finish(self) -> None:
        """Turn counts into BM25 impacts and sort the postings by key."""
        pairs = self._sort()
        self._starts = np.searchsorted(pairs, np.arange(self.key_count + 1, dtype=np.uint64) << _KEY)
        self.sizes = np.diff(self._starts)
        self._packed = pairs.astype(np.uint32)
        self._view, self._bounds = self._packed.data, self._starts.tolist()
        self.title_weights = self._weigh_titles()
        self._counts.clear()

    def _sort(self) -> NDArray[np.uint64]:
        """Every key with its packed posting, in order; one block of notes at a time, so that little is held twice."""
        keys, counts = np.frombuffer(self._keys, np.uint32), np.frombuffer(self._counts, np.uint8)
        ends = np.frombuffer(self._ends, np.uint64).astype(np.int64)
        is_term = np.zeros(self.key_count, bool)
        is_term[list(self.ids["w"].values())] = True
        norms = length_norm(np.array(self.lengths, np.float64), self.average_words)
        pairs, filled = np.empty(len(keys), np.uint64), 0
        for first in range(0, self.size, _NOTES_AT_ONCE):
            last = min(self.size, first + _NOTES_AT_ONCE)
            some = slice(ends[first], ends[last])
            numbers = np.repeat(np.arange(first, last, dtype=np.uint64), np.diff(ends[first : last + 1]))
            found, times = _merge(_pair(keys[some], numbers << _WEIGHT), counts[some])
            weights = np.rint(impact(times, norms[(found & _PACKED) >> _WEIGHT]))
            found |= np.where(is_term[found >> _KEY], weights, times).astype(np.uint64)
            pairs[filled : filled + len(found)] = found
            filled += len(found)
        pairs = pairs[:filled]
        pairs.sort()
        return pairs

    def _weigh_titles(self) -> NDArray[np.float64]:
        ids = np.array(sorted(self.ids["t"].values()), np.int64)
        rarities = np.log1p((self.size - self.sizes[ids] + 0.5) / (self.sizes[ids] + 0.5))
        weights = np.bincount(self.of_several(ids) >> WEIGHT_BITS, np.repeat(rarities, self.sizes[ids]), self.size)
        return np.where(weights > 0, weights, 1.0)

    @property
    def size(self) -> int:
        """How many notes there are."""
        return len(self._ends) - 1

    @property
    def key_count(self) -> int:
        """How many keys there are."""
        return sum(map(len, self.ids.values()))

    @property
    def average_words(self) -> float:
        """Terms of a note."""
        return sum(self.lengths) / max(1, self.size)

    def of(self, key: str) -> Sequence[int]:
        """The postings of a key."""
        at = self.ids[key[0]].get(key[1:], -1)
        return self._at(at) if at >= 0 else ()

    def _at(self, number: int) -> memoryview:
        return self._view[self._bounds[number] : self._bounds[number + 1]]

    def of_several(self, numbers: NDArray[np.int64]) -> NDArray[np.uint32]:
        """The postings of several keys, by their numbers, one behind the other."""
        return self._packed[spread(self._starts[numbers], self.sizes[numbers])]

    def keys_of(self, number: int) -> "array[int]":
        """The numbers of a note's keys."""
        return self._keys[self._ends[number] : self._ends[number + 1]]

    def every(self) -> Iterator[tuple[int, str, bytes]]:
        """Each key with its number, in order of these, and its postings."""
        keys = [""] * self.key_count
        for prefix, ids in self.ids.items():
            for word, at in ids.items():
                keys[at] = prefix + word
        packed = self._packed.tobytes()
        bounds = (self._starts * self._packed.itemsize).tolist()
        for at, key in enumerate(keys):
            yield at, key, packed[bounds[at] : bounds[at + 1]]


class _TermIds(dict[str, int]):
    """The number of each word's term."""

    def __init__(self, ids: dict[str, int]) -> None:
        self._ids = ids

    def __missing__(self, word: str) -> int:
        self[word] = found = self._ids[find_term(word)]
        return found


def spread(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of several runs in an array, one run behind the other."""
    shifts = np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    return shifts + np.arange(len(shifts))


def _pair(keys: NDArray[np.uint32], packed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return keys.astype(np.uint64) << _KEY | packed


def _merge(pairs: NDArray[np.uint64], counts: NDArray[np.uint8]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Each pair once, in order, and its counts summed: a note's words may have a term in common."""
    pairs = pairs | counts
    pairs.sort()
    places = pairs >> _WEIGHT
    starts = np.flatnonzero(np.diff(places, prepend=~places[:1]))
    times = (
        np.add.reduceat((pairs & np.uint64(HEAVIEST)).astype(np.int64), starts)
        if len(pairs)
        else counts.astype(np.int64)
    )
    return places[starts] << _WEIGHT, np.minimum(times, HEAVIEST)


def _bytes(counts: Collection[int]) -> bytes:
    try:
        return bytes(counts)
    except ValueError:
        return bytes(min(some, HEAVIEST) for some in counts)
