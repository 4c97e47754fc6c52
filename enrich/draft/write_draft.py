"""Write a draft: a number of its own, a place in the airlock, and never over something else."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from enrich.draft.compose import Note, compose_note
from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft
from enrich.draft.gather import refuse_known_address
from enrich.draft.title import numbered, titles_for
from enrich.errors import ExistsError, SettingsError
from enrich.vault.note_type import NoteType
from enrich.vault.reserve import reserved_note_id
from enrich.vault.vault import Vault
from enrich.vault.write import create_note, find_place

MOST_TITLES = 1000
"""Titles that are tried, each of which another note may have."""


@dataclass(frozen=True)
class Airlock:
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


@dataclass(frozen=True)
class Written:
    """A draft in its place."""

    note: Note
    path: str
    """In the vault."""
    note_id: str


def write_draft(
    draft: Draft, context: DraftContext, note_type: NoteType, airlock: Airlock, again: bool = False
) -> Written:
    """Write the draft to ``AI_Sandbox/Tech_Journal/2023/<title>.md``; a type cannot name a folder outside the airlock.

    The id is chosen under a lock with the airlock read again, so that drafts written at the same time get different
    ones. A title that another note has is replaced by the next of `titles_for`; one that the user named, and any with
    ``again``, gets a number. ExistsError when a note cites the page already, except with ``again``.
    """
    wanted = draft.note.title
    titles = numbered(wanted) if again or context.note_title else titles_for(wanted, context, note_type)
    folder = PurePosixPath(note_type.draft_folder(context.created.year))
    place, vault = airlock.path, airlock.vault
    with reserved_note_id(
        place, airlock.state, note_type.code, context.created, vault.note_ids, airlock.warn
    ) as (note_id, drafts):  # fmt: skip
        if not again:
            refuse_known_address(vault, context.source.url)
            refuse_known_address(drafts, context.source.url)
        for title in islice(titles, MOST_TITLES):
            if vault.named(title) or drafts.named(title):
                continue
            note = compose_note(draft.checked, replace(context, note_title=title), note_type, note_id)
            inside = folder / f"{title}.md"
            with suppress(ExistsError):  # another file has the name
                create_note(place, str(inside), note.text.encode())
                return Written(note, str(PurePosixPath(airlock.folder) / inside), note_id)
    raise ExistsError(f"{wanted}: so are {MOST_TITLES} notes called; choose another title with --note-title")
