"""The note index in memory: filled document by document when an index is made, and enough by itself for a small vault.

It imports numpy, which a query on the store does without.
"""

import json
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

import numpy as np

from enrich.links.columns import Columns, Ints, Lists
from enrich.links.document import Document
from enrich.links.drawn import Drawn
from enrich.links.entry import entry_from_json, entry_to_json, note_keys
from enrich.links.link_habits import HabitCounter
from enrich.links.link_statistics import LinkStatistics
from enrich.links.loose_resolver import LooseResolver, link_words, resolve_links
from enrich.links.note_index import MOST_BEGINNING, Entry, Facts, Ties, new_postings, pack
from enrich.links.postings import PostingTable
from enrich.links.subject import title_terms_of, traits_of, words_of
from enrich.links.vectors import VectorCalculator


class MemoryIndex:
    """A `enrich.links.note_index.NoteIndex`. Fill it with `add`, then call `finish` once.

    Of most notes only arrays and two texts are kept, as the store keeps them: a vault may have 100,000.
    """

    def __init__(self, drawn: Drawn = MappingProxyType({})) -> None:
        self.drawn = drawn
        self.table, self.columns = PostingTable(), Columns()
        self.paths: list[str] = []
        self.rows: list[str] = []
        """Each note's entry as JSON."""
        self.targets: list[str] = []
        """Each note's links as JSON: the targets as written, with the words shown."""
        self.habits = HabitCounter()
        """Fed by who reads the notes: a document has no longer the form of its links."""
        self.resolver = LooseResolver(self.postings, self.paths.__getitem__)
        self.facts: Facts
        self.outs: Lists
        self.ins: Lists
        self._learned: dict[str, Sequence[int]] = {}
        self._ordered: dict[str, list[str]] = {}
        self._entries: dict[int, Entry] = {}

    def add(self, document: Document) -> int:
        """Enter a note and return its number. `finish` makes postings of all of them."""
        title_terms, own = title_terms_of(document)
        traits = traits_of(document)
        self.table.add(words_of(document), note_keys(document, title_terms, own, traits))
        self.columns.add(document, len(title_terms), own, list(map(self.table.ids["="].__getitem__, traits)))
        self.paths.append(document.path)
        self.rows.append(entry_to_json(document, title_terms, own, traits))
        self.targets.append(json.dumps(link_words(document.links)))
        return len(self.paths) - 1

    def finish(self) -> None:
        """Turn counts into BM25 impacts, resolve the links and count what the traits tell about them."""
        self.table.finish()
        self._resolve()
        statistics = LinkStatistics(self.traits, self.traits_of, self.outs)
        average_title = sum(self.columns.title_length) / max(1, len(self.paths))
        self.facts = statistics.facts(self.table.average_words, average_title)
        self._learned.update((">" + trait, packed.data) for trait, packed in statistics.pulls())

    def _resolve(self) -> None:
        shown: dict[str, Counter[int]] = defaultdict(Counter)
        numbers = {path: number for number, path in enumerate(self.paths)} if self.drawn else {}
        targets, sizes = array("I"), array("I")
        for number, written in enumerate(self.targets):
            outs: set[int] = set()
            if self.columns.drafts[number]:  # a draft speaks for nothing until a person has
                sizes.append(0)
                continue
            if written != "{}":
                folder = self.paths[number].rpartition("/")[0]
                linked, words = resolve_links(json.loads(written), self.resolver, number, folder)
                outs |= linked
                for key, target in words:
                    shown[key][target] += 1
            if numbers:
                outs |= {numbers[path] for path in self.drawn.get(self.paths[number], ()) if path in numbers}
            targets.extend(sorted(outs))
            sizes.append(len(outs))
        self.outs = Lists(np.array(targets, np.int64), np.array(sizes))
        self.ins = _turned(self.outs)
        for key, counts in shown.items():
            self._learned["a" + key] = new_postings(pack(target, count) for target, count in sorted(counts.items()))
        for term in {term for key in shown for term in key.split()}:
            self._learned["b" + term] = new_postings((1,))

    @property
    def sources(self) -> Ints:
        """The note in which each of ``outs.values`` is linked."""
        return np.repeat(np.arange(len(self.paths)), self.outs.sizes)

    @cached_property
    def traits(self) -> list[str]:
        """Every trait of the vault."""
        return list(self.table.ids["="])

    @cached_property
    def traits_of(self) -> Lists:
        """For each note the places of its traits in `traits`."""
        place = np.zeros(self.table.key_count, np.int64)
        place[list(self.table.ids["="].values())] = np.arange(len(self.traits))
        return Lists(place[np.array(self.columns.traits, np.int64)], np.array(self.columns.trait_counts))

    @cached_property
    def calculator(self) -> VectorCalculator:
        """See `NoteIndex`."""
        return VectorCalculator(self)

    def postings(self, key: str) -> Sequence[int]:
        """See `NoteIndex`."""
        return self.table.of(key) or self._learned.get(key, ())

    def known(self, prefix: str, words: Iterable[str]) -> set[str]:
        """See `NoteIndex`."""
        if ids := self.table.ids.get(prefix):
            return ids.keys() & words
        return {word for word in words if prefix + word in self._learned}

    def beginning(self, prefix: str, start: str) -> Sequence[str]:
        """See `NoteIndex`."""
        words = self._in_order(prefix)
        first = bisect_left(words, start)
        return [word for word in words[first : first + MOST_BEGINNING] if word.startswith(start)]

    def _in_order(self, prefix: str) -> Sequence[str]:
        """The words under a prefix by the alphabet; sorted anew when there are more."""
        words = self.table.ids.get(prefix, {})
        ordered = self._ordered.get(prefix, [])
        if len(ordered) != len(words):
            ordered = self._ordered[prefix] = sorted(words)
        return ordered

    def every(self) -> Iterator[tuple[int, str, bytes]]:
        """A number, a key and its postings for each key; the numbers are those that `PostingTable.keys_of` gives."""
        yield from self.table.every()
        for number, (key, packed) in enumerate(self._learned.items(), self.table.key_count):
            yield number, key, bytes(packed)

    def entries(self, numbers: Iterable[int]) -> Mapping[int, Entry]:
        """See `NoteIndex`."""
        return {number: self.entry(number) for number in numbers}

    def entry(self, number: int) -> Entry:
        """The entry of a note."""
        found = self._entries.get(number)
        if found is None:
            words, title_weight = self.table.lengths[number], float(self.table.title_weights[number])
            found = entry_from_json(number, self.paths[number], words, title_weight, self.rows[number])
            self._entries[number] = found
        return found

    def ties(self, numbers: Iterable[int]) -> Mapping[int, Ties]:
        """See `NoteIndex`."""
        return {number: Ties(frozenset(self.outs.at(number)), frozenset(self.ins.at(number))) for number in numbers}

    def type_counts(self) -> Mapping[str, int]:
        """See `NoteIndex`."""
        return Counter(name for name, draft in zip(self.columns.types, self.columns.drafts, strict=True) if not draft)

    def around(self, day: int, count: int) -> Sequence[tuple[int, int]]:
        """See `NoteIndex`."""
        days, numbers = self._days
        at = int(np.searchsorted(days, day))
        near = slice(max(0, at - count), at + count)
        return list(zip(days[near].tolist(), numbers[near].tolist(), strict=True))

    @cached_property
    def _days(self) -> tuple[Ints, Ints]:
        """The days of the notes that have one, in order, with their numbers."""
        created = np.array(self.columns.created, np.int64)
        numbers = np.argsort(created, kind="stable")
        numbers = numbers[created[numbers] > 0]
        return created[numbers], numbers


def _turned(outs: Lists) -> Lists:
    """For each note those that have it in their list."""
    size = len(outs.sizes)
    sources = np.repeat(np.arange(size), outs.sizes)
    return Lists(sources[np.argsort(outs.values, kind="stable")], np.bincount(outs.values, minlength=size))
