"""``enrich review`` as a user meets it: the report, the terminal, the page's address."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner, Result

from enrich import Workspace
from enrich.check.note_check import sentence_key
from enrich.cli import app
from enrich.draft.run import read_context
from enrich.reader.request import build_requests
from enrich.reader.statement import Statement
from enrich.vault.note_type import prompt_folders
from tests.llm.endpoint import Answer, endpoint, streamed
from tests.review.drafted import DOUBTFUL, IN_MARKDOWN, NOTE_ID, SOUND, STEM, Drafted, make_drafted
from tests.review.sessions import LOOKS
from tests.review.test_session import TAKE


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    """A vault with a draft that says one thing which its source does not."""
    return make_drafted(tmp_path)


def run(drafted: Drafted, *arguments: str, answers: str = "") -> Result:
    """Run ``enrich review`` on the draft with ``answers`` on standard input."""
    env = {"ENRICH_HOME": str(drafted.home)}
    return CliRunner().invoke(app, ["review", *arguments, str(drafted.note)], env=env, input=answers)


def test_the_whole_way_in_the_terminal(drafted: Drafted) -> None:
    """A machine without a browser can review too."""
    answers = ["a", "e", SOUND, "y", "t", TAKE, *LOOKS, "a", ""]
    done = run(drafted, "--terminal", "--reviewer", "ada", answers="\n".join(answers))
    assert done.exit_code == 0, done.stderr
    approved = drafted.vault / "Notes" / "Tech_Journal" / "2023" / f"{STEM}.md"
    assert done.stdout.strip() == str(approved)
    assert "shipments to ⟦13⟧ countries" in done.stderr.lower()
    assert "cannot be approved yet" in done.stderr
    assert "sentences that nobody has looked at; each needs a letter" in done.stderr
    assert "nothing is left to look at: a approves" in done.stderr
    text = approved.read_text("utf-8")
    assert SOUND in text
    assert TAKE in text
    assert "draft: true" in text


def test_markdown_links_lead_on_from_where_the_note_goes(tmp_path: Path) -> None:
    """An approved note lies in another folder, from which the way to a note may be another one."""
    drafted = make_drafted(tmp_path, doubtful=False, others=IN_MARKDOWN)
    deeper = drafted.note.parent / "later" / drafted.note.name
    deeper.parent.mkdir()
    deeper.write_text(drafted.note.read_text("utf-8").replace("](../", "](../../"), "utf-8")
    drafted.note.unlink()
    drafted = replace(drafted, note=deeper)
    before = deeper.read_bytes()
    done = run(drafted, "--terminal", answers="\n".join(["t", TAKE, *LOOKS, "a", ""]))
    assert done.exit_code == 0, done.stderr
    text = (drafted.vault / "Notes" / "Tech_Journal" / "2023" / f"{STEM}.md").read_text("utf-8")
    assert text.count("](../2022/") == before.count(b"](../../../../Notes/Tech_Journal/2022/") == 4
    env = {"ENRICH_HOME": str(drafted.home)}
    audit = CliRunner().invoke(app, ["suggest-links", "--audit", "--vault", str(drafted.vault)], env=env)
    assert "links that break: 0" in audit.stdout
    for _ in range(2):  # the approval, then what was written before it
        assert CliRunner().invoke(app, ["undo", "--vault", str(drafted.vault)], env=env).exit_code == 0
    assert deeper.read_bytes() == before


def test_a_section_that_is_left_to_the_person_says_how_it_is_written(drafted: Drafted) -> None:
    """A todo line names the letter that writes what should stand there, a bullet a line."""
    text = drafted.note.read_text("utf-8")
    head, heading, rest = text.partition("## risk surface\n")
    body, hashes, tail = rest.partition("\n## ")
    drafted.note.write_text(f"{head}{heading}\ntodo: risk surface\n{hashes}{tail}", "utf-8")
    assert body
    order = ["j"] * 12  # it comes last
    done = run(
        drafted, "--terminal", answers="\n".join([*order, "e", "Prices may rise.", "Buyers may wait longer.", ""])
    )
    assert "left to you: e writes what should stand here" in done.stderr
    assert "“todo: risk surface” Who pays" not in done.stderr
    assert "- Prices may rise.\n- Buyers may wait longer.\n" in drafted.note.read_text("utf-8")


def test_words_of_a_sentence_are_replaced_and_flagged_ones_found(drafted: Drafted) -> None:
    """Who takes three words out need not type the sentence again; who is at an end of the list is told."""
    answers = ["k", "s", "13", "12", "s", "nowhere", *["j"] * 30, "f", "f", "q"]
    done = run(drafted, "--terminal", answers="\n".join(answers))
    assert done.exit_code == 0, done.stderr
    assert DOUBTFUL.replace("13", "12") in drafted.note.read_text("utf-8")
    assert "this is the first sentence" in done.stderr
    assert "this is the last sentence" in done.stderr
    assert "'nowhere': the sentence does not have it once" in done.stderr
    assert "One letter, then Enter" in done.stderr


def test_every_letter_of_the_terminal(drafted: Drafted) -> None:
    """Vouch, undo, cut, links, title, tags, description, back and forth; then leave."""
    answers = [
        "v", "u", "x", "u", "j", "k", "?", "l", "0 n5", "l", "0 remove", "l", "nonsense",
        "T", "norwick sells a cheap board to everyone", "g", "tech-journal, robotics, 2023, chips",
        "d", "Norwick Robotics released the Heron 2 controller at $1,900 a unit.", "q",
    ]  # fmt: skip
    done = run(drafted, "--terminal", answers="\n".join(answers))
    assert done.exit_code == 0, done.stderr
    text = drafted.note.read_text("utf-8")
    assert "[[open servo firmware reaches small shops]] · [[" in text
    assert "\n# norwick sells a cheap board to everyone\n" in text
    assert "  - chips\n" in text
    assert "description: Norwick Robotics released the Heron 2 controller at $1,900 a unit.\n" in text
    assert "swap it instead" in done.stderr


def test_a_link_that_would_break_is_named(drafted: Drafted) -> None:
    """Another note links to the draft by its path in the airlock: moving it would leave that link dead."""
    other = drafted.vault / "Notes" / "other.md"
    other.write_text(f"See [[AI_Sandbox/Tech_Journal/2023/{STEM}|that]] and [[{STEM}]].\n", "utf-8")
    answers = ["e", SOUND, "t", TAKE, *LOOKS, "a", "q"]
    done = run(drafted, "--terminal", answers="\n".join(answers))
    assert done.stderr.count("links to it as") == 1
    assert f"Notes/other.md links to it as [[AI_Sandbox/Tech_Journal/2023/{STEM}]]: change that link" in done.stderr
    assert drafted.note.is_file()


def test_the_end_of_the_answers_leaves_the_note(drafted: Drafted) -> None:
    """A closed terminal is no answer."""
    before = drafted.note.read_bytes()
    assert run(drafted, "--terminal", answers="").exit_code == 0
    assert drafted.note.read_bytes() == before


def test_a_report_is_one_file_without_script(drafted: Drafted, tmp_path: Path) -> None:
    """It can be sent to someone who has neither the vault nor enrich."""
    report = tmp_path / "report.html"
    done = run(drafted, "--html", str(report))
    assert done.stdout.strip() == str(report)
    html = report.read_text("utf-8")
    assert '<span class="missing">13</span>' in html
    assert '<span class="other">12</span>' in html
    assert "number 13 is not in the source" in html
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=\"(?!https://news\.example\.com/2023/02/14/heron-2|#)", html)
    assert html.index('<article class="bad">') < html.index('<article class="look">')


def test_a_report_escapes_what_it_shows(drafted: Drafted, tmp_path: Path) -> None:
    """The report is opened by somebody else's browser."""
    text = drafted.note.read_text("utf-8").replace("Buyers could", "<img src=x onerror=alert(1)> could")
    drafted.note.write_text(text, "utf-8", newline="\n")
    report = tmp_path / "report.html"
    run(drafted, "--html", str(report))
    html = report.read_text("utf-8")
    assert "<img" not in html
    assert "onerror" in html
    assert "&lt;" in html


def test_the_address_is_printed_and_asks_for_the_token(drafted: Drafted) -> None:
    """The page can be opened by hand where no browser opens by itself; the server ends when it is told to."""
    command = [sys.executable, "-m", "enrich", "review", "--no-browser", "--idle", "0.02", str(drafted.note)]
    env = {**os.environ, "ENRICH_HOME": str(drafted.home)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        address = running.stderr.readline().removeprefix("review: ").strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/start\?token=[\w-]{32}", address)
        with pytest.raises(HTTPError, match="403"):
            urlopen(address.replace("token=", "token=x"))
        out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert out == ""
    assert "without a key or a click" in err


def test_terminal_and_report_contradict_each_other(drafted: Drafted) -> None:
    """Two ways at once are none."""
    done = run(drafted, "--terminal", "--html", "x.html")
    assert type(done.exception).__name__ == "UsageError"


def readings_of(drafted: Drafted, wrong: str) -> list[Answer]:
    """What a reader answers to each request about the draft: that it names ``wrong``, and the planted errors."""
    rows = [row for row in Workspace.open(drafted.vault, model="").check(drafted.note).found.sentences]
    statements = [
        Statement(sentence_key(row.text), row.text, "fact" if row.kind == "fact" else "inference", row.evidence)
        for row in rows
        if row.verdict != "human"
    ]
    answers = []
    for request in build_requests(statements, read_context(drafted.run).source, prompt_folders(None)):
        said = []
        for name, statement in request.statements.items():
            is_wrong = name in request.controls or wrong in statement.text
            words = [wrong] if is_wrong and name not in request.controls else []
            verdict = "contradicted" if is_wrong else "follows"
            said.append({"id": name, "words": words, "quote": None, "verdict": verdict})
        answers.append(streamed(json.dumps({"readings": said})))
    return answers


def test_a_model_reads_before_the_review_and_is_remembered(
    drafted: Drafted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its verdict stands in this report and in the next one, which asks nobody."""
    report, again = tmp_path / "report.html", tmp_path / "again.html"
    monkeypatch.setenv("ENRICH_HOME", str(drafted.home))
    with endpoint(*readings_of(drafted, "nine")) as scripted:
        env = {"ENRICH_HOME": str(drafted.home), "ENRICH_BASE_URL": scripted.url, "ENRICH_API_KEY": "k"}
        named = ["review", "--llm", "-m", "reader", "--html", str(report), str(drafted.note)]
        done = CliRunner().invoke(app, named, env=env)
    assert done.exit_code == 0, done.stderr
    assert "second reader: m-2026 read" in done.stderr
    run(drafted, "--html", str(again))
    for path in (report, again):
        assert "m-2026 read it: contradicted “nine”" in path.read_text("utf-8")


def test_an_approval_is_taken_back_with_undo(drafted: Drafted) -> None:
    """The terminal says how; the note is in the airlock again."""
    before = drafted.note.read_bytes()
    done = run(drafted, "--terminal", answers="\n".join(["e", SOUND, "t", TAKE, *LOOKS, "a", "u", "a", ""]))
    assert done.stderr.count("u takes it back") == 2
    command = re.search(r"enrich (undo \S+) takes the approval back", done.stderr)
    assert command is not None
    env = {"ENRICH_HOME": str(drafted.home)}
    for arguments in (command[1].split(), ["undo"], ["undo"]):
        undone = CliRunner().invoke(app, [*arguments, "--vault", str(drafted.vault)], env=env)
        assert undone.exit_code == 0, undone.stderr
    assert drafted.note.read_bytes() == before
    assert not list((drafted.vault / "Notes").rglob(f"{STEM}.md"))


def add_draft(drafted: Drafted, stem: str, text: str) -> Path:
    """A second draft beside the first one, about the same page, with a run of its own."""
    note, other = drafted.note.with_name(f"{stem}.md"), "230214TJ02"
    note.write_text(text.replace(STEM, stem).replace(NOTE_ID, other), "utf-8", newline="\n")
    run = shutil.copytree(drafted.run, drafted.run.with_name("20230214-130000-norwick-2")) / "run.json"
    run.write_text(run.read_text("utf-8").replace(NOTE_ID, other), "utf-8")
    return note


def test_a_folder_is_reviewed_riskiest_first_and_says_what_remains(drafted: Drafted) -> None:
    """A morning's drafts are gone through in one go: the one with an unsupported sentence comes first."""
    sound = drafted.note.read_text("utf-8").replace(DOUBTFUL, SOUND).replace(" ==[unverified: 13]==", "")
    add_draft(drafted, "a sound draft of the same page", sound)
    (drafted.note.parent / "no draft.md").write_text("---\ntitle: no draft\n---\n\nText.\n", "utf-8")
    folder = drafted.vault / "AI_Sandbox"
    env = {"ENRICH_HOME": str(drafted.home)}
    answers = "\n".join(["n", "t", TAKE, *LOOKS, "a", "", "q"])
    done = CliRunner().invoke(app, ["review", "--terminal", str(folder)], env=env, input=answers)
    assert done.exit_code == 0, done.stderr
    assert done.stderr.lower().index("shipments to ⟦13⟧") < done.stderr.index("draft 2 of 2: AI_Sandbox")
    assert done.stdout.strip().endswith("a sound draft of the same page.md")
    assert f"1 of 2 drafts to be approved still: {STEM} (1 unsupported" in done.stderr
    again = CliRunner().invoke(app, ["review", "--terminal", str(drafted.vault)], env=env, input="q\n")
    assert f"1 of 1 draft to be approved still: {STEM}" in again.stderr


def test_a_folder_without_drafts_is_said(drafted: Drafted) -> None:
    """A wrong folder is a mistake of the user's, with a remedy; so is a folder with one note's options."""
    (empty := drafted.vault / "empty").mkdir()
    for arguments in (["--terminal", str(empty)], [str(empty), "--html", "x.html"]):
        done = CliRunner().invoke(app, ["review", *arguments], env={"ENRICH_HOME": str(drafted.home)})
        assert type(done.exception).__name__ == "UsageError"
