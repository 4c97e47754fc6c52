"""`enrich check --claims`: sentences of any other tool, held against a page."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from enrich import CheckOptions, Claim, EnrichError, Workspace
from enrich.cli import app

PAGE = (
    "Norwick Robotics released the Heron 2 controller on Tuesday. It runs 40 servo loops at 2 kHz.\n\n"
    "The controller ships to 12 countries in March, and the company priced it at $1,900 a unit.\n"
)
CLAIMS = (
    {"text": "It runs 40 servo loops at 2 kHz.", "quote": "It runs 40 servo loops at 2 kHz", "kind": "fact"},
    {"text": "A unit costs $2,900.", "quote": "priced it at $1,900 a unit"},
    {"text": "Buyers could wait for spare boards.", "quote": None, "kind": "inference"},
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The source."""
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    return tmp_path / "page.txt"


def run(page: Path, claims: str | bytes, *arguments: str) -> Result:
    """Check claims that come in on standard input."""
    named = ["check", "--claims", "-", "--source", str(page), *arguments]
    return CliRunner().invoke(app, named, input=claims, env={"ENRICH_HOME": str(page.parent / "home")})


def lines(*rows: Any) -> str:
    """As JSON lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_each_claim_gets_a_line_in_order(page: Path) -> None:
    """Another tool reads verdict, reasons and evidence of its own sentences."""
    done = run(page, lines(*CLAIMS), "--json")
    assert done.exit_code == 6
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["text"] for row in rows] == [claim["text"] for claim in CLAIMS]
    assert [row["verdict"] for row in rows] == ["supported", "unsupported", "unread"]
    assert set(rows[0]) == {"text", "verdict", "read_by", "reasons", "evidence", "score"}
    assert rows[1]["reasons"] == ["number $2,900 is not in the source; your quote has $1,900"]
    start, end = rows[0]["evidence"]["start"], rows[0]["evidence"]["end"]
    assert PAGE[start:end] == rows[0]["evidence"]["quote"]


def test_a_person_sees_what_is_wrong_and_how_much_nobody_read(page: Path) -> None:
    """Without --json a line names the claim by its number, as editors read it."""
    done = run(page, lines(*CLAIMS))
    assert done.stdout.startswith("-:2: unsupported: 'A unit costs $2,900.'")
    assert "3 claims: 1 unsupported" in done.stderr
    assert "1 that nobody has read" in done.stderr


def test_nothing_unsupported_is_exit_0(page: Path) -> None:
    """A script can go on."""
    assert run(page, lines(CLAIMS[0], CLAIMS[2])).exit_code == 0


def test_claims_come_from_a_file_too(page: Path) -> None:
    """Blank lines and a byte order mark are no claims."""
    file = page.parent / "claims.jsonl"
    file.write_text("\n" + lines(CLAIMS[0]) + "\n", "utf-8-sig")
    done = CliRunner().invoke(app, ["check", "--claims", str(file), "--source", str(page), "--json"])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1


def test_a_text_of_several_sentences_has_the_verdict_of_its_worst(page: Path) -> None:
    """A wrong number in the second sentence is not hidden by the first."""
    text = "It runs 40 servo loops at 2 kHz. It ships to 13 countries."
    [row] = [json.loads(line) for line in run(page, lines({"text": text}), "--json").stdout.splitlines()]
    assert (row["text"], row["verdict"]) == (text, "unsupported")
    assert row["reasons"] == ["number 13 is not in the source"]


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ("", "-: holds no claim"),
        ("no json\n", "-, line 1: is no JSON"),
        ('{"text": "a"}\n{"text": \n', "-, line 2: is no JSON"),
        ("[1]\n", "-, line 1: is no JSON object"),
        ('"text"\n', "-, line 1: is no JSON object"),
        ("{}\n", "-, line 1: has no text"),
        ('{"text": "  "}\n', "-, line 1: has no text"),
        ('{"text": 5}\n', "-, line 1: has no text"),
        ('{"text": "a", "quote": 5}\n', "-, line 1: its quote is no text"),
        ('{"text": "a", "kind": "guess"}\n', "-, line 1: guess is no kind of claim"),
        ('{"text": "a", "kind": ["fact"]}\n', "is no kind of claim"),
        ("[" * 100_000 + "\n", "-, line 1: is no JSON"),
        (b'{"text": "caf\xe9"}\n', "-: is no UTF-8 text"),
    ],
)
def test_what_is_no_claim_is_named_by_its_line(page: Path, claims: str | bytes, message: str) -> None:
    """Whoever wrote the lines finds the one to mend."""
    done = run(page, claims, "--json")
    assert isinstance(done.exception, EnrichError)
    assert message in str(done.exception)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--claims", "-"], "--claims: needs something to be checked against"),
        (["--claims", "-", "--source", "no.txt"], "no.txt: "),
        (["--claims", "no.jsonl", "--source", "PAGE"], "no.jsonl: "),
        (["--claims", "-", "--source", "http://127.0.0.1:9/a"], "127.0.0.1"),
        (["--claims", "-", "--source", "http://news.example.com/a", "--offline"], "--offline: fetches nothing"),
        (["--claims", "-", "--source", "EMPTY"], "holds no text"),
        (["--claims", "-", "--source", "PAGE", "--all"], "exclude each other"),
        (["--claims", "-", "--source", "PAGE", "--text", "PAGE"], "exclude each other"),
        (["--claims", "-", "--source", "PAGE", "--llm"], "--llm: reads notes and texts"),
        (["--claims", "-", "--source", "PAGE", "--fix"], "--fix: repairs notes"),
    ],
)
def test_what_cannot_be_checked_is_said(page: Path, arguments: list[str], message: str) -> None:
    """Each mistake has its own message and no traceback."""
    (page.parent / "empty.txt").write_text(" \n", "utf-8")
    names = {"PAGE": str(page), "EMPTY": str(page.parent / "empty.txt")}
    named = ["check", *(names.get(word, word) for word in arguments)]
    done = CliRunner().invoke(app, named, input=lines(CLAIMS[0]), env={"ENRICH_HOME": str(page.parent / "home")})
    assert isinstance(done.exception, EnrichError)
    assert done.exception.exit_code != 0
    assert message in str(done.exception)


def test_the_same_from_python(page: Path) -> None:
    """A program needs no command for it."""
    workspace = Workspace.open(None, near=page.parent, model="")
    claims = [Claim("It ships to 12 countries in March."), Claim("It ships to 13 countries in March.")]
    checked = workspace.check_claims(claims, CheckOptions(source=str(page)))
    assert [claim.verdict for claim in checked.claims] == ["unread", "unsupported"]
    assert checked.unsupported == (checked.claims[1],)
    with pytest.raises(EnrichError, match="need something to be checked against"):
        workspace.check_claims(claims, CheckOptions())
