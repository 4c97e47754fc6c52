"""The undo log: what was done can be taken back."""

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.errors import EnrichError, ExistsError, RefusedError, UsageError
from enrich.vault.undo_log import (
    KEPT_EDITS,
    Change,
    UndoLog,
    list_edits,
    moving,
    read_edits,
    undo,
    write_edit,
    write_edits,
)
from tests.vault.dying_writer import DATA
from tests.vault.failing_disk import STEPS, FailingDisk, LaterDisk

PROJECT = Path(__file__).resolve().parents[2]


def note_in(folder: Path, data: bytes = b"before", name: str = "a.md") -> Path:
    """A note that holds ``data``."""
    path = folder / name
    path.write_bytes(data)
    return path


def log_in(folder: Path) -> UndoLog:
    """The log of the vault ``folder``, kept in it."""
    return UndoLog(folder, folder / "log")


@settings(max_examples=30)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_edit_then_undo_is_the_identity(before: bytes, after: bytes) -> None:
    """Whatever a note holds, undo gives it back byte for byte."""
    with tempfile.TemporaryDirectory() as name:
        note = note_in(Path(name), before)
        record = write_edit(note, before, after, log_in(Path(name)), "one link")
        assert note.read_bytes() == after
        assert undo(log_in(Path(name)), record.id).id == record.id
        assert note.read_bytes() == before


def test_edits_are_listed_newest_first(tmp_path: Path) -> None:
    """`--list` shows what can be taken back, in words, and what was."""
    note = note_in(tmp_path)
    write_edit(note, b"before", b"one", log_in(tmp_path), "first")
    write_edit(note, b"one", b"two", log_in(tmp_path), "second", disk=LaterDisk(5))
    undo(log_in(tmp_path))
    listed = list_edits(log_in(tmp_path))
    assert [(record.label, bool(record.undone)) for record in listed] == [("second", True), ("first", False)]
    assert listed[0].files[0].path == str(note)


def test_undo_goes_back_step_by_step(tmp_path: Path) -> None:
    """Each undo takes back the newest edit that stands, until none is left."""
    note = note_in(tmp_path)
    write_edit(note, b"before", b"one", log_in(tmp_path), "first")
    write_edit(note, b"one", b"two", log_in(tmp_path), "second", disk=LaterDisk(5))
    assert [undo(log_in(tmp_path)).label for _ in range(2)] == ["second", "first"]
    assert note.read_bytes() == b"before"
    with pytest.raises(UsageError, match="no edit to take back"):
        undo(log_in(tmp_path))


def test_an_edit_by_its_id(tmp_path: Path) -> None:
    """An older edit of another note is taken back without touching the newer one."""
    first, second = note_in(tmp_path), note_in(tmp_path, name="b.md")
    record = write_edit(first, b"before", b"one", log_in(tmp_path), "first")
    write_edit(second, b"before", b"two", log_in(tmp_path), "second", disk=LaterDisk(5))
    undo(log_in(tmp_path), record.id)
    assert (first.read_bytes(), second.read_bytes()) == (b"before", b"two")
    with pytest.raises(UsageError, match="already"):
        undo(log_in(tmp_path), record.id)
    with pytest.raises(UsageError, match="no edit of this vault"):
        undo(log_in(tmp_path), "20200101")


def test_a_note_changed_since_is_left_alone(tmp_path: Path) -> None:
    """What the user wrote after the edit is worth more than the undo."""
    note = note_in(tmp_path)
    write_edit(note, b"before", b"after", log_in(tmp_path), "edit")
    note.write_bytes(b"after, and mine")
    with pytest.raises(ExistsError, match="has changed since"):
        undo(log_in(tmp_path))
    assert note.read_bytes() == b"after, and mine"
    note.unlink()
    with pytest.raises(ExistsError, match="is gone"):
        undo(log_in(tmp_path))


def test_a_note_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    """Between reading and writing the user may save in the editor: exit 7, and the note is the user's."""
    note = note_in(tmp_path, b"mine")
    with pytest.raises(ExistsError, match="has changed meanwhile") as caught:
        write_edit(note, b"before", b"after", log_in(tmp_path), "edit")
    assert caught.value.exit_code == 7
    assert note.read_bytes() == b"mine"
    assert list_edits(log_in(tmp_path)) == ()


def test_a_change_in_the_last_instant_is_seen(tmp_path: Path) -> None:
    """The file is compared once more after everything is ready, just before the exchange."""
    note = note_in(tmp_path)

    class Meanwhile(LaterDisk):
        def store(self, path: Path, data: bytes) -> None:
            super().store(path, data)
            if path.parent == tmp_path:
                note.write_bytes(b"mine")

    with pytest.raises(ExistsError):
        write_edit(note, b"before", b"after", log_in(tmp_path), "edit", disk=Meanwhile(0))
    assert note.read_bytes() == b"mine"
    assert all(record.undone for record in list_edits(log_in(tmp_path)))


def test_one_edit_of_several_notes(tmp_path: Path) -> None:
    """Backlinks are added to many notes by one command, and taken back by one undo."""
    notes = [note_in(tmp_path, name=f"{number}.md") for number in range(3)]
    write_edits([Change(note, b"before", b"after") for note in notes], log_in(tmp_path), "3 backlinks")
    assert [note.read_bytes() for note in notes] == [b"after"] * 3
    undo(log_in(tmp_path))
    assert [note.read_bytes() for note in notes] == [b"before"] * 3


def test_one_note_changed_since_stops_the_whole_undo(tmp_path: Path) -> None:
    """Half an undo would leave a state that nobody made."""
    notes = [note_in(tmp_path, name=f"{number}.md") for number in range(3)]
    write_edits([Change(note, b"before", b"after") for note in notes], log_in(tmp_path), "3 backlinks")
    notes[2].write_bytes(b"mine")
    with pytest.raises(ExistsError):
        undo(log_in(tmp_path))
    assert [note.read_bytes() for note in notes] == [b"after", b"after", b"mine"]


def test_an_edit_that_fails_half_way_is_taken_back(tmp_path: Path) -> None:
    """A disk that fills up at the second note leaves the first as it was."""
    notes = [note_in(tmp_path, name=f"{number}.md") for number in range(2)]

    class FailsAtSecond(LaterDisk):
        def replace(self, temporary: Path, target: Path) -> None:
            if target == notes[1]:
                raise OSError(errno.ENOSPC, "No space left on device")
            super().replace(temporary, target)

    with pytest.raises(EnrichError, match="make room"):
        write_edits([Change(note, b"before", b"after") for note in notes], log_in(tmp_path), "x", disk=FailsAtSecond(0))
    assert [note.read_bytes() for note in notes] == [b"before"] * 2
    with pytest.raises(UsageError):
        undo(log_in(tmp_path))


def test_without_a_journal_nothing_is_changed(tmp_path: Path) -> None:
    """An edit that could not be taken back is not made."""
    note = note_in(tmp_path)
    with pytest.raises(EnrichError, match="nothing was written"):
        write_edit(note, b"before", b"after", log_in(tmp_path), "edit", disk=FailingDisk("store", errno.ENOSPC))
    assert note.read_bytes() == b"before"
    assert list_edits(log_in(tmp_path)) == ()


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_process_leaves_one_of_the_two_notes(tmp_path: Path, step: str) -> None:
    """Whenever the process dies, the note is the old or the new one, and undo leads back to the old."""
    note = note_in(tmp_path)
    command = [sys.executable, "-m", "tests.vault.dying_writer", step, str(tmp_path), "a.md", "before"]
    assert subprocess.run(command, cwd=PROJECT, check=False, capture_output=True).returncode == -9
    assert note.read_bytes() in (b"before", DATA)
    if list_edits(log_in(tmp_path)):
        undo(log_in(tmp_path))
    assert note.read_bytes() == b"before"


def test_a_note_reached_by_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind the link is edited; replacing the link itself would cut the note in two."""
    (tmp_path / "real").mkdir()
    note = note_in(tmp_path / "real")
    link = tmp_path / "link.md"
    link.symlink_to(note)
    write_edit(link, b"before", b"after", log_in(tmp_path), "edit")
    assert link.is_symlink()
    assert note.read_bytes() == b"after"


HEAD = b'"id": "ID", "label": "", "at": "", "undone": ""'
DAMAGED: dict[str, bytes] = {
    "empty": b"",
    "random": bytes(range(256)),
    "cut": b'{"id": "',
    "deep": b"[" * 200_000,
    "a list": b"[]",
    "null": b"null",
    "a number": b"1e999",
    "another id": b'{HEAD, "id": "../../x", "files": [{"path": "/a", "before": "", "after": ""}]}',
    "no files": b'{HEAD, "files": []}',
    "files null": b'{HEAD, "files": null}',
    "types": b'{"id": "ID", "label": null, "at": [], "undone": "", "files": [{"path": 7, "before": [], "after": {}}]}',
    "a relative path": b'{HEAD, "files": [{"path": "a.md", "before": "", "after": "D"}]}',
    "NUL": b'{HEAD, "files": [{"path": "/a\\u0000", "before": "", "after": "D"}]}',
    "half a character": b'{HEAD, "files": [{"path": "/\\ud800", "before": "", "after": "D"}]}',
    "no digest": b'{HEAD, "files": [{"path": "/a", "before": "x", "after": "D"}]}',
    "one key more": b'{"id": "ID", "label": "", "at": "", "undone": 5, "files": [], "x": 1}',
}  # fmt: skip


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_record_is_named_and_leaves_the_others_usable(tmp_path: Path, kind: str) -> None:
    """The edit whose record is broken is passed over; the one before it can be taken back."""
    note, other = note_in(tmp_path), note_in(tmp_path, name="b.md")
    write_edit(note, b"before", b"after", log_in(tmp_path), "sound")
    broken = write_edit(other, b"before", b"after", log_in(tmp_path), "broken")
    record = (
        DAMAGED[kind].replace(b"HEAD", HEAD).replace(b"ID", broken.id.encode()).replace(b'"D"', b'"' + b"0" * 64 + b'"')
    )
    (tmp_path / "log" / broken.id / "edit.json").write_bytes(record)
    edits = read_edits(log_in(tmp_path))
    assert [name for name, _ in edits.damaged] == [broken.id]
    assert undo(log_in(tmp_path)).label == "sound"
    assert (note.read_bytes(), other.read_bytes()) == (b"before", b"after")


def test_an_edit_without_a_record_is_named(tmp_path: Path) -> None:
    """A process that died before its first change leaves a folder without a record; so does a lost one."""
    (tmp_path / "log" / "000007-20260101-000000-aaaa").mkdir(parents=True)
    ((_, reason),) = read_edits(log_in(tmp_path)).damaged
    assert "has no edit.json" in reason
    assert list_edits(UndoLog(tmp_path, tmp_path / "nowhere")) == ()


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "gone", "a folder", "a pipe", "a link away", "longer"])
def test_a_damaged_copy_is_never_written(tmp_path: Path, side: str, damage: str) -> None:
    """What the log kept is held against its digest before it replaces a note."""
    note = note_in(tmp_path)
    record = write_edit(note, b"before", b"after", log_in(tmp_path), "edit")
    copy = tmp_path / "log" / record.id / f"0.{side}"
    data = copy.read_bytes()
    copy.unlink()
    (tmp_path / "secret").write_bytes(b"a secret")
    match damage:
        case "a folder":
            copy.mkdir()
        case "a pipe":
            os.mkfifo(copy)
        case "a link away":
            copy.symlink_to(tmp_path / "secret")
        case "cut" | "changed" | "emptied" | "longer":
            copy.write_bytes({"cut": data[:3], "changed": data.upper(), "emptied": b"", "longer": data + b"!"}[damage])
    with pytest.raises(EnrichError, match="nothing was taken back"):
        undo(log_in(tmp_path))
    assert note.read_bytes() == b"after"


def test_a_record_that_lost_its_digest_removes_nothing(tmp_path: Path) -> None:
    """No digest says that there was no file; the copy beside it says that there was one."""
    note = note_in(tmp_path)
    record = write_edit(note, b"before", b"after", log_in(tmp_path), "edit")
    table = tmp_path / "log" / record.id / "edit.json"
    table.write_text(table.read_text("utf-8").replace(record.files[0].before, ""), "utf-8")
    with pytest.raises(EnrichError, match="nothing was taken back"):
        undo(log_in(tmp_path))
    assert note.read_bytes() == b"after"


@pytest.mark.parametrize("path", ["outside.md", "vault/../outside.md", "vault/link.md"])
def test_a_record_leads_nowhere_outside(tmp_path: Path, path: str) -> None:
    """A record that names a file outside of the vault is refused, whatever it says that was there."""
    (tmp_path / "vault").mkdir()
    outside = note_in(tmp_path, b"after", "outside.md")
    (tmp_path / "vault" / "link.md").symlink_to(outside)
    log = UndoLog(tmp_path / "vault", tmp_path / "log")
    record = write_edit(note_in(tmp_path / "vault"), b"before", b"after", log, "edit")
    table = tmp_path / "log" / record.id / "edit.json"
    table.write_text(table.read_text().replace(str(tmp_path / "vault" / "a.md"), str(tmp_path / path)))
    with pytest.raises(RefusedError):
        undo(log)
    assert outside.read_bytes() == b"after"


def test_a_clock_that_was_set_back(tmp_path: Path) -> None:
    """The newest edit is the one made last, whatever the clock says: it is kept, and taken back first."""
    notes = [note_in(tmp_path, name=f"{number}.md") for number in range(3)]
    for number, note in enumerate(notes):
        write_edit(note, b"before", b"after", log_in(tmp_path), str(number), disk=LaterDisk(-number * 1e8))
    assert [record.label for record in list_edits(log_in(tmp_path))] == ["2", "1", "0"]
    assert undo(log_in(tmp_path)).label == "2"


def test_an_undo_that_fails_half_way_is_taken_back(tmp_path: Path) -> None:
    """A disk that fills up during an undo leaves all notes as they were, and the undo possible."""
    notes = [note_in(tmp_path, name=f"{number}.md") for number in range(2)]
    write_edits([Change(note, b"before", b"after") for note in notes], log_in(tmp_path), "edit")

    class FailsAtFirst(LaterDisk):
        def replace(self, temporary: Path, target: Path) -> None:
            if target == notes[0]:
                raise OSError(errno.ENOSPC, "No space left on device")
            super().replace(temporary, target)

    with pytest.raises(EnrichError, match="make room"):
        undo(log_in(tmp_path), disk=FailsAtFirst(0))
    assert [note.read_bytes() for note in notes] == [b"after"] * 2
    undo(log_in(tmp_path))
    assert [note.read_bytes() for note in notes] == [b"before"] * 2


def test_a_note_is_moved_and_brought_back(tmp_path: Path) -> None:
    """A moved note is one edit: the new file, and the old one gone."""
    note = note_in(tmp_path)
    target = tmp_path / "b" / "c.md"
    record = write_edits(moving(note, target, b"before", b"after"), log_in(tmp_path), "moved")
    assert (target.read_bytes(), note.exists()) == (b"after", False)
    assert [(file.before == "", file.after == "") for file in record.files] == [(True, False), (False, True)]
    undo(log_in(tmp_path))
    assert (note.read_bytes(), target.exists()) == (b"before", False)


def test_a_move_over_another_note_changes_nothing(tmp_path: Path) -> None:
    """The note that is there stays, and so does the one that was to be moved."""
    note, other = note_in(tmp_path), note_in(tmp_path, b"other", "b.md")
    with pytest.raises(ExistsError):
        write_edits(moving(note, tmp_path / "b.md", b"before", b"after"), log_in(tmp_path), "moved")
    assert (note.read_bytes(), other.read_bytes()) == (b"before", b"other")


def test_a_note_changed_before_it_is_moved_stays(tmp_path: Path) -> None:
    """No copy is left behind either."""
    note = note_in(tmp_path, b"changed")
    with pytest.raises(ExistsError):
        write_edits(moving(note, tmp_path / "b.md", b"before", b"after"), log_in(tmp_path), "moved")
    assert note.read_bytes() == b"changed"
    assert not (tmp_path / "b.md").exists()


def test_a_place_taken_since_stops_the_undo_of_a_move(tmp_path: Path) -> None:
    """A new draft has the old name: neither of the two is lost."""
    note = note_in(tmp_path)
    target = tmp_path / "b.md"
    write_edits(moving(note, target, b"before", b"after"), log_in(tmp_path), "moved")
    note.write_bytes(b"new draft")
    with pytest.raises(ExistsError):
        undo(log_in(tmp_path))
    assert (note.read_bytes(), target.read_bytes()) == (b"new draft", b"after")


def test_the_journal_does_not_grow_for_ever(tmp_path: Path) -> None:
    """The newest edits can be taken back; older ones make room."""
    note = note_in(tmp_path)
    log = log_in(tmp_path)
    for number in range(KEPT_EDITS):
        (log.folder / f"20200101-000000-{number:06d}-aaaa").mkdir(parents=True)
    write_edit(note, b"before", b"after", log, "one more")
    kept = {path.name for path in log.folder.iterdir()}
    assert len(kept) == KEPT_EDITS
    assert "20200101-000000-000000-aaaa" not in kept
    assert undo(log).label == "one more"
