"""Older notes that should now link to a note."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from enrich.errors import UsageError
from enrich.links.apply import Placed
from enrich.links.backlinks import Backlink
from enrich.links.backlinks import find_backlinks as find_notes
from enrich.links.patch import unified_patch
from enrich.links.suggest import Suggestion
from enrich.text.count import counted
from enrich.workspace.links import LinkFinder, with_finder
from enrich.workspace.open_note import OpenNote, Wanted, changed_note
from enrich.workspace.open_notes import read_named
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import LinkOptions

if TYPE_CHECKING:
    from enrich.vault.undo_log import EditRecord


class Backlinked(Struct, frozen=True):
    """An older note with its new link."""

    note: OpenNote
    backlink: Backlink
    placed: Placed
    after: bytes

    @property
    def patch(self) -> str:
        """The change as a unified diff."""
        text = self.after.decode(errors="surrogateescape")
        return unified_patch(self.note.path, self.note.data.decode(errors="surrogateescape"), text)


class Backlinks(Struct, frozen=True):
    """A note, and the older ones that should link to it."""

    note: OpenNote
    found: tuple[Backlinked, ...]
    refused: int = 0
    """Older notes that may not be written."""
    edit: "EditRecord | None" = None
    """None: nothing was written."""


def find_backlinks(
    opened: OpenVault, notes: Sequence[Wanted], options: LinkOptions, apply: bool = False
) -> tuple[Backlinks, ...]:
    """The older notes that should link to each of ``notes``; with ``apply`` the links are written, an edit a note."""

    def search(finder: LinkFinder) -> tuple[Backlinks, ...]:
        return tuple(_backlinks_of(finder, note, apply) for note in finder.open_all(notes))

    return with_finder(opened, options, search)


def _backlinks_of(finder: LinkFinder, note: OpenNote, apply: bool) -> Backlinks:
    opened = finder.opened
    if finder.index.store.number_of(note.path) < 0:
        raise UsageError(f"{note.name}: is not in {opened.folder.name}, so no note can link to it; move it there")
    found = _find(finder, note)
    if not apply:
        return Backlinks(note, found)
    writable = _writable(opened, found)
    label = f"{counted(len(writable), 'backlink')} to {Path(note.path).name}"
    edit = finder.write([(one.note, one.after) for one in writable], label)
    return Backlinks(note, writable, len(found) - len(writable), edit)


def _writable(opened: OpenVault, found: tuple[Backlinked, ...]) -> tuple[Backlinked, ...]:
    """The backlinks whose notes may be written; of the others each is told."""
    from enrich.vault.undo_log import Change

    changes = [Change(opened.folder / one.note.path, one.note.data, one.after) for one in found]
    allowed = set(opened.leave_out_refused(changes))
    return tuple(one for one, change in zip(found, changes, strict=True) if change in allowed)


def _find(finder: LinkFinder, note: OpenNote) -> tuple[Backlinked, ...]:
    asked = 0

    def suggest(path: str) -> Suggestion | None:
        nonlocal asked
        asked += 1
        finder.opened.reporter.progress(f"asking older notes: {asked}")
        source = _open(finder, path)
        wishes = finder.wishes_for(source)
        only = replace(wishes, only=frozenset({note.path}), only_older=False, limit=1)
        found = finder.suggest_for(source, only)
        return found[0] if found else None

    backlinks = find_notes(note.text, note.path, finder.index, suggest)[: finder.options.limit]
    return tuple(placed for backlink in backlinks if (placed := _place(finder, backlink)))


def _open(finder: LinkFinder, path: str) -> OpenNote:
    file = finder.opened.folder / path
    return OpenNote(path, path, file, read_named(file))


def _place(finder: LinkFinder, backlink: Backlink) -> Backlinked | None:
    note = _open(finder, backlink.path)
    plan = finder.plan(note, finder.sure(note, [backlink.suggestion]))
    if not plan.placed:
        return None
    return Backlinked(note, backlink, plan.placed[0], changed_note(note, plan))
