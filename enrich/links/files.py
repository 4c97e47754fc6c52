"""The vault's note files as the index sees them: which there are, whether they changed, what they hold."""

import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

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


def list_notes(root: Path) -> dict[str, Stamp]:
    """Every ``.md`` file under ``root`` by its path there; hidden folders and what cannot be opened are left out."""
    return dict(_walk(str(root), ""))


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(folder) as items:
            entries = sorted(items, key=lambda item: item.name)
    except OSError:
        return
    for item in entries:
        if item.name.startswith(".") or not _is_text(item.name):
            continue
        if item.is_dir(follow_symlinks=False):
            yield from _walk(item.path, f"{prefix}{item.name}/")
        elif item.name[-3:].lower() == ".md":
            stamp = _stamp(item)
            if stamp:
                yield prefix + item.name, stamp


def _is_text(name: str) -> bool:
    """Whether a file's name is valid Unicode; one that is not could not be linked."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _stamp(item: "os.DirEntry[str]") -> Stamp | None:
    try:
        stat = item.stat()
    except OSError:
        return None
    return Stamp(stat.st_size, stat.st_mtime_ns)


def read_note(root: Path, path: str) -> str | None:
    """The text of a note, each byte that is not UTF-8 as U+FFFD; None when it cannot be read (any more)."""
    data = read_bytes(root, path)
    return None if data is None else decode_note(data)


def read_bytes(root: Path, path: str) -> bytes | None:
    """The bytes of a note; None when it cannot be read (any more)."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123 - a third of the time `Path` takes
            return file.readall()
    except OSError:
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
