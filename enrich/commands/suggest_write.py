"""Write links into notes: through the vault's journal, so that each can be taken back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from enrich.commands.journal import journal_folder
from enrich.links.apply import Plan
from enrich.text.count import counted
from enrich.vault.edit import edit_bytes
from enrich.vault.journal import Change, write_edits

if TYPE_CHECKING:
    from enrich.commands.suggest_run import OpenNote, Suggesting


def changed_note(note: "OpenNote", plan: Plan) -> bytes:
    """The note's bytes with the plan's links."""
    return edit_bytes(note.data, plan.edits)


def write_notes(suggesting: "Suggesting", changes: Iterable[tuple["OpenNote", bytes]], what: str) -> bool:
    """Write all of ``changes`` as one edit, called ``what`` in the journal; False when there are none.

    ExistsError when a note has changed since it was read; then none is written.
    """
    files = [Change(note.file, note.data, after) for note, after in changes if note.file is not None]
    if not files:
        return False
    names = files[0].path.name if len(files) == 1 else counted(len(files), "note")
    journal = journal_folder(suggesting.setup.places.state, suggesting.root)
    write_edits(files, journal, f"{what} in {names}")
    suggesting.console.wrote(f"{what} in {names} (enrich undo takes it back)")
    return True
