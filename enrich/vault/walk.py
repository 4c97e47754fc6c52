"""Which files a vault has: the one walk that every command takes."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from enrich.text.pattern import lazy_pattern
from enrich.vault.file import Skipped, Stamp, explain_unfit, file_fault
from enrich.vault.file_name import link_fault

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
"""Folders that hold no notes, besides those whose name starts with a dot (`.obsidian`, `.trash`, `.git`, `.enrich`)."""


_PLAN = lazy_pattern(r"enrich inbox (?:report )?\d{4}-\d{2}-\d{2}(?: \d+)?\.md")
"""What a plan or a report of the inbox is called: no note, whatever it says."""


def plan_name(day: date, number: int, what: str = "") -> str:
    """The name of the ``number``-th plan of a day; ``what``: ``report``."""
    return f"enrich inbox {what}{' ' if what else ''}{day.isoformat()}{f' {number}' if number > 1 else ''}.md"


def is_plan(name: str) -> bool:
    """Whether a file is a plan of the inbox, or a report."""
    return _PLAN.fullmatch(name) is not None


class Listing(Struct, frozen=True):
    """The files of a vault by their paths there, ``/`` as separator, sorted within each folder."""

    notes: dict[str, Stamp]
    """What ends in ``.md``, in any case, and can be read."""
    files: tuple[str, ...]
    """Attachments, canvases and notes that are too large to be read: links may lead there."""
    skipped: tuple[Skipped, ...]
    """Folders that cannot be listed, names that no link can hold, and what is called like a note and is none."""
    canvases: dict[str, Stamp]
    """Those of the files that are called like a canvas."""

    def state(self, root: Path) -> str:
        """Notes and canvases as one text: the same when none was added, removed, renamed or written."""
        stamps = (*self.notes.items(), *self.canvases.items())
        return "\n".join((str(root), *(f"{path} {size} {changed}" for path, (size, changed) in stamps)))


def list_files(root: Path) -> Listing:
    """The files below ``root``, hidden ones and those of `SKIPPED_FOLDERS` left out.

    Links to folders are followed after real folders, and no folder is entered twice, so a loop ends.
    """
    walk = _Walk(str(root))
    walk.run()
    return Listing(walk.notes, tuple(walk.files), tuple(walk.skipped), walk.canvases)


class _Walk:
    """What was found on the way."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.notes: dict[str, Stamp] = {}
        self.files: list[str] = []
        self.canvases: dict[str, Stamp] = {}
        self.skipped: list[Skipped] = []
        self.waiting = [""]
        self.linked: list[str] = []
        self.entered: set[tuple[int, int]] = set()

    def run(self) -> None:
        while self.waiting or self.linked:
            folder = self.waiting.pop() if self.waiting else self.linked.pop()
            try:
                entries = self._enter(f"{self.root}/{folder}" if folder else self.root)
            except OSError as error:
                self.skipped.append((folder or os.path.basename(self.root), error.strerror or str(error)))  # noqa: PTH119
                continue
            self.waiting += reversed(list(self._inner(f"{folder}/" if folder else "", entries)))

    def _enter(self, folder: str) -> "list[os.DirEntry[str]]":
        """The entries that may matter, by name; none when the folder was entered before."""
        state = os.stat(folder)  # noqa: PTH116 - thousands of them, each command
        if (state.st_dev, state.st_ino) in self.entered:
            return []
        self.entered.add((state.st_dev, state.st_ino))
        with os.scandir(folder) as listing:
            wanted = [entry for entry in listing if entry.name[0] != "." and entry.name not in SKIPPED_FOLDERS]
        return sorted(wanted, key=lambda entry: entry.name)

    def _inner(self, prefix: str, entries: "list[os.DirEntry[str]]") -> Iterator[str]:
        """Take the files in; gives the real folders, and keeps the linked ones for later."""
        for entry in entries:
            path, is_note = prefix + entry.name, entry.name[-3:].lower() == ".md" and not is_plan(entry.name)
            try:
                is_folder = entry.is_dir()
                if fault := link_fault(entry.name):
                    if is_folder or is_note:
                        self.skipped.append((path, fault))
                elif is_folder and entry.is_symlink():
                    self.linked.append(path)
                elif is_folder:
                    yield path
                elif is_note:
                    self._take_note(path, entry.stat())
                elif entry.is_file():
                    self._take_file(path, entry)
            except OSError as error:
                if is_note:
                    self.skipped.append((path, explain_unfit(error, entry.path).strerror or str(error)))

    def _take_file(self, path: str, entry: "os.DirEntry[str]") -> None:
        self.files.append(path)
        if path[-7:].lower() == ".canvas":
            state = entry.stat()
            self.canvases[path] = Stamp(state.st_size, state.st_mtime_ns)

    def _take_note(self, path: str, state: os.stat_result) -> None:
        fault = file_fault(state)
        if not fault:
            self.notes[path] = Stamp(state.st_size, state.st_mtime_ns)
            return
        self.skipped.append((path, fault))
        if not file_fault(state, state.st_size):
            self.files.append(path)
