"""Finding the vault from where one stands."""

from pathlib import Path

import pytest

from enrich.vault.root import find_vault


@pytest.mark.parametrize("mark", [".obsidian", ".enrich"])
def test_the_nearest_marked_parent_is_the_vault(tmp_path: Path, mark: str) -> None:
    """Inside a vault no option is needed to name it."""
    (tmp_path / "vault" / mark).mkdir(parents=True)
    (tmp_path / "vault" / "a" / "b").mkdir(parents=True)
    assert find_vault(tmp_path / "vault" / "a" / "b") == tmp_path / "vault"
    assert find_vault(tmp_path / "vault") == tmp_path / "vault"


def test_a_vault_in_a_vault_wins(tmp_path: Path) -> None:
    """The one that is meant is the one that is nearest."""
    for folder in ("outer", "outer/inner"):
        (tmp_path / folder / ".obsidian").mkdir(parents=True)
    (tmp_path / "outer" / "inner" / "a").mkdir()
    assert find_vault(tmp_path / "outer" / "inner" / "a") == tmp_path / "outer" / "inner"
