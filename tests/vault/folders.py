"""Vaults for tests: folders made from a mapping of paths to texts."""

from collections.abc import Mapping
from pathlib import Path

from enrich.vault.vault import Vault, read_vault


def make_vault(root: Path, notes: Mapping[str, str | bytes]) -> Vault:
    """Write ``notes`` below ``root`` and read the vault."""
    for path, text in notes.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    root.mkdir(parents=True, exist_ok=True)
    return read_vault(root)
