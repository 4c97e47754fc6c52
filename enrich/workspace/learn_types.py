"""Note types made of the notes that are there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enrich.errors import ExistsError, UsageError
from enrich.shapes.learned import LEAST_NOTES, LearnedType, learn_types
from enrich.shapes.note_shape import read_shape
from enrich.shapes.questions import Ask, ask_about
from enrich.shapes.type_files import note_template, type_table
from enrich.vault.note import Note
from enrich.vault.note_type import prompt_folders
from enrich.vault.type_table import is_type_name
from enrich.vault.undo_log import Change, EditRecord
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import LearnOptions

MOST_READ = 5_000
"""Notes that types are learned from at once. By hand: of more, a folder at a time says more."""


_FILES = ("type.toml", "note.md.j2")


class NewType(Struct, frozen=True):
    """A type that was learned, as the text of its files."""

    learned: LearnedType
    table: str
    """``type.toml``."""
    template: str
    """``note.md.j2``."""

    @property
    def name(self) -> str:
        """The type's name, and its folder's."""
        return self.learned.note_type.name

    @property
    def unclear(self) -> tuple[str, ...]:
        """What a person should look at; it stands in the table, too."""
        sections = (f"section {one.row.name!r}: {one.remark}" for one in self.learned.sections if one.unclear)
        return (*self.learned.remarks.values(), *sections)


class NewTypes(Struct, frozen=True):
    """What was learned."""

    types: tuple[NewType, ...]
    """The one with the most notes first."""
    left: int
    """Notes that no type was made of: too few are like them, or nothing tells them from others."""
    folder: Path
    """Where the types are, or would be."""
    edit: EditRecord | None = None
    """None: nothing was written."""


def learn_from(opened: OpenVault, notes: Sequence[Path | str], options: LearnOptions) -> NewTypes:
    """Types of the kinds that the notes, or those of a folder, are of; written unless the options say otherwise.

    UsageError when there are no notes, or a name is none; ExistsError when a type of the name is there.
    """
    chosen = _choose(opened, notes, options.folder)
    if options.name:
        _refuse_name(opened, options.name)
    known = {note.path for note in chosen}
    strangers = [note for note in opened.vault.notes if note.path not in known and not note.draft]
    shapes = [read_shape(note) for note in chosen]
    least = 1 if notes or len(shapes) == 1 else LEAST_NOTES
    learned = learn_types(shapes, strangers, options.name, opened.types, least)
    if options.ask is not None:
        learned = tuple(_ask(opened, learned, options.ask))
    types = tuple(NewType(one, type_table(one), note_template(one)) for one in learned)
    left = len(chosen) - sum(len(one.shapes) for one in learned)
    found = NewTypes(types, left, prompt_folders(opened.folder)[0])
    return found if options.keep_out or not types else replace(found, edit=_write(opened, found))


def _choose(opened: OpenVault, notes: Sequence[Path | str], folder: str) -> list[Note]:
    """The notes that are named, or all of a folder but drafts."""
    if bool(notes) == bool(folder):
        raise UsageError("notes: name notes, or one folder with --folder DIR")
    if notes:
        return [opened.read_note(Path(note)) for note in dict.fromkeys(map(str, notes))]
    wanted = _path_in_vault(opened, folder)
    found = [note for note in opened.vault.notes if not note.draft and f"{note.folder}/".startswith(wanted)]
    if not found:
        raise UsageError(f"{folder}: has no notes that are no drafts; name a folder of the vault")
    if len(found) > MOST_READ:
        raise UsageError(f"{folder}: has {len(found):,} notes; name a folder with at most {MOST_READ:,}")
    return found


def _path_in_vault(opened: OpenVault, folder: str) -> str:
    """The folder as the paths of its notes begin; of the vault itself, nothing."""
    inside, here = opened.folder / folder, Path(folder)
    place = (inside if inside.is_dir() else here).resolve()
    if not place.is_dir() or not place.is_relative_to(opened.folder.resolve()):
        raise UsageError(f"{folder}: is no folder of the vault; name one with --folder DIR")
    path = place.relative_to(opened.folder.resolve()).as_posix()
    return "" if path == "." else f"{path}/"


def _refuse_name(opened: OpenVault, name: str) -> None:
    if fault := is_type_name(name):
        raise UsageError(f"name {name[:100]!r}: is {fault}")
    place = prompt_folders(opened.folder)[0] / name
    if name in opened.types or any((place / file).exists() for file in _FILES):
        raise ExistsError(f"note type {name}: is there already; choose another name with --name")


def _ask(opened: OpenVault, learned: Sequence[LearnedType], ask: Ask) -> Iterator[LearnedType]:
    names = set[str]()
    for one in learned:
        answered = ask_about(one, ask)
        _refuse_name(opened, answered.note_type.name)
        if answered.note_type.name in names:
            raise ExistsError(f"note type {answered.note_type.name}: was named twice; give each its own name")
        names.add(answered.note_type.name)
        yield answered


def _write(opened: OpenVault, found: NewTypes) -> EditRecord:
    """Every file of every type as one edit, which one undo takes back."""
    changes = [
        Change(found.folder / one.name / name, None, text.encode(errors="replace"))
        for one in found.types
        for name, text in zip(_FILES, (one.table, one.template), strict=True)
    ]
    names = ", ".join(one.name for one in found.types)
    edit = opened.write(changes, f"types learn: {names}")
    opened.__dict__.pop("types", None)
    return edit
