"""A note id of one's own, also when several drafts are written at once."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from enrich.vault.note import parse_note
from enrich.vault.note_id import next_note_id
from enrich.vault.vault import list_files, read_text
from enrich.vault.write import vault_lock


@contextmanager
def reserved_note_id(
    drafts: Path, state: Path, type_code: str, created: date, known: Collection[str] = ()
) -> Iterator[str]:
    """The next note id for a note that the caller writes below ``drafts`` before the block ends.

    ``known`` are the vault's ids when it was read. Under the lock of the ``drafts`` folder (kept in the ``state``
    folder) the ids of the drafts are read again, so processes that wait for each other get different ids.
    """
    with vault_lock(drafts, state):
        yield next_note_id(type_code, created, {*known, *note_ids_below(drafts)})


def note_ids_below(folder: Path) -> set[str]:
    """The ids of the notes in ``folder``, as they are now; what cannot be read has none."""
    ids: set[str] = set()
    for path in list_files(folder) if folder.is_dir() else ():
        if path.lower().endswith(".md"):
            with suppress(OSError):
                ids.add(parse_note(path, read_text(folder / path)).note_id)
    return ids - {""}
