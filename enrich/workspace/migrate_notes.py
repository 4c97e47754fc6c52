"""Notes of one type become notes of another, as one edit."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enrich.errors import UsageError
from enrich.links.patch import unified_patch
from enrich.shapes.counterparts import find_counterparts
from enrich.shapes.migrate import Migrated, migrate_note
from enrich.text.count import counted
from enrich.text.nearest import did_you_mean
from enrich.vault.habits import is_of_type
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.undo_log import Change, EditRecord
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import MigrateOptions


class MigratedNote(Struct, frozen=True):
    """A note, and what it would become."""

    note: Note
    migrated: Migrated

    @property
    def is_changed(self) -> bool:
        """Whether anything is to change."""
        return self.migrated.text != self.note.text

    @property
    def patch(self) -> str:
        """The change as a unified diff."""
        return unified_patch(self.note.path, self.note.text, self.migrated.text)


class MigratedNotes(Struct, frozen=True):
    """Every note that was looked at."""

    notes: tuple[MigratedNote, ...]
    edit: EditRecord | None = None
    """None: nothing was written."""

    @property
    def changed(self) -> tuple[MigratedNote, ...]:
        """Those that change."""
        return tuple(row for row in self.notes if row.is_changed)


def migrate_notes(
    opened: OpenVault, old: str, new: str, notes: Sequence[Path | str], options: MigrateOptions, apply: bool = False
) -> MigratedNotes:
    """What the notes of the type ``old``, all or those named, become as notes of ``new``; with ``apply`` it is written.

    UsageError when there is no such type, or a name that the options give is in neither.
    """
    before, after = opened.type_named(old), opened.type_named(new)
    _refuse_unknown(before, after, options)
    counterparts = find_counterparts(before, after, options.keys, options.headings)
    chosen = [opened.read_note(Path(note)) for note in notes] or _notes_of(opened, before)
    rows = tuple(MigratedNote(note, migrate_note(note, before, after, counterparts)) for note in chosen)
    found = MigratedNotes(rows)
    if not apply or not found.changed:
        return found
    label = f"types migrate: {counted(len(found.changed), 'note')} from {old} to {new}"
    return replace(found, edit=opened.write([_change(opened, row) for row in found.changed], label))


def _notes_of(opened: OpenVault, note_type: NoteType) -> list[Note]:
    return [note for note in opened.vault.notes if is_of_type(note, note_type)]


def _refuse_unknown(old: NoteType, new: NoteType, options: MigrateOptions) -> None:
    """A name that neither type has."""
    for names, note_type in ((options.headings.values(), new), (options.headings, old)):
        _refuse_other(names, "heading", [row.heading for row in note_type.sections if row.heading], note_type)
    if new.properties:
        _refuse_other(options.keys.values(), "property", [row.key for row in new.properties], new)


def _refuse_other(names: Iterable[str], kind: str, known: Sequence[str], note_type: NoteType) -> None:
    for name in names:
        if name not in known:
            meant = did_you_mean(name, known, f"known are {', '.join(known) or 'none'}")
            raise UsageError(f"{kind} {name[:100]!r}: is none of {note_type.name}; {meant}")


def _change(opened: OpenVault, row: MigratedNote) -> Change:
    data = row.note.text.encode(errors="surrogateescape")
    return Change(opened.folder / row.note.path, data, row.migrated.text.encode(errors="surrogateescape"))
