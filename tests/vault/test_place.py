"""Writes stay in the vault: one function says where a path really is, and refuses what is not to be written."""

# mypy: disable-error-code="func-returns-value"

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from enrich.errors import EnrichError, RefusedError
from enrich.vault.disk import Disk
from enrich.vault.undo_log import Change, UndoLog, undo, write_edit, write_edits
from enrich.vault.write import create_file, find_place, remove_file, replace_file

WAYS_OUT: dict[str, Callable[[Path, Path], object]] = {
    "a link to a file": lambda note, out: note.symlink_to(out / "a.md"),
    "a relative link": lambda note, out: note.symlink_to(Path("../..") / out.name / "a.md"),
    "a chain of links": lambda note, out: ((out / "b.md").symlink_to("a.md"), note.symlink_to(out / "b.md")),
    "a linked folder": lambda note, out: (note.parent.rmdir(), note.parent.symlink_to(out)),
    "a link in a circle": lambda note, _: note.symlink_to(note.name),
    "a link to a device": lambda note, _: note.symlink_to("/dev/null"),
    "a link through a loop": lambda note, out: (
        (note.parent / "up").symlink_to(note.parents[2]),
        note.symlink_to(Path("up") / out.name / "a.md"),
    ),
    "a link to a hidden file": lambda note, _: (
        (note.parents[1] / ".obsidian").mkdir(),
        (note.parents[1] / ".obsidian" / "a.md").write_bytes(b"before"),
        note.symlink_to("../.obsidian/a.md"),
    ),
    "a link to a file of another kind": lambda note, _: (
        (note.parent / "run.sh").write_bytes(b"before"),
        note.symlink_to("run.sh"),
    ),
    "a read-only note": lambda note, _: (note.write_bytes(b"before"), note.chmod(0o444)),
    "a link to a read-only note": lambda note, _: (
        (note.parent / "real.md").write_bytes(b"before"),
        (note.parent / "real.md").chmod(0o400),
        note.symlink_to("real.md"),
    ),
}


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``, and where each link leads."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_symlink():
            found[str(path)] = os.fsencode(path.readlink())
        elif path.is_file():
            found[str(path)] = path.read_bytes()
    return found


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """Where a note will be: in a folder of a vault, beside which lies a folder with another note."""
    (tmp_path / "vault" / "Notes").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.md").write_bytes(b"before")
    return tmp_path / "vault" / "Notes" / "a.md"


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_write_goes_that_way(tmp_path: Path, note: Path, way: str) -> None:
    """Edits, exchanges and removals are refused with exit 7, and every file on both sides stays as it was."""
    WAYS_OUT[way](note, tmp_path / "outside")
    vault, before = tmp_path / "vault", everything(tmp_path)
    log = UndoLog(vault, tmp_path / "log")
    for attempt in (
        lambda: write_edit(note, b"before", b"after", log, "edit"),
        lambda: write_edits([Change(note, b"before", None)], log, "removal"),
        lambda: replace_file(vault, note, b"after"),
        lambda: remove_file(vault, note, b"before"),
    ):
        with pytest.raises(RefusedError) as refused:
            attempt()
        assert refused.value.exit_code == 7
    assert everything(tmp_path) == before


@pytest.mark.parametrize("path", ["../outside/b.md", "Notes/../../b.md", "out/b.md", "out/deep/er/b.md"])
def test_nothing_is_made_outside(tmp_path: Path, note: Path, path: str) -> None:
    """Neither a file nor a folder on the way to it."""
    (note.parents[1] / "out").symlink_to(tmp_path / "outside")
    before = everything(tmp_path)
    with pytest.raises(RefusedError):
        create_file(tmp_path / "vault", tmp_path / "vault" / path, b"text")
    assert everything(tmp_path) == before
    assert not (tmp_path / "outside" / "deep").exists()


def test_a_link_from_note_to_note_is_written_where_it_leads(tmp_path: Path, note: Path) -> None:
    """A note that stands in two folders stays one note; undo finds it too."""
    note.write_bytes(b"before")
    link = tmp_path / "vault" / "also.md"
    link.symlink_to("Notes/a.md")
    log = UndoLog(tmp_path / "vault", tmp_path / "log")
    write_edit(link, b"before", b"after", log, "edit")
    assert (link.is_symlink(), note.read_bytes()) == (True, b"after")
    undo(log)
    assert (link.is_symlink(), note.read_bytes()) == (True, b"before")


def test_a_vault_that_is_itself_a_link(tmp_path: Path, note: Path) -> None:
    """However the vault is named, its notes lie in it."""
    note.write_bytes(b"before")
    (tmp_path / "name").symlink_to("vault")
    assert find_place(tmp_path / "name", tmp_path / "name" / "Notes" / "a.md") == note
    assert find_place(tmp_path / "name", note) == note


class Swapping(Disk):
    """A disk where somebody exchanges a folder of the vault for a link, once the temporary file is stored."""

    def __init__(self, folder: Path, outside: Path) -> None:
        self.folder, self.outside = folder, outside

    def store(self, path: Path, data: bytes) -> None:
        """Store, then swap."""
        super().store(path, data)
        if path.parent == self.folder:
            self.folder.rename(self.folder.with_name("moved"))
            self.folder.symlink_to(self.outside)


def test_a_folder_swapped_in_the_last_instant(tmp_path: Path, note: Path) -> None:
    """Where the file goes is asked again right before it gets its name."""
    note.write_bytes(b"before")
    disk = Swapping(note.parent, tmp_path / "outside")
    with pytest.raises(EnrichError):
        replace_file(tmp_path / "vault", note, b"after", disk)
    assert (tmp_path / "outside" / "a.md").read_bytes() == b"before"
    assert (tmp_path / "vault" / "moved" / "a.md").read_bytes() == b"before"


def test_a_folder_swapped_under_a_new_note(tmp_path: Path, note: Path) -> None:
    """The same for a note that is made."""
    disk = Swapping(note.parent, tmp_path / "outside")
    with pytest.raises(RefusedError):
        create_file(tmp_path / "vault", note.with_name("b.md"), b"text", disk)
    assert [path.name for path in (tmp_path / "outside").iterdir()] == ["a.md"]
