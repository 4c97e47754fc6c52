"""What stands in order in the notes of one kind: headings, some of them optional, some in another's place.

Two kinds are worth one when one is shorter to write down: its names once, and for each note which of them it has
(minimum description length, https://doi.org/10.1016/0005-1098(78)90005-5).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

Name = tuple[int, str]
"""Level and words of a heading."""

NAME_BITS = 6.0
"""What a name costs in the description of a kind. Chosen on one journal; see docs/measured.md for three vaults
that it was not chosen on."""


class Slot(Struct, frozen=True):
    """One place of the order: how many notes have each name there."""

    counts: Mapping[Name, int]

    @property
    def present(self) -> int:
        """Notes that have any of the names."""
        return sum(self.counts.values())

    @property
    def names(self) -> tuple[Name, ...]:
        """The names, the most frequent first."""
        return tuple(sorted(self.counts, key=lambda name: (-self.counts[name], name)))

    def bits(self, notes: int) -> float:
        """What it costs to write down the slot, and which of its names each of ``notes`` has."""
        said = (*self.counts.values(), notes - self.present)
        return NAME_BITS * len(self.counts) + _weight(notes) - sum(map(_weight, said))


Slots = tuple[Slot, ...]


def slots_of(names: Sequence[Name], notes: int) -> Slots:
    """The slots of ``notes`` notes that have the same names in the same order."""
    return tuple(Slot({name: notes}) for name in names)


def bits_of(slots: Slots, notes: int) -> float:
    """What the whole order costs."""
    return sum(slot.bits(notes) for slot in slots)


def merge_slots(first: Slots, second: Slots, notes: int) -> Slots | None:
    """The cheapest order that both keep; None where they have the same names in another order.

    ``notes`` are how many both stand for.
    """
    shared = _shared(first, second)
    if shared is None:
        return None
    merged = list[Slot]()
    at_first = at_second = 0
    for here, there in (*shared, (len(first), len(second))):
        merged += _merge_gap(first[at_first:here], second[at_second:there], notes)
        if here < len(first):
            merged.append(_join(first[here], second[there]))
        at_first, at_second = here + 1, there + 1
    return tuple(merged)


def keep_order(slots: Slots, names: Sequence[Name], notes: int) -> bool:
    """Whether ``names`` stand in the order: one name a slot, and none missing that all ``notes`` have."""
    at = 0
    for name in names:
        while at < len(slots) and name not in slots[at].counts:
            if slots[at].present == notes:
                return False
            at += 1
        if at == len(slots):
            return False
        at += 1
    return all(slot.present < notes for slot in slots[at:])


def _shared(first: Slots, second: Slots) -> list[tuple[int, int]] | None:
    """Which slots have a name in common; None where they do not stand in one order, or a slot would have to be two."""
    places = {name: at for at, slot in enumerate(second) for name in slot.counts}
    pairs = {(at, places[name]) for at, slot in enumerate(first) for name in slot.counts if name in places}
    ordered = sorted(pairs)
    rises = all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(ordered))
    return ordered if rises else None


def _merge_gap(first: Slots, second: Slots, notes: int) -> Iterator[Slot]:
    """Slots without a name in common, between two that have one: each stands for itself, or two for one another."""

    @cache
    def best(a: int, b: int) -> tuple[float, tuple[Slot, ...]]:
        ways = []
        if a < len(first):
            cost, rest = best(a + 1, b)
            ways.append((cost + first[a].bits(notes), (first[a], *rest)))
        if b < len(second):
            cost, rest = best(a, b + 1)
            ways.append((cost + second[b].bits(notes), (second[b], *rest)))
        if a < len(first) and b < len(second):
            both = _join(first[a], second[b])
            cost, rest = best(a + 1, b + 1)
            ways.append((cost + both.bits(notes), (both, *rest)))
        return min(ways, key=lambda way: way[0]) if ways else (0.0, ())

    yield from best(0, 0)[1]


def _join(first: Slot, second: Slot) -> Slot:
    counts = dict(first.counts)
    for name, count in second.counts.items():
        counts[name] = counts.get(name, 0) + count
    return Slot(counts)


@cache
def _weight(count: int) -> float:
    return count * math.log2(count) if count else 0.0
