"""Where the vault is. Apart from `vault.vault`, so that finding it costs no import."""

import os
from pathlib import Path

MARKS = (".obsidian", ".enrich")
"""A folder that holds one of these is a vault."""


def find_vault_of(note: Path) -> Path | None:
    """The vault that a note named on the command line lies in: by the folder it was named in, else by its real one."""
    return find_vault(note.parent) or find_vault(Path(os.path.realpath(note)).parent)


def find_vault(start: Path) -> Path | None:
    """``start`` or its nearest parent that is a vault; None when none is."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if any((folder / mark).is_dir() for mark in MARKS):
            return folder
    return None
