"""The note index in SQLite: what `MemoryIndex` holds, kept in a file and looked up a few rows at a time."""

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enrich.links.cache import VALUES_AT_ONCE
from enrich.links.entry import entry_from_json
from enrich.links.link_habits import LinkHabits, read_habits
from enrich.links.note_index import MOST_BEGINNING, Entry, Facts, Ties
from enrich.links.sums import PlainCalculator
from enrich.text.typed import build, take_apart
from enrich.vault.records import RECORD_TABLES, Records

if TYPE_CHECKING:
    from enrich.links.drawn import Drawn
    from enrich.links.memory_index import MemoryIndex
    from enrich.vault.echoes import Echoes
    from enrich.vault.note import Note
    from enrich.vault.walk import Listing

VERSION = "17"
LEARNING = "learning"
"""What the index keeps under this name: ``due`` when the vault's links are still to be learned from."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS note (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, created INTEGER NOT NULL,
    draft INTEGER NOT NULL, type TEXT NOT NULL, words INTEGER NOT NULL, title_weight REAL NOT NULL,
    entry TEXT NOT NULL, keys BLOB NOT NULL, targets TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS note_created ON note (created);
CREATE INDEX IF NOT EXISTS note_type ON note (draft, type);
CREATE TABLE IF NOT EXISTS posting (id INTEGER PRIMARY KEY, key TEXT NOT NULL, packed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS link (source INTEGER, target INTEGER, PRIMARY KEY (source, target)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_back ON link (target, source);
"""
INSERT_NOTE = "INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SOME_POSTINGS = "SELECT key, packed FROM posting WHERE key IN ({})"
_POSTING_KEYS = "CREATE UNIQUE INDEX posting_key ON posting (key)"  # quicker made after the rows than with each of them
_META = "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
_RANKING = ("note", "posting", "link")
_EVERY = ("meta", "record", "unread", "said", "sentence", "set_phrase", "learned_since", *_RANKING)
_ECHOES_ARE_CURRENT = (
    "SELECT 1 FROM meta JOIN meta AS other USING (value) WHERE meta.key = 'listing' AND other.key = 'echoes'"
)
_ECHOES_BECOME_CURRENT = "INSERT OR REPLACE INTO meta SELECT 'echoes', value FROM meta WHERE key = 'listing'"
_PATIENCE = 300.0
"""Seconds to wait while another process writes the index, which takes minutes in a vault of 100,000 notes: a bound of
time."""


class Store:
    """A `NoteIndex` on a database file. The caller handles `sqlite3.DatabaseError` (a damaged file)."""

    def __init__(self, file: Path, airlock: str = "") -> None:
        """``airlock``: the folder of the vault whose notes are drafts; with another one the index is made anew."""
        self.file, self.airlock = file, airlock
        # One thread at a time: who shares an index sees to that.
        self.connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        self.connection.execute("PRAGMA synchronous = OFF")  # a cache: what a power cut damages is made anew
        self.calculator = PlainCalculator(self)
        self._postings: dict[str, array[int]] = {}
        self._entries: dict[int, Entry] = {}
        self._ties: dict[int, Ties] = {}

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    @property
    def version(self) -> str:
        """Of the tables: what was read under another one does not count."""
        return f"{VERSION} {self.airlock}".strip()

    def records(self, root: Path) -> Records:
        """The records of the notes below ``root``."""
        return Records(self.connection, root, self.airlock)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: what is written in it is there as a whole, or not at all."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def forget(self) -> None:
        """Drop what was looked up before: the tables have changed."""
        self._postings.clear()
        self._entries.clear()
        self._ties.clear()
        for name in ("facts", "drawn"):
            self.__dict__.pop(name, None)

    # What an index answers.

    @cached_property
    def facts(self) -> Facts:
        """See `NoteIndex`."""
        return build(Facts, json.loads(self.meta("facts")))

    @cached_property
    def drawn(self) -> "Drawn":
        """The arrows of the vault's canvases."""
        drawn: Drawn = json.loads(self.meta("drawn") or "{}")
        return drawn

    def drawn_from(self, path: str) -> set[int]:
        """The numbers of the notes that arrows lead to from the card of the note at ``path``."""
        return {number for target in self.drawn.get(path, ()) if (number := self.number_of(target)) >= 0}

    @cached_property
    def habits(self) -> LinkHabits:
        """How the author writes links."""
        return read_habits(self.meta("habits"))

    def postings(self, key: str) -> Sequence[int]:
        """See `NoteIndex`."""
        if key not in self._postings:
            packed: array[int] = array("I")
            row = self.connection.execute("SELECT packed FROM posting WHERE key = ?", (key,)).fetchone()
            if row:
                packed.frombytes(row[0])
            self._postings[key] = packed
        return self._postings[key]

    def known(self, prefix: str, words: Iterable[str]) -> set[str]:
        """See `NoteIndex`."""
        wanted = list(words)
        missing = [key for word in wanted if (key := prefix + word) not in self._postings]
        self._postings.update((key, array("I")) for key in missing)
        for start in range(0, len(missing), VALUES_AT_ONCE):
            some = missing[start : start + VALUES_AT_ONCE]
            query = _SOME_POSTINGS.format(",".join("?" * len(some)))
            for key, packed in self.connection.execute(query, some):
                self._postings[key].frombytes(packed)
        return {word for word in wanted if self._postings[prefix + word]}

    def beginning(self, prefix: str, start: str) -> Sequence[str]:
        """See `NoteIndex`."""
        query = "SELECT key FROM posting WHERE key >= ? AND key < ? AND packed <> x'' ORDER BY key LIMIT ?"
        last = f"{prefix}{start}\U0010ffff"
        keys = self.connection.execute(query, (prefix + start, last, MOST_BEGINNING))
        return [key.removeprefix(prefix) for (key,) in keys]

    def entries(self, numbers: Iterable[int]) -> Mapping[int, Entry]:
        """See `NoteIndex`."""
        wanted = list(numbers)
        missing = [number for number in wanted if number not in self._entries]
        query = "SELECT number, path, words, title_weight, entry FROM note WHERE number IN ({})"
        for row in self._select(query, missing):
            self._entries[row[0]] = entry_from_json(*row)
        return {number: self._entries[number] for number in wanted if number in self._entries}

    def ties(self, numbers: Iterable[int]) -> Mapping[int, Ties]:
        """See `NoteIndex`."""
        wanted = list(numbers)
        missing = [number for number in wanted if number not in self._ties]
        outs: dict[int, set[int]] = {number: set() for number in missing}
        ins: dict[int, set[int]] = {number: set() for number in missing}
        for source, target in self._select("SELECT source, target FROM link WHERE source IN ({})", missing):
            outs[source].add(target)
        for source, target in self._select("SELECT source, target FROM link WHERE target IN ({})", missing):
            ins[target].add(source)
        for number in missing:
            self._ties[number] = Ties(frozenset(outs[number]), frozenset(ins[number]))
        return {number: self._ties[number] for number in wanted}

    def paths(self) -> tuple[str, ...]:
        """The paths of all notes, in order."""
        return tuple(path for (path,) in self.connection.execute("SELECT path FROM note ORDER BY path"))

    def type_counts(self) -> Mapping[str, int]:
        """See `NoteIndex`."""
        return dict(self.connection.execute("SELECT type, COUNT(*) FROM note WHERE draft = 0 GROUP BY type"))

    def around(self, day: int, count: int) -> Sequence[tuple[int, int]]:
        """See `NoteIndex`."""
        before = self.connection.execute(
            "SELECT created, number FROM note WHERE created > 0 AND created < ?"
            " ORDER BY created DESC, number DESC LIMIT ?",
            (day, count),
        )
        after = self.connection.execute(
            "SELECT created, number FROM note WHERE created >= ? AND created > 0 ORDER BY created, number LIMIT ?",
            (day, count),
        )
        return [*before, *after]

    # What the index asks beside it.

    def meta(self, key: str) -> str:
        """A value kept by name; empty when there is none."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value by name."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def models(self, vectors: str = "") -> str:
        """What was learned, with the vectors of that name or without any; empty when nothing was."""
        return self.meta(f"models {vectors}")

    def set_models(self, vectors: str, value: str) -> None:
        """Keep what was learned."""
        self.set_meta(f"models {vectors}", value)

    def number_of(self, path: str) -> int:
        """The number of the note at ``path``; -1 when there is none."""
        row = self.connection.execute("SELECT number FROM note WHERE path = ?", (path,)).fetchone()
        return int(row[0]) if row else -1

    def numbers(self) -> dict[str, int]:
        """The number of each note by its path."""
        return dict(self.connection.execute("SELECT path, number FROM note"))

    def path_of(self, number: int) -> str:
        """The path of a note; empty when it is gone."""
        row = self.connection.execute("SELECT path FROM note WHERE number = ?", (number,)).fetchone()
        return str(row[0]) if row else ""

    def key_ids(self, keys: Iterable[str]) -> "array[int]":
        """The ids of postings' keys; a key that is new gets empty postings."""
        ids = array("I")
        for key in keys:
            row = self.connection.execute("SELECT id FROM posting WHERE key = ?", (key,)).fetchone()
            if row is None:
                row = (self.connection.execute("INSERT INTO posting (key, packed) VALUES (?, x'')", (key,)).lastrowid,)
            ids.append(row[0])
        return ids

    def keys_of(self, number: int) -> list[str]:
        """The keys of a note's postings, as they are now."""
        row = self.connection.execute("SELECT keys FROM note WHERE number = ?", (number,)).fetchone()
        ids = array("I", row[0] if row else b"")
        return [key for (key,) in self._select("SELECT key FROM posting WHERE id IN ({})", ids)]

    def _select(self, query: str, numbers: Sequence[int]) -> Iterator[Any]:
        for start in range(0, len(numbers), VALUES_AT_ONCE):
            some = numbers[start : start + VALUES_AT_ONCE]
            yield from self.connection.execute(query.format(",".join(map(str, some))))


def prepare_tables(store: Store) -> None:
    """See to it that there are tables of this version. Runs inside the caller's transaction."""
    if not has_version(store):
        from enrich.vault.echoes import ECHO_TABLES  # once in the life of an index

        for table in _EVERY:
            store.connection.execute(f"DROP TABLE IF EXISTS {table}")
        _create(store.connection, _META + RECORD_TABLES + ECHO_TABLES)
        create_ranking(store)
        store.set_meta("version", store.version)


def follow_notes(
    root: Path, store: Store, listing: "Listing", on_note: "Callable[[Note], object]" = lambda _: None
) -> None:
    """Make the records agree with the files of ``listing``. Runs inside the caller's transaction."""
    prepare_tables(store)
    store.records(root).follow(listing, on_note)
    store.set_meta("listing", listing.state(root))


def follow_echoes(root: Path, store: Store) -> "Echoes":
    """The echoes among the notes that have records, up to date."""
    from enrich.vault.echoes import Echoes  # it reads sentences; a look-up of links asks for none

    echoes = Echoes(store.records(root))
    if not store.connection.execute(_ECHOES_ARE_CURRENT).fetchone():
        with store.writing():
            echoes.follow()
            store.connection.execute(_ECHOES_BECOME_CURRENT)
    return echoes


def has_version(store: Store) -> bool:
    """Whether the tables are of this version."""
    try:
        return store.meta("version") == store.version
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return False
        raise


def create_ranking(store: Store) -> None:
    """Make the tables of the ranking, after dropping what is there and what was learned; the records stay."""
    for table in _RANKING:
        store.connection.execute(f"DROP TABLE IF EXISTS {table}")
    _create(store.connection, _SCHEMA)
    store.connection.execute("DELETE FROM meta WHERE key NOT IN ('version', 'listing', 'echoes')")


def _create(connection: sqlite3.Connection, schema: str) -> None:
    for statement in schema.split(";"):
        connection.execute(statement)


def fill_store(store: Store, index: "MemoryIndex") -> None:
    """Write a finished index of the notes that have records into fresh tables. Runs inside the caller's transaction."""
    connection = store.connection
    create_ranking(store)
    connection.executemany(INSERT_NOTE, _note_rows(store, index))
    connection.executemany("INSERT INTO posting VALUES (?, ?, ?)", index.every())
    connection.execute(_POSTING_KEYS)
    links = zip(index.sources.tolist(), index.outs.values.tolist(), strict=True)
    connection.executemany("INSERT INTO link VALUES (?, ?)", links)
    store.set_meta("facts", json.dumps(take_apart(index.facts)))
    store.set_meta("drawn", json.dumps(index.drawn))
    store.set_meta("habits", json.dumps(take_apart(index.habits.habits(index.paths))))
    store.forget()


def _note_rows(store: Store, index: "MemoryIndex") -> Iterator[tuple[Any, ...]]:
    weights, columns = index.table.title_weights.tolist(), index.columns
    digests = dict(store.connection.execute("SELECT path, digest FROM record"))
    for number, path in enumerate(index.paths):
        yield (
            number, path, digests[path], columns.created[number], columns.drafts[number], columns.types[number],
            index.table.lengths[number], weights[number], index.rows[number], index.table.keys_of(number).tobytes(),
            index.targets[number],
        )  # fmt: skip
