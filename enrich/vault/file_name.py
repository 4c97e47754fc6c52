"""File names that every device a vault is synced to can hold."""

import re
from pathlib import PurePosixPath

from enrich.text.pattern import lazy_pattern

_RESERVED = lazy_pattern(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.I)
_FORBIDDEN = lazy_pattern(r"[<>:\"/\\|?*\x00-\x1f\x7f]")
_CONTROL = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST = 255
"""Bytes of UTF-8 in one name: the limit of ext4, APFS and others (NTFS counts 255 UTF-16 units, which is no less)."""


def title_fault(title: str) -> str:
    """Why a note cannot be called ``title``; empty when it can."""
    if title.strip().casefold() == "index":
        return "is the name of a folder's own page on the site"
    return name_fault(f"{title}.md") if title else "is no name"


def link_fault(name: str) -> str:
    """Why no link can lead to a file called ``name``, whatever its folder; empty when one can."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "has a name that is not UTF-8"
    return "has a control character in its name" if _CONTROL.search(name) else ""


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
