"""The vault: every note of a folder, read once."""

import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from enrich.vault.note import Note, parse_note

_SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True)
class Vault:
    """A folder of notes, as it was when it was read."""

    root: Path
    notes: tuple[Note, ...] = field(repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)
    """Paths of everything that is not a note: links can lead there too."""
    unreadable: tuple[str, ...] = ()
    """Notes that could not be opened; they are not lost, only unknown."""


def read_vault(root: Path, on_progress: Callable[[int], None] | None = None) -> Vault:
    """Read every note below ``root``, except in folders whose name starts with a dot. No note stops the reading.

    ``on_progress`` is given the number of notes read so far, now and then.
    """
    notes: list[Note] = []
    files: list[str] = []
    unreadable: list[str] = []
    for path in _walk(root):
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        if path.suffix.lower() != ".md":
            files.append(name)
            continue
        try:
            notes.append(parse_note(name, path.read_bytes().decode("utf-8", "surrogateescape")))
        except OSError:
            unreadable.append(name)
        if on_progress and len(notes) % 500 == 0:
            on_progress(len(notes))
    return Vault(root, tuple(notes), tuple(files), tuple(unreadable))


def _walk(root: Path) -> Iterator[Path]:
    """Files below ``root`` in a stable order; symlinked folders are not followed, so that no loop is walked."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))
