"""Notes of the same kind, found by what they have in common: keys, headings, how they start and end."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from enrich.shapes.sequence import Name, Slot, Slots, bits_of, keep_order, merge_slots, slots_of

KEY_WEIGHT = 0.25
"""What a key counts beside a heading: programs add keys to notes of every kind. By hand: from 0.1 to 1 little
changes on four vaults."""
FREE = 0.1
"""Share of the notes with headings of their own, from which a kind allows them. By hand: with .2 some .05 of
the notes of one vault were lost."""
STRANGERS = 0.02
"""Share of the other notes that may be let in by putting two kinds together. Chosen like `NAME_BITS`."""
_HALF = 0.5
"""Share of the notes of a kind, from which they are those of another."""
TRAIT_BITS = 12.0
"""What one more value of a trait costs in the description of a kind; see `NAME_BITS`."""


class Outline(Struct, frozen=True):
    """What the kind of a note is told by."""

    keys: frozenset[str]
    """The keys of the front matter; their order tells no kinds apart, for programs change it."""
    headings: tuple[Name, ...]
    """The headings that other notes have too, in order."""
    free: bool
    """Whether there are headings besides, which vary note by note."""
    traits: tuple[Hashable, ...]
    """What else is the same in notes of a kind: whether there is a title, how the note ends."""


class Cluster(Struct, frozen=True):
    """Notes of one kind."""

    members: tuple[int, ...]
    """Their numbers, rising."""
    keys: Counter[str]
    """How many of them have each key."""
    headings: Slots
    free: int
    """How many of them have headings of their own."""
    traits: tuple[Counter[Hashable], ...]
    shut: bool = False
    """Headings of their own are not allowed, though some notes have them: else most other notes were let in too."""

    @property
    def closed(self) -> bool:
        """Whether hardly one has headings of its own, so that a type need not allow them."""
        return self.shut or self.free < FREE * len(self.members)

    def accepts(self, outline: Outline) -> bool:
        """Whether a note of that outline would keep a type of this kind."""
        notes = len(self.members)
        return (
            not (outline.free and self.closed)
            and all(key in outline.keys for key, count in self.keys.items() if count == notes)
            and all(trait in counts for trait, counts in zip(outline.traits, self.traits, strict=True))
            and keep_order(self.headings, self._asked(outline.headings), notes)
        )

    def _asked(self, headings: Sequence[Name]) -> Sequence[Name]:
        """The headings that a type of this kind looks at."""
        known = {name for slot in self.headings for name in slot.counts}
        return headings if self.closed else [name for name in headings if name in known]

    @property
    def bits(self) -> float:
        """What it costs to write down the kind and its notes."""
        notes = len(self.members)
        keys = sum(Slot({(0, key): count}).bits(notes) for key, count in self.keys.items())
        return (
            KEY_WEIGHT * keys
            + bits_of(self.headings, notes)
            + sum(_trait_bits(counts, notes) for counts in self.traits)
        )


def find_clusters(outlines: Sequence[Outline]) -> tuple[Cluster, ...]:
    """The kinds of notes among ``outlines``, the largest first.

    Notes with the same outline are together from the start; then, again and again, the two kinds that are shortest to
    write down as one, unless a type of both would let in too many of the other notes.
    """
    alike = Counter(outlines)
    clusters = dict(enumerate(_start(outlines)))
    offers = [offer for a, b in combinations(clusters, 2) if (offer := _offer(clusters, a, b))]
    heapq.heapify(offers)
    made = len(clusters)
    while offers:
        _, a, b = heapq.heappop(offers)
        merged = _merge(clusters[a], clusters[b]) if a in clusters and b in clusters else None
        if merged is None or _is_too_wide(merged, (clusters[a], clusters[b]), outlines, alike):
            continue
        del clusters[a], clusters[b]
        clusters[made] = merged
        for other in clusters:
            if other != made and (offer := _offer(clusters, other, made)):
                heapq.heappush(offers, offer)
        made += 1
    return _told_apart(sorted(clusters.values(), key=_by_size), outlines)


def _told_apart(clusters: Sequence[Cluster], outlines: Sequence[Outline]) -> tuple[Cluster, ...]:
    """Kinds whose notes a type of a larger kind lets in are put together with it; no kind that is left lets in others.

    ``clusters`` are sorted, the largest first.
    """
    kept: list[Cluster] = []
    for cluster in clusters:
        wider = next((row for row in kept if _lets_in(row, cluster.members, outlines) >= _HALF), None)
        merged = _merge(wider, cluster) if wider else None
        if wider and merged:
            kept[kept.index(wider)] = merged
        else:
            kept.append(cluster)
    if len(kept) < len(clusters):
        return _told_apart(sorted(kept, key=_by_size), outlines)
    narrow = (_shut_if_wide(row, outlines) for row in kept)
    return tuple(sorted((row for row in narrow if row), key=_by_size))


def _shut_if_wide(cluster: Cluster, outlines: Sequence[Outline]) -> Cluster | None:
    """The cluster, without headings of their own where it would let in too many others; None where it still does.

    A kind that has more notes than it lets in is not too wide.
    """
    others = sorted(set(range(len(outlines))).difference(cluster.members))
    most = max(STRANGERS * len(others), len(cluster.members))
    for narrow in (cluster, replace(cluster, shut=True)):
        if len(others) * _lets_in(narrow, others, outlines) <= most:
            return narrow if _lets_in(narrow, narrow.members, outlines) >= _HALF else None
    return None


def _lets_in(cluster: Cluster, members: Sequence[int], outlines: Sequence[Outline]) -> float:
    """Which share of the notes a type of this kind would let in."""
    return sum(cluster.accepts(outlines[member]) for member in members) / max(1, len(members))


def _by_size(cluster: Cluster) -> tuple[int, tuple[int, ...]]:
    return -len(cluster.members), cluster.members


def _is_too_wide(
    merged: Cluster, parts: Iterable[Cluster], outlines: Sequence[Outline], alike: Mapping[Outline, int]
) -> bool:
    """Whether too many notes of other kinds would be let in that neither of the parts lets in."""
    own = Counter(outlines[member] for member in merged.members)
    others = len(outlines) - len(merged.members)
    strangers = sum(
        count - own[outline]
        for outline, count in alike.items()
        if merged.accepts(outline) and not any(part.accepts(outline) for part in parts)
    )
    return strangers > STRANGERS * others


def _start(outlines: Sequence[Outline]) -> Iterable[Cluster]:
    alike: dict[Outline, list[int]] = defaultdict(list)
    for number, outline in enumerate(outlines):
        alike[outline].append(number)
    for outline, members in alike.items():
        notes = len(members)
        keys = Counter(dict.fromkeys(outline.keys, notes))
        traits = tuple(Counter({trait: notes}) for trait in outline.traits)
        yield Cluster(tuple(members), keys, slots_of(outline.headings, notes), notes * outline.free, traits)


def _offer(clusters: dict[int, Cluster], a: int, b: int) -> tuple[float, int, int] | None:
    """What it costs to put two together, less than nothing; None where it does not pay."""
    merged = _merge(clusters[a], clusters[b])
    change = merged.bits - clusters[a].bits - clusters[b].bits if merged else 0.0
    return (change, a, b) if change < 0 else None


def _merge(first: Cluster, second: Cluster) -> Cluster | None:
    headings = merge_slots(first.headings, second.headings, len(first.members) + len(second.members))
    if headings is None:
        return None
    keys = first.keys + second.keys
    traits = tuple(a + b for a, b in zip(first.traits, second.traits, strict=True))
    return Cluster(tuple(sorted((*first.members, *second.members))), keys, headings, first.free + second.free, traits)


def _trait_bits(counts: Counter[Hashable], notes: int) -> float:
    return TRAIT_BITS * len(counts) - sum(count * math.log2(count / notes) for count in counts.values())
