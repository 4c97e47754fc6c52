"""Read a file that somebody else may have put there: a vault can hold pipes, devices and links to anything."""

import errno
import os
import stat
from pathlib import Path
from typing import NamedTuple

from enrich.text.pattern import lazy_pattern

LARGEST = 16 * 2**20
"""Bytes of the largest file that is read: some thirty novels. Chosen by hand."""

_UNDECODABLE = lazy_pattern("[\udc80-\udcff]")

_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"))
"""Never wait for a pipe, never pass the file on to a child, never take a terminal; Windows: no change of line ends."""
_KINDS = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a pipe"),
    (stat.S_ISSOCK, "is a socket"),
    (stat.S_ISCHR, "is a device"),
    (stat.S_ISBLK, "is a device"),
)


Skipped = tuple[str, str]
"""The path of a file that was not read, and why: ``is a pipe``."""


class Stamp(NamedTuple):
    """What tells without reading that a file is the same as before."""

    size: int
    changed: int
    """Modification time in nanoseconds."""


class UnfitFileError(OSError):
    """What is there is not read; ``strerror`` says why, in words that follow the file's name."""


def read_file(path: str | Path, most: int = LARGEST) -> bytes:
    """The bytes of a regular file of at most ``most`` bytes; OSError for anything else.

    Nothing is waited for: what was opened is asked what it is before the first byte is read, so no exchange in between
    leads to a pipe or a device.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise explain_unfit(error, path) from error
    try:
        state = os.fstat(descriptor)
        if fault := file_fault(state, most):
            raise UnfitFileError(errno.EINVAL, fault)
        return _read_all(descriptor, state.st_size, most)
    finally:
        os.close(descriptor)


def read_text(path: str | Path) -> str:
    """A note's text with its line ends; OSError where `read_file` reads none."""
    return decode_text(read_file(path))


def decode_text(data: bytes) -> str:
    """The text of a note's bytes. A byte that is no UTF-8 is one U+FFFD; `enrich.vault.edit` counts alike."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _UNDECODABLE.sub("\ufffd", data.decode(errors="surrogateescape"))


def file_fault(state: os.stat_result, most: int = LARGEST) -> str:
    """Why a file is not read, by its kind and size; empty when it is."""
    if stat.S_ISREG(state.st_mode):
        return _too_large(most) if state.st_size > most else ""
    return next((words for is_kind, words in _KINDS if is_kind(state.st_mode)), "is no file")


def explain_unfit(error: OSError, path: str | Path) -> OSError:
    """``error`` in words of what stands at ``path``: a link that leads nowhere, or what cannot be opened."""
    if error.errno == errno.ELOOP:
        return UnfitFileError(error.errno, "is a link that leads in a circle")
    if error.errno == errno.ENXIO:
        return UnfitFileError(error.errno, file_fault(os.stat(path)))  # noqa: PTH116 - called for a text too
    if isinstance(error, FileNotFoundError) and os.path.islink(path):  # noqa: PTH114 - called for a text too
        return UnfitFileError(error.errno, "is a link that leads nowhere")
    return error


def _read_all(descriptor: int, size: int, most: int) -> bytes:
    """All bytes, of which the file said that there are ``size``: it may have grown since."""
    data = os.read(descriptor, size + 1)
    while more := os.read(descriptor, 65_536):
        data += more
        if len(data) > most:
            raise UnfitFileError(errno.EFBIG, _too_large(most))
    return data


def _too_large(most: int) -> str:
    return f"is larger than {most // 2**20} MB" if most >= 2**20 else f"is larger than {most:,} bytes"
