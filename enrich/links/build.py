"""Making a whole index, and learning from it. Imports numpy; `enrich.links.refresh` decides when that is due."""

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from enrich.links.document import read_document
from enrich.links.drawn import read_drawn
from enrich.links.learned import Models, Trained
from enrich.links.meaning import Meaning, Vectors
from enrich.links.memory_index import MemoryIndex
from enrich.links.pretrained import PRETRAINED_MENTIONS, PRETRAINED_RELATED
from enrich.links.store import LEARNING, Store, fill_store, follow_echoes, follow_notes
from enrich.links.training import choose_notes, read_examples, train_mentions, train_related
from enrich.text.count import counted
from enrich.vault.echoes import Echoes
from enrich.vault.note import Note
from enrich.vault.records import Records
from enrich.vault.walk import Listing


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


@_no_collecting()
def learn_now(root: Path, store: Store, on_progress: Callable[[str], None]) -> Models:
    """What the vault's links teach."""
    index = _read_records(root, store, MemoryIndex(store.drawn))
    chosen = choose_notes(index)
    on_progress(f"learning from the links of {counted(len(chosen), 'note')}")
    return _learn(index, chosen, store.records(root), follow_echoes(root, store).shares(), None)


def save_learned(store: Store, models: Models) -> None:
    """Rank with ``models`` from now on. Runs inside the caller's transaction."""
    store.set_models("", _models_to_json(models))
    store.set_meta("drift", "0")
    store.set_meta(LEARNING, "")


@_no_collecting()
def build_unlearned(root: Path, store: Store, listing: Listing, on_progress: Callable[[str], None]) -> None:
    """Read everything, and rank as before, or as in vaults in general."""
    models = store.models() or _models_to_json(
        Models(Trained(PRETRAINED_RELATED), Trained(PRETRAINED_MENTIONS))
    )  # fmt: skip
    index = _read_all(root, store, listing)
    on_progress("writing the index")
    fill_store(store, index)
    store.set_models("", models)
    store.set_meta(LEARNING, "due")


@_no_collecting()
def build_index(
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
    records = store.records(root)
    echoes = Echoes(records)
    echoes.follow()
    learned = [("", _learn(index, chosen, records, echoes.shares(), None))]
    if vectors is not None:
        meaning = Meaning(vectors, {path: number for number, path in enumerate(index.paths)})
        learned.append((vectors.name, _learn(index, chosen, records, echoes.shares(), meaning)))
    on_progress("writing the index")
    fill_store(store, index)
    for name, models in learned:
        store.set_models(name, _models_to_json(models))


def _read_all(root: Path, store: Store, listing: Listing) -> MemoryIndex:
    """An index of all notes that have a record, which are brought up to date."""
    index = MemoryIndex(read_drawn(root, listing))
    follow_notes(root, store, listing, lambda note: _take_in(index, note))
    return _read_records(root, store, index)


def _read_records(root: Path, store: Store, index: MemoryIndex) -> MemoryIndex:
    """``index`` with every further note that has a record, ready to be asked."""
    fresh, records = set(index.paths), store.records(root)
    for (path,) in list(store.connection.execute("SELECT path FROM record ORDER BY rowid")):
        if path not in fresh and (note := records.note(path)) is not None:
            _take_in(index, note)
    index.finish()
    return index


def _take_in(index: MemoryIndex, note: Note) -> None:
    index.add(read_document(note))
    if not note.draft:
        index.habits.add(note)


def _learn(
    index: MemoryIndex, chosen: Sequence[int], records: Records, echoes: Mapping[str, float], meaning: Meaning | None
) -> Models:
    examples = read_examples(index, chosen, lambda number: records.note(index.paths[number]), meaning, echoes)
    related = train_related(examples)
    return Models(related, train_mentions(index, examples, related.model))


def _models_to_json(models: Models) -> str:
    return json.dumps([_values(models.related), _values(models.mentions)])


def _values(trained: Trained) -> tuple[object, ...]:
    model = trained.model
    return model.weights, model.intercept, model.trees, trained.notes, trained.links
