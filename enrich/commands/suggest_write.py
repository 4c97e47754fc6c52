"""Write links into notes: through the vault's journal, so that each can be taken back."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.check.style.active import added_active, say_active
from enrich.commands.journal import open_journal
from enrich.errors import FindingsError
from enrich.links.apply import Plan
from enrich.text.count import counted
from enrich.vault.edit import edit_bytes
from enrich.vault.journal import Change, write_edits
from enrich.vault.write import find_place

if TYPE_CHECKING:
    from enrich.commands.suggest_run import OpenNote, Suggesting


def refuse_unwritable(root: Path, notes: "Iterable[OpenNote]") -> None:
    """RefusedError for a note that may not be written: rather before the work, which may cost money, than after it."""
    for note in notes:
        if note.file is not None:
            find_place(root, note.file)


def changed_note(note: "OpenNote", plan: Plan) -> bytes:
    """The note's bytes with the plan's links. FindingsError when anything but wikilinks would come in with them."""
    after = edit_bytes(note.data, plan.edits)
    if added := added_active(note.text, after.decode(errors="surrogateescape")):
        raise FindingsError(f"{note.name}: nothing was written, the links would bring in {say_active(added)}")
    return after


def write_notes(suggesting: "Suggesting", changes: Iterable[tuple["OpenNote", bytes]], what: str) -> bool:
    """Write all of ``changes`` as one edit, called ``what`` in the journal; False when there are none.

    ExistsError when a note has changed since it was read, RefusedError when one lies outside of the vault or is
    read-only; then none is written.
    """
    files = [Change(note.file, note.data, after) for note, after in changes if note.file is not None]
    if not files:
        return False
    names = files[0].path.name if len(files) == 1 else counted(len(files), "note")
    journal = open_journal(suggesting.setup.places.state, suggesting.root)
    write_edits(files, journal, f"{what} in {names}")
    suggesting.console.wrote(f"{what} in {names} (enrich undo takes it back)")
    return True
