"""Making an index, and bringing it up to date: what runs only when the vault has changed."""

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from enrich.links.document import read_document
from enrich.links.learned import Models, Trained
from enrich.links.meaning import Meaning, Vectors
from enrich.links.memory_index import MemoryIndex
from enrich.links.pretrained import PRETRAINED_MENTIONS, PRETRAINED_RELATED
from enrich.links.store import LEARNING, Store, fill_store, follow_notes, prepare_tables
from enrich.links.training import choose_notes, read_examples, train_mentions, train_related
from enrich.links.update import ChangedNote, update_store
from enrich.text.count import counted
from enrich.vault.note import Note
from enrich.vault.records import Records
from enrich.vault.vault import open_note
from enrich.vault.walk import Listing

_LEARNED_AT_ONCE = 200
"""Notes of a vault that is learned from before it answers: in some second, as `benchmarks.first_answer` shows."""
_FEWEST_CHANGES, _SHARE_OF_NOTES, _SHARE_OF_LINKS = 50, 0.2, 0.1
"""So many notes (in a large vault that share) may change, or links differ, before everything is learned again.

Chosen by hand, so that a day's writing never waits for training.
"""


def bring_up_to_date(
    root: Path,
    store: Store,
    listing: Listing,
    on_progress: Callable[[str], None],
    vectors: Vectors | None = None,
    now: bool = True,
) -> None:
    """Make records and ranking agree with the files of ``listing``. Runs inside the caller's transaction.

    With ``vectors`` of all notes, models are learned that take their meaning in, beside those that do not. Without
    ``now``, and without vectors, a vault of some size is not learned from: what was learned before, else what holds for
    vaults in general, goes on to rank, and `LEARNING` says that learning is due.
    """
    prepare_tables(store)
    has_learned = bool(store.models(vectors.name if vectors else ""))
    if not (has_learned and _update(root, store, listing)):
        on_progress(f"reading {counted(len(listing.notes), 'note')}")
        with _no_collecting():
            if now or vectors is not None or len(listing.notes) <= _LEARNED_AT_ONCE:
                _build(root, store, listing, on_progress, vectors)
            else:
                _build_unlearned(root, store, listing, on_progress)
    store.set_meta("ranked", listing.state(root))


def learn_now(root: Path, store: Store, on_progress: Callable[[str], None]) -> Models:
    """What the vault's links teach; nothing is written."""
    with _no_collecting():
        index = _read_records(root, store, MemoryIndex())
        chosen = choose_notes(index)
        on_progress(f"learning from the links of {counted(len(chosen), 'note')}")
        return _learn(root, index, chosen, None)


def save_learned(store: Store, models: Models) -> None:
    """Rank with ``models`` from now on. Runs inside the caller's transaction."""
    store.set_models("", _models_to_json(models))
    store.set_meta("drift", "0")
    store.set_meta(LEARNING, "")


def _build_unlearned(root: Path, store: Store, listing: Listing, on_progress: Callable[[str], None]) -> None:
    """Read everything, and rank as before, or as in vaults in general."""
    models = store.models() or _models_to_json(
        Models(Trained(PRETRAINED_RELATED), Trained(PRETRAINED_MENTIONS))
    )  # fmt: skip
    index = _read_all(root, store, listing)
    on_progress("writing the index")
    fill_store(store, index)
    store.set_models("", models)
    store.set_meta(LEARNING, "due")


def _update(root: Path, store: Store, listing: Listing) -> bool:
    """Take in what changed; False when that is so much that everything should be read, and learned, again."""
    most = max(_FEWEST_CHANGES, _SHARE_OF_NOTES * store.facts.size)
    if sum(map(len, Records(store.connection, root).differing(listing))) > most:
        return False
    read: dict[str, Note] = {}
    follow_notes(root, store, listing, lambda note: read.update({note.path: note}))
    differing, removed = _unlike_records(store)
    if len(differing) + len(removed) > most:
        return False
    notes = ((read.get(path) or open_note(root, path), digest) for path, digest in differing)
    changes = [ChangedNote(note, digest) for note, digest in notes if note is not None]
    drift = int(store.meta("drift") or 0) + update_store(store, changes, removed)
    store.set_meta("drift", str(drift))
    return drift <= max(_FEWEST_CHANGES, _SHARE_OF_LINKS * store.facts.links)


def _unlike_records(store: Store) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Notes that the ranking does not know as their records say, with the digests of these; and those to forget."""
    differing = store.connection.execute(
        "SELECT record.path, record.digest FROM record LEFT JOIN note ON note.path = record.path "
        "WHERE note.digest IS NOT record.digest"
    )
    removed = store.connection.execute("SELECT path FROM note WHERE path NOT IN (SELECT path FROM record)")
    return list(differing), [path for (path,) in removed]


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
    listing: Listing,
    on_progress: Callable[[str], None],
    vectors: Vectors | None,
) -> None:
    """Read and learn everything."""
    index = _read_all(root, store, listing)
    chosen = choose_notes(index)
    on_progress(f"learning from the links of {counted(len(chosen), 'note')}")
    learned = [("", _learn(root, index, chosen, None))]
    if vectors is not None:
        meaning = Meaning(vectors, {path: number for number, path in enumerate(index.paths)})
        learned.append((vectors.name, _learn(root, index, chosen, meaning)))
    on_progress("writing the index")
    fill_store(store, index)
    for name, models in learned:
        store.set_models(name, _models_to_json(models))


def _read_all(root: Path, store: Store, listing: Listing) -> MemoryIndex:
    """An index of all notes that have a record, which are brought up to date."""
    index = MemoryIndex()
    follow_notes(root, store, listing, lambda note: index.add(read_document(note)))
    return _read_records(root, store, index)


def _read_records(root: Path, store: Store, index: MemoryIndex) -> MemoryIndex:
    """``index`` with every further note that has a record, ready to be asked."""
    fresh = set(index.paths)
    for (path,) in list(store.connection.execute("SELECT path FROM record ORDER BY rowid")):
        if path not in fresh and (note := open_note(root, path)) is not None:
            index.add(read_document(note))
    index.finish()
    return index


def _learn(root: Path, index: MemoryIndex, chosen: Sequence[int], meaning: Meaning | None) -> Models:
    examples = read_examples(index, chosen, lambda number: open_note(root, index.paths[number]), meaning)
    related = train_related(examples)
    return Models(related, train_mentions(index, examples, related.model))


def _models_to_json(models: Models) -> str:
    return json.dumps([_values(models.related), _values(models.mentions)])


def _values(trained: Trained) -> tuple[object, ...]:
    model = trained.model
    return model.weights, model.intercept, model.trees, trained.notes, trained.links
