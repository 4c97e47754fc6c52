"""Where what is learned of a vault is kept."""

import os
import zlib
from pathlib import Path

VALUES_AT_ONCE = 400
"""Values in one statement, a bound of length: old builds of SQLite take 999."""


def cache_file(kind: str, root: Path, cache_dir: Path) -> Path:
    """Where what is kept of the vault at ``root`` lies: one file of each ``kind`` a vault."""
    place = root.resolve()
    return cache_dir / f"{kind}-{place.name}-{zlib.crc32(os.fsencode(place)):08x}.sqlite3"
