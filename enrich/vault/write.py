"""Write into a vault: whole or not at all, never over another note, and never outside of it."""

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from enrich.errors import EnrichError, ExistsError, RefusedError, UsageError
from enrich.vault.disk import Disk
from enrich.vault.file import read_file
from enrich.vault.file_name import name_fault
from enrich.vault.vault import fold_name

if TYPE_CHECKING:  # most commands lock nothing
    from filelock import BaseFileLock

TEMPORARY = ".enrich-{}.tmp"
"""Name of a file that is being written. It starts with a dot, so neither Obsidian nor Quartz shows one left behind."""
STALE_SECONDS = 86_400
"""A temporary file older than this was left by a process that was killed."""
LOCK_SECONDS = 60.0
"""By hand: longer than an edit takes; whoever waits longer wants to know why."""

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


def find_place(root: Path, path: Path) -> Path:
    """The real place of ``path``, symbolic links followed: every write and removal below ``root`` goes there.

    RefusedError when it lies outside of ``root``, when a link leads to what is no note of the vault (a hidden folder, a
    file of another kind), or when the file is read-only. A note that is a link to another note of the vault is written
    where it lies, as an editor does it: to put a file in the link's place would cut the note in two.
    """
    try:
        place, home = path.resolve(), root.resolve()
    except (OSError, RuntimeError) as error:  # Python before 3.13 raises a RuntimeError for links in a circle
        raise RefusedError(f"{path}: is a link that leads in a circle; nothing was written, mend the link") from error
    if not place.is_relative_to(home):
        where = "" if place == path.absolute() else f" (it leads to {place})"
        raise RefusedError(f"{path}: lies outside of {home}{where}; nothing was written, mend it there")
    inside = place.relative_to(home)
    if os.path.relpath(path, root) != str(inside) and not _is_of_the_notes(place, inside, path):
        raise RefusedError(f"{path}: is a link to {inside}, which is no note; nothing was written, mend the link")
    if _is_read_only(place):
        raise RefusedError(f"{path}: is read-only; nothing was written, make it writable first")
    return place


def create_note(root: Path, relative: str, data: bytes, disk: Disk = _DISK) -> Path:
    """Create ``root/relative`` with ``data`` and give its path; parent folders are made.

    UsageError when a name in the path is unfit; for the rest see `create_file`.
    """
    place_in(root, relative)
    create_file(root, root / relative, data, disk)
    return root / relative


def create_file(root: Path, path: Path, data: bytes, disk: Disk = _DISK) -> None:
    """Create the file ``path`` below ``root``; parent folders are made.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and get their name in one step that
    fails when the name is taken. Whatever happens, a kill included, the note is there whole or not at all.

    ExistsError: the folder has a note of that name, case and Unicode form ignored (a synced device may ignore them).
    RefusedError: the path leads out of ``root``, by ``..`` or by a symbolic link.
    EnrichError: the disk is full, read-only or failing; nothing is left behind, new folders included.
    """
    made: tuple[Path, ...] = ()
    folder = find_place(root, path.parent)
    try:
        made = _missing_folders(folder)
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_taken(folder, path)
        _place(root, path, data, disk)
    except OSError as error:
        for missing in made:
            with suppress(OSError):
                missing.rmdir()
        raise explain_disk(error, str(path)) from error
    for changed in (folder, *(missing.parent for missing in made)):
        disk.flush_folder(changed)


def replace_file(root: Path, path: Path, data: bytes, disk: Disk = _DISK, expected: bytes | None = None) -> None:
    """Put ``data`` in the place of an existing file in one step; its permissions stay, its time is now.

    ExistsError when the file does not hold ``expected`` any more; RefusedError as `find_place` says it, asked again in
    the last instant; EnrichError when the disk fails. All of them leave it alone.
    """
    place = find_place(root, path)
    temporary = place.parent / TEMPORARY.format(secrets.token_hex(8))
    try:
        mode = place.stat().st_mode & 0o7777
        try:
            disk.store(temporary, data)
            temporary.chmod(mode)
            if find_place(root, path) != place or (expected is not None and read_file(place) != expected):
                raise ExistsError(f"{path}: has changed meanwhile; nothing was written, run the command again")
            disk.replace(temporary, place)
        finally:
            with suppress(OSError):
                disk.remove(temporary)
    except OSError as error:
        raise explain_disk(error, str(path)) from error
    disk.flush_folder(place.parent)


def remove_file(root: Path, path: Path, expected: bytes, disk: Disk = _DISK) -> None:
    """Remove the file; the errors are those of `replace_file`."""
    place = find_place(root, path)
    try:
        if read_file(place) != expected or find_place(root, path) != place:
            raise ExistsError(f"{path}: has changed meanwhile; it was not removed, run the command again")
        disk.remove(place)
    except OSError as error:
        raise explain_disk(error, str(path)) from error
    disk.flush_folder(place.parent)


def remove_stale(folder: Path, disk: Disk = _DISK) -> None:
    """Remove what killed processes left in ``folder``: temporary files of ours that are older than a day."""
    before = disk.now() - STALE_SECONDS
    for path in folder.glob(TEMPORARY.format("*")):
        with suppress(OSError):
            if path.stat().st_mtime < before:
                disk.remove(path)


@contextmanager
def vault_lock(root: Path, state: Path, warn: Callable[[str], None] | None = None) -> Iterator[None]:
    """One writer at a time for the vault at ``root``; the lock file lies in the ``state`` folder, not in the vault.

    EnrichError when another process holds it for `LOCK_SECONDS`. The lock of a process that dies is free at once. A
    state folder that cannot be written is told to ``warn``, and there is no lock; without ``warn`` it is an error.
    """
    from filelock import Timeout

    lock = lock_of(root, state)
    try:
        (state / "locks").mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout:
        raise EnrichError(f"{root}: another enrich has been writing for {LOCK_SECONDS:.0f} s; try again") from None
    except OSError as error:
        if warn is None:
            raise explain_disk(error, str(state)) from error
        warn(f"{state}: {error.strerror or error}; it can hold no lock, so write one draft after the other")
    try:
        yield
    finally:
        lock.release()


def lock_of(root: Path, state: Path, what: str = "") -> "BaseFileLock":
    """The lock of the vault at ``root`` in the ``state`` folder, or that of one thing in it; nobody holds it yet."""
    from filelock import FileLock

    name = sha256(os.fsencode(root.resolve())).hexdigest()[:24]
    return FileLock(state / "locks" / ("-".join(filter(None, (name, what))) + ".lock"))


def place_in(root: Path, relative: str) -> Path:
    """The path of a new note below ``root``; UsageError where a name is unfit, RefusedError where it leads out."""
    path = PurePosixPath(relative)
    if path.is_absolute() or not path.parts:
        raise UsageError(f"{relative}: is no path inside {root.name}; name a folder of the vault")
    for name in path.parts:
        if fault := name_fault(name):
            raise UsageError(f"{relative}: {name!r} {fault}; choose another name")
    find_place(root, (root / path).parent)
    return root / path


def _missing_folders(folder: Path) -> tuple[Path, ...]:
    """The folders that have to be made for ``folder`` to be there, the innermost first."""
    return tuple(path for path in (folder, *folder.parents) if not path.exists())


def _is_of_the_notes(place: Path, inside: PurePath, path: Path) -> bool:
    """Whether a link from ``path`` leads to what a link of the vault may: no hidden folder, no file of another kind."""
    is_hidden = any(name.startswith(".") for name in inside.parts)
    return not is_hidden and (place.is_dir() or place.suffix == path.suffix)


def _is_read_only(place: Path) -> bool:
    """Whether a file says that it is not to be written. Its mode counts too: the system lets root write anything."""
    with suppress(OSError):
        mode = place.stat().st_mode
        return stat.S_ISREG(mode) and not (mode & stat.S_IWUSR and os.access(place, os.W_OK))
    return False


def _refuse_taken(folder: Path, path: Path) -> None:
    wanted = fold_name(path.name)
    for there in folder.iterdir():
        if fold_name(there.name) == wanted:
            other = "" if there.name == path.name else f" as {there.name}"
            raise ExistsError(f"{path}: is there already{other}; nothing was written, choose another title")


def _place(root: Path, path: Path, data: bytes, disk: Disk) -> None:
    folder = find_place(root, path.parent)
    remove_stale(folder, disk)
    temporary = folder / TEMPORARY.format(secrets.token_hex(8))
    try:
        disk.store(temporary, data)
        if find_place(root, path.parent) != folder:
            raise ExistsError(f"{path.parent}: has changed meanwhile; nothing was written, run the command again")
        disk.take_name(temporary, folder / path.name)
    finally:
        with suppress(OSError):
            disk.remove(temporary)


def explain_disk(error: OSError, what: str) -> EnrichError:
    """What a step of a write that failed means to a person: nothing was written, and what helps."""
    if isinstance(error, FileExistsError):
        return ExistsError(f"{what}: is there already; nothing was written, choose another title")
    remedy = _REMEDIES.get(error.errno or 0, "check the disk and try again")
    return EnrichError(f"{what}: {error.strerror or error}; nothing was written, {remedy}")
