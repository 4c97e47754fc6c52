"""The vault's note files as the index sees them: which there are, whether they changed, what they hold."""

import os
import re
import zlib
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from enrich.vault.file import Skipped, explain_unfit, file_fault, read_file
from enrich.vault.file_name import link_fault

_UNDECODABLE = re.compile("[\udc80-\udcff]")


class Stamp(NamedTuple):
    """What tells without reading that a file is the same as before."""

    size: int
    changed: int
    """Modification time in nanoseconds."""


def cache_file(kind: str, root: Path, cache_dir: Path) -> Path:
    """Where what is kept of the vault at ``root`` lies: one file of each ``kind`` a vault."""
    place = root.resolve()
    return cache_dir / f"{kind}-{place.name}-{zlib.crc32(os.fsencode(place)):08x}.sqlite3"


def list_notes(root: Path, skipped: list[Skipped] | None = None) -> dict[str, Stamp]:
    """Every ``.md`` file under ``root`` by its path there; hidden folders are left out.

    What is called like a note and is none, such as a pipe, is added to ``skipped``. Links to folders are not followed.
    """
    notes: dict[str, Stamp] = {}
    passed_over = [] if skipped is None else skipped
    waiting = _entries(str(root), "")
    while waiting:
        path, item = waiting.pop()
        is_folder = item.is_dir(follow_symlinks=False)
        if not (is_folder or path[-3:].lower() == ".md"):
            continue
        if fault := link_fault(item.name):
            passed_over.append((path, fault))
        elif is_folder:
            waiting += _entries(item.path, f"{path}/")
        elif isinstance(stamp := _stamp(item), Stamp):
            notes[path] = stamp
        elif stamp:
            passed_over.append((path, stamp))
    return notes


def _entries(folder: str, prefix: str) -> "list[tuple[str, os.DirEntry[str]]]":
    """The entries that may matter with their paths, the last name first; none when the folder cannot be listed."""
    try:
        with os.scandir(folder) as items:
            found = [(prefix + item.name, item) for item in items if item.name[0] != "."]
    except OSError:
        return []
    return sorted(found, key=lambda pair: pair[0], reverse=True)


def _stamp(item: "os.DirEntry[str]") -> Stamp | str:
    """The stamp of a note's file; else why it is none, empty for a folder."""
    try:
        stat = item.stat()
    except OSError as error:
        return explain_unfit(error, item.path).strerror or str(error)
    if S_ISDIR(stat.st_mode):
        return ""
    return file_fault(stat) or Stamp(stat.st_size, stat.st_mtime_ns)


def read_note(root: Path, path: str) -> str | None:
    """The text of a note, each byte that is not UTF-8 as U+FFFD; None when it cannot be read (any more)."""
    data = read_bytes(root, path, [])
    return None if data is None else decode_note(data)


def read_bytes(root: Path, path: str, skipped: list[Skipped]) -> bytes | None:
    """The bytes of a note; None when it cannot be read (any more), which is then added to ``skipped``."""
    try:
        return read_file(f"{root}/{path}")
    except OSError as error:
        skipped.append((path, error.strerror or str(error)))
        return None


def decode_note(data: bytes) -> str:
    """The text of a note's bytes, each byte that is not UTF-8 as U+FFFD; `enrich.vault.edit` counts alike."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _UNDECODABLE.sub("\ufffd", data.decode(errors="surrogateescape"))


def digest_of(data: bytes) -> bytes:
    """A short digest of a note's bytes."""
    import hashlib  # loads OpenSSL, which a query has no use for

    return hashlib.blake2b(data, digest_size=12).digest()


def state_of(root: Path, listing: dict[str, Stamp]) -> str:
    """All paths and stamps as one text: the same when no file was added, removed, renamed or written."""
    return "\n".join((str(root), *(f"{path} {stamp.size} {stamp.changed}" for path, stamp in listing.items())))
