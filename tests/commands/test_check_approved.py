"""``enrich check --approved``: which approved notes are not what somebody approved any more."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from enrich.cli import app
from enrich.vault.approvals import LEDGER
from enrich.vault.undo_log import Change
from enrich.workspace.workspace import Workspace
from tests.review.drafted import SOUND, STEM, Drafted, make_drafted
from tests.review.sessions import LOOKS
from tests.review.test_session import TAKE

ANSWERS = ["e", SOUND, "t", TAKE, *LOOKS, "a", ""]


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    """A vault with a draft."""
    return make_drafted(tmp_path)


def run(drafted: Drafted, *arguments: str, answers: str = "") -> Result:
    """``enrich`` in the vault."""
    env = {"ENRICH_HOME": str(drafted.home), "ENRICH_VAULT": str(drafted.vault)}
    return CliRunner().invoke(app, [*arguments], env=env, input=answers)


def approve(drafted: Drafted) -> Path:
    """Review the draft in the terminal until it is approved; where it went."""
    done = run(drafted, "review", "--terminal", "--reviewer", "ada", str(drafted.note), answers="\n".join(ANSWERS))
    assert done.exit_code == 0, done.stderr
    return Path(done.stdout.strip())


def test_an_approved_note_is_as_approved_under_any_name(drafted: Drafted) -> None:
    """Obsidian renames and moves notes all the time: the bytes decide."""
    note = approve(drafted)
    assert run(drafted, "check", "--approved").exit_code == 0
    moved = note.rename(drafted.vault / "Notes" / "another name.md")
    note.write_text("---\ntitle: quite another\n---\n\nAnother note took its place.\n", "utf-8")
    done = run(drafted, "check", "--approved")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 approved note: 1 as approved" in done.stderr
    assert moved.is_file()


def test_a_changed_note_is_named_with_what_went(drafted: Drafted) -> None:
    """CI fails, and the author sees which approved sentence was rewritten."""
    note = approve(drafted)
    note.write_text(note.read_text("utf-8").replace("Shipments to 12", "Shipments to 99"), "utf-8", newline="\n")
    done = run(drafted, "check", "--approved")
    assert done.exit_code == 6
    path = f"Notes/Tech_Journal/2023/{STEM}.md"
    assert f"{path}: changed since ada approved it" in done.stdout
    assert f"{path}: not there any more as it was approved: “{SOUND}”" in done.stdout
    found = json.loads(run(drafted, "check", "--approved", "--json").stdout)
    assert [(row["path"], row["lost"]) for row in found["changed"]] == [(path, [SOUND])]


def test_a_renamed_and_changed_note_is_found_by_its_id(drafted: Drafted) -> None:
    """A change does not hide behind a new name; a note that was thrown away is told, and is no failure."""
    note = approve(drafted)
    moved = note.rename(drafted.vault / "moved.md")
    moved.write_text(moved.read_text("utf-8").replace("Shipments to 12", "Shipments to 99"), "utf-8", newline="\n")
    assert "moved.md: changed since ada" in run(drafted, "check", "--approved").stdout
    moved.unlink()
    done = run(drafted, "check", "--approved")
    assert done.exit_code == 0
    assert f"1 note gone: Notes/Tech_Journal/2023/{STEM}.md" in done.stderr


def test_links_that_enrich_writes_keep_the_approval(drafted: Drafted, monkeypatch: pytest.MonkeyPatch) -> None:
    """So does their undo, and the ledger has a line of each; words that enrich writes do not."""
    note = approve(drafted)
    before = note.read_bytes()
    linked = before.replace(b"Norwick Robotics released", b"[[norwick|Norwick Robotics]] released")
    monkeypatch.setenv("ENRICH_HOME", str(drafted.home))
    workspace = Workspace.open(drafted.vault)
    workspace.write([Change(note, before, linked)], "1 link")  # what every command writes with
    assert run(drafted, "check", "--approved").exit_code == 0
    assert run(drafted, "undo").exit_code == 0
    assert note.read_bytes() == before
    assert run(drafted, "check", "--approved").exit_code == 0
    acts = [json.loads(line)["act"] for line in (drafted.vault / LEDGER).read_text("utf-8").splitlines()]
    assert acts == ["approve", "relink", "relink"]
    workspace.write([Change(note, before, before.replace(b"released", b"recalled"))], "other words")
    assert run(drafted, "check", "--approved").exit_code == 6


@pytest.mark.parametrize("later", [False, True])
def test_an_approval_that_is_taken_back_is_none(drafted: Drafted, later: bool) -> None:
    """In the review and afterwards with `enrich undo`; the ledger keeps both lines."""
    if later:
        approve(drafted)
        assert run(drafted, "undo").exit_code == 0
    else:
        answers = "\n".join([*ANSWERS[:-1], "u", "q"])
        run(drafted, "review", "--terminal", "--reviewer", "ada", str(drafted.note), answers=answers)
    assert drafted.note.is_file()
    done = run(drafted, "check", "--approved")
    assert done.exit_code == 0
    assert "0 approved notes" in done.stderr
    lines = [json.loads(line) for line in (drafted.vault / LEDGER).read_text("utf-8").splitlines()]
    assert [row["act"] for row in lines] == ["approve", "withdraw"]
    assert lines[0]["digest"] == lines[1]["digest"]


def test_the_ledger_says_who_read_what_and_no_path_of_the_machine(drafted: Drafted) -> None:
    """It is shared with the vault: what is in it is about the note alone."""
    approve(drafted)
    text = (drafted.vault / LEDGER).read_text("utf-8")
    assert str(drafted.vault.parent) not in text
    row = json.loads(text)
    assert (row["who"], row["note"]) == ("ada", f"Notes/Tech_Journal/2023/{STEM}.md")
    assert row["evidence"]
    read = {sentence["text"]: sentence["read"] for sentence in row["sentences"]}
    assert read[SOUND] == {"ada": "edit"}
    assert read[TAKE] == {"ada": "my take"}


def test_an_approval_that_cannot_be_kept_is_none(drafted: Drafted) -> None:
    """A note never leaves the airlock without its line in the ledger."""
    (drafted.vault / LEDGER).mkdir(parents=True)
    done = run(drafted, "review", "--terminal", str(drafted.note), answers="\n".join([*ANSWERS[:-1], "q"]))
    assert "approvals.jsonl" in done.stderr
    assert drafted.note.is_file()
    assert not list((drafted.vault / "Notes").rglob(f"{STEM}.md"))


def test_what_was_vouched_for_is_vouched_for_on_another_machine(drafted: Drafted) -> None:
    """The state folder stays at home; the vault and its ledger travel."""
    run(drafted, "review", "--terminal", "--reviewer", "ada", str(drafted.note), answers="\n".join(["v", *ANSWERS[2:]]))
    note = next((drafted.vault / "Notes").rglob(f"{STEM}.md"))
    for record in (drafted.state / "reviews").iterdir():
        record.unlink()
    done = run(drafted, "check", "--offline", str(note))
    assert "unsupported in" not in done.stdout, done.stdout


def test_the_source_that_was_read_beside_is_part_of_the_approval(drafted: Drafted) -> None:
    """Where the run folder is at hand, another source in it is told."""
    approve(drafted)
    source = drafted.run / "source.json"
    source.write_text(source.read_text("utf-8").replace("12 countries", "21 countries"), "utf-8")
    done = run(drafted, "check", "--approved")
    assert done.exit_code == 6
    assert "the source in its run folder changed since ada" in done.stdout


def test_approvals_are_checked_alone(drafted: Drafted) -> None:
    """What cannot go together is said, not guessed."""
    for extra in (["--all"], ["--fix"], [str(drafted.note)]):
        assert type(run(drafted, "check", "--approved", *extra).exception).__name__ == "UsageError"
