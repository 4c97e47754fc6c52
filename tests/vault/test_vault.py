"""A folder of notes, read once."""

import os
import unicodedata
from pathlib import Path

import pytest

from enrich.errors import UsageError
from enrich.vault.vault import fold_name, read_vault
from tests.vault.folders import make_vault


def test_notes_and_other_files_are_told_apart(tmp_path: Path) -> None:
    """Links lead to images too; they have no text to read."""
    vault = make_vault(tmp_path, {"b/Two.md": "x", "a.md": "y", "img/p.png": b"\x89PNG", "b/c/Three.MD": "z"})
    assert [note.path for note in vault.notes] == ["a.md", "b/Two.md", "b/c/Three.MD"]
    assert vault.files == ("img/p.png",)
    assert vault.by_path["b/Two.md"].text == "x"


@pytest.mark.parametrize("folder", [".obsidian", ".trash", ".git", ".enrich", "node_modules", "a/.hidden"])
def test_folders_without_notes_are_left_out(tmp_path: Path, folder: str) -> None:
    """Deleted notes, plug-ins and our own files are no notes of the vault."""
    vault = make_vault(tmp_path, {"a.md": "", f"{folder}/x.md": "", f"{folder}/deep/y.png": ""})
    assert [note.path for note in vault.notes] == ["a.md"]
    assert vault.files == ()


def test_bytes_that_are_no_text_do_not_lose_the_note(tmp_path: Path) -> None:
    """One bad byte from an old import is shown as such; everything else is read, and offsets stay right."""
    (note,) = make_vault(tmp_path, {"a.md": b"# caf\xe9\r\n[[x]] \xff\xfe"}).notes
    assert note.text == "# caf\ufffd\r\n[[x]] \ufffd\ufffd"
    assert note.links[0].span.of(note.text) == "[[x]]"


def test_a_broken_note_is_one_of_the_vault(tmp_path: Path) -> None:
    """Nothing in one note keeps the others from being read."""
    vault = make_vault(
        tmp_path, {"a.md": "---\ntitle: x: y\n---\n", "b.md": "---\n\t- [\n---\n", "c.md": b"\x00" * 100}
    )
    assert [bool(note.front_error) for note in vault.notes] == [True, True, False]


def test_a_loop_of_links_between_folders_ends(tmp_path: Path) -> None:
    """A folder linked into itself must not be read for ever, nor its notes twice."""
    make_vault(tmp_path, {"a/x.md": "", "b/y.md": ""})
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "also b").symlink_to(tmp_path / "b", target_is_directory=True)
    assert [note.path for note in read_vault(tmp_path).notes] == ["a/x.md", "b/y.md"]


def test_a_folder_linked_from_elsewhere_is_read(tmp_path: Path) -> None:
    """Obsidian follows such folders, so their notes can be linked to."""
    make_vault(tmp_path / "elsewhere", {"x.md": ""})
    make_vault(tmp_path / "vault", {"y.md": ""})
    (tmp_path / "vault" / "more").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert [note.path for note in read_vault(tmp_path / "vault").notes] == ["y.md", "more/x.md"]


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    """A pipe called like a note would block the reader for ever; a link to nowhere has nothing to read."""
    make_vault(tmp_path, {"a.md": ""})
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    vault = read_vault(tmp_path)
    assert [note.path for note in vault.notes] == ["a.md"]
    assert vault.files == ()


def test_names_are_compared_in_one_unicode_form(tmp_path: Path) -> None:
    """macOS may store é as two characters: it is the same note, and the same name."""
    stem = "café Zürich"
    vault = make_vault(tmp_path, {f"{unicodedata.normalize('NFD', stem)}.md": ""})
    assert [note.stem for note in vault.named(unicodedata.normalize("NFC", stem.upper()))] == [vault.notes[0].stem]
    assert fold_name(unicodedata.normalize("NFD", "É")) == fold_name("é")


def test_progress_ends_with_the_number_of_notes(tmp_path: Path) -> None:
    """A large vault shows that it is being read."""
    make_vault(tmp_path, {f"{number}.md": "" for number in range(120)})
    told: list[int] = []
    read_vault(tmp_path, told.append)
    assert told[-1] == 120
    assert len(told) > 1


def test_taken_ids_are_those_of_all_notes(tmp_path: Path) -> None:
    """A new note's id must differ from every one, drafts included."""
    draft = "---\nnote_id: 230718TJ02\ndraft: true\n---\n"
    vault = make_vault(tmp_path, {"a.md": "---\nnote_id: 230718TJ01\n---\n", "b.md": draft, "c.md": ""})
    assert vault.note_ids == {"230718TJ01", "230718TJ02"}


def test_a_vault_that_is_not_there(tmp_path: Path) -> None:
    """A mistyped folder is a message with both remedies, not an empty vault."""
    with pytest.raises(UsageError, match="--vault DIR or ENRICH_VAULT"):
        read_vault(tmp_path / "nowhere")
