"""A note id of one's own, also when several drafts are made at once."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import lru_cache
from pathlib import Path

from enrich.errors import EnrichError
from enrich.vault.file import Stamp, read_text
from enrich.vault.note import Note, parse_note
from enrich.vault.note_id import next_note_id
from enrich.vault.vault import Vault
from enrich.vault.walk import list_files
from enrich.vault.write import lock_of, vault_lock

_KEPT = 4_096
"""Drafts that a process remembers while it writes more of them. By hand: an airlock holds what waits for a person."""


@contextmanager
def reserved_note_id(
    drafts: Path,
    state: Path,
    type_code: str,
    created: date,
    known: Collection[str] = (),
    warn: Callable[[str], None] | None = None,
) -> Iterator[str]:
    """The next note id, which no other process is given before the block ends: until then its note may be written.

    ``known`` are the vault's ids when it was read; the notes in the ``drafts`` folder are read again. An id is held by
    a lock of its own in the ``state`` folder, which is free at once when its process dies. With ``warn`` a state folder
    that can hold no lock is told, and done without.
    """
    from filelock import Timeout

    with vault_lock(drafts, state, warn):
        taken = {*known, *read_drafts(drafts).note_ids}
        while True:
            note_id = next_note_id(type_code, created, taken)
            lock = lock_of(drafts, state, note_id)
            try:
                lock.acquire(blocking=False)
            except Timeout:
                taken.add(note_id)  # another draft is on its way to it
                continue
            except OSError:
                pass  # told by the vault's lock
            break
    try:
        yield note_id
    finally:
        # Under the vault's lock: who is choosing an id has either read the note by now, or finds its id held.
        with suppress(EnrichError), vault_lock(drafts, state, warn):
            lock.release()
            with suppress(OSError):  # none where the state folder can hold no lock
                Path(lock.lock_file).unlink()
        lock.release()


def read_drafts(folder: Path) -> Vault:
    """The notes in ``folder`` as they are now; none where it is not there yet. Only what was written since is read."""
    if not folder.is_dir():
        return Vault(folder, ())
    listing = list_files(folder)
    notes, unread = list[Note](), list[str]()
    for path, stamp in listing.notes.items():
        try:
            notes.append(_read(str(folder), path, stamp))
        except OSError:
            unread.append(path)
    return Vault(folder, tuple(notes), (*listing.files, *unread))


@lru_cache(maxsize=_KEPT)
def _read(folder: str, path: str, stamp: Stamp) -> Note:  # noqa: ARG001 - the stamp tells one state from another
    return parse_note(path, read_text(f"{folder}/{path}"))
