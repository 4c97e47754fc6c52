"""The link index of a vault: made on first use, brought up to date on every use, rebuilt when it cannot be trusted."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from enrich.links.card import read_card
from enrich.links.files import Stamp, digest_of, digest_of_listing, list_notes, read_note
from enrich.links.learned import Learned
from enrich.links.memory import MemoryShelf
from enrich.links.model import Model
from enrich.links.store import VERSION, Store, fill_store
from enrich.links.subject import Subject, read_subject
from enrich.links.training import Trained, choose_teachers, train_mentions, train_related
from enrich.links.update import Change, update_store

Progress = Callable[[str], None]
_MENTION_TEACHERS = 300
_FEWEST_CHANGES, _SHARE_OF_NOTES, _SHARE_OF_LINKS = 50, 0.2, 0.1


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
    name = hashlib.blake2b(str(root.resolve()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return cache_dir / f"links-{name}.sqlite3"


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


def discard_index(root: Path, cache_dir: Path) -> None:
    """Delete the index of a vault; the next use makes it anew."""
    file = index_file(root, cache_dir)
    for suffix in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _open(root: Path, file: Path, on_progress: Progress) -> Index:
    store = Store(file)
    try:
        listing = list_notes(root)
        if not _is_current(store, listing):
            with _writing(store):
                if not _is_current(store, listing):  # another process may have done it while we waited
                    _bring_up_to_date(root, store, listing, on_progress)
        return Index(root, store, _trained_from_json(store.meta("related")), _trained_from_json(store.meta("mentions")))
    except BaseException:
        store.close()
        raise


def _is_current(store: Store, listing: dict[str, Stamp]) -> bool:
    try:
        return store.meta("version") == VERSION and store.meta("listing") == digest_of_listing(listing)
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


def _bring_up_to_date(root: Path, store: Store, listing: dict[str, Stamp], on_progress: Progress) -> None:
    if not (_has_version(store) and _update(root, store, listing)):
        on_progress(f"reading {len(listing)} notes")
        _build(root, store, listing, on_progress)
    store.set_meta("listing", digest_of_listing(listing))
    store.set_meta("version", VERSION)


def _has_version(store: Store) -> bool:
    try:
        return store.meta("version") == VERSION
    except sqlite3.OperationalError:
        return False


def _update(root: Path, store: Store, listing: dict[str, Stamp]) -> bool:
    """Take in what changed; False when that is so much that everything should be read, and learned, again."""
    rows = store.connection.execute("SELECT path, size, changed, digest FROM note")
    known = {path: (Stamp(size, changed), digest) for path, size, changed, digest in rows}
    removed = [path for path in known if path not in listing]
    differing = [path for path, stamp in listing.items() if path not in known or known[path][0] != stamp]
    if len(removed) + len(differing) > max(_FEWEST_CHANGES, _SHARE_OF_NOTES * len(known)):
        return False
    changes = []
    for path in differing:
        text = read_note(root, path)
        if text is None:
            continue
        if path in known and digest_of(text) == known[path][1]:
            size, changed = listing[path]
            store.connection.execute("UPDATE note SET size = ?, changed = ? WHERE path = ?", (size, changed, path))
        else:
            changes.append(Change(path, listing[path], text))
    drift = int(store.meta("drift") or 0) + update_store(store, changes, removed)
    store.set_meta("drift", str(drift))
    return drift <= max(_FEWEST_CHANGES, _SHARE_OF_LINKS * store.facts.links)


def _build(root: Path, store: Store, listing: dict[str, Stamp], on_progress: Progress) -> None:
    shelf, digests, stamps = MemoryShelf(), [], {}
    for path, stamp in listing.items():
        text = read_note(root, path)
        if text is not None:
            shelf.add(read_card(path, text))
            digests.append(digest_of(text))
            stamps[path] = stamp
    shelf.finish()
    teachers = choose_teachers(shelf)
    on_progress(f"learning from the links of {len(teachers)} notes")
    related = train_related(shelf, teachers, lambda number: _subject(root, shelf, number))
    mentions = train_mentions(
        shelf, related.model, teachers[:_MENTION_TEACHERS], lambda number: read_note(root, shelf.notes[number].path)
    )
    on_progress("writing the index")
    fill_store(store, shelf, stamps, digests)
    store.set_meta("related", _trained_to_json(related))
    store.set_meta("mentions", _trained_to_json(mentions))


def _subject(root: Path, shelf: MemoryShelf, number: int) -> Subject | None:
    path = shelf.notes[number].path
    text = read_note(root, path)
    return None if text is None else read_subject(read_card(path, text), number)


def _trained_to_json(trained: Trained) -> str:
    return json.dumps([trained.model.weights, trained.model.intercept, trained.notes, trained.links])


def _trained_from_json(value: str) -> Trained:
    weights, intercept, notes, links = json.loads(value)
    return Trained(Model(tuple(weights), intercept), notes, links)
