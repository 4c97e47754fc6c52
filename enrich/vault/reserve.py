"""A note id of one's own, also when several drafts are written at once."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from enrich.vault.note_id import next_note_id
from enrich.vault.vault import Vault, read_vault
from enrich.vault.write import vault_lock


@contextmanager
def reserved_note_id(
    drafts: Path,
    state: Path,
    type_code: str,
    created: date,
    known: Collection[str] = (),
    warn: Callable[[str], None] | None = None,
) -> Iterator[tuple[str, Vault]]:
    """The next note id for a note that the caller writes below ``drafts`` before the block ends, and the drafts there.

    ``known`` are the vault's ids when it was read. Under the lock of the ``drafts`` folder (kept in the ``state``
    folder) the drafts are read again, so processes that wait for each other get different ids. With ``warn`` a state
    folder that can hold no lock is told, and done without.
    """
    with vault_lock(drafts, state, warn):
        written = read_drafts(drafts)
        yield next_note_id(type_code, created, {*known, *written.note_ids}), written


def read_drafts(folder: Path) -> Vault:
    """The notes in ``folder`` as they are now; none where it is not there yet."""
    return read_vault(folder) if folder.is_dir() else Vault(folder, ())
