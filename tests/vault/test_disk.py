"""Taking a name on file systems of every kind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from enrich.vault.disk import Disk, rename_exclusively, reserve_and_rename

WAYS: tuple[Callable[[Path, Path], object], ...] = (Disk().take_name, rename_exclusively, reserve_and_rename)


@pytest.mark.parametrize("take_name", WAYS)
def test_a_free_name_is_taken(tmp_path: Path, take_name: Callable[[Path, Path], object]) -> None:
    """With hard links, with an exclusive rename or with neither, the note gets its name."""
    (tmp_path / "new").write_bytes(b"whole")
    take_name(tmp_path / "new", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_bytes() == b"whole"


@pytest.mark.parametrize("take_name", WAYS)
def test_a_taken_name_stays(tmp_path: Path, take_name: Callable[[Path, Path], object]) -> None:
    """No way of naming replaces a note, not even an empty one."""
    (tmp_path / "new").write_bytes(b"whole")
    (tmp_path / "a.md").write_bytes(b"")
    with pytest.raises(FileExistsError):
        take_name(tmp_path / "new", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_bytes() == b""
    assert (tmp_path / "new").read_bytes() == b"whole"


@pytest.mark.parametrize("take_name", WAYS)
def test_a_name_is_given_back_when_there_is_nothing_to_name(
    tmp_path: Path, take_name: Callable[[Path, Path], object]
) -> None:
    """A failure between the steps leaves no empty note."""
    with pytest.raises(FileNotFoundError):
        take_name(tmp_path / "gone", tmp_path / "a.md")
    assert not (tmp_path / "a.md").exists()
