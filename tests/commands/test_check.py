"""``enrich check`` as a user and a pre-commit hook meet it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from enrich.cli import app
from enrich.review.record import Entry, append_entry, record_path
from enrich.vault.undo_log import undo
from enrich.workspace.open_vault import open_undo_log
from tests.draft.parts import TEXT
from tests.review.drafted import DOUBTFUL, NOTE_ID, OTHERS, SOUND, Drafted, make_drafted

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    """A vault with a draft that says one thing which its source does not."""
    return make_drafted(tmp_path)


def run(home: Path, *arguments: str) -> Result:
    """Run ``enrich check`` with the user's folders in ``home``."""
    return CliRunner().invoke(app, ["check", *arguments], env={"ENRICH_HOME": str(home)})


def as_json(result: Result) -> Any:
    """What stands on stdout."""
    return json.loads(result.stdout)


def test_the_draft_is_checked_against_its_run_folder(drafted: Drafted) -> None:
    """Nobody has to say where the page is that a draft was made from."""
    done = run(drafted.home, str(drafted.note))
    assert done.exit_code == 6
    assert f"unsupported in lead: '{DOUBTFUL}' (number 13 is not in the source; " in done.stdout
    assert done.stdout.startswith(f"{drafted.note}:2")  # path and line, as an editor reads it


def test_a_sentence_of_many_notes_is_said(tmp_path: Path) -> None:
    """What a script has put into three other notes is no sentence of this one; it is a wish, and stops no hook."""
    drafted = make_drafted(tmp_path, doubtful=False)
    frame = "{} will be watched closely by everybody in the industry this year."
    for number, name in enumerate(("Acme", "Globex", "Initech")):
        (drafted.vault / f"old {number}.md").write_text(f"# old {number}\n\n{frame.format(name)}\n", "utf-8")
    note = drafted.vault / "new.md"
    note.write_text(f"# new\n\n## what else\n\n{frame.format('Hooli')} It makes [[old 1]] again.\n", "utf-8")
    done = run(drafted.home, str(note), "--json", "--vault", str(drafted.vault))
    (found,) = as_json(done)["findings"]
    assert done.exit_code == 0
    assert (found["rule"], found["level"], found["section"]) == ("C3", "should", "what else")
    assert "stands in 4 notes" in found["message"]
    assert "C3" in run(drafted.home, "--explain", "C3").stdout
    assert "C3" in run(drafted.home, "--all", "--vault", str(drafted.vault), "-t", "general-note").stdout


def test_what_the_type_writes_is_no_echo(tmp_path: Path) -> None:
    """A placeholder stands in every draft, and nobody is told."""
    drafted = make_drafted(tmp_path, doubtful=False)
    text = drafted.note.read_text("utf-8")
    for number in range(4):
        (drafted.vault / f"other {number}.md").write_text(text.replace("draft: true", "draft: false"), "utf-8")
    done = run(drafted.home, str(drafted.note), "--json")
    messages = [row["message"] for row in as_json(done)["findings"] if row["rule"] == "C3"]
    assert messages
    assert not any("todo" in message for message in messages)


def test_a_clean_note_says_nothing_on_stdout(tmp_path: Path) -> None:
    """A pre-commit hook that has nothing to say is silent."""
    drafted = make_drafted(tmp_path, doubtful=False)
    done = run(drafted.home, str(drafted.note), "-q")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_json_holds_sentences_findings_and_links(drafted: Drafted) -> None:
    """A program finds every sentence in the note and its evidence in the source."""
    found = as_json(run(drafted.home, str(drafted.note), "--json"))
    text = drafted.note.read_text("utf-8")
    doubtful = next(row for row in found["sentences"] if row["verdict"] == "unsupported")
    assert text[doubtful["start"] : doubtful["end"]] == DOUBTFUL
    evidence = doubtful["evidence"]
    assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"] == "ships to 12 countries in March"
    assert doubtful["reasons"] == ["number 13 is not in the source; your quote has 12"]
    assert {"E1"} <= {row["rule"] for row in found["findings"]}
    assert {(row["obsidian"], row["quartz"]) for row in found["links"]} == {(True, True)}


def test_a_source_that_is_named_wins(drafted: Drafted, tmp_path: Path) -> None:
    """A reviewer can hold a note against another text than the saved one."""
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("12 countries", "13 countries"), "utf-8")
    found = as_json(run(drafted.home, str(drafted.note), "--source", str(other), "--json"))
    saved = as_json(run(drafted.home, str(drafted.note), "--json"))
    verdicts = [{row["text"]: row["verdict"] for row in check["sentences"]} for check in (saved, found)]
    assert [said[DOUBTFUL] for said in verdicts] == ["unsupported", "unread"]


def test_a_run_folder_can_be_the_source(drafted: Drafted, tmp_path: Path) -> None:
    """A bug report's run folder is enough to check its note elsewhere."""
    done = run(tmp_path / "elsewhere", str(drafted.note), "--source", str(drafted.run))
    assert "number 13" in done.stdout


def test_text_that_is_no_note(tmp_path: Path) -> None:
    """A paragraph from anywhere can be held against a page."""
    (tmp_path / "said.txt").write_text(f"{SOUND} The controller costs $2,900.", "utf-8")
    (tmp_path / "source.txt").write_text(TEXT, "utf-8")
    done = run(tmp_path, "--text", str(tmp_path / "said.txt"), "--source", str(tmp_path / "source.txt"), "--json")
    assert done.exit_code == 6
    assert [row["verdict"] for row in as_json(done)["sentences"]] == ["unread", "unsupported"]


def test_a_whole_vault_gives_a_summary_a_rule(drafted: Drafted) -> None:
    """Fifty lines a note would be noise; the rules and how many notes break them are the news."""
    done = run(drafted.home, "--all", "--vault", str(drafted.vault))
    assert done.exit_code == 6
    assert any(line.split()[:3] == ["M2", "must", str(len(OTHERS))] for line in done.stdout.splitlines())
    assert any(line.split()[:2] == ["evidence", "unsupported"] for line in done.stdout.splitlines())


def test_without_any_source_the_style_is_still_checked(drafted: Drafted, tmp_path: Path) -> None:
    """Offline and without a run folder the evidence is said to be unchecked, and nothing pretends otherwise."""
    done = run(tmp_path / "elsewhere", str(drafted.note), "--offline")
    assert "evidence was not checked" in done.stderr
    assert "must E1 (no sentence is marked as unverified) in lead" in done.stdout


@pytest.mark.parametrize(
    "arguments", [(), ("--all", "note.md"), ("--text", "a.txt"), ("a.md", "b.md", "--source", "c.txt")]
)
def test_contradictions_are_usage_errors(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """A command line that asks for two things at once does neither."""
    done = run(tmp_path, *arguments)
    assert type(done.exception).__name__ == "UsageError"


def test_fix_mends_what_is_mechanical_and_can_be_undone(drafted: Drafted) -> None:
    """Spaces and the note's end are nobody's decision; a number is."""
    sound = drafted.note.read_text("utf-8")
    damaged = sound.replace("## scene cut\n", "## scene cut   \n").replace("\n\n#\n", "\n")
    drafted.note.write_text(damaged, "utf-8", newline="\n")
    done = run(drafted.home, str(drafted.note), "--fix")
    assert drafted.note.read_text("utf-8") == sound
    assert "mended M21 (the note ends with a blank line and a bare '#', and has one title) in note" in done.stderr
    assert done.exit_code == 6
    journal = open_undo_log(drafted.state, drafted.vault)
    undo(journal)
    assert drafted.note.read_text("utf-8") == damaged


def test_fix_of_a_sound_note_writes_nothing(drafted: Drafted) -> None:
    """Not even a line in the journal."""
    before = drafted.note.stat().st_mtime_ns
    run(drafted.home, str(drafted.note), "--fix")
    assert drafted.note.stat().st_mtime_ns == before
    assert not (drafted.state / "edits").exists()


def test_what_is_vouched_for_is_not_unsupported_any_more(drafted: Drafted) -> None:
    """The record of the review counts for every later check."""
    record = record_path(drafted.state, drafted.vault, NOTE_ID, "")
    append_entry(record, Entry("2023-07-19T12:00:00+00:00", "ada", "vouch", DOUBTFUL))
    found = as_json(run(drafted.home, str(drafted.note), "--json"))
    [row] = [row for row in found["sentences"] if row["text"] == DOUBTFUL]
    assert (row["verdict"], row["read_by"]) == ("supported", "a person")
    assert row["reasons"][0] == "vouched for by ada on 2023-07-19"


def test_a_note_that_is_not_there(tmp_path: Path) -> None:
    """A typing error in a path is a message, not a clean bill."""
    done = run(tmp_path, str(tmp_path / "no.md"))
    assert "no.md" in str(done.exception)


def test_an_old_link_that_leads_nowhere_does_not_fail_a_published_note(tmp_path: Path) -> None:
    """A commit of a published note is not stopped by a link that was dead before; a draft with such a link is."""
    drafted = make_drafted(tmp_path, doubtful=False)
    with_dead_link = drafted.note.read_text("utf-8").replace(SOUND, f"{SOUND} See [[no such note]].", 1)
    drafted.note.write_text(with_dead_link, "utf-8")
    assert run(drafted.home, str(drafted.note)).exit_code == 6
    drafted.note.write_text(with_dead_link.replace("draft: true", "draft: false"), "utf-8")
    found = as_json(run(drafted.home, str(drafted.note), "--json"))
    assert [row["level"] for row in found["findings"] if row["rule"] == "M26"] == ["should"]


def test_a_note_of_no_type_is_checked_for_what_holds_for_every_note(tmp_path: Path) -> None:
    """A recipe is no broken journal note: links, front matter and hidden characters are checked, and that is said."""
    (tmp_path / ".obsidian").mkdir()
    note = tmp_path / "soup.md"
    note.write_text("# Soup\n\nSee [[Stock]] and [[Nowhere]].\n\n| a | b |\n|---|---|\n\u200b\n", "utf-8")
    (tmp_path / "Stock.md").write_text("Bones.\n", "utf-8")
    done = run(tmp_path / "home", "--offline", str(note))
    assert "belongs to no note type" in done.stderr
    assert "links, front matter, hidden characters and evidence" in done.stderr
    rows = done.stdout.splitlines()
    assert len(rows) == 2
    assert "[[Nowhere]] leads to no note" in done.stdout
    assert "invisible character" in done.stdout
    fixed = run(tmp_path / "home", "--offline", "--fix", str(note))
    assert "so nothing was repaired; name one with -t TYPE" in fixed.stderr
    assert "\u200b" in note.read_text("utf-8")


def test_a_code_of_a_rule_has_its_words_beside_it(tmp_path: Path) -> None:
    """Nobody has to look up what M10 is."""
    vault = tmp_path / "vault"
    shutil.copytree(FIXTURES / "vault", vault)
    note = min((vault / "Notes" / "Tech_Journal" / "2022").glob("*.md"))
    note.write_text(note.read_text("utf-8").replace("cssclasses:\n  - tech-journal", "cssclasses:\n  - other"), "utf-8")
    done = run(tmp_path / "home", "--offline", str(note))
    assert "must M10 (cssclasses names the type) in front matter: cssclasses lacks tech-journal" in done.stdout


def test_a_rule_is_explained_by_its_code(drafted: Drafted) -> None:
    """Who reads a code in a hook's output can ask what it means, in any case; a wrong one names the nearest."""
    done = run(drafted.home, "--explain", "m10", "--vault", str(drafted.vault))
    assert (done.exit_code, done.stdout) == (0, "M10  must   cssclasses names the type\n")
    wrong = run(drafted.home, "--explain", "M1O", "--vault", str(drafted.vault))
    assert wrong.exception is not None
    assert "is no rule of the type; did you mean M1" in str(wrong.exception)
