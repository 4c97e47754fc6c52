"""The state of an inbox: SQLite in the user's state folder, one process at a time.

Each step is one transaction, written through to the disk before the next one begins, so that a kill at any moment
leaves either the step or its absence. A page is kept as its bytes, what was extracted from it as JSON; a reply of a
model is kept under what was asked, in the moment it arrives and until the draft is in its place.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any

from filelock import FileLock, Timeout

from enrich.errors import EnrichError, ExistsError
from enrich.inbox.entry import Entry, State
from enrich.source.address import address_key
from enrich.source.source import Page, Source, source_from_dict, source_to_dict
from enrich.vault.write import explain_disk

VERSION = 1
"""Of the tables: to be raised when they change."""
_TABLES = """
CREATE TABLE entry (
  number INTEGER PRIMARY KEY, url TEXT NOT NULL, key TEXT NOT NULL UNIQUE, headline TEXT NOT NULL, day TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'new', reason TEXT NOT NULL DEFAULT '', source TEXT, digest TEXT,
  proposed TEXT NOT NULL DEFAULT '', path TEXT NOT NULL DEFAULT '', cost TEXT NOT NULL DEFAULT '',
  review TEXT NOT NULL DEFAULT '');
CREATE INDEX entry_state ON entry (state);
CREATE INDEX entry_digest ON entry (digest);
CREATE TABLE page (number INTEGER PRIMARY KEY, about TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE context (number INTEGER PRIMARY KEY, content TEXT NOT NULL);
"""
_LATER_TABLES = """
CREATE TABLE IF NOT EXISTS batch (token TEXT PRIMARY KEY, id TEXT NOT NULL DEFAULT '', state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS asked (
  name TEXT PRIMARY KEY, number INTEGER NOT NULL, request TEXT NOT NULL, token TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0, answer TEXT);
CREATE INDEX IF NOT EXISTS asked_token ON asked (token);
CREATE TABLE IF NOT EXISTS waiting (number INTEGER PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS cited (key TEXT PRIMARY KEY, number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reply (
  number INTEGER, asked TEXT, place INTEGER, content TEXT NOT NULL, PRIMARY KEY (number, asked, place));
"""
"""Came later than the others; a state of old has them made when it is opened."""
_COLUMNS = "number, url, headline, day, state, reason, source, proposed, path, cost, review"


class Store:
    """The open state. May be asked by several threads."""

    def __init__(self, file: Path) -> None:
        self._turn = RLock()
        self._database = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        if self._one("PRAGMA user_version")[0] == 0:
            with self._writing():
                for statement in filter(str.strip, _TABLES.split(";")):
                    self._database.execute(statement)
                self._database.execute(f"PRAGMA user_version={VERSION}")
        for statement in filter(str.strip, _LATER_TABLES.split(";")):
            self._database.execute(statement)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(self, url: str, headline: str, day: date | None) -> tuple[int, bool]:
        """The number of the entry for ``url``, and whether it is a new one."""
        key = address_key(url)
        with self._writing():
            for table in ("entry", "cited"):
                known = self._database.execute(f"SELECT number FROM {table} WHERE key = ?", (key,)).fetchone()  # noqa: S608
                if known:
                    return known[0], False
            row = (url, key, headline, day.isoformat() if day else "")
            made = self._database.execute("INSERT INTO entry (url, key, headline, day) VALUES (?, ?, ?, ?)", row)
            return made.lastrowid or 0, True

    def entries(self, *states: State) -> list[Entry]:
        """The entries in these states, or all, in the order in which they were added."""
        rows = self._all(f"SELECT {_COLUMNS} FROM entry ORDER BY number")  # noqa: S608 - names of ours
        return [_entry(row) for row in rows if not states or row[4] in states]

    def entry(self, number: int) -> Entry | None:
        """One entry; None when there is none of that number."""
        rows = self._all(f"SELECT {_COLUMNS} FROM entry WHERE number = ?", (number,))  # noqa: S608 - names of ours
        return _entry(rows[0]) if rows else None

    def same_text(self, digest: str) -> int | None:
        """The number of the first entry whose text has this digest."""
        rows = self._all("SELECT number FROM entry WHERE digest = ? ORDER BY number LIMIT 1", (digest,))
        return rows[0][0] if rows else None

    def same_page(self, url: str) -> int | None:
        """The number of the entry whose page says that this is its address."""
        rows = self._all("SELECT number FROM cited WHERE key = ?", (address_key(url),))
        return rows[0][0] if rows else None

    def save_evidence(self, number: int, page: Page, source: Source, digest: str) -> None:
        """What was read: from here on the entry is planned, and nothing of it is fetched again."""
        about = {
            "url": page.url, "final_url": page.final_url, "content_type": page.content_type, "status": page.status,
            "language": page.language, "name": page.name,
        }  # fmt: skip
        with self._writing():
            self._database.execute(
                "INSERT OR REPLACE INTO page VALUES (?, ?, ?)", (number, json.dumps(about), page.body)
            )
            self._database.execute("INSERT OR IGNORE INTO cited VALUES (?, ?)", (address_key(source.url), number))
            self._set(number, source=json.dumps(source_to_dict(source)), digest=digest, state="planned", reason="")

    def page(self, number: int) -> Page:
        """The page as it came."""
        about, body = self._one("SELECT about, body FROM page WHERE number = ?", (number,))
        return Page(body=body, **json.loads(about))

    def propose(self, number: int, tags: str) -> None:
        """Remember the tags that the plan shows, to tell later whether somebody changed them."""
        with self._writing():
            self._set(number, proposed=tags)

    def refuse(self, number: int, reason: str) -> None:
        """There is nothing to draft from, and why."""
        with self._writing():
            self._set(number, state="refused", reason=reason)

    def put_off(self, number: int, reason: str) -> None:
        """It was not tried, and why; the next plan tries it."""
        with self._writing():
            self._set(number, reason=reason)

    def fail(self, number: int, reason: str, unusable: Iterable[str] = ()) -> None:
        """There is no draft, and why. The replies to what is ``unusable`` (digests) go: the next try asks anew."""
        with self._writing():
            self._set(number, state="failed", reason=reason)
            rows = ((number, asked) for asked in unusable)
            self._database.executemany("DELETE FROM reply WHERE number = ? AND asked = ?", rows)

    def save_drafted(self, number: int, path: str, cost: str, review: str) -> None:
        """The draft is in its place; what it was made of stands in its run folder, and here no longer."""
        with self._writing():
            self._set(number, state="drafted", reason="", path=path, cost=cost, review=review)
            for table in ("reply", "context"):
                self._database.execute(f"DELETE FROM {table} WHERE number = ?", (number,))  # noqa: S608 - ours

    def context(self, number: int) -> dict[str, Any] | None:
        """What the draft is made from, once that was settled; a second run asks the same."""
        rows = self._all("SELECT content FROM context WHERE number = ?", (number,))
        return json.loads(rows[0][0]) if rows else None

    def save_context(self, number: int, content: Mapping[str, Any]) -> None:
        """Settle it."""
        with self._writing():
            self._database.execute("INSERT OR REPLACE INTO context VALUES (?, ?)", (number, json.dumps(content)))

    def reply(self, number: int, asked: str, place: int) -> dict[str, Any] | None:
        """The reply number ``place`` to what was ``asked`` (a digest) for an entry; None when none arrived."""
        rows = self._all(
            "SELECT content FROM reply WHERE number = ? AND asked = ? AND place = ?", (number, asked, place)
        )
        return json.loads(rows[0][0]) if rows else None

    def replies(self, number: int) -> list[dict[str, Any]]:
        """All that arrived for an entry."""
        return [json.loads(row[0]) for row in self._all("SELECT content FROM reply WHERE number = ?", (number,))]

    def save_reply(self, number: int, asked: str, place: int, content: Mapping[str, Any]) -> None:
        """Keep what was paid for."""
        with self._writing():
            row = (number, asked, place, json.dumps(content))
            self._database.execute("INSERT OR REPLACE INTO reply VALUES (?, ?, ?, ?)", row)

    # What waits for batches.

    def keep_row(self, number: int, content: Mapping[str, Any]) -> None:
        """Keep what a person made of an entry that waits for answers."""
        with self._writing():
            self._database.execute("INSERT OR REPLACE INTO waiting VALUES (?, ?)", (number, json.dumps(content)))

    def kept_rows(self) -> list[dict[str, Any]]:
        """What was kept of the entries that are to be drafted still and wait for no batch, in order."""
        rows = self._all(
            "SELECT content FROM waiting JOIN entry USING (number) WHERE state NOT IN ('drafted', 'failed') "
            "AND number NOT IN (SELECT number FROM asked WHERE answer IS NULL AND token <> '') ORDER BY number"
        )
        return [json.loads(row[0]) for row in rows]

    def waits_for_batch(self, number: int) -> bool:
        """Whether a request of the entry is in a batch that has not been read."""
        return bool(
            self._all("SELECT 1 FROM asked WHERE number = ? AND answer IS NULL AND token <> '' LIMIT 1", (number,))
        )

    def batch_answer(self, name: str) -> dict[str, Any] | None:
        """What came back for a request; None when nothing did yet."""
        rows = self._all("SELECT answer FROM asked WHERE name = ? AND answer IS NOT NULL", (name,))
        return json.loads(rows[0][0]) if rows else None

    def want(self, name: str, number: int, request: Mapping[str, Any]) -> None:
        """Have a request asked with the next batch; one that is asked already is left as it is."""
        with self._writing():
            row = (name, number, json.dumps(request))
            self._database.execute("INSERT OR IGNORE INTO asked (name, number, request) VALUES (?, ?, ?)", row)

    def wanted(self, most: int) -> dict[str, dict[str, Any]]:
        """Requests that are in no batch, by their names."""
        rows = self._all(
            "SELECT name, request FROM asked WHERE token = '' AND answer IS NULL ORDER BY number LIMIT ?", (most,)
        )
        return {name: json.loads(request) for name, request in rows}

    def forget_failures(self, number: int) -> None:
        """Let an entry that failed be asked anew."""
        with self._writing():
            self._database.execute(
                "UPDATE entry SET state = 'planned' WHERE number = ? AND state = 'failed'", (number,)
            )
            self._database.execute(
                "DELETE FROM asked WHERE number = ? AND json_extract(answer, '$.response.status_code') IS NOT 200 "
                "AND answer IS NOT NULL",
                (number,),
            )

    def begin_batch(self, token: str, names: Iterable[str]) -> None:
        """Requests are being sent as a batch, which has no id yet."""
        with self._writing():
            self._database.execute("INSERT INTO batch (token, state) VALUES (?, 'sending')", (token,))
            self._database.executemany(
                "UPDATE asked SET token = ?, tries = tries + 1 WHERE name = ?", ((token, name) for name in names)
            )

    def note_batch(self, token: str, batch: str) -> None:
        """The batch was taken, and is called so."""
        with self._writing():
            self._database.execute("UPDATE batch SET id = ?, state = 'open' WHERE token = ?", (batch, token))

    def forget_batch(self, token: str) -> None:
        """The batch was never taken: its requests wait again."""
        with self._writing():
            self._database.execute("DELETE FROM batch WHERE token = ?", (token,))
            self._database.execute("UPDATE asked SET token = '', tries = tries - 1 WHERE token = ?", (token,))

    def unsent_batches(self) -> list[str]:
        """Tokens of batches of which nobody knows whether they were taken."""
        return [row[0] for row in self._all("SELECT token FROM batch WHERE state = 'sending'")]

    def open_batches(self) -> list[tuple[str, str]]:
        """Token and id of each batch that was taken and not read yet."""
        return [(token, batch) for token, batch in self._all("SELECT token, id FROM batch WHERE state = 'open'")]

    def end_batch(self, token: str, line_of: Callable[[str, int], Mapping[str, Any] | None]) -> None:
        """Keep what came of a batch's requests; ``line_of`` gives None for one that waits for another batch."""
        with self._writing():
            for name, tries in self._all("SELECT name, tries FROM asked WHERE token = ?", (token,)):
                line = line_of(name, tries)
                kept = None if line is None else json.dumps(line)
                self._database.execute("UPDATE asked SET token = '', answer = ? WHERE name = ?", (kept, name))
            self._database.execute("UPDATE batch SET state = 'read' WHERE token = ?", (token,))

    def _set(self, number: int, **values: str) -> None:
        for name, value in values.items():
            self._database.execute(f"UPDATE entry SET {name} = ? WHERE number = ?", (value, number))  # noqa: S608

    def _all(self, question: str, values: Iterable[object] = ()) -> list[Any]:
        with self._turn:
            return self._database.execute(question, tuple(values)).fetchall()

    def _one(self, question: str, values: Iterable[object] = ()) -> Any:
        return self._all(question, values)[0]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._turn:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")


def _entry(row: tuple[Any, ...]) -> Entry:
    number, url, headline, day, state, reason, source, *rest = row
    read = source_from_dict(json.loads(source)) if source else None
    return Entry(number, url, headline, date.fromisoformat(day) if day else None, state, reason, read, *rest)


@contextmanager
def open_store(folder: Path, root: Path) -> Iterator[Store]:
    """The state in ``folder`` of the inbox of the vault ``root``; ExistsError, with who holds it, when another does."""
    file, holder = folder / "inbox.sqlite", folder / "holder"
    lock = FileLock(folder / "inbox.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        holder.write_text(f"process {os.getpid()}", "utf-8")
    except Timeout:
        raise ExistsError(f"inbox of {root}: {_holder(holder)} works on it; wait for its end") from None
    except OSError as error:
        raise explain_disk(error, str(folder)) from error
    try:
        store = _open(file)
        try:
            yield store
        finally:
            store.close()
    finally:
        lock.release()


def _open(file: Path) -> Store:
    try:
        return Store(file)
    except sqlite3.DatabaseError as error:
        raise EnrichError(f"{file}: cannot be used ({error}); move it away to begin a new inbox") from error


def _holder(file: Path) -> str:
    try:
        return file.read_text("utf-8") or "another enrich"
    except OSError:
        return "another enrich"
