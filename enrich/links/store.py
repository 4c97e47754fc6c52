"""The shelf in SQLite: what `MemoryShelf` holds, kept in a file and looked up a few rows at a time."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from enrich.links.files import Stamp
from enrich.links.memory import MemoryShelf
from enrich.links.shelf import Entry, Facts, Ties
from enrich.links.sums import PlainCalculator

VERSION = "3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, changed INTEGER NOT NULL,
    digest BLOB NOT NULL, created INTEGER NOT NULL, entry TEXT NOT NULL, keys BLOB NOT NULL, anchors TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS note_created ON note (created);
CREATE TABLE IF NOT EXISTS posting (id INTEGER PRIMARY KEY, key TEXT NOT NULL, packed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS link (source INTEGER, target INTEGER, PRIMARY KEY (source, target)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_back ON link (target, source);
"""
_POSTING_KEYS = "CREATE UNIQUE INDEX posting_key ON posting (key)"  # quicker made after the rows than with each of them
_TABLES = ("meta", "note", "posting", "link")
_ROWS_AT_ONCE = 400
_PATIENCE = 300.0
"""Seconds to wait while another process writes the index."""


class Store:
    """A `enrich.links.shelf.Shelf` on a database file. The caller handles `sqlite3.DatabaseError` (a damaged file)."""

    def __init__(self, file: Path) -> None:
        self.connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
        self.connection.execute("PRAGMA synchronous = OFF")  # a cache: what a power cut damages is made anew
        self.calculator = PlainCalculator(self)
        self._postings: dict[str, array[int]] = {}
        self._entries: dict[int, Entry] = {}
        self._ties: dict[int, Ties] = {}

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def forget(self) -> None:
        """Drop what was looked up before: the tables have changed."""
        self._postings.clear()
        self._entries.clear()
        self._ties.clear()
        self.__dict__.pop("facts", None)

    # What a shelf answers.

    @cached_property
    def facts(self) -> Facts:
        """See `Shelf`."""
        value = json.loads(self.meta("facts") or "{}")
        return Facts(**{**value, "hubs": tuple(value.get("hubs", ()))})

    def postings(self, key: str) -> Sequence[int]:
        """See `Shelf`."""
        if key not in self._postings:
            packed: array[int] = array("I")
            row = self.connection.execute("SELECT packed FROM posting WHERE key = ?", (key,)).fetchone()
            if row:
                packed.frombytes(row[0])
            self._postings[key] = packed
        return self._postings[key]

    def entries(self, numbers: Iterable[int]) -> Mapping[int, Entry]:
        """See `Shelf`."""
        wanted = list(numbers)
        missing = [number for number in wanted if number not in self._entries]
        for number, entry in self._select("SELECT number, entry FROM note WHERE number IN ({})", missing):
            self._entries[number] = entry_from_json(entry)
        return {number: self._entries[number] for number in wanted if number in self._entries}

    def ties(self, numbers: Iterable[int]) -> Mapping[int, Ties]:
        """See `Shelf`."""
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

    def around(self, day: int, count: int) -> Sequence[tuple[int, int]]:
        """See `Shelf`."""
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

    def number_of(self, path: str) -> int:
        """The number of the note at ``path``; -1 when there is none."""
        row = self.connection.execute("SELECT number FROM note WHERE path = ?", (path,)).fetchone()
        return int(row[0]) if row else -1

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
        for start in range(0, len(numbers), _ROWS_AT_ONCE):
            some = numbers[start : start + _ROWS_AT_ONCE]
            yield from self.connection.execute(query.format(",".join(map(str, some))))


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables, after dropping what is there."""
    for table in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)


def fill_store(store: Store, shelf: MemoryShelf, stamps: Mapping[str, Stamp], digests: Sequence[bytes]) -> None:
    """Write a finished shelf into fresh tables. Runs inside the caller's transaction."""
    connection = store.connection
    create_tables(connection)
    connection.executemany("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _note_rows(shelf, stamps, digests))
    connection.executemany(
        "INSERT INTO posting VALUES (?, ?, ?)", ((number, *row) for number, row in enumerate(shelf.every()))
    )
    connection.execute(_POSTING_KEYS)
    connection.executemany(
        "INSERT INTO link VALUES (?, ?)",
        ((source, target) for source, outs in enumerate(shelf.outs) for target in sorted(outs)),
    )
    store.set_meta("facts", json.dumps(asdict(shelf.facts)))
    store.forget()


def _note_rows(shelf: MemoryShelf, stamps: Mapping[str, Stamp], digests: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
    for entry, digest, keys, anchors in zip(shelf.notes, digests, shelf.keys, shelf.anchors, strict=True):
        stamp = stamps[entry.path]
        yield (
            entry.number, entry.path, stamp.size, stamp.changed, digest, entry.created,
            json.dumps(entry), keys.tobytes(), anchors_to_json(anchors),
        )  # fmt: skip


def entry_from_json(value: str) -> Entry:
    """The entry that `json.dumps` wrote as a list."""
    return Entry._make(tuple(item) if isinstance(item, list) else item for item in json.loads(value))


def anchors_to_json(anchors: Mapping[str, Iterable[str]]) -> str:
    """The targets of a note's links with the words shown."""
    return json.dumps({target: sorted(words) for target, words in anchors.items()})
