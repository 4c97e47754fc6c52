"""The disk: the few steps that a safe write is made of, each of which can fail or be the last one."""

import ctypes
import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_NO_HARD_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})
_NO_SUCH_CALL = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
_AT_FDCWD = -100
"""Linux, `fcntl.h`: names count from the working directory."""
_RENAME_NOREPLACE = 1
"""Linux, `renameat2(2)`."""
_RENAME_EXCL = 4
"""macOS, `renamex_np(2)`."""


class Disk:
    """What writing needs of the file system. Tests stand in for it with one that is full, or that dies at a step."""

    def now(self) -> float:
        """Seconds since 1970, as file times count them."""
        return time.time()

    def store(self, path: Path, data: bytes) -> None:
        """Write ``data`` to the new file ``path`` and wait until the disk has it."""
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def take_name(self, temporary: Path, target: Path) -> None:
        """Name the stored file ``target`` in one step that fails with FileExistsError when the name is taken.

        A hard link is such a step, and so is a rename that must not replace. Where a file system has neither, the name
        is reserved by an empty file first: a process that is killed in that instant leaves the empty file.
        """
        try:
            os.link(temporary, target)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            if not rename_exclusively(temporary, target):
                reserve_and_rename(temporary, target)

    def replace(self, temporary: Path, target: Path) -> None:
        """Put the stored file in the place of ``target`` in one step."""
        temporary.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""
        path.unlink(missing_ok=True)

    def flush_folder(self, folder: Path) -> None:
        """Make new names durable. Some systems cannot open a folder; they need no flush."""
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def rename_exclusively(source: Path, target: Path) -> bool:
    """Rename unless ``target`` exists (FileExistsError); False where the system has no such call."""
    if sys.platform == "win32":
        source.rename(target)
        return True
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(source), os.fsencode(target)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_NOREPLACE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _RENAME_EXCL)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _NO_SUCH_CALL:
        return False
    raise OSError(number, os.strerror(number), str(target))


def reserve_and_rename(temporary: Path, target: Path) -> None:
    """Take the name with an empty file, then put the whole one in its place; FileExistsError when it is taken."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        temporary.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise
