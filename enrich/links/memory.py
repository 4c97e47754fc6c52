"""The shelf in memory: filled card by card when an index is made, and enough by itself for a small vault."""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, count
from operator import itemgetter

from enrich.links.card import Card
from enrich.links.naming import Naming, naming_keys
from enrich.links.shelf import (
    HEAVIEST,
    IMPACT_UNIT,
    WEIGHT_BITS,
    Calculator,
    Entry,
    Facts,
    Ties,
    new_postings,
    pack,
    rarity,
)
from enrich.links.subject import count_terms, name_key, title_terms_of, traits_of

SATURATION, LENGTH_SHARE = 1.2, 0.75
HIGHEST_IMPACT = SATURATION + 1
_HUBS, _COUNTED_TRAITS, _FEWEST_OF_A_TRAIT = 40, 40, 3
_STRONGEST_PULLS = 200
_NOTHING: Sequence[int] = ()


class MemoryShelf:
    """A `enrich.links.shelf.Shelf`. Fill it with `add`, then call `finish` once."""

    def __init__(self) -> None:
        self.naming = Naming(self.postings, lambda number: self.notes[number].path)
        self.notes: list[Entry] = []
        ids = count()
        self._words: dict[str, int] = defaultdict(ids.__next__)
        self._plain: dict[str, int] = defaultdict(ids.__next__)
        self.ids: dict[str, int] = {}
        """Every key that came from a note; filled by `finish`. Until then terms are kept apart, without a prefix."""
        self.keys: list[array[int]] = []
        """For each note the ids of its keys."""
        self.anchors: list[dict[str, frozenset[str]]] = []
        """For each note its links' targets as written, with the words they show."""
        self.outs: list[frozenset[int]] = []
        self.ins: list[set[int]] = []
        self.lengths: array[int] = array("I")
        self.days: list[tuple[int, int]] = []
        self.facts = Facts()
        self._counts: array[int] = array("I")
        self._packed: array[int] = array("I")
        self._starts: list[int] = []
        self._cut: dict[str, array[int]] = {}
        self._learned: dict[str, array[int]] = {}

    def add(self, card: Card) -> int:
        """Enter a note and return its number. `finish` makes postings of all of them."""
        number = len(self.notes)
        counts = count_terms(card)
        title_terms, own = title_terms_of(card)
        traits = traits_of(card)
        self.lengths.append(sum(counts.values()))
        plain = plain_keys(card, title_terms[:own], title_terms[own:], traits)
        self.keys.append(array("I", [*map(self._words.__getitem__, counts), *map(self._plain.__getitem__, plain)]))
        self._counts.extend(chain(counts.values(), plain.values()))
        self.anchors.append(anchor_words(card))
        self.notes.append(entry_of(card, number, self.lengths[-1], title_terms, own, traits))
        return number

    def finish(self) -> None:
        """Turn counts into BM25 impacts, resolve the links and count what the traits tell about them."""
        self._post()
        self.notes = [self._with_title_weight(entry) for entry in self.notes]
        self._resolve()
        self._count_pulls()
        self.days = sorted((entry.created, entry.number) for entry in self.notes if entry.created)
        self.facts = self._facts()

    def _post(self) -> None:
        """All postings in one array, key after key: one sort instead of a list a key."""
        import numpy as np

        self.ids = {"w" + term: number for term, number in self._words.items()} | self._plain
        keys = np.frombuffer(b"".join(self.keys), np.uint32)
        numbers = np.repeat(np.arange(len(self.keys), dtype=np.uint32), [len(some) for some in self.keys])
        counts = np.minimum(np.frombuffer(self._counts, np.uint32), HEAVIEST)
        average = sum(self.lengths) / max(1, len(self.notes))
        norms = np.array([length_norm(length, average) for length in self.lengths])
        is_word = np.zeros(len(self.ids), bool)
        is_word[list(self._words.values())] = True
        impacts = np.rint(IMPACT_UNIT * HIGHEST_IMPACT * counts / (counts + norms[numbers]))
        weights = np.where(is_word[keys], impacts, counts)
        packed = (numbers << WEIGHT_BITS | weights.astype(np.uint32))[np.argsort(keys, kind="stable")]
        self._packed = array("I", packed.tobytes())
        self._starts = [0, *np.cumsum(np.bincount(keys, minlength=len(self.ids))).tolist()]
        self._counts = array("I")

    @cached_property
    def calculator(self) -> Calculator:
        """See `Shelf`."""
        from enrich.links.vectors import VectorCalculator  # numpy, which a query on the store does without

        return VectorCalculator(self.notes, self.outs, self.ins, self.facts)

    def postings(self, key: str) -> Sequence[int]:
        """See `Shelf`."""
        found = self._cut.get(key)
        if found is None:
            at = self.ids.get(key)
            if at is None:
                return self._learned.get(key, _NOTHING)
            found = self._cut[key] = self._packed[self._starts[at] : self._starts[at + 1]]
        return found

    def every(self) -> Iterator[tuple[str, bytes]]:
        """Each key with its postings as they are stored; those that came from notes first, by their ids."""
        for key, at in sorted(self.ids.items(), key=itemgetter(1)):
            yield key, self._packed[self._starts[at] : self._starts[at + 1]].tobytes()
        for key, packed in self._learned.items():
            yield key, packed.tobytes()

    def _traits(self) -> Iterator[tuple[str, Sequence[int]]]:
        return ((key[1:], self.postings(key)) for key in self.ids if key[0] == "=")

    def entries(self, numbers: Iterable[int]) -> Mapping[int, Entry]:
        """See `Shelf`."""
        return {number: self.notes[number] for number in numbers}

    def ties(self, numbers: Iterable[int]) -> Mapping[int, Ties]:
        """See `Shelf`."""
        ties = self._ties
        return {number: ties[number] for number in numbers}

    @cached_property
    def _ties(self) -> list[Ties]:
        return [Ties(outs, frozenset(ins)) for outs, ins in zip(self.outs, self.ins, strict=True)]

    def around(self, day: int, count: int) -> Sequence[tuple[int, int]]:
        """See `Shelf`."""
        at = bisect_left(self.days, (day, 0))
        return self.days[max(0, at - count) : at + count]

    def _with_title_weight(self, entry: Entry) -> Entry:
        weights = (rarity(len(self.postings("t" + term)), len(self.notes)) for term in entry.title_terms)
        return entry._replace(title_weight=sum(weights) or 1.0)

    def _resolve(self) -> None:
        self.ins = [set() for _ in self.notes]
        shown: dict[str, Counter[int]] = defaultdict(Counter)
        for entry, anchors in zip(self.notes, self.anchors, strict=True):
            outs, words = resolve_anchors(anchors, self.naming, entry)
            self.outs.append(outs)
            for target in outs:
                self.ins[target].add(entry.number)
            for key, target in words:
                shown[key][target] += 1
        for key, targets in shown.items():
            self._learned["a" + key] = new_postings(pack(target, count) for target, count in targets.items())
        for term in {term for key in shown for term in key.split()}:
            self._learned["b" + term] = new_postings((1,))

    def _count_pulls(self) -> None:
        """For each trait that some notes share: how many of them link to which note, the most linked ones."""
        for trait, packed in self._traits():
            if len(packed) < _FEWEST_OF_A_TRAIT:
                continue
            pulls = Counter(chain.from_iterable(self.outs[value >> WEIGHT_BITS] for value in packed))
            strong = [(target, count) for target, count in pulls.most_common(_STRONGEST_PULLS) if count > 1]
            if strong:
                self._learned[">" + trait] = new_postings(pack(target, count) for target, count in strong)

    def _facts(self) -> Facts:
        frequent = Counter({trait: len(packed) for trait, packed in self._traits()})
        counted = {trait for trait, count in frequent.most_common(_COUNTED_TRAITS) if count >= _FEWEST_OF_A_TRAIT}
        traits = [tuple(trait for trait in entry.traits if trait in counted) for entry in self.notes]
        sources: Counter[str] = Counter()
        reached: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for number, outs in enumerate(self.outs):
            of_targets = [traits[target] for target in outs]
            for trait in traits[number]:
                sources[trait] += len(outs)
                reached[trait] += of_targets
        arrivals = Counter(chain.from_iterable(traits[target] for outs in self.outs for target in outs))
        return Facts(
            size=len(self.notes),
            average_words=sum(self.lengths) / max(1, len(self.notes)),
            links=sum(map(len, self.outs)),
            linking=sum(map(bool, self.outs)),
            average_title=sum(len(entry.title_terms) for entry in self.notes) / max(1, len(self.notes)),
            hubs=tuple(sorted(range(len(self.ins)), key=lambda n: (-len(self.ins[n]), n))[:_HUBS]),
            from_trait={trait: count for trait, count in sources.items() if count},
            to_trait=dict(arrivals),
            between={trait: dict(Counter(chain.from_iterable(some))) for trait, some in reached.items() if some},
        )


def entry_of(
    card: Card, number: int, words: int, title_terms: tuple[str, ...], own: int, traits: tuple[str, ...]
) -> Entry:
    """The entry of a card."""
    return Entry(
        number=number,
        path=card.path,
        title=card.title,
        description=card.description,
        tags=card.tags,
        keywords=card.keywords,
        created=card.created,
        updated=card.updated,
        draft=card.draft,
        words=words,
        title_terms=title_terms,
        traits=traits,
        own_title=own,
    )


def length_norm(length: int, average: float) -> float:
    """What BM25 adds to a term's count in a note of ``length`` terms."""
    return SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / max(1.0, average))


def impact(count: int, norm: float) -> int:
    """The weight of a term that stands ``count`` times in a note, for its postings."""
    return round(IMPACT_UNIT * HIGHEST_IMPACT * count / (count + norm))


def plain_keys(card: Card, title: Iterable[str], aliases: Iterable[str], traits: Iterable[str]) -> dict[str, int]:
    """Every key of a note but its terms, with its weight; ``title`` and ``aliases`` are terms of these."""
    keys = dict.fromkeys(("t" + term for term in title), 1)
    keys.update(dict.fromkeys(("t" + term for term in aliases), 0))
    keys.update(dict.fromkeys(("n" + key for key in {name_key(name) for name in card.names} if key), 1))
    keys.update(dict.fromkeys(("k" + word for word in card.keywords), 1))
    keys.update(dict.fromkeys(("=" + trait for trait in traits), 1))
    keys.update(dict.fromkeys(naming_keys(card), 1))
    return keys


def anchor_words(card: Card) -> dict[str, frozenset[str]]:
    """The targets of a note's links as written, each with the words that links show for it (as a name's key)."""
    words: dict[str, set[str]] = defaultdict(set)
    for anchor in card.anchors:
        words[anchor.target].add(name_key(anchor.words))
    return {target: frozenset(keys) for target, keys in words.items()}


def resolve_anchors(
    anchors: Mapping[str, Iterable[str]], naming: Naming, entry: Entry
) -> tuple[frozenset[int], set[tuple[str, int]]]:
    """The notes that ``entry`` links to, and the pairs of words and note that its links show."""
    found = {target: naming.resolve(target, entry.folder) for target in anchors}
    known = {target: number for target, number in found.items() if number is not None and number != entry.number}
    words = {(key, number) for target, number in known.items() for key in anchors[target] if key}
    return frozenset(known.values()), words
