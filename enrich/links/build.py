"""Making an index, and bringing it up to date: what runs only when the vault has changed."""

import gc
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from enrich.links.card import read_card
from enrich.links.files import Stamp, decode_note, digest_of, read_bytes, read_note, state_of
from enrich.links.learned import Models, Trained
from enrich.links.meaning import Meaning, Vectors
from enrich.links.memory import MemoryShelf
from enrich.links.store import VERSION, Store, fill_store
from enrich.links.training import choose_teachers, read_lessons, train_mentions, train_related
from enrich.links.update import Change, update_store
from enrich.text.count import counted
from enrich.vault.file import Skipped

_FEWEST_CHANGES, _SHARE_OF_NOTES, _SHARE_OF_LINKS = 50, 0.2, 0.1


def bring_up_to_date(
    root: Path,
    store: Store,
    listing: dict[str, Stamp],
    on_progress: Callable[[str], None],
    vectors: Vectors | None = None,
) -> None:
    """Make ``store`` agree with the files of ``listing``. Runs inside the caller's transaction.

    With ``vectors`` of all notes, models are learned that take their meaning in, beside those that do not.
    """
    has_learned = _has_version(store) and store.models(vectors.name if vectors else "")
    unread: list[Skipped] = []
    if not (has_learned and _update(root, store, listing, unread)):
        on_progress(f"reading {counted(len(listing), 'note')}")
        with _no_collecting():
            unread = _build(root, store, listing, on_progress, vectors)
    store.set_meta("unread", json.dumps(unread))
    store.set_meta("listing", state_of(root, listing))
    store.set_meta("version", VERSION)


def _has_version(store: Store) -> bool:
    try:
        return store.meta("version") == VERSION
    except sqlite3.OperationalError:
        return False


def _update(root: Path, store: Store, listing: dict[str, Stamp], unread: list[Skipped]) -> bool:
    """Take in what changed; False when that is so much that everything should be read, and learned, again.

    What cannot be read is added to ``unread``; it was not known before, or stays as it was.
    """
    rows = store.connection.execute("SELECT path, size, changed, digest FROM note")
    known = {path: (Stamp(size, changed), digest) for path, size, changed, digest in rows}
    removed = [path for path in known if path not in listing]
    differing = [path for path, stamp in listing.items() if path not in known or known[path][0] != stamp]
    if len(removed) + len(differing) > max(_FEWEST_CHANGES, _SHARE_OF_NOTES * len(known)):
        return False
    changes = []
    for path in differing:
        data = read_bytes(root, path, unread)
        if data is None:
            continue
        digest = digest_of(data)
        if path in known and digest == known[path][1]:
            size, changed = listing[path]
            store.connection.execute("UPDATE note SET size = ?, changed = ? WHERE path = ?", (size, changed, path))
        else:
            changes.append(Change(path, listing[path], digest, decode_note(data)))
    drift = int(store.meta("drift") or 0) + update_store(store, changes, removed)
    store.set_meta("drift", str(drift))
    return drift <= max(_FEWEST_CHANGES, _SHARE_OF_LINKS * store.facts.links)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """No search for cycles: what a vault is read into stays alive, and would be gone through again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _build(
    root: Path,
    store: Store,
    listing: dict[str, Stamp],
    on_progress: Callable[[str], None],
    vectors: Vectors | None,
) -> list[Skipped]:
    """Read and learn everything; gives what could not be read."""
    shelf, digests, stamps = MemoryShelf(), [], {}
    unread: list[Skipped] = []
    for path, stamp in listing.items():
        data = read_bytes(root, path, unread)
        if data is not None:
            shelf.add(read_card(path, decode_note(data)))
            digests.append(digest_of(data))
            stamps[path] = stamp
    shelf.finish()
    teachers = choose_teachers(shelf)
    on_progress(f"learning from the links of {counted(len(teachers), 'note')}")
    learned = [("", _learn(root, shelf, teachers, None))]
    if vectors is not None:
        meaning = Meaning(vectors, {path: number for number, path in enumerate(shelf.paths)})
        learned.append((vectors.name, _learn(root, shelf, teachers, meaning)))
    on_progress("writing the index")
    fill_store(store, shelf, stamps, digests)
    for name, models in learned:
        store.set_models(name, _models_to_json(models))
    return unread


def _learn(root: Path, shelf: MemoryShelf, teachers: Sequence[int], meaning: Meaning | None) -> Models:
    lessons = read_lessons(shelf, teachers, lambda number: read_note(root, shelf.paths[number]), meaning)
    related = train_related(lessons)
    return Models(related, train_mentions(shelf, lessons, related.model))


def _models_to_json(models: Models) -> str:
    return json.dumps([_values(models.related), _values(models.mentions)])


def _values(trained: Trained) -> tuple[object, ...]:
    model = trained.model
    return model.weights, model.intercept, model.trees, trained.notes, trained.links
