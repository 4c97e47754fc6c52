"""A vault: a folder of notes, each read once."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enrich.errors import UsageError
from enrich.vault.file import Skipped, read_text
from enrich.vault.note import Note, parse_note
from enrich.vault.walk import list_files

Progress = Callable[[int], None]
"""Called with the number of notes read so far, now and then."""


class Vault(Struct, frozen=True, eq=False, dict=True):
    """The notes of a folder and the names of its other files, as they were when it was read."""

    root: Path
    notes: tuple[Note, ...]
    """By path."""
    files: tuple[str, ...] = ()
    """Paths of attachments, canvases and notes that could not be read: links may lead there."""
    unreadable: tuple[Skipped, ...] = ()
    """Notes and folders that were not read, each with the reason."""

    @cached_property
    def by_path(self) -> Mapping[str, Note]:
        """Notes by their exact path."""
        return {note.path: note for note in self.notes}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Note, ...]]:
        """Notes by `fold_name` of their stem: all that a bare link to the name could mean."""
        names: dict[str, list[Note]] = defaultdict(list)
        for note in self.notes:
            names[fold_name(note.stem)].append(note)
        return {name: tuple(notes) for name, notes in names.items()}

    def named(self, stem: str) -> tuple[Note, ...]:
        """The notes called ``stem``, ignoring case and Unicode form, in any folder."""
        return self.by_name.get(fold_name(stem), ())

    @cached_property
    def note_ids(self) -> frozenset[str]:
        """Every note id that is taken."""
        return frozenset(note.note_id for note in self.notes if note.note_id)


def fold_name(name: str) -> str:
    """A name as links compare it: without case, in one Unicode form (macOS may store ``é`` as two characters)."""
    return (name if name.isascii() else unicodedata.normalize("NFC", name)).lower()


def read_vault(root: Path, on_progress: Progress | None = None) -> Vault:
    """Read every note below ``root`` once, front matter of any shape. UsageError when ``root`` is no folder.

    Nothing else raises: bytes that are no UTF-8 are replaced, and what cannot be read is listed.
    """
    require_folder(root)
    listing = list_files(root)
    notes: list[Note] = []
    unread: list[Skipped] = []
    for path in listing.notes:
        try:
            notes.append(parse_note(path, read_text(f"{root}/{path}")))
        except OSError as error:
            unread.append((path, error.strerror or str(error)))
        if on_progress and len(notes) % 100 == 0:
            on_progress(len(notes))
    if on_progress:
        on_progress(len(notes))
    files = (*listing.files, *(path for path, _ in unread))
    return Vault(root, tuple(notes), files, (*listing.skipped, *unread))


def open_note(root: Path, path: str) -> Note | None:
    """The note at ``path`` as its file says now; None when it cannot be read (any more)."""
    try:
        return parse_note(path, read_text(f"{root}/{path}"))
    except OSError:
        return None


def unreviewed(note: Note, airlock: str) -> Note:
    """``note``; as a draft where it waits in the folder ``airlock`` of the vault and does not say itself what it is."""
    waits = bool(airlock) and note.path.startswith(f"{airlock}/") and "draft" not in note.front_keys
    return replace(note, draft=True) if waits and not note.draft else note


def require_folder(root: Path) -> None:
    """UsageError when ``root`` is no folder."""
    if not root.is_dir():
        raise UsageError(f"{root}: is no folder; name the vault with --vault DIR or ENRICH_VAULT")
