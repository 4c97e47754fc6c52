"""Write a draft: a number of its own, a place in the airlock, and never over something else."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from enrich.draft.compose import Note, compose_note
from enrich.draft.draft_note import Draft
from enrich.draft.material import Material
from enrich.errors import SettingsError
from enrich.vault.note_type import NoteType
from enrich.vault.reserve import reserved_note_id
from enrich.vault.write import create_note


@dataclass(frozen=True)
class Airlock:
    """The one folder of the vault that drafts may go to."""

    root: Path
    folder: str
    state: Path
    """The user's state folder, which holds the lock."""
    taken_ids: Collection[str]
    """The note ids of the vault when it was read."""

    @property
    def path(self) -> Path:
        """The folder on disk; SettingsError when the setting leads out of the vault."""
        path = self.root / self.folder
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise SettingsError(f"airlock {self.folder}: leads out of the vault; name a folder inside it")
        return path


def write_draft(draft: Draft, material: Material, note_type: NoteType, airlock: Airlock) -> tuple[Note, str, str]:
    """Write the draft and give the note as written, its path in the vault and its note id.

    The path is ``AI_Sandbox/Tech_Journal/2023/<title>.md``; a type cannot name a folder outside the airlock. The id is
    chosen under a lock with the airlock read again, so that drafts written at the same time get different ones.
    ExistsError when the file is there already.
    """
    inside = PurePosixPath(note_type.draft_folder(material.created.year), f"{draft.note.title}.md")
    wanted = (airlock.path, airlock.state, note_type.code, material.created, airlock.taken_ids)
    with reserved_note_id(*wanted) as note_id:
        note = compose_note(draft.checked, replace(material, note_title=draft.note.title), note_type, note_id)
        create_note(airlock.path, str(inside), note.text.encode())
    return note, str(PurePosixPath(airlock.folder) / inside), note_id
