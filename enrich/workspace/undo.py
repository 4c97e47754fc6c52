"""Take back what was written into notes of the vault."""

from enrich.vault import undo_log
from enrich.vault.undo_log import EditRecord, Edits
from enrich.workspace.approvals import note_undo
from enrich.workspace.open_vault import OpenVault


def read_edits(opened: OpenVault) -> Edits:
    """Every edit of the vault, the newest first; a record that is damaged is named and passed over."""
    edits = undo_log.read_edits(opened.undo_log)
    for name, reason in edits.damaged:
        opened.reporter.warn(f"edit {name}: {reason}; it is passed over")
    return edits


def undo_edit(opened: OpenVault, edit: str = "") -> EditRecord:
    """Take back the last edit, or the one whose id is, or ends with, ``edit``.

    ExistsError, and nothing touched, when one of its files has changed since.
    """
    fitting = [record.id for record in read_edits(opened).records if edit and record.id.endswith(edit)]
    undone = undo_log.undo(opened.undo_log, fitting[0] if len(fitting) == 1 else edit)
    opened.forget_notes()
    note_undo(opened, undone)
    return undone
