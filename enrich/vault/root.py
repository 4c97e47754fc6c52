"""Where the vault is. Apart from `vault.vault`, so that finding it costs no import."""

from pathlib import Path

MARKS = (".obsidian", ".enrich")
"""A folder that holds one of these is a vault."""


def find_vault(start: Path) -> Path | None:
    """``start`` or its nearest parent that is a vault; None when none is."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if any((folder / mark).is_dir() for mark in MARKS):
            return folder
    return None
