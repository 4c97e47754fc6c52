"""Which sentences of a vault are echoes, in tables beside the notes' records, brought up to date note by note.

They are made when somebody asks for the first time: a command that asks for none pays nothing. What is no word of the
author yet, a draft, is not counted.
"""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from enrich.vault.echo import HOLLOW, STANDS_OFTEN, read_said
from enrich.vault.records import Records

ECHO_TABLES = """
CREATE TABLE IF NOT EXISTS said (
    note INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, keys BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS sentence (key INTEGER, note INTEGER, PRIMARY KEY (key, note)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS set_phrase (key INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS learned_since (notes INTEGER NOT NULL);
"""
_SET_SHARE, _FEWEST_WITH_PHRASE = 0.1, 5
"""A phrase that stands in such a share of all notes, and in so many, may be one that the author sets on purpose: a
placeholder, a disclaimer, the frame of a section. By hand: a tenth of a vault is a habit."""
_OWN_OTHERWISE = 0.3
"""Those notes count of whose *other* sentences at most this share are echoes. Chosen on the journal of
`benchmarks.echo`: .1 in the notes that people wrote, .5 and more in those of a script, which has no set phrases."""
_MOST_PHRASES = 20
"""The most frequent ones count: a vault has few."""
_NEWS = 0.05
"""The share of notes that may change before set phrases are looked for again; all of the vault's are read for that."""


class Hollow(Struct, frozen=True):
    """A note that says little of its own."""

    path: str
    share: float
    """Of its sentences, those that are echoes."""
    example: str
    """The echo that stands in most notes, as it stands in this one."""
    notes: int
    """Published notes that the example stands in."""


class Echoes(Struct, frozen=True):
    """The tables of sentences in an open database. The caller holds the transaction and handles `sqlite3.Error`."""

    records: Records

    @property
    def _connection(self) -> sqlite3.Connection:
        return self.records.connection

    def follow(self) -> None:
        """Make the tables agree with the records."""
        gone = [path for (path,) in self._connection.execute(_GONE)]
        differing = list(self._connection.execute(_DIFFERING))
        for path in (*gone, *(path for path, _ in differing)):
            self._forget(path)
        for path, digest in differing:
            note = self.records.note(path)
            said = read_said(note.text, note.body_start) if note is not None and not note.draft else ()
            self._take_in(path, digest, {one.key for one in said})
        if gone or differing:
            self._learn_set_phrases(len(gone) + len(differing))

    def count(self, keys: Collection[int]) -> Mapping[int, int]:
        """How many notes have each sentence of ``keys`` that is an echo; set phrases of the vault are none."""
        return dict(self._connection.execute(_COUNT_SOME, (json.dumps(list(keys)), STANDS_OFTEN)))

    def share(self, path: str) -> float:
        """The share of echoes among the sentences of the note at ``path``; 0 where it is a draft, or has none."""
        row = self._connection.execute("SELECT keys FROM said WHERE path = ?", (path,)).fetchone()
        keys = _unpack(row[0]) if row else ()
        return len(self.count(keys)) / len(keys) if keys else 0.0

    def is_hollow(self, path: str) -> bool:
        """Whether the note at ``path`` says little of its own."""
        return self.share(path) >= HOLLOW

    def shares(self) -> dict[str, float]:
        """`share` of every note that has sentences."""
        echoes = self.every()
        return {path: sum(map(echoes.__contains__, keys)) / len(keys) for path, keys in self._keys()}

    def hollow(self) -> tuple[Hollow, ...]:
        """The hollow notes, the hollowest first."""
        echoes = self.every()
        rows = [self._describe(path, share, echoes) for path, share in self.shares().items() if share >= HOLLOW]
        return tuple(sorted(rows, key=lambda row: (-row.share, row.path)))

    def _describe(self, path: str, share: float, echoes: Mapping[int, int]) -> Hollow:
        """The hollow note, with the sentence that stands in most notes; its first one where it has changed since."""
        note = self.records.note(path)
        said = () if note is None else tuple(read_said(note.text, note.body_start))
        if note is None or not said:
            return Hollow(path, share, "", 0)
        often = max(said, key=lambda one: echoes.get(one.key, 0))
        return Hollow(path, share, " ".join(often.span.of(note.text).split()), echoes.get(often.key, 0))

    def every(self) -> dict[int, int]:
        """Each echo with the number of its notes."""
        return dict(self._connection.execute(_COUNT_ALL, (STANDS_OFTEN,)))

    def _take_in(self, path: str, digest: bytes, keys: Collection[int]) -> None:
        row = (path, digest, array("q", keys).tobytes())
        number = self._connection.execute("INSERT INTO said (path, digest, keys) VALUES (?, ?, ?)", row).lastrowid
        self._connection.executemany("INSERT INTO sentence VALUES (?, ?)", ((key, number) for key in keys))

    def _forget(self, path: str) -> None:
        row = self._connection.execute("SELECT note, keys FROM said WHERE path = ?", (path,)).fetchone()
        if row is None:
            return
        pairs = ((key, row[0]) for key in _unpack(row[1]))
        self._connection.executemany("DELETE FROM sentence WHERE key = ? AND note = ?", pairs)
        self._connection.execute("DELETE FROM said WHERE note = ?", (row[0],))

    def _learn_set_phrases(self, changed: int) -> None:
        """Look for the set phrases, where enough has changed since that was done."""
        (size,) = self._connection.execute("SELECT COUNT(*) FROM said WHERE keys <> x''").fetchone()
        before = self._connection.execute("SELECT notes FROM learned_since").fetchone()
        since = changed + before[0] if before else size
        if since >= _NEWS * size:
            self._connection.execute("DELETE FROM set_phrase")
            rows = self._find_set_phrases(max(_FEWEST_WITH_PHRASE, _SET_SHARE * size))
            self._connection.executemany("INSERT INTO set_phrase VALUES (?)", rows)
            since = 0
        self._connection.execute("DELETE FROM learned_since")
        self._connection.execute("INSERT INTO learned_since VALUES (?)", (since,))

    def _find_set_phrases(self, least: float) -> list[tuple[int]]:
        """Sentences of at least so many notes that say things of their own otherwise."""
        often = self.every()
        found: Counter[int] = Counter()
        for _, keys in self._keys():
            echoes = [key for key in keys if key in often]
            if len(keys) > 1 and len(echoes) - 1 <= _OWN_OTHERWISE * (len(keys) - 1):
                found.update(echoes)
        return [(key,) for key, count in found.most_common(_MOST_PHRASES) if count >= least]

    def _keys(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Each note that says something, with its sentences' keys."""
        for path, packed in self._connection.execute("SELECT path, keys FROM said WHERE keys <> x''"):
            yield path, _unpack(packed)


_DIFFERING = (
    "SELECT record.path, record.digest FROM record LEFT JOIN said ON said.path = record.path "
    "WHERE said.digest IS NOT record.digest"
)
_GONE = "SELECT path FROM said WHERE path NOT IN (SELECT path FROM record)"
_COUNT_ALL = (
    "SELECT key, COUNT(*) FROM sentence WHERE key NOT IN (SELECT key FROM set_phrase) GROUP BY key HAVING COUNT(*) >= ?"
)
_COUNT_SOME = (
    "SELECT key, COUNT(*) FROM sentence WHERE key IN (SELECT value FROM json_each(?)) "
    "AND key NOT IN (SELECT key FROM set_phrase) GROUP BY key HAVING COUNT(*) >= ?"
)


def _unpack(keys: bytes) -> "array[int]":
    unpacked = array("q")
    unpacked.frombytes(keys)
    return unpacked
