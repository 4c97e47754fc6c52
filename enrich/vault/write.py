"""Write a new file into a vault: whole or not at all, and never over another."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

from enrich.errors import EnrichError, ExistsError, UsageError

TEMPORARY = ".enrich-{token}.tmp"
"""Name of a file that is being written. It starts with a dot, so neither Obsidian nor Quartz shows one left behind."""
LOCK_SECONDS = 60.0
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES}

Store = Callable[[Path, bytes], None]
"""Writes bytes to a new file and makes them durable: the edge that a full disk is tested at."""


def create_note(root: Path, relative: str, data: bytes, store: Store | None = None) -> Path:
    """Create ``root/relative`` with ``data`` and give its path; parent folders are made.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and get their name in one step that
    fails when the name is taken. ExistsError: something has that name, also in other case on a file system that does
    not tell them apart. UsageError: the path leads out of ``root``. EnrichError: the disk is full or read-only.
    """
    target = _inside(root, relative)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.parent / TEMPORARY.format(token=secrets.token_hex(8))
        try:
            (store or store_durably)(temporary, data)
            _take_name(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
        _flush_folder(target.parent)
    except FileExistsError:
        raise ExistsError(f"{relative}: is there already; nothing was written, choose another title") from None
    except OSError as error:
        raise EnrichError(f"{relative}: {error.strerror or error}; make room or check the folder's rights") from error
    return target


def store_durably(path: Path, data: bytes) -> None:
    """Write ``data`` to the new file ``path`` and wait until the disk has it."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def vault_lock(root: Path, state: Path) -> Iterator[None]:
    """One writer at a time for the vault at ``root``; the lock file lies in the ``state`` folder, not in the vault."""
    from filelock import FileLock, Timeout

    folder = state / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    name = sha256(str(root.resolve()).encode()).hexdigest()[:24]
    try:
        with FileLock(folder / f"{name}.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise EnrichError(f"{root}: another enrich has been writing for {LOCK_SECONDS:.0f} s; try again") from None


def _inside(root: Path, relative: str) -> Path:
    """The path below ``root``, symlinks followed, so that no name and no link leads out of the vault."""
    parts = PurePosixPath(relative)
    target = root / parts
    if parts.is_absolute() or not target.parent.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"{relative}: leads out of {root.name}; name a folder inside it")
    return target


def _take_name(temporary: Path, target: Path) -> None:
    """Give the file its name, exclusively; where hard links are not supported, by an exclusive copy."""
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _copy_exclusively(temporary, target)


def _copy_exclusively(temporary: Path, target: Path) -> None:
    """Reserve the name with an empty file, then put the whole one in its place: at no time half of it can be read."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        temporary.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    """Make the new name durable; some systems cannot open a folder, and there it is."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
