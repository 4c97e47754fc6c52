"""``enrich undo``: the last edit, one by its id, the list, and when it is refused."""

import json
from pathlib import Path

import pytest

from enrich.vault.undo_log import EditRecord, write_edit
from enrich.workspace.open_vault import open_undo_log
from tests.commands.test_suggest import command


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault with one note, which two edits have changed."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "a.md").write_bytes(b"three\n")
    return tmp_path / "vault"


@pytest.fixture
def edits(vault: Path) -> list[EditRecord]:
    """The two edits, the first first."""
    note, journal = vault / "a.md", open_undo_log(vault.parent / "home" / "state", vault)
    note.write_bytes(b"one\n")
    first = write_edit(note, b"one\n", b"two\n", journal, "one to two")
    return [first, write_edit(note, b"two\n", b"three\n", journal, "two to three")]


def test_undo_takes_back_the_last_edit_and_then_the_one_before(vault: Path, edits: list[EditRecord]) -> None:
    """Called again and again it goes back step by step, and says when there is nothing left."""
    done = command(vault, "undo")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "taken back: two to three\n  a.md\n"
    assert (vault / "a.md").read_bytes() == b"two\n"
    assert command(vault, "undo").returncode == 0
    assert (vault / "a.md").read_bytes() == b"one\n"
    assert command(vault, "undo").returncode == 2
    assert len(edits) == 2


def test_an_edit_is_named_by_its_id_or_the_end_of_it(vault: Path, edits: list[EditRecord]) -> None:
    """The four characters at the end of an id are enough to type."""
    assert command(vault, "undo", edits[1].id[-4:]).returncode == 0
    assert command(vault, "undo", edits[0].id).returncode == 0
    assert (vault / "a.md").read_bytes() == b"one\n"
    assert command(vault, "undo", "nonsense").returncode == 2


def test_undo_is_refused_when_the_note_has_changed_since(vault: Path, edits: list[EditRecord]) -> None:
    """What a person wrote after the edit is never lost: exit 7, and the note stays."""
    (vault / "a.md").write_bytes(b"by hand\n")
    done = command(vault, "undo")
    assert done.returncode == 7
    assert edits[1].id in done.stderr
    assert (vault / "a.md").read_bytes() == b"by hand\n"


def test_the_list_changes_nothing(vault: Path, edits: list[EditRecord]) -> None:
    """The newest first, each with its id, what it was and its notes; what was taken back says so."""
    command(vault, "undo")
    done = command(vault, "undo", "--list")
    first, _, second, _ = done.stdout.splitlines()
    assert first.startswith(edits[1].id)
    assert "(taken back " in first
    assert second.startswith(edits[0].id)
    assert second.endswith("one to two")
    newest, oldest = (json.loads(line) for line in command(vault, "undo", "--list", "--json").stdout.splitlines())
    assert newest["undone"]
    assert oldest == {**oldest, "id": edits[0].id, "label": "one to two", "undone": "", "files": ["a.md"]}
    assert (vault / "a.md").read_bytes() == b"two\n"
    assert command(vault, "undo", "--list", edits[0].id).returncode == 2


def test_a_vault_without_edits_says_so(vault: Path) -> None:
    """An empty list is no error."""
    done = command(vault, "undo", "--list")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "no edits yet" in done.stderr


def test_a_record_does_not_drive_the_terminal(vault: Path, edits: list[EditRecord]) -> None:
    """A damaged record could otherwise clear the screen, or show another list than there is."""
    (table,) = (vault.parent / "home").rglob(f"{edits[1].id}/edit.json")
    values = json.loads(table.read_text("utf-8"))
    table.write_text(json.dumps({**values, "label": "\x1b[2Jtwo\nto three", "at": "\x1b]0;now\x07"}), "utf-8")
    done = command(vault, "undo", "--list")
    assert done.stdout.splitlines()[:2] == [f"{edits[1].id}    two to three", "  a.md"]
