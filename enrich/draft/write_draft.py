"""Write a draft: into its place in the airlock, and never over something else."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from msgspec import Struct

from enrich.draft.compose import Note, compose_note
from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft
from enrich.draft.gather import refuse_known_address
from enrich.draft.title import Naming
from enrich.errors import ExistsError, SettingsError
from enrich.vault.note_id import next_note_id
from enrich.vault.note_type import NoteType
from enrich.vault.reserve import read_drafts
from enrich.vault.vault import Vault
from enrich.vault.write import create_note, find_place, vault_lock


class Airlock(Struct, frozen=True):
    """The one folder of the vault that drafts may go to."""

    vault: Vault
    """As it was read: its notes' ids and names are taken."""
    folder: str
    state: Path
    """The user's state folder, which holds the lock."""
    warn: Callable[[str], None] | None = None
    """Told when the state folder cannot hold the lock, which is then done without."""

    @property
    def path(self) -> Path:
        """The folder on disk; SettingsError when the setting names none of the vault, RefusedError when a link does."""
        if PurePosixPath(self.folder).is_absolute() or ".." in PurePosixPath(self.folder).parts:
            raise SettingsError(f"airlock {self.folder}: leads out of the vault; name a folder inside it")
        return find_place(self.vault.root, self.vault.root / self.folder)


class Written(Struct, frozen=True):
    """A draft in its place."""

    note: Note
    path: str
    """In the vault."""


def write_draft(
    draft: Draft, context: DraftContext, note_type: NoteType, airlock: Airlock, again: bool = False
) -> Written:
    """Write the draft to ``AI_Sandbox/Tech_Journal/2023/<title>.md``; a type cannot name a folder outside the airlock.

    The airlock is read once more, under its lock. A note that has the draft's id or name by now, because two drafts
    came at once or because a folder is in sync with another device, makes the draft be composed again with the next.
    ExistsError when a note cites the page already, except with ``again``.
    """
    folder = PurePosixPath(note_type.draft_folder(context.created))
    place, vault, note = airlock.path, airlock.vault, draft.note
    with vault_lock(place, airlock.state, airlock.warn):
        drafts = read_drafts(place)
        if not again:
            refuse_known_address(vault, context.source.url)
            refuse_known_address(drafts, context.source.url)
        taken, ids = set[str](), drafts.note_ids | vault.note_ids
        free = Naming(lambda title: title in taken or bool(vault.named(title) or drafts.named(title)), again)
        if note.note_id and note.note_id in ids:
            note_id = next_note_id(note_type.code, context.created, ids)
            note = compose_note(draft.checked, context, note_type, note_id, free, draft.model)
        while True:
            inside = folder / f"{note.stem}.md"
            if not free.taken(note.stem):
                with suppress(ExistsError):  # a file that is no note has the name
                    create_note(place, str(inside), note.text.encode())
                    return Written(note, str(PurePosixPath(airlock.folder) / inside))
            taken.add(note.stem)
            note = compose_note(draft.checked, context, note_type, note.note_id, free, draft.model)
