"""Bring an index up to date. What changed is taken in without numpy: it is a day's writing, in every save hook."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.links.drawn import read_drawn
from enrich.links.store import Store, follow_notes, prepare_tables
from enrich.links.update import ChangedNote, update_store
from enrich.text.count import counted
from enrich.vault.note import Note
from enrich.vault.walk import Listing

if TYPE_CHECKING:
    from enrich.links.meaning import Vectors

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
    vectors: "Vectors | None" = None,
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
        from enrich.links.build import build_index, build_unlearned  # numpy

        on_progress(f"reading {counted(len(listing.notes), 'note')}")
        if now or vectors is not None or len(listing.notes) <= _LEARNED_AT_ONCE:
            build_index(root, store, listing, on_progress, vectors)
        else:
            build_unlearned(root, store, listing, on_progress)
    store.set_meta("ranked", listing.state(root))


def _update(root: Path, store: Store, listing: Listing) -> bool:
    """Take in what changed; False when that is so much that everything should be read, and learned, again."""
    most = max(_FEWEST_CHANGES, _SHARE_OF_NOTES * store.facts.size)
    if sum(map(len, store.records(root).differing(listing))) > most:
        return False
    read: dict[str, Note] = {}
    follow_notes(root, store, listing, lambda note: read.update({note.path: note}))
    differing, removed = _unlike_records(store)
    if len(differing) + len(removed) > most:
        return False
    notes = ((read.get(path) or store.records(root).note(path), digest) for path, digest in differing)
    changes = [ChangedNote(note, digest) for note, digest in notes if note is not None]
    drift = int(store.meta("drift") or 0) + update_store(store, changes, removed, read_drawn(root, listing))
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
