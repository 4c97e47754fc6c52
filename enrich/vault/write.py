"""Write a new note into a vault: whole or not at all, and never over another."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

from enrich.errors import EnrichError, ExistsError, UsageError
from enrich.vault.disk import Disk
from enrich.vault.file_name import name_fault
from enrich.vault.vault import fold_name

TEMPORARY = ".enrich-{}.tmp"
"""Name of a file that is being written. It starts with a dot, so neither Obsidian nor Quartz shows one left behind."""
STALE_SECONDS = 86_400
"""A temporary file older than this was left by a process that was killed."""
LOCK_SECONDS = 60.0

_REMEDIES = {
    errno.ENOSPC: "make room on the disk and try again",
    errno.EDQUOT: "make room in your quota and try again",
    errno.EROFS: "the disk is read-only; write to another folder",
    errno.EACCES: "give yourself the right to write there, or choose another folder",
    errno.EPERM: "give yourself the right to write there, or choose another folder",
    errno.ENOTDIR: "a file stands where a folder is needed; choose another folder",
    errno.ENAMETOOLONG: "choose a shorter title",
}
_DISK = Disk()


def create_note(root: Path, relative: str, data: bytes, disk: Disk = _DISK) -> Path:
    """Create ``root/relative`` with ``data`` and give its path; parent folders are made.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and get their name in one step that
    fails when the name is taken. Whatever happens, a kill included, the note is there whole or not at all.

    ExistsError: the folder has a note of that name, case and Unicode form ignored (a synced device may ignore them).
    UsageError: a name in the path is unfit, or the path leads out of ``root``, by ``..`` or by a symbolic link.
    EnrichError: the disk is full, read-only or failing; nothing is left behind, new folders included.
    """
    target = place_in(root, relative)
    made: tuple[Path, ...] = ()
    try:
        made = _missing_folders(target.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        place_in(root, relative)
        _refuse_taken(target, relative)
        _place(target, data, disk)
    except OSError as error:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise _explain(error, relative) from error
    for folder in (target.parent, *(folder.parent for folder in made)):
        disk.flush_folder(folder)
    return target


def replace_file(path: Path, data: bytes, disk: Disk = _DISK, expected: bytes | None = None) -> None:
    """Put ``data`` in the place of an existing file in one step; its permissions stay, its time is now.

    ExistsError when the file does not hold ``expected`` any more; EnrichError when the disk fails. Both leave it alone.
    """
    temporary = path.parent / TEMPORARY.format(secrets.token_hex(8))
    try:
        mode = path.stat().st_mode & 0o7777
        try:
            disk.store(temporary, data)
            temporary.chmod(mode)
            if expected is not None and path.read_bytes() != expected:
                raise ExistsError(f"{path}: has changed meanwhile; nothing was written, run the command again")
            disk.replace(temporary, path)
        finally:
            with suppress(OSError):
                disk.remove(temporary)
    except OSError as error:
        raise _explain(error, str(path)) from error
    disk.flush_folder(path.parent)


def remove_file(path: Path, expected: bytes, disk: Disk = _DISK) -> None:
    """Remove the file. ExistsError when it does not hold ``expected`` any more, EnrichError when the disk fails."""
    try:
        if path.read_bytes() != expected:
            raise ExistsError(f"{path}: has changed meanwhile; it was not removed, run the command again")
        disk.remove(path)
    except OSError as error:
        raise _explain(error, str(path)) from error
    disk.flush_folder(path.parent)


def remove_stale(folder: Path, disk: Disk = _DISK) -> None:
    """Remove what killed processes left in ``folder``: temporary files of ours that are older than a day."""
    before = disk.now() - STALE_SECONDS
    for path in folder.glob(TEMPORARY.format("*")):
        with suppress(OSError):
            if path.stat().st_mtime < before:
                disk.remove(path)


@contextmanager
def vault_lock(root: Path, state: Path) -> Iterator[None]:
    """One writer at a time for the vault at ``root``; the lock file lies in the ``state`` folder, not in the vault.

    EnrichError when another process holds it for `LOCK_SECONDS`, or when the state folder cannot be written. The lock
    of a process that dies is free at once.
    """
    from filelock import FileLock, Timeout

    name = sha256(os.fsencode(root.resolve())).hexdigest()[:24]
    lock = FileLock(state / "locks" / f"{name}.lock", timeout=LOCK_SECONDS)
    try:
        (state / "locks").mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise EnrichError(f"{root}: another enrich has been writing for {LOCK_SECONDS:.0f} s; try again") from None
    except OSError as error:
        raise _explain(error, str(state)) from error
    try:
        yield
    finally:
        lock.release()


def place_in(root: Path, relative: str) -> Path:
    """The path below ``root``; UsageError where a name is unfit, or `..` or a symbolic link leads out of ``root``."""
    path = PurePosixPath(relative)
    if path.is_absolute() or not path.parts:
        raise UsageError(f"{relative}: is no path inside {root.name}; name a folder of the vault")
    for name in path.parts:
        if fault := name_fault(name):
            raise UsageError(f"{relative}: {name!r} {fault}; choose another name")
    target = root / path
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"{relative}: leads out of {root.name} by a symbolic link; name a folder inside it")
    return target


def _missing_folders(folder: Path) -> tuple[Path, ...]:
    """The folders that have to be made for ``folder`` to be there, the innermost first."""
    return tuple(path for path in (folder, *folder.parents) if not path.exists())


def _refuse_taken(target: Path, relative: str) -> None:
    wanted = fold_name(target.name)
    for path in target.parent.iterdir():
        if fold_name(path.name) == wanted:
            other = "" if path.name == target.name else f" as {path.name}"
            raise ExistsError(f"{relative}: is there already{other}; nothing was written, choose another title")


def _place(target: Path, data: bytes, disk: Disk) -> None:
    remove_stale(target.parent, disk)
    temporary = target.parent / TEMPORARY.format(secrets.token_hex(8))
    try:
        disk.store(temporary, data)
        disk.take_name(temporary, target)
    finally:
        with suppress(OSError):
            disk.remove(temporary)


def _explain(error: OSError, what: str) -> EnrichError:
    if isinstance(error, FileExistsError):
        return ExistsError(f"{what}: is there already; nothing was written, choose another title")
    remedy = _REMEDIES.get(error.errno or 0, "check the disk and try again")
    return EnrichError(f"{what}: {error.strerror or error}; nothing was written, {remedy}")
