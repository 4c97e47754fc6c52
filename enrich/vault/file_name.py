"""File names that every device a vault is synced to can hold."""

import re
from pathlib import PurePosixPath

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.I)
_FORBIDDEN = re.compile(r"[<>:\"/\\|?*\x00-\x1f\x7f]")
LONGEST = 255
"""Bytes of UTF-8 in one name: the limit of ext4, APFS and others (NTFS counts 255 UTF-16 units, which is no less)."""


def name_fault(name: str) -> str:
    """Why ``name`` is no file or folder name for a vault; empty when it is one.

    What Windows, Android or macOS cannot store would be lost at the first sync, so it is refused everywhere.
    https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    """
    if name in ("", ".", ".."):
        return "is no name"
    if name.startswith("."):
        return "starts with a dot, so neither Obsidian nor the site would show it"
    if name[-1] in " .":
        return "ends with a dot or a space, which Windows drops"
    if found := _FORBIDDEN.search(name):
        return f"holds the character {found.group()!r}"
    if _RESERVED.fullmatch(name):
        return "is a device's name on Windows"
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return "holds half a character (a lone surrogate)"
    return f"is {size} bytes long, and {LONGEST} is the most" if size > LONGEST else ""


def folder_fault(path: str) -> str:
    """Why ``path`` is no folder below another one, said of its name; empty when it is one."""
    if path.startswith("/") or "\\" in path or not PurePosixPath(path).parts:
        return "which is no folder inside the vault; use names with / between them"
    if len(path) > LONGEST:
        return f"which is longer than {LONGEST} characters; use shorter names"
    faults = ((part, name_fault(part)) for part in PurePosixPath(path).parts)
    return next((f"in which {part!r} {fault}; rename it" for part, fault in faults if fault), "")
