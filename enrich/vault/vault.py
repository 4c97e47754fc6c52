"""A vault: a folder of notes, each read once."""

import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from enrich.errors import UsageError
from enrich.vault.file import Skipped, explain_unfit, file_fault, read_file
from enrich.vault.file_name import link_fault
from enrich.vault.note import Note, parse_note

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
"""Folders that hold no notes, besides those whose name starts with a dot (`.obsidian`, `.trash`, `.git`, `.enrich`)."""

Progress = Callable[[int], None]
"""Called with the number of notes read so far, now and then."""


@dataclass(frozen=True, eq=False)
class Vault:
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
    if not root.is_dir():
        raise UsageError(f"{root}: is no folder; name the vault with --vault DIR or ENRICH_VAULT")
    notes: list[Note] = []
    files: list[str] = []
    unreadable: list[Skipped] = []
    for path in list_files(root, unreadable):
        if not path.lower().endswith(".md"):
            files.append(path)
            continue
        try:
            notes.append(parse_note(path, read_text(root / path)))
        except OSError as error:
            files.append(path)
            unreadable.append((path, error.strerror or str(error)))
        if on_progress and len(notes) % 100 == 0:
            on_progress(len(notes))
    if on_progress:
        on_progress(len(notes))
    return Vault(root, tuple(notes), tuple(files), tuple(unreadable))


def read_text(path: Path) -> str:
    """A note's text with its line ends; OSError where `read_file` reads none.

    A byte that is no UTF-8 is one U+FFFD; `enrich.vault.edit` counts alike.
    """
    data = read_file(path)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join(
            "\ufffd" if "\udc80" <= character <= "\udcff" else character
            for character in data.decode(errors="surrogateescape")
        )


def list_files(root: Path, unreadable: list[Skipped] | None = None) -> Iterator[str]:
    """Paths of the files below ``root``, sorted within each folder; folders that hold no notes are left out.

    Links to folders are followed after real folders, and no folder is entered twice, so a loop ends. Folders that
    cannot be listed are added to ``unreadable``, and so is what is called like a note and is no file, such as a pipe.
    """
    skipped = [] if unreadable is None else unreadable
    seen: set[tuple[int, int]] = set()
    waiting: list[str] = [""]
    linked: list[str] = []
    while waiting or linked:
        folder = waiting.pop() if waiting else linked.pop()
        try:
            entries = _list_folder(root / folder, seen)
        except OSError as error:
            skipped.append((folder or root.name, error.strerror or str(error)))
            continue
        inner: list[str] = []
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            kind, fault = _kind_of(entry)
            if kind == "file":
                yield path
            elif kind == "folder":
                (linked if entry.is_symlink() else inner).append(path)
            elif fault and (kind == "no name" or entry.name[-3:].lower() == ".md"):
                skipped.append((path, fault))
        waiting.extend(reversed(inner))


def _kind_of(entry: "os.DirEntry[str]") -> tuple[Literal["file", "folder", "no name", ""], str]:
    """What an entry is, links followed; else why it is passed over."""
    try:
        if fault := link_fault(entry.name):
            return ("no name" if entry.is_dir() else ""), fault
        if entry.is_file():
            return "file", ""
        if entry.is_dir():
            return "folder", ""
        return "", file_fault(entry.stat())
    except OSError as error:
        return "", explain_unfit(error, entry.path).strerror or str(error)


def _list_folder(folder: Path, seen: set[tuple[int, int]]) -> "list[os.DirEntry[str]]":
    """The entries that may matter, by name; none when the folder was entered before."""
    state = folder.stat()
    if (state.st_dev, state.st_ino) in seen:
        return []
    seen.add((state.st_dev, state.st_ino))
    with os.scandir(folder) as listing:
        wanted = (entry for entry in listing if entry.name[0] != "." and entry.name not in SKIPPED_FOLDERS)
        return sorted(wanted, key=lambda entry: entry.name)
