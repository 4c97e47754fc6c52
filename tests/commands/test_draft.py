"""``enrich draft`` as a user runs it: a saved page, a copy of the fixture vault, the embedded engine."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGE = FIXTURES / "cases" / "outage" / "page.html"
URL = "https://news.example.com/2023/09/02/outage"
ARTICLE = (FIXTURES / "cases" / "model-release" / "source.txt").read_text("utf-8")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A copy of the fixture vault that the test may write into."""
    return Path(shutil.copytree(FIXTURES / "vault", tmp_path / "vault"))


def command(vault: Path, *arguments: str) -> list[str]:
    """The command line of a draft into ``vault``."""
    return [sys.executable, "-m", "enrich", "draft", "--vault", str(vault), *arguments]


def run(vault: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run ``enrich draft`` with settings and state of its own."""
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home")}
    done = subprocess.run(command(vault, *arguments), input=given, capture_output=True, env=env, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def files(vault: Path) -> dict[str, bytes]:
    """Every file of the vault and its bytes."""
    return {str(path.relative_to(vault)): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def test_a_page_becomes_a_draft_in_the_airlock_and_nothing_else_changes(vault: Path) -> None:
    """The note lands in the airlock folder, its path alone is on stdout, and no other file of the vault is touched."""
    before = files(vault)
    done = run(vault, "--url", URL, "--html", str(PAGE))
    assert done.returncode == 0, done.stderr
    after = files(vault)
    (new,) = set(after) - set(before)
    assert done.stdout == f"{vault / new}\n"
    assert new.startswith("AI_Sandbox/Tech_Journal/")
    assert {name: data for name, data in after.items() if name != new} == before
    assert b"\ndraft: true\n" in after[new]
    assert "no model" in done.stderr or "model: none" in done.stderr


def test_old_runs_go_and_those_of_waiting_drafts_stay(vault: Path) -> None:
    """The state folder does not grow for ever, and a review still finds the page of every draft."""
    runs = vault.parent / "home" / "state" / "runs"
    for number in range(3):
        old = runs / f"20200101-00000{number}-old-1"
        old.mkdir(parents=True)
        (old / "run.json").write_text('{"path": null}', "utf-8")
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home"), "ENRICH_KEEP_RUNS": "1"}
    for url in (URL, f"{URL}-again"):
        asked = command(vault, "--url", url, "--html", str(PAGE), "--again", "-q")
        subprocess.run(asked, check=True, capture_output=True, env=env)
    assert [path.name[:4] for path in sorted(runs.iterdir())] != ["2020"] * 3
    assert len(list(runs.iterdir())) == 2


def test_dry_run_writes_nothing(vault: Path) -> None:
    """With -n the note is on stdout and the vault is as it was."""
    before = files(vault)
    done = run(vault, "--url", URL, "--html", str(PAGE), "-n", "-q")
    assert done.stdout.startswith("---\ntitle: ")
    assert done.stdout.endswith("\n\n#\n")
    assert done.stderr == ""
    assert files(vault) == before


def test_a_page_on_stdin(vault: Path) -> None:
    """A browser's page can be piped in."""
    done = run(vault, "--url", URL, "--html", "-", "-n", given=PAGE.read_bytes())
    assert done.returncode == 0, done.stderr
    assert done.stdout == run(vault, "--url", URL, "--html", str(PAGE), "-n").stdout


def test_json_is_one_envelope(vault: Path) -> None:
    """An editor gets one JSON object with every promised key and nothing else on stdout."""
    done = run(vault, "--url", URL, "--html", str(PAGE), "--json")
    envelope = json.loads(done.stdout)
    assert list(envelope) == [
        "path", "note_id", "title", "source", "links", "findings", "model", "usage", "run",
    ]  # fmt: skip
    assert list(envelope["source"]) == [
        "url", "title", "site", "author", "published", "language", "words", "flags",
    ]  # fmt: skip
    assert (vault / envelope["path"]).is_file()
    assert envelope["model"] is None
    assert {frozenset(link) for link in envelope["links"]} == {
        frozenset(["target", "path", "score", "reason", "section"])
    }
    assert Path(envelope["run"], "note.md").read_bytes() == (vault / envelope["path"]).read_bytes()


def test_the_same_page_again_is_refused_before_anything_is_spent(vault: Path) -> None:
    """A second draft of one page is exit 7 and names the first; --again goes on under another name."""
    first = run(vault, "--url", URL, "--html", str(PAGE))
    second = run(vault, "--url", URL + "?utm_source=mail", "--html", str(PAGE))
    assert second.returncode == 7
    assert Path(first.stdout.strip()).name in second.stderr
    again = run(vault, "--url", URL, "--html", str(PAGE), "--again")
    assert again.returncode == 0, again.stderr
    assert again.stdout.strip() == first.stdout.strip().replace(".md", " 2.md")


def test_a_taken_title_is_refused(vault: Path) -> None:
    """--note-title of a note that exists is exit 7: two notes of one name make links ambiguous."""
    done = run(vault, "--url", URL, "--html", str(PAGE), "--note-title", "tern weights leak forces a licence rewrite")
    assert done.returncode == 7
    assert "tern weights leak forces a licence rewrite.md has that name already" in done.stderr


def test_strict_writes_no_file_with_findings(vault: Path) -> None:
    """--strict is exit 6 and leaves no note when a must rule fails."""
    before = files(vault)
    done = run(vault, "--url", URL, "--html", str(PAGE), "--note-title", "short", "--strict")
    assert done.returncode == 6
    assert "M3" in done.stderr or "M4" in done.stderr
    assert done.stdout == ""
    assert files(vault) == before


@pytest.mark.parametrize(("case", "code"), [("paywall-stub", 4), ("consent-wall", 4), ("duplicate-url", 7)])
def test_pages_that_stop_a_draft(vault: Path, case: str, code: int) -> None:
    """A thin page or a known one ends with its own code, and nothing is written, not even a run."""
    text = (FIXTURES / "cases" / case / "case.toml").read_text("utf-8")
    url = re.findall(r'url = "(.*?)"', text)[0]
    before = files(vault)
    done = run(vault, "--url", url, "--html", str(FIXTURES / "cases" / case / "page.html"))
    assert done.returncode == code
    assert files(vault) == before
    assert not (vault.parent / "home" / "state" / "runs").exists()


def test_output_goes_where_it_is_told_and_never_over_a_file(vault: Path, tmp_path: Path) -> None:
    """-o writes the note there once; a second time it is exit 7 and the file is as it was."""
    target = tmp_path / "note.md"
    assert run(vault, "--url", URL, "--html", str(PAGE), "-o", str(target)).returncode == 0
    first = target.read_bytes()
    assert run(vault, "--url", URL, "--html", str(PAGE), "-o", str(target)).returncode == 7
    assert target.read_bytes() == first


def test_output_into_the_vault_beside_the_airlock_is_refused(vault: Path) -> None:
    """No option leads a machine's text into the author's own folders."""
    done = run(vault, "--url", URL, "--html", str(PAGE), "-o", str(vault / "Notes" / "x.md"))
    assert done.returncode == 2
    assert "airlock" in done.stderr
    assert not (vault / "Notes" / "x.md").exists()


def test_text_date_and_title_can_be_given(vault: Path) -> None:
    """A transcript with the user's own headline and date becomes a note; the date is in id, folder and front matter."""
    done = run(
        vault, "--url", "https://talks.example/7", "--text", "-", "--title", "A talk about model licences",
        "--date", "2022-03-04", "--json", given=ARTICLE.encode(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    envelope = json.loads(done.stdout)
    assert envelope["path"].startswith("AI_Sandbox/Tech_Journal/2022/")
    assert envelope["note_id"].startswith("220304TJ")
    assert envelope["source"]["title"] == "A talk about model licences"


def test_a_second_note_type(vault: Path) -> None:
    """--type general-note gives a note of that shape."""
    done = run(vault, "--url", URL, "--html", str(PAGE), "-t", "general-note", "-n")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^## (.*)$", done.stdout, re.MULTILINE) == ["facts", "threads", "my take"]


def test_replay_of_a_run_gives_its_note(vault: Path) -> None:
    """A run that was kept makes the same note again, also into a vault that is named."""
    kept = vault.parent / "kept"
    assert run(vault, "--url", URL, "--html", str(PAGE), "--record", str(kept), "-n").returncode == 0
    done = run(vault, "--replay", str(kept), "-n")
    assert done.stdout == (kept / "note.md").read_text("utf-8")
    assert run(vault, "--url", URL, "--html", str(PAGE), "--record", str(kept), "-n").returncode == 7


def test_ten_drafts_at_once_get_ten_ids(vault: Path) -> None:
    """Ten processes that draft at the same time give ten notes with ten different ids."""
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home")}
    text = vault.parent / "article.txt"
    text.write_text(ARTICLE, "utf-8")
    started = [
        subprocess.Popen(
            command(vault, "--url", f"https://a.example/{number}", "--text", str(text), "--date", "2023-07-18",
                    "--title", f"Larkspur opens part {number} of its weights", "--json",
                    "--note-title", f"larkspur opens part {number} of its weights"),
            env=env, stdout=subprocess.PIPE,
        )
        for number in range(10)
    ]  # fmt: skip
    envelopes = [json.loads(process.communicate()[0]) for process in started]
    ids = [
        re.findall(r"^note_id: (\w+)$", (vault / item["path"]).read_text("utf-8"), re.MULTILINE) for item in envelopes
    ]
    assert len({found[0] for found in ids}) == 10
    assert [item["note_id"] for item in envelopes] == [found[0] for found in ids]


class Site(BaseHTTPRequestHandler):
    """Serves the page."""

    def do_GET(self) -> None:
        """The saved page."""
        body = PAGE.read_bytes()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    """A real server on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/outage"
    server.shutdown()
    server.server_close()


def test_a_private_address_needs_the_users_word(vault: Path, site: str) -> None:
    """A page of this machine is not fetched unless --allow-private is given."""
    refused = run(vault, "--url", site, "-n")
    assert refused.returncode == 4
    assert "--allow-private" in refused.stderr
    allowed = run(vault, "--url", site, "-n", "--allow-private")
    assert allowed.returncode == 0, allowed.stderr
    assert allowed.stdout.startswith("---\n")
