"""What the user has agreed to: which ``.env`` may name which address. Kept in the user's state folder."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from enrich.errors import EnrichError, SettingsError
from enrich.text.json_text import read_json
from enrich.vault.disk import Disk
from enrich.vault.file import read_file

FILE = "trusted.json"
MOST_BYTES = 1_000_000
"""By hand: thousands of consents; a file that is larger is not ours."""


class Trusted(Struct, frozen=True):
    """One consent."""

    file: str
    """The path of the ``.env``, all links followed."""
    address: str
    """The base URL that text may be sent to."""


def read_trusted(state: Path) -> tuple[Trusted, ...]:
    """Every consent, in the order in which they were given; SettingsError when the file is damaged."""
    path = state / FILE
    try:
        rows = read_json(read_file(path, MOST_BYTES))
        return tuple(Trusted(str(row["file"]), str(row["address"])) for row in rows)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{path}: cannot be read ({type(error).__name__}); remove it and trust again") from error


def is_trusted(state: Path, file: Path, address: str) -> bool:
    """Whether the user agreed to this address in this file."""
    return Trusted(str(file), address) in read_trusted(state)


def trust(state: Path, file: Path, address: str) -> None:
    """Remember the consent. EnrichError when it cannot be stored."""
    added = Trusted(str(file), address)
    _store(state, [*(row for row in read_trusted(state) if row != added), added])


def revoke(state: Path, file: Path) -> tuple[Trusted, ...]:
    """Forget what was agreed to for ``file``; gives what is forgotten."""
    known = read_trusted(state)
    forgotten = tuple(row for row in known if row.file == str(file))
    if forgotten:
        _store(state, [row for row in known if row not in forgotten])
    return forgotten


def _store(state: Path, rows: Sequence[Trusted]) -> None:
    path, disk = state / FILE, Disk()
    temporary = state / f".{FILE}.{os.getpid()}"
    try:
        state.mkdir(parents=True, exist_ok=True)
        disk.remove(temporary)
        disk.store(temporary, json.dumps([asdict(row) for row in rows], indent=1).encode() + b"\n")
        disk.replace(temporary, path)
    except OSError as error:
        raise EnrichError(f"{path}: {error.strerror or error}; the consent was not stored, check the folder") from error
