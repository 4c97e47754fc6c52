"""Paths as a person can paste them behind a command."""

import shlex
from pathlib import Path

from enrich.text.pattern import lazy_pattern

_TOUCHED = lazy_pattern(r"[\"$`!\\\x00-\x1f]")
"""What a shell reads inside double quotes."""


def quote_path(path: Path) -> str:
    """``"path"``, which every shell takes; a POSIX shell's own quoting where that would not hold."""
    text = str(path)
    text = f"./{text}" if text.startswith("-") else text  # else it would be read as an option
    return shlex.quote(text) if _TOUCHED.search(text) and not path.drive else f'"{text}"'
