"""Write a draft: a number of its own, a place in the airlock, and never over something else."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from enrich.draft.compose import Note, compose_note
from enrich.draft.draft_note import Draft
from enrich.draft.material import Material
from enrich.vault.note import parse_note
from enrich.vault.note_id import next_note_id
from enrich.vault.note_type import NoteType
from enrich.vault.write import create_note, vault_lock


@dataclass(frozen=True)
class Airlock:
    """The one folder of the vault that drafts may go to."""

    root: Path
    folder: str
    state: Path
    """The user's state folder, which holds the lock."""
    taken_ids: Collection[str]
    """The note ids of the vault when it was read."""


def draft_path(note_type: NoteType, material: Material, title: str, airlock: str) -> str:
    """Where the draft goes, relative to the vault: ``AI_Sandbox/Tech_Journal/2023/<title>.md``."""
    folder = note_type.folder.format(year=material.created.year)
    return str(PurePosixPath(airlock, folder, f"{title}.md"))


def write_draft(draft: Draft, material: Material, note_type: NoteType, airlock: Airlock) -> tuple[Note, str, str]:
    """Write the draft and give the note as written, its path in the vault and its note id.

    The id is chosen under the vault's lock with the airlock read again, so that drafts written at the same time get
    different ones. ExistsError when the file is there already.
    """
    relative = draft_path(note_type, material, draft.note.title, airlock.folder)
    with vault_lock(airlock.root, airlock.state):
        taken = {*airlock.taken_ids, *_ids_in(airlock.root / airlock.folder)}
        note_id = next_note_id(note_type.code, material.created, taken)
        note = compose_note(draft.checked, replace(material, note_title=draft.note.title), note_type, note_id)
        create_note(airlock.root, relative, note.text.encode())
    return note, relative, note_id


def _ids_in(folder: Path) -> set[str]:
    notes = (parse_note(path.name, path.read_text("utf-8", "replace")) for path in folder.rglob("*.md"))
    return {note.note_id for note in notes if note.note_id}
