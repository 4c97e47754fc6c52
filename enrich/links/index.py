"""The link index of a vault: made on first use, brought up to date on every use, rebuilt when it cannot be trusted."""

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from enrich.links.files import Stamp, list_notes, state_of
from enrich.links.learned import Learned, Trained
from enrich.links.model import Model
from enrich.links.store import VERSION, Store

Answer = TypeVar("Answer")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Index:
    """An open index. Close it after use."""

    root: Path
    store: Store
    related: Trained
    mentions: Trained

    @property
    def learned(self) -> Learned:
        """What `enrich.links.rank.find_candidates` takes."""
        return Learned(self.store, self.related.model)

    @property
    def advice(self) -> str:
        """What a person should know about the model; empty when it was trained on the vault."""
        if self.related.notes:
            return ""
        return "too few links to learn from yet: ranked by what holds for vaults in general"

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def index_file(root: Path, cache_dir: Path) -> Path:
    """Where the index of the vault at ``root`` is kept."""
    place = root.resolve()
    return cache_dir / f"links-{place.name}-{zlib.crc32(os.fsencode(place)):08x}.sqlite3"


def open_index(root: Path, cache_dir: Path, on_progress: Progress = lambda _: None) -> Index:
    """The index of the vault at ``root``, up to date.

    Another process that is writing it is waited for. A damaged file, or one of another version, is made anew.
    """
    file = index_file(root, cache_dir)
    cache_dir.mkdir(parents=True, exist_ok=True)
    try:
        return _open(root, file, on_progress)
    except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise
        on_progress(f"the index was damaged ({error}): it is made anew")
        discard_index(root, cache_dir)
        return _open(root, file, on_progress)


def ask_index(
    root: Path, cache_dir: Path, question: Callable[[Index], Answer], on_progress: Progress = lambda _: None
) -> Answer:
    """What ``question`` answers on the vault's index; damage that shows only then costs a rebuild, not an error."""
    index = open_index(root, cache_dir, on_progress)
    try:
        return question(index)
    except (sqlite3.DatabaseError, zlib.error, json.JSONDecodeError) as error:
        on_progress(f"the index was damaged ({error}): it is made anew")
    finally:
        index.close()
    discard_index(root, cache_dir)
    index = open_index(root, cache_dir, on_progress)
    try:
        return question(index)
    finally:
        index.close()


def discard_index(root: Path, cache_dir: Path) -> None:
    """Delete the index of a vault; the next use makes it anew."""
    file = index_file(root, cache_dir)
    for suffix in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _open(root: Path, file: Path, on_progress: Progress) -> Index:
    store = Store(file)
    try:
        listing = list_notes(root)
        if not _is_current(root, store, listing):
            with _writing(store):
                if not _is_current(root, store, listing):  # another process may have done it while we waited
                    from enrich.links.build import bring_up_to_date  # only now: it imports what learning needs

                    bring_up_to_date(root, store, listing, on_progress)
        return Index(root, store, _trained_from_json(store.meta("related")), _trained_from_json(store.meta("mentions")))
    except BaseException:
        store.close()
        raise


def _is_current(root: Path, store: Store, listing: dict[str, Stamp]) -> bool:
    try:
        return store.meta("version") == VERSION and store.meta("listing") == state_of(root, listing)
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return False
        raise


@contextmanager
def _writing(store: Store) -> Iterator[None]:
    store.connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        store.connection.execute("ROLLBACK")
        raise
    store.connection.execute("COMMIT")


def _trained_from_json(value: str) -> Trained:
    weights, intercept, notes, links = json.loads(value)
    return Trained(Model(tuple(weights), intercept), notes, links)
