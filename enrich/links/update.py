"""Bringing a store up to date note by note, where few have changed since it was made.

Terms, names, traits, dates and links follow at once. What is learned from the vault as a whole (the models, what a
trait leads to, the words that links show) stays until the next time everything is read.
"""

import json
import posixpath
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable

from msgspec import Struct, field

from enrich.links.bm25 import impact, length_norm
from enrich.links.document import Document, read_document
from enrich.links.drawn import Drawn
from enrich.links.entry import entry_from_json, entry_to_json, note_keys
from enrich.links.loose_resolver import LooseResolver, link_words, resolve_links
from enrich.links.note_index import WEIGHT_BITS, Entry, pack, rarity
from enrich.links.store import INSERT_NOTE, Store
from enrich.links.subject import count_terms, title_terms_of, traits_of
from enrich.vault.note import Note
from enrich.vault.resolve import loose


class ChangedNote(Struct, frozen=True):
    """A note that is new or differs."""

    note: Note
    digest: bytes


class _Shifts(Struct):
    """What has to change in the postings: by key, the numbers to take out and the packed values to put in."""

    out: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    put: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def update_store(store: Store, changes: Iterable[ChangedNote], removed: Iterable[str], drawn: Drawn) -> int:
    """Apply changed and removed notes, and what is ``drawn`` now; runs inside the caller's transaction.

    Returns how many links differ now.
    """
    return _Update(store, drawn).run(list(changes), list(removed))


class _Update:
    def __init__(self, store: Store, drawn: Drawn) -> None:
        self.drawn, self.drawn_before = drawn, store.drawn
        self.store, self.connection = store, store.connection
        self.resolver = LooseResolver(store.postings, store.path_of)
        self.shifts = _Shifts()

    def run(self, changes: list[ChangedNote], removed: list[str]) -> int:
        differing = sum(self._remove(path) for path in removed)
        entries = [self._enter(change) for change in changes]
        self._write_postings()
        self.store.set_meta("drawn", json.dumps(self.drawn))
        self.store.forget()
        new = [entry for entry, is_new in entries if is_new]
        differing += sum(self._link(entry) for entry, _ in entries)
        differing += self._link_to_new(new) + self._link_drawn({entry.path for entry in new})
        self.store.forget()
        return differing

    def _remove(self, path: str) -> int:
        number = self.store.number_of(path)
        self._take_out(number)
        self.connection.execute("DELETE FROM note WHERE number = ?", (number,))
        return self.connection.execute("DELETE FROM link WHERE source = ? OR target = ?", (number, number)).rowcount

    def _take_out(self, number: int) -> None:
        for key in self.store.keys_of(number):
            self.shifts.out[key].add(number)

    def _enter(self, change: ChangedNote) -> tuple[Entry, bool]:
        document = read_document(change.note)
        number = self.store.number_of(document.path)
        is_new = number < 0
        if is_new:
            number = self.connection.execute("SELECT COALESCE(MAX(number), -1) + 1 FROM note").fetchone()[0]
        else:
            self._take_out(number)
        entry = self._put_in(document, number, change.digest)
        return entry, is_new

    def _put_in(self, document: Document, number: int, digest: bytes) -> Entry:
        counts, (title_terms, own), traits = count_terms(document), title_terms_of(document), traits_of(document)
        words = counts.total()
        norm = length_norm(words, self.store.facts.average_words)
        keys = {"w" + term: round(impact(count, norm)) for term, count in counts.items()}
        for prefix, some, weight in note_keys(document, title_terms, own, traits):
            keys.update((prefix + word, weight) for word in some)
        for key, weight in keys.items():
            self.shifts.put[key].append(pack(number, weight))
        title_weight, entry = self._title_weight(title_terms), entry_to_json(document, title_terms, own, traits)
        self.connection.execute(
            INSERT_NOTE,
            (
                number, document.path, digest, document.created, document.draft, document.type_name, words,
                title_weight, entry, self.store.key_ids(keys).tobytes(), json.dumps(link_words(document.links)),
            ),
        )  # fmt: skip
        return entry_from_json(number, document.path, words, title_weight, entry)

    def _title_weight(self, title_terms: Iterable[str]) -> float:
        size = self.store.facts.size
        return sum(rarity(len(self.store.postings("t" + term)), size) for term in title_terms) or 1.0

    def _write_postings(self) -> None:
        for key in {*self.shifts.out, *self.shifts.put}:
            packed = array("I", self.store.postings(key))
            for number in self.shifts.out.get(key, ()):
                packed = _without(packed, number)
            for value in self.shifts.put.get(key, ()):
                packed.insert(bisect_left(packed, value), value)
            self.connection.execute("UPDATE posting SET packed = ? WHERE key = ?", (packed.tobytes(), key))

    def _link(self, entry: Entry) -> int:
        """Resolve the links of one note again; returns how many differ."""
        row = self.connection.execute("SELECT targets FROM note WHERE number = ?", (entry.number,)).fetchone()
        written = {} if entry.draft else json.loads(row[0])
        linked, _ = resolve_links(written, self.resolver, entry.number, entry.folder)
        targets = linked if entry.draft else linked | self.store.drawn_from(entry.path) - {entry.number}
        before = self.store.ties([entry.number])[entry.number].outs
        self.connection.execute("DELETE FROM link WHERE source = ?", (entry.number,))
        self.connection.executemany(
            "INSERT INTO link VALUES (?, ?)", ((entry.number, target) for target in sorted(targets))
        )
        return len(targets ^ before)

    def _link_to_new(self, new: list[Entry]) -> int:
        """Links that had no note behind them may have one now."""
        if not new:
            return 0
        names = {loose(posixpath.basename(entry.path)[:-3]) for entry in new} | {loose(entry.title) for entry in new}
        sources = []
        for number, targets in self.connection.execute("SELECT number, targets FROM note WHERE targets <> '{}'"):
            bases = (target.partition("#")[0].rpartition("/")[2].removesuffix(".md") for target in json.loads(targets))
            if any(loose(base) in names for base in bases):
                sources.append(number)
        return sum(self._link(entry) for entry in self.store.entries(sources).values())

    def _link_drawn(self, new: Collection[str]) -> int:
        """Arrows that were drawn or rubbed out, or whose end has a note now."""
        drawn, before = self.drawn, self.drawn_before
        changed = [
            path
            for path in {*drawn, *before}
            if drawn.get(path) != before.get(path) or not set(drawn.get(path, ())).isdisjoint(new)
        ]
        numbers = [number for path in changed if (number := self.store.number_of(path)) >= 0]
        return sum(self._link(entry) for entry in self.store.entries(numbers).values())


def _without(packed: "array[int]", number: int) -> "array[int]":
    """The postings without those of one note; they are in order of number."""
    low = bisect_left(packed, number << WEIGHT_BITS)
    return packed[:low] + packed[bisect_left(packed, number + 1 << WEIGHT_BITS) :]
