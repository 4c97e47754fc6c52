"""The record of a review."""

from pathlib import Path

from msgspec.structs import replace

from enrich.check.note_check import sentence_key
from enrich.review.record import Entry, Look, append_entry, read_decisions, read_entries, record_path


def entry(action: str, about: str = "It costs $5.") -> Entry:
    """One line."""
    return Entry("2023-07-19T12:00:00+00:00", "ada", action, about)


def test_entries_come_back_as_they_were(tmp_path: Path) -> None:
    """What a person vouched for must be readable in a year."""
    path = tmp_path / "reviews" / "one.jsonl"
    rows = (entry("vouch", 'Zitat „ja“ \n {"x"}'), entry("keep"))
    for row in rows:
        append_entry(path, row)
    assert read_entries(path) == rows


def test_a_damaged_line_loses_only_itself(tmp_path: Path) -> None:
    """A record cut off by a full disk still says the rest."""
    path = tmp_path / "one.jsonl"
    append_entry(path, entry("keep"))
    with path.open("a") as file:
        file.write('{"at": "2023\n[]\n{"unknown": 1}\n')
    append_entry(path, entry("vouch"))
    assert [row.action for row in read_entries(path)] == ["keep", "vouch"]
    assert read_entries(tmp_path / "none.jsonl") == ()


def test_decisions_hold_until_they_are_taken_back() -> None:
    """Undo of a vouch makes the sentence doubtful again."""
    key = sentence_key("It costs $5.")
    assert read_decisions([entry("vouch")]).vouched == {key: "vouched for by ada on 2023-07-19"}
    assert read_decisions([entry("vouch"), entry("undo vouch")]).vouched == {}
    assert read_decisions([entry("keep")]).looks == {key: Look("ada", "keep", "2023-07-19T12:00:00+00:00")}
    assert read_decisions([entry("keep"), entry("undo keep")]).looks == {}


def test_who_writes_a_sentence_has_looked_at_it() -> None:
    """A reviewer is not asked about words of their own; a link is read as what it shows."""
    words = "Two [[some note|boards]] cost \\$5. One is spare."
    edited = Entry("2023-07-19T12:00:00+00:00", "ada", "edit", "It costs $5.", words)
    keys = {sentence_key("Two boards cost $5."), sentence_key("One is spare.")}
    assert set(read_decisions([edited]).looks) == keys
    assert not read_decisions([edited, replace(edited, action="undo edit")]).looks


def test_two_vaults_with_the_same_id_have_two_records(tmp_path: Path) -> None:
    """A vouch in one vault must not clear a sentence in another."""
    one, two = (record_path(tmp_path, tmp_path / name, "230718TJ04", "") for name in "ab")
    assert one != two
    assert one == record_path(tmp_path, tmp_path / "a", "230718TJ04", "another name.md")


def test_an_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    """The id is text of a note, and notes come from anywhere."""
    path = record_path(tmp_path, None, "../../../etc/passwd", "")
    assert path.parent == tmp_path / "reviews"
