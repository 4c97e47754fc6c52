"""The link index of a vault: made on first use, brought up to date on every use, rebuilt when it cannot be trusted."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from enrich.errors import EnrichError
from enrich.links.cache import cache_file
from enrich.links.learned import Learned, Models, Trained
from enrich.links.model import Model, Tree
from enrich.links.store import LEARNING, Store, follow_echoes, follow_notes, has_version, prepare_tables
from enrich.text.count import counted
from enrich.vault.file import Skipped
from enrich.vault.vault import Vault, require_folder
from enrich.vault.walk import Listing, list_files

if TYPE_CHECKING:
    from enrich.links.meaning import Vectors  # numpy, which only who has set a model for it waits for
    from enrich.vault.echoes import Echoes

Answer = TypeVar("Answer")
Tell = Callable[[str], None]


class Told(Struct, frozen=True):
    """Who hears what happens on the way."""

    progress: Tell = lambda _: None
    warn: Tell = lambda _: None


_NOBODY = Told()

_WORTH_TELLING = 100
"""Changed notes that take more than a moment to read."""


class Index(Struct, frozen=True):
    """An open index. Close it after use."""

    root: Path
    file: Path
    store: Store
    learned: Learned
    """What ranks notes that exist."""
    skipped: tuple[Skipped, ...] = ()
    """What is called like a note and was not read, each with the reason."""
    is_learning: bool = False
    """The vault's links are still to be learned from; until then it ranks as before, or as in vaults in general."""

    @property
    def advice(self) -> str:
        """What a person should know about the model; empty when it was trained on the vault."""
        if self.is_learning:
            return "the ranking is still learning from this vault's links, for some seconds; --wait waits for it"
        if self.learned.models.related.notes:
            return ""
        return "too few links to learn from yet: ranked by what holds for vaults in general"

    @property
    def echoes(self) -> "Echoes":
        """The sentences that stand in many notes, up to date."""
        return follow_echoes(self.root, self.store)

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def index_file(root: Path, cache_dir: Path) -> Path:
    """Where the index of the vault at ``root`` is kept."""
    return cache_file("links", root, cache_dir)


def open_index(
    root: Path,
    cache_dir: Path,
    told: Told = _NOBODY,
    vectors: "Vectors | None" = None,
    wait: bool = True,
    airlock: str = "",
) -> Index:
    """The index of the vault at ``root``, up to date; without ``wait`` it may still have to learn.

    Another process that is writing it is waited for. A damaged file, or one of another version, is made anew. Where no
    file can be kept, a warning says why, and the index is made in memory. With ``vectors`` the notes' meaning is
    taken in, as far as they can be embedded. Notes in the folder ``airlock`` are drafts. EnrichError when another
    process writes for too long.
    """
    return _open_file(
        root, cache_dir, lambda file: _open(root, Store(file, airlock), told.progress, vectors, wait), told
    )


def open_records(root: Path, cache_dir: Path, told: Told = _NOBODY, airlock: str = "") -> Vault:
    """The vault at ``root`` as its files are now, from the records of the index; only changed notes are read.

    A note's text is read when it is asked for. Nothing is learned: the first time takes little more than reading all.
    UsageError when ``root`` is no folder; for what else see `open_index`.
    """
    require_folder(root)
    return _open_file(root, cache_dir, lambda file: _open_vault(root, Store(file, airlock), told.progress), told)


def ask_echoes(
    root: Path,
    cache_dir: Path,
    question: "Callable[[Echoes], Answer]",
    told: Told = _NOBODY,
    airlock: str = "",
) -> Answer:
    """What ``question`` answers on the sentences that stand in many notes of the vault, as its files are now."""

    def ask(file: Path) -> Answer:
        with closing(Store(file, airlock)) as store:
            listing = list_files(root)
            if not _is_of(root, store, listing, "listing"):
                with store.writing():
                    follow_notes(root, store, listing)
            return question(follow_echoes(root, store))

    return _open_file(root, cache_dir, ask, told)


def _open_file(root: Path, cache_dir: Path, open_it: Callable[[Path], Answer], told: Told) -> Answer:
    """What ``open_it`` makes of the index's file: of a fresh one after damage, in memory where none can be kept."""
    file = index_file(root, cache_dir)
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        try:
            return open_it(file)
        except (EnrichError, OSError):
            raise
        except Exception as error:  # damage can raise anything; what raises again on a fresh index is a bug
            if _is_locked(error):
                raise
            told.progress(f"the index was damaged ({error}): it is made anew")
            discard_index(file)
            return open_it(file)
    except (OSError, sqlite3.OperationalError) as error:
        if _is_locked(error):
            raise EnrichError(f"{file}: another enrich has been writing it for long; try again") from error
        reason = error.strerror if isinstance(error, OSError) else error
        told.warn(
            f"{cache_dir}: {reason}; no index can be kept there, so it is made in memory and takes longer; "
            "make room or name another folder with ENRICH_HOME"
        )
        return open_it(Path(":memory:"))


def ask_index(
    open_it: Callable[[], Index], question: Callable[[Index], Answer], on_progress: Tell = lambda _: None
) -> Answer:
    """What ``question`` answers on the index that ``open_it`` opens (`open_index`).

    Damage that shows only then costs a rebuild, not an error. Where learning is due another process begins with it
    after the answer.
    """
    index = open_it()
    try:
        return _ask(index, question)
    except (EnrichError, OSError):
        raise
    except Exception as error:  # as above
        if _is_of_the_disk(error):
            raise EnrichError(f"{index.file}: {error}; make room, or name another folder with ENRICH_HOME") from error
        on_progress(f"the index was damaged ({error}): it is made anew")
    finally:
        index.close()
    with suppress(OSError):
        discard_index(index.file)
    index = open_it()
    try:
        return _ask(index, question)
    finally:
        index.close()


def _ask(index: Index, question: Callable[[Index], Answer]) -> Answer:
    answer = question(index)
    if index.is_learning:
        from enrich.links.learner import start_learning  # subprocess, which most answers have no use for

        start_learning(index.root, index.file, index.store.airlock)
    return answer


def discard_index(file: Path) -> None:
    """Delete the index in ``file``; the next use makes it anew."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _is_locked(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _is_of_the_disk(error: Exception) -> bool:
    """Whether SQLite could not work with the file. What it says of tables and texts comes from damage in them."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR


def _open(root: Path, store: Store, on_progress: Tell, vectors: "Vectors | None", wait: bool) -> Index:
    try:
        listing = list_files(root)
        usable = vectors if vectors and vectors.follow(root, listing.notes, on_progress) else None
        if not _is_current(root, store, listing, usable):
            with store.writing():
                if not _is_current(root, store, listing, usable):  # another process may have done it while we waited
                    from enrich.links.refresh import bring_up_to_date

                    now = wait or str(store.file) == ":memory:"  # what is in memory cannot be learned for elsewhere
                    bring_up_to_date(root, store, listing, on_progress, usable, now)
        if wait and store.meta(LEARNING):
            _learn_here(root, store, on_progress)
        skipped = (*listing.skipped, *store.records(root).unread())
        return Index(root, store.file, store, _learned(store, usable), skipped, bool(store.meta(LEARNING)))
    except BaseException:
        store.close()
        raise


def _learn_here(root: Path, store: Store, on_progress: Tell) -> None:
    """Learn before the answer what was left for later."""
    from enrich.links.build import learn_now, save_learned

    models = learn_now(root, store, on_progress)
    with store.writing():
        save_learned(store, models)


def _open_vault(root: Path, store: Store, on_progress: Tell) -> Vault:
    with closing(store):
        listing, records = list_files(root), store.records(root)
        if not _is_of(root, store, listing, "listing"):
            with store.writing():
                prepare_tables(store)
                changed = len(records.differing(listing)[0])
                if changed > _WORTH_TELLING:
                    on_progress(f"reading {counted(changed, 'note')}")
                follow_notes(root, store, listing)
        return records.vault(listing)


def _is_current(root: Path, store: Store, listing: Listing, vectors: "Vectors | None") -> bool:
    return _is_of(root, store, listing, "ranked") and bool(store.models(vectors.name if vectors else ""))


def _is_of(root: Path, store: Store, listing: Listing, key: str) -> bool:
    """Whether the state that is kept under ``key`` is that of the files."""
    return has_version(store) and store.meta(key) == listing.state(root)


def _learned(store: Store, vectors: "Vectors | None") -> Learned:
    models = _models_from_json(store.models())
    if vectors is None:
        return Learned(store, models)
    from enrich.links.meaning import Meaning

    with_meaning = _models_from_json(store.models(vectors.name))
    return Learned(store, models, Meaning(vectors, store.numbers()), with_meaning)


def _models_from_json(value: str) -> Models:
    return Models(*map(_trained, json.loads(value)))


def _trained(values: "tuple[list[float], float, list[list[list[float]]], int, int]") -> Trained:
    weights, intercept, trees, notes, links = values
    return Trained(Model(tuple(weights), intercept, tuple(_tree(*tree) for tree in trees)), notes, links)


def _tree(columns: "list[float]", limits: "list[float]", values: "list[float]") -> Tree:
    return Tree(tuple(map(int, columns)), tuple(limits), tuple(values))
