"""The records of a vault's notes in SQLite, brought up to date file by file."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from enrich.vault.file import Skipped, Stamp, decode_text, read_file
from enrich.vault.note import Note, parse_note
from enrich.vault.note_record import NoteRecord, make_record, note_of_record
from enrich.vault.vault import Vault, open_note, unreviewed
from enrich.vault.walk import Listing

RECORD_TABLES = """
CREATE TABLE IF NOT EXISTS record (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, digest BLOB NOT NULL,
    facts TEXT NOT NULL, contents TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS unread (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
"""


class Records(Struct, frozen=True):
    """The tables of records in an open database. The caller holds the transaction and handles `sqlite3.Error`."""

    connection: sqlite3.Connection
    root: Path
    airlock: str = ""
    """The folder whose notes are drafts, whatever their front matter says; empty: none."""

    def differing(self, listing: Listing) -> tuple[list[str], list[str]]:
        """Paths of notes that are new or were written, and of records whose file is gone."""
        known = self._stamps()
        differing = [path for path, stamp in listing.notes.items() if known.get(path) != stamp]
        return differing, [path for path in known if path not in listing.notes]

    def follow(self, listing: Listing, on_note: Callable[[Note], object] = lambda _: None) -> None:
        """Make the records agree with the files; each note that was parsed for it is given to ``on_note``.

        What cannot be read (any more) has no record, and is among `unread`.
        """
        differing, gone = self.differing(listing)
        self.connection.execute("DELETE FROM unread")
        for path in gone:
            self._forget(path)
        for path in differing:
            try:
                data = read_file(f"{self.root}/{path}")
            except OSError as error:
                self._forget(path)
                self.connection.execute("INSERT INTO unread VALUES (?, ?)", (path, error.strerror or str(error)))
                continue
            if (note := self._take_in(path, listing.notes[path], data)) is not None:
                on_note(note)

    def unread(self) -> list[Skipped]:
        """What could not be read, with the reasons."""
        return list(self.connection.execute("SELECT path, reason FROM unread ORDER BY path"))

    def vault(self, listing: Listing) -> Vault:
        """The notes, whose texts are read when they are asked for, with the other files of ``listing``."""
        unread = self.unread()
        files = (*listing.files, *(path for path, _ in unread))
        return Vault(self.root, tuple(self._notes(listing)), files, (*listing.skipped, *unread))

    def note(self, path: str) -> Note | None:
        """The note at ``path`` as its file says now; None when it cannot be read (any more)."""
        note = open_note(self.root, path)
        return None if note is None else unreviewed(note, self.airlock)

    def _notes(self, listing: Listing) -> Iterator[Note]:
        """In the order in which a walk finds them."""
        rows = {path: row for path, *row in self.connection.execute("SELECT path, facts, contents FROM record")}
        for path, stamp in listing.notes.items():
            if path in rows:
                yield unreviewed(note_of_record(self.root, path, NoteRecord(*rows[path]), stamp), self.airlock)

    def _take_in(self, path: str, stamp: Stamp, data: bytes) -> Note | None:
        """Keep what the bytes say; None where a file was touched, and says what it said."""
        digest = digest_of(data)
        known = self.connection.execute("SELECT digest FROM record WHERE path = ?", (path,)).fetchone()
        if known and known[0] == digest:
            self.connection.execute("UPDATE record SET size = ?, changed = ? WHERE path = ?", (*stamp, path))
            return None
        note = parse_note(path, decode_text(data))
        row = (path, *stamp, digest, *make_record(note))
        self.connection.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?)", row)
        return unreviewed(note, self.airlock)

    def _forget(self, path: str) -> None:
        self.connection.execute("DELETE FROM record WHERE path = ?", (path,))

    def _stamps(self) -> dict[str, Stamp]:
        rows = self.connection.execute("SELECT path, size, changed FROM record")
        return {path: Stamp(size, changed) for path, size, changed in rows}


def digest_of(data: bytes) -> bytes:
    """A short digest of a note's bytes; 96 bits, of which no vault holds two that are the same by chance."""
    import hashlib  # loads OpenSSL, which a query has no use for

    return hashlib.blake2b(data, digest_size=12).digest()
