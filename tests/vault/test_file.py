"""What may be read of a vault that others have filled: regular files of a bounded size, and nothing that waits."""

# mypy: disable-error-code="func-returns-value"

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from enrich.vault.file import LARGEST, read_file
from enrich.vault.vault import open_note, read_vault
from enrich.vault.walk import list_files

PLANTED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a pipe": ("is a pipe", os.mkfifo),
    "a link to a pipe": ("is a pipe", lambda path: (os.mkfifo(path.parent / "p"), path.symlink_to("p"))),
    "an endless device": ("is a device", lambda path: path.symlink_to("/dev/zero")),
    "an empty device": ("is a device", lambda path: path.symlink_to("/dev/null")),
    "a terminal": ("is a device", lambda path: path.symlink_to("/dev/tty")),
    "a link to itself": ("in a circle", lambda path: path.symlink_to(path.name)),
    "a circle of two": ("in a circle", lambda path: (path.symlink_to("b"), (path.parent / "b").symlink_to(path.name))),
    "a link to nowhere": ("leads nowhere", lambda path: path.symlink_to("nowhere.md")),
    "a link below a file": ("Not a directory", lambda path: ((path.parent / "f").touch(), path.symlink_to("f/x.md"))),
    "a huge file": ("larger than 16 MB", lambda path: (path.touch(), os.truncate(path, 1 << 40))),
    "a file just too large": ("larger than 16 MB", lambda path: (path.touch(), os.truncate(path, LARGEST + 1))),
    "a link to a huge file": (
        "larger than 16 MB",
        lambda path: ((path.parent / "h").touch(), os.truncate(path.parent / "h", 1 << 34), path.symlink_to("h")),
    ),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_no_file_is_named_and_the_rest_is_read(tmp_path: Path, kind: str) -> None:
    """Every reader of a vault goes on without it, and says the same of it; a note of that name given is refused."""
    reason, plant = PLANTED[kind]
    (tmp_path / "z.md").write_text("sound")
    plant(tmp_path / "x.md")
    vault = read_vault(tmp_path)
    assert [note.path for note in vault.notes] == ["z.md"]
    listing = list_files(tmp_path)
    assert list(listing.notes) == ["z.md"]
    assert vault.unreadable == listing.skipped
    skipped = listing.skipped
    assert [path for path, _ in skipped] == ["x.md"]
    assert reason in skipped[0][1]
    with pytest.raises(OSError, match=reason):
        read_file(tmp_path / "x.md")
    assert open_note(tmp_path, "x.md") is None


def test_a_socket_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket has no bytes to read; its path is short because a socket's must be."""
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("x.md")
        assert read_vault(Path()).unreadable == (("x.md", "is a socket"),)
        with pytest.raises(OSError, match="is a socket"):
            read_file("x.md")


def test_a_folder_called_like_a_note(tmp_path: Path) -> None:
    """It is entered as any folder; named as a note it is refused."""
    (tmp_path / "dir.md").mkdir()
    (tmp_path / "dir.md" / "a.md").write_text("text")
    assert [note.path for note in read_vault(tmp_path).notes] == ["dir.md/a.md"] == list(list_files(tmp_path).notes)
    with pytest.raises(OSError, match="is a folder"):
        read_file(tmp_path / "dir.md")


@pytest.mark.parametrize("name", [b"bad\xff.md", b"\xc3\x28.md", b"a\nb.md", b"a\rb.md", b"\x1b[2Jx.md", b"\x7f.md"])
def test_a_name_that_no_link_can_hold(tmp_path: Path, name: bytes) -> None:
    """Such a note would bring a line break, or bytes that are no text, into every list of candidates."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("text")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/dir" + name)).mkdir()
    assert read_vault(tmp_path).notes == ()
    listing = list_files(tmp_path)
    assert listing.notes == {}
    assert listing.skipped == read_vault(tmp_path).unreadable
    assert len(listing.skipped) == 2


def test_deep_folders_end(tmp_path: Path) -> None:
    """Folders deeper than anybody's are walked to their end."""
    deep = tmp_path / "/".join(["d"] * 400)
    deep.mkdir(parents=True)
    (deep / "x.md").write_text("text")
    assert len(read_vault(tmp_path).notes) == len(list_files(tmp_path).notes) == 1


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    """The limit is what it says, to the byte; so is what is read."""
    (tmp_path / "a.md").write_bytes(b"x" * LARGEST)
    assert len(read_file(tmp_path / "a.md")) == LARGEST
    (tmp_path / "b.md").write_bytes(b"")
    assert read_file(tmp_path / "b.md") == b""
