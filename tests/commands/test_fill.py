"""``enrich fill`` as a user runs it: a diff first, one edit with --apply, and nothing else of the note changes."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from enrich.vault.approvals import Entry, Ledger, digest_of
from tests.commands.here import run_here
from tests.commands.newsroom import newsroom

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGE = FIXTURES / "cases" / "outage" / "page.html"
URL = "https://news.example.com/2023/09/02/outage"


def run(vault: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``enrich`` with settings and state of its own."""
    return run_here(arguments, {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home"), **env})


@pytest.fixture
def note(vault: Path) -> Path:
    """A draft that the no-model engine made."""
    done = run(vault, "draft", "--vault", str(vault), "--url", URL, "--html", str(PAGE), "-q")
    return Path(done.stdout.strip())


def cut(note: Path, *sections: str) -> bytes:
    """Take sections out of the note; what it was before."""
    before = note.read_bytes()
    text = before.decode()
    for name in sections:
        text = re.sub(rf"## {name}\n.*?(?=\n## |\n#\n)\n", "", text, flags=re.DOTALL)
    note.write_bytes(text.encode())
    return before


def test_a_missing_section_is_shown_and_with_apply_written_and_undone(vault: Path, note: Path) -> None:
    """The diff alone changes nothing; --apply makes the note what it was, and one undo takes that back."""
    whole = cut(note, "risk surface")
    less = note.read_bytes()
    shown = run(vault, "fill", str(note))
    assert shown.returncode == 0, shown.stderr
    assert "\n+## risk surface\n" in shown.stdout
    assert [row for row in shown.stdout.splitlines() if row.startswith("-")] == [shown.stdout.splitlines()[0]]
    assert note.read_bytes() == less
    applied = run(vault, "fill", str(note), "--apply")
    assert applied.stdout == shown.stdout
    assert note.read_bytes() == whole
    assert run(vault, "undo", "--vault", str(vault)).returncode == 0
    assert note.read_bytes() == less


def test_a_whole_note_lacks_nothing(vault: Path, note: Path) -> None:
    """Where nothing is missing, nothing is asked, and stdout stays empty."""
    text = note.read_text("utf-8").replace(
        "todo: ending questions", "What may come of the outage in the three regions?"
    )
    note.write_text(text, "utf-8")
    done = run(vault, "fill", str(note))
    assert (done.returncode, done.stdout) == (0, "")
    assert "lacks nothing" in done.stderr


def test_the_run_is_kept_replayed_and_found_by_check(vault: Path, note: Path) -> None:
    """What was written rests on a run folder: it makes the same note again, and check holds the note against it."""
    whole = cut(note, "risk surface")
    envelope = json.loads(run(vault, "fill", str(note), "--apply", "--json").stdout)
    assert Path(envelope["run"], "note.md").read_bytes() == whole == note.read_bytes()
    again = run(vault, "draft", "--replay", envelope["run"])
    assert (again.returncode, again.stdout) == (0, whole.decode()), again.stderr
    refused = run(vault, "draft", "--replay", envelope["run"], "--vault", str(vault))
    assert refused.returncode == 2
    assert "enrich fill" in refused.stderr
    checked = run(vault, "check", str(note), "--offline")
    assert "0 must rules" in checked.stderr
    assert "8 in the source's own words" in checked.stderr


def test_a_model_is_asked_for_the_parts_alone_and_once(vault: Path) -> None:
    """The request names one key and shows the note as data; --apply writes what was shown without asking again."""
    with newsroom() as room:
        env = room.env(vault.parent / "home")
        options = ("--allow-private", "--no-reader")
        done = run_here(["draft", "--vault", str(vault), *options, "-q", room.page(1)], env)
        note = Path(done.stdout.strip())
        whole = cut(note, "risk surface")
        asked = len(room.requests)
        shown = run_here(["fill", str(note), *options], env)
        assert shown.returncode == 0, shown.stderr
        body = room.requests[asked]
        assert list(body["response_format"]["json_schema"]["schema"]["properties"]) == ["risk_surface"]
        assert body["messages"][-1]["content"].count(note.stem) >= 1
        rounds = len(room.requests)
        applied = run_here(["fill", str(note), *options, "--apply"], env)
        assert len(room.requests) == rounds
        assert applied.stdout == shown.stdout
        assert note.read_bytes() == whole


def test_named_parts_are_written_anew(vault: Path, note: Path) -> None:
    """Keywords, description, see-also line and tree that are named take the place of what stands there."""
    text = note.read_text("utf-8")
    text = re.sub(r"keywords:\n(  - .*\n)+", "keywords:\n  - mine\n", text)
    text = re.sub(r"description: .*", "description: Mine.", text)
    text = re.sub(r"\*see also:\*.*", "*see also:* [[mine]]", text)
    note.write_text(text, "utf-8")
    assert "lacks nothing" not in run(vault, "fill", str(note)).stderr  # the open question is missing still
    done = run(vault, "fill", str(note), "--keywords", "--description", "--see-also", "--linkage", "--apply")
    assert done.returncode == 0, done.stderr
    after = note.read_text("utf-8")
    assert "mine" not in after
    assert "Mine." not in after
    assert len(re.findall(r"\n  - \w+(?=\n(?:  - |draft))", after)) >= 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--section", "my take"), "yours to write"),
        (("--section", "risks surface"), "risk surface"),
        (("--source", "x", "--html", "y"), "only one"),
        (("-t", "poem"), "poem"),
    ],
)
def test_what_cannot_be_filled_is_said(vault: Path, note: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit 2, in words, and the note as it was."""
    before = note.read_bytes()
    done = run(vault, "fill", str(note), *arguments, "--apply")
    assert done.returncode == 2
    assert said in done.stderr
    assert note.read_bytes() == before


def test_a_note_of_no_type_or_without_a_source_gets_a_plain_message(vault: Path) -> None:
    """What type it is of and what it is about must be known; the message says how to name either."""
    note = vault / "plain.md"
    note.write_text("Just words.\n", "utf-8")
    done = run(vault, "fill", str(note))
    assert (done.returncode, "--type" in done.stderr) == (2, True)
    done = run(vault, "fill", str(note), "-t", "tech-journal")
    assert (done.returncode, "cites no page" in done.stderr) == (2, True)
    done = run(vault, "fill", str(note), "-t", "tech-journal", "--html", str(PAGE), "--section", "scene cut")
    assert "+## scene cut" in done.stdout, done.stderr


def test_an_approved_note_that_is_filled_counts_as_changed(vault: Path, note: Path) -> None:
    """Nobody has approved what was written since, be it a line of the front matter alone."""
    relative = note.relative_to(vault).as_posix()
    text = re.sub(r"description: .*\n", "", note.read_text("utf-8"))
    note.write_text(text, "utf-8")
    entry = Entry("approve", "2024-09-01T10:00:00+00:00", "ada", relative, digest_of(note.read_bytes()), "240829TJ01")
    Ledger(vault, vault.parent / "home" / "state").append([entry])
    assert run(vault, "check", "--approved", "--vault", str(vault)).returncode == 0
    done = run(vault, "fill", str(note), "--description", "--apply")
    assert "was approved" in done.stderr
    assert run(vault, "check", "--approved", "--vault", str(vault)).returncode == 6


def test_what_the_page_gives_too_little_for_takes_no_words_away(vault: Path, note: Path) -> None:
    """A named section that the source cannot fill stays as it is, and is left to the person in words."""
    before = note.read_bytes()
    text = vault.parent / "other.txt"
    text.write_text("The harbour\n\n" + "The harbour of Norwick has a quay and a crane. " * 30, "utf-8")
    done = run(vault, "fill", str(note), "--text", str(text), "--section", "risk surface", "--apply")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "left to you: risk surface" in done.stderr
    assert note.read_bytes() == before


def test_one_section_is_redone_from_the_stored_page_and_hand_edits_survive(vault: Path, note: Path) -> None:
    """What the person wrote elsewhere stays, line ends and trailing spaces too; only the section is new."""
    drafted = note.read_bytes()
    start, end = drafted.index(b"## risk surface"), drafted.index(b"## my take")
    mine = drafted[:start] + b"## risk surface\n- My own risk.  \n\n" + drafted[end:]
    mine = mine.replace(b"todo: my take", b"Mine.\t  ").replace(b"\n", b"\r\n")
    note.write_bytes(mine)
    shown = run(vault, "draft", "--redo", "risk surface", str(note), "-n")
    assert note.read_bytes() == mine
    assert "-- My own risk." in shown.stdout
    done = run(vault, "draft", "--redo", "risk surface", str(note))
    assert (done.returncode, done.stdout) == (0, shown.stdout), done.stderr
    after = note.read_bytes()
    wanted = drafted[start:end].strip().replace(b"\n", b"\r\n")
    assert after == mine.replace(b"## risk surface\r\n- My own risk.  ", wanted)
    assert run(vault, "undo", "--vault", str(vault)).returncode == 0
    assert note.read_bytes() == mine


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((URL,), "path of one note"),
        (("a.md", "b.md"), "path of one note"),
        (("{note}", "--html", "x.html"), "leave --html out"),
        (("{other}",), "no run of it"),
    ],
)
def test_what_cannot_be_redone_is_said(vault: Path, note: Path, arguments: tuple[str, ...], said: str) -> None:
    """A page, several notes, another source, or a note without a run: exit 2, in words."""
    other = next(path for path in sorted((vault / "Notes").rglob("*.md")) if "tech-journal" in path.read_text("utf-8"))
    words = [word.format(note=note, other=other) for word in arguments]
    (vault.parent / "x.html").write_text("<p>x</p>", "utf-8")
    done = run(vault, "draft", "--redo", "scene cut", *words, "--vault", str(vault))
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def reading_note(vault: Path, page: str, language: str = "") -> Path:
    """A literature note about the page of a case, without its claims."""
    file = FIXTURES / "cases" / page / "page.html"
    options = ("--language", language) if language else ()
    given = ("--vault", str(vault), "--url", URL, "--html", str(file), "-t", "literature-note", "-q")
    done = run(vault, "draft", *given, *options)
    note = Path(done.stdout.strip())
    cut(note, "Claims")
    return note


def test_a_part_is_written_in_the_language_that_is_asked_for_or_that_the_draft_had(vault: Path) -> None:
    """What enrich says around its quotes follows; a tag that is none is refused."""
    note = reading_note(vault, "vietnamese-page", "vi")
    as_drafted = json.loads(run(vault, "fill", str(note), "--json").stdout)
    english = json.loads(run(vault, "fill", str(note), "--json", "--language", "en").stdout)
    material = [json.loads(Path(one["run"], "material.json").read_text("utf-8")) for one in (as_drafted, english)]
    assert [one["language"] for one in material] == ["vi", "en"]
    assert run(vault, "fill", str(note), "--language", "Vietnamese").returncode == 2


def test_a_part_that_many_notes_say_is_told(vault: Path) -> None:
    """An echo in what was written is a finding; one that the note had before is not."""
    note = reading_note(vault, "outage")
    done = json.loads(run(vault, "fill", str(note), "--json").stdout)
    said = [row[1:] for row in done["patch"].splitlines() if row.startswith("+- ")]
    for number in range(3):
        body = f"# Note {number}\n\n{said[0]}\n- Only note {'abc'[number]} says what the {'xyz'[number]} did.\n"
        (vault / "Notes" / f"echo {number}.md").write_text(body, "utf-8")
    assert "C3" in [row["rule"] for row in json.loads(run(vault, "fill", str(note), "--json").stdout)["findings"]]
    assert "C3" not in [row["rule"] for row in done["findings"]]


def test_a_missing_section_goes_where_the_vault_has_it(vault: Path) -> None:
    """Notes of the vault that have further headings say where between them; replay puts it there too."""
    for number in range(3):
        text = (
            f"---\ntype: literature\n---\n# N{number}\n\n## Summary\nA.\n\n## Context\nB.\n\n## Claims\n- C{number}.\n"
        )
        (vault / "Notes" / f"reading {number}.md").write_text(text, "utf-8")
    note = reading_note(vault, "outage")
    note.write_text(note.read_text("utf-8").replace("## Quotes", "## Context\nMine.\n\n## Quotes"), "utf-8")
    done = json.loads(run(vault, "fill", str(note), "--apply", "--json").stdout)
    text = note.read_text("utf-8")
    assert text.index("## Context") < text.index("## Claims") < text.index("## Quotes")
    assert run(vault, "draft", "--replay", done["run"]).returncode == 0
