"""Disks for tests: one whose steps fail, one whose process dies at a step."""

import errno
import os
import signal
from pathlib import Path

from enrich.vault.disk import Disk, rename_exclusively

STEPS = ("store", "half", "stored", "take_name", "named", "remove", "flush_folder")
"""Where a process can die: before, in and after storing; before and after naming; before removing and flushing."""


class FailingDisk(Disk):
    """A disk that is real up to one step, which fails with an error number; storing has then written half."""

    def __init__(self, step: str, number: int) -> None:
        self.step, self.number = step, number

    def store(self, path: Path, data: bytes) -> None:
        """Fail after half of the bytes."""
        if self.step == "store":
            path.write_bytes(data[: len(data) // 2])
        self._fail("store")
        super().store(path, data)

    def take_name(self, temporary: Path, target: Path) -> None:
        """Fail instead."""
        self._fail("take_name")
        super().take_name(temporary, target)

    def replace(self, temporary: Path, target: Path) -> None:
        """Fail instead."""
        self._fail("replace")
        super().replace(temporary, target)

    def _fail(self, step: str) -> None:
        if self.step == step:
            raise OSError(self.number, os.strerror(self.number))


class DyingDisk(Disk):
    """A disk whose process is killed, without a chance to tidy up, when it comes to one step."""

    def __init__(self, step: str) -> None:
        self.step = step

    def store(self, path: Path, data: bytes) -> None:
        """Die before, within or after."""
        self._die("store")
        if self.step == "half":
            path.write_bytes(data[: len(data) // 2])
            self._die("half")
        super().store(path, data)
        self._die("stored")

    def take_name(self, temporary: Path, target: Path) -> None:
        """Die before or after."""
        self._die("take_name")
        super().take_name(temporary, target)
        self._die("named")

    def replace(self, temporary: Path, target: Path) -> None:
        """Die before or after."""
        self._die("take_name")
        super().replace(temporary, target)
        self._die("named")

    def remove(self, path: Path) -> None:
        """Die before."""
        self._die("remove")
        super().remove(path)

    def flush_folder(self, folder: Path) -> None:
        """Die before."""
        self._die("flush_folder")
        super().flush_folder(folder)

    def _die(self, step: str) -> None:
        if self.step == step:
            os.kill(os.getpid(), signal.SIGKILL)


class NoLinksDisk(Disk):
    """A disk without hard links, such as a memory card: the name is taken by a rename that replaces nothing."""

    def take_name(self, temporary: Path, target: Path) -> None:
        """Rename, and fail where the system cannot do it exclusively."""
        if not rename_exclusively(temporary, target):
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


class LaterDisk(Disk):
    """A disk whose clock is ahead by some seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def now(self) -> float:
        """The time then."""
        return super().now() + self.seconds
