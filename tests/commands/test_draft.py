"""``enrich draft`` as a user runs it: a saved page, a copy of the fixture vault, the no-model engine."""

import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.commands.here import run_here
from tests.source.pdfs import PAPER
from tests.source.videos import SAID

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGE = FIXTURES / "cases" / "outage" / "page.html"
URL = "https://news.example.com/2023/09/02/outage"
ARTICLE = (FIXTURES / "cases" / "model-release" / "source.txt").read_text("utf-8")


def command(vault: Path, *arguments: str) -> list[str]:
    """The command line of a draft into ``vault``."""
    return [sys.executable, "-m", "enrich", "draft", "--vault", str(vault), *arguments]


def run(vault: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run ``enrich draft`` with settings and state of its own."""
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home")}
    return run_here(["draft", "--vault", str(vault), *arguments], env, given)


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
        asked = ["draft", "--vault", str(vault), "--url", url, "--html", str(PAGE), "--again", "-q"]
        assert run_here(asked, env).returncode == 0
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
        "path", "note_id", "title", "source", "links", "findings", "model", "usage", "reader", "run",
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


def test_a_note_with_markup_of_strangers_is_not_written(vault: Path, tmp_path: Path) -> None:
    """A template that makes markup of an article's letters writes nothing; the run folder keeps the note, exit 6."""
    own = vault / ".enrich" / "prompts" / "tech-journal"
    shutil.copytree(FIXTURES.parent / "prompts" / "tech-journal", own)
    template = own / "note.md.j2"
    template.write_text(template.read_text("utf-8").replace("body.lead", "body.lead | replace('a', '<b>')"), "utf-8")
    before = files(vault)
    done = run(vault, "--html", str(PAGE), "--url", URL, "--record", str(tmp_path / "run"))
    assert done.returncode == 6
    assert "no file written, it would hold HTML (<b>)" in done.stderr
    assert done.stdout == ""
    assert files(vault) == before
    assert "<b>" in (tmp_path / "run" / "note.md").read_text("utf-8")


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


def test_a_page_given_as_text_is_read_as_a_page(vault: Path) -> None:
    """Markup never becomes text: ``--text`` with an HTML file gives the draft that ``--html`` gives, and says so."""
    done = run(vault, "--url", URL, "--text", str(PAGE), "-n")
    assert done.returncode == 0, done.stderr
    assert done.stdout == run(vault, "--url", URL, "--html", str(PAGE), "-n").stdout
    assert "is HTML, so it is read as a page" in done.stderr


def test_a_pdf_given_as_text_is_refused(vault: Path) -> None:
    """Bytes of another kind are no text either."""
    done = run(vault, "--url", URL, "--text", "-", "-n", given=b"%PDF-1.7 \x00\x01")
    assert done.returncode == 4
    assert "is a PDF" in done.stderr


@pytest.mark.parametrize(
    ("day", "doubt"), [("1890-03-05", "before there were web pages"), ("2399-03-05", "in the future")]
)
def test_an_odd_date_asks_for_a_second_look(vault: Path, day: str, doubt: str) -> None:
    """A slip of the finger in ``--date`` is named on stderr; the draft is made as it was asked for."""
    done = run(vault, "--url", URL, "--html", str(PAGE), "--date", day, "-n", "-q")
    assert done.returncode == 0, done.stderr
    assert f"--date {day}: is {doubt}" in done.stderr


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


def test_drafts_at_once_get_an_id_each(vault: Path) -> None:
    """Processes that draft at the same time, more than there are processors, give notes with different ids."""
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
        for number in range(4)
    ]  # fmt: skip
    envelopes = [json.loads(process.communicate()[0]) for process in started]
    ids = [
        re.findall(r"^note_id: (\w+)$", (vault / item["path"]).read_text("utf-8"), re.MULTILINE) for item in envelopes
    ]
    assert len({found[0] for found in ids}) == 4
    assert [item["note_id"] for item in envelopes] == [found[0] for found in ids]


class Site(BaseHTTPRequestHandler):
    """Serves a page for every path but two: one is not there, one waits to be interrupted."""

    slow_began = Event()
    closing = Event()

    def do_GET(self) -> None:
        """The saved page, with the path in its title, so that each is a page of its own."""
        if self.path.endswith("/missing"):
            self.send_error(404)
            return
        if self.path.endswith("/slow"):
            self.slow_began.set()
            self.closing.wait(60)
            return
        name = self.path.rpartition("/")[2].encode()
        body = PAGE.read_bytes().replace(b"Brightmere login fault", b"Brightmere login fault " + name)
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
    Site.closing.clear()
    Site.slow_began.clear()
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/outage"
    Site.closing.set()
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


def test_the_report_is_short_and_ends_with_the_next_step(vault: Path) -> None:
    """Eight lines at most say what there is to know; the last can be pasted, and -v shows the rest."""
    done = run(vault, URL, "--html", str(PAGE))
    lines = done.stderr.splitlines()
    assert len(lines) <= 8
    assert [line.partition(":")[0] for line in lines] == [
        "source", "links", "evidence", "rules", "warning", "model", "next",
    ]  # fmt: skip
    assert shlex.split(lines[-1]) == ["next:", "enrich", "review", done.stdout.strip()]
    longer = run(vault, URL + "2", "--html", str(PAGE), "-v", "--note-title", "brightmere login fault once more")
    assert "candidate 0." in longer.stderr
    assert "\nsee also: " in longer.stderr
    assert "\nrun: " in longer.stderr


def test_the_next_step_names_a_vault_that_review_would_not_find(vault: Path) -> None:
    """A folder of notes that Obsidian has not opened yet is found by its name only."""
    shutil.rmtree(vault / ".obsidian")
    line = run(vault, URL, "--html", str(PAGE)).stderr.splitlines()[-1]
    assert shlex.split(line)[-2:] == ["--vault", str(vault)]


def test_output_into_a_new_folder_says_that_it_was_made(vault: Path, tmp_path: Path) -> None:
    """A slip in the path is seen at once."""
    done = run(vault, URL, "--html", str(PAGE), "-o", str(tmp_path / "new" / "note.md"))
    assert f"folder: {tmp_path / 'new'} was not there and was made" in done.stderr
    done = run(vault, URL, "--html", str(PAGE), "-o", str(tmp_path / "new" / "other.md"))
    assert "was made" not in done.stderr


def test_see_also_is_two_notes_unless_concepts_are_asked_for(vault: Path) -> None:
    """By default every link leads to a note; a vault's concepts are dead links on the site, and are said to be."""
    done = run(vault, URL, "--html", str(PAGE), "-n")
    (line,) = re.findall(r"^\*see also:\* (.*)$", done.stdout, re.MULTILINE)
    stems = {path.stem for path in vault.rglob("*.md")}
    assert set(re.findall(r"\[\[(.*?)\]\]", line)) <= stems
    assert "without a note" not in done.stderr
    done = run(vault, URL, "--html", str(PAGE), "-n", "--see-also", "concepts")
    assert "*see also:* [[Supply Limits]] · [[Trust Debt]]" in done.stdout
    assert "see also: [[Supply Limits]], [[Trust Debt]], 2 links without a note" in done.stderr


def test_a_vault_without_concepts_says_that_notes_are_linked(tmp_path: Path) -> None:
    """Who asks for concepts and has none is told why notes stand there."""
    (tmp_path / "vault" / ".obsidian").mkdir(parents=True)
    done = run(tmp_path / "vault", URL, "--html", str(PAGE), "-n", "-v", "--see-also", "concepts")
    assert "no concept stands in enough notes of the vault" in done.stderr


def test_a_key_without_a_model_is_said_once(vault: Path) -> None:
    """Who has a key expects a model to be asked; -m "" says that none is wanted."""
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home"), "OPENAI_API_KEY": "sk-0123456789"}
    asked = ["draft", "--vault", str(vault), URL, "--html", str(PAGE), "-n"]
    said = run_here(asked, env).stderr
    assert said.count("a key is set: name a model with ENRICH_MODEL or -m") == 1
    done = run_here([*asked, "-m", ""], env)
    assert done.returncode == 0
    assert "a key is set" not in done.stderr


@pytest.mark.parametrize(
    "options",
    [["--html", "-"], ["--text", "x.txt"], ["--title", "T"], ["--note-title", "t"], ["--date", "2024-01-02"],
     ["-o", "x.md"], ["--record", "x"]],
)  # fmt: skip
def test_what_belongs_to_one_article_is_refused_for_several(vault: Path, options: list[str]) -> None:
    """One headline, file or date cannot be that of two articles; nothing is fetched."""
    done = run(vault, "a.example/1", "a.example/2", *options)
    assert done.returncode == 2
    assert "belongs to one article, and several were given" in done.stderr


def test_several_addresses_are_drafted_at_once(vault: Path, site: str) -> None:
    """A page that fails is said and does not stop the rest; paths on stdout, the worst exit code at the end."""
    listing = f"# to read\n\n{site}/1\n{site}/missing\n{site}/1\n{site}/2\n".encode()
    known = "https://harborpost.example/business/brightmere-lanternfish-deal"
    done = run(vault, "-", known, "--allow-private", "--again", given=listing)
    paths = done.stdout.splitlines()
    assert done.returncode == 4
    assert len(paths) == len(set(paths)) == 2
    assert all(Path(path).is_file() for path in paths)
    assert len(re.findall(r"^drafted: .*; evidence: .*; next: enrich review", done.stderr, re.MULTILINE)) == 2
    assert "/missing: does not exist (404)" in done.stderr
    assert done.stderr.splitlines()[-1] == "2 of 4 pages drafted"


def test_json_of_several_is_one_object_a_line(vault: Path, site: str) -> None:
    """A program reads drafts and failures alike, in the order of the list."""
    done = run(vault, f"{site}/1", f"{site}/missing", "--allow-private", "--json")
    drafted, failed = map(json.loads, done.stdout.splitlines())
    assert (vault / drafted["path"]).is_file()
    assert failed == {"url": f"{site}/missing", "error": failed["error"], "exit_code": 4}
    assert "404" in failed["error"]


def test_an_empty_list_is_a_mistake(vault: Path) -> None:
    """A list of comments only would otherwise end as if all were well."""
    done = run(vault, "-", given=b"# nothing yet\n\n")
    assert done.returncode == 2
    assert "has no address" in done.stderr


def test_a_failed_answer_names_the_run_and_the_way_without_a_model(vault: Path, site: str) -> None:
    """Whoever paid for an answer finds it, and has a draft all the same."""
    env = {"ENRICH_BASE_URL": f"{site}/v1", "ENRICH_API_KEY": "k", "ENRICH_MODEL": "m", "PATH": "/usr/bin:/bin"}
    env["ENRICH_HOME"] = str(vault.parent / "home")
    done = run_here(["draft", "--vault", str(vault), URL, "--html", str(PAGE)], env)
    assert done.returncode in (3, 5)
    (run_folder,) = (vault.parent / "home" / "state" / "runs").iterdir()
    assert f"What was asked and answered is in {run_folder}" in done.stderr
    assert '-m "" drafts without a model' in done.stderr


def start(asked: list[str], env: dict[str, str]) -> subprocess.Popen[str]:
    """A command that can be interrupted, also where the tests themselves were started to ignore it, as with ``&``."""
    restore = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipe = subprocess.PIPE
    return subprocess.Popen(asked, stdout=pipe, stderr=pipe, text=True, env=env, preexec_fn=restore)


def test_an_interrupted_run_says_what_was_written(vault: Path, site: str) -> None:
    """Ctrl-C ends with 130, names the drafts that are there and the pages that are left, and leaves no half note."""
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home")}
    asked = command(vault, f"{site}/1", f"{site}/slow", f"{site}/2", "--allow-private", "--jobs", "1")
    with start(asked, env) as process:
        assert process.stdout is not None
        path = process.stdout.readline().strip()
        assert Site.slow_began.wait(60)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    last = said.splitlines()[-1]
    assert f"enrich: interrupted; written: {Path(path).relative_to(vault)}; not done: {site}/slow, {site}/2" == last


def test_an_interrupted_first_draft_says_that_nothing_was_written(vault: Path, site: str) -> None:
    """The vault is as it was."""
    before = files(vault)
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home")}
    asked = command(vault, f"{site}/slow", "--allow-private")
    with start(asked, env) as process:
        assert Site.slow_began.wait(60)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    assert said.splitlines()[-1] == "enrich: interrupted; nothing was written"
    assert files(vault) == before


def test_a_new_vault_gets_a_first_draft_that_can_be_approved(tmp_path: Path) -> None:
    """Where there is no note to link to, missing links are no must."""
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    done = run(vault, URL, "--html", str(PAGE), "--strict")
    assert done.returncode == 0, done.stderr
    assert "links: none" in done.stderr
    assert "rules: should M11" in done.stderr


def test_a_vault_of_other_kinds_of_notes_is_linked_to(tmp_path: Path) -> None:
    """A type's limits on link targets are those of its journal: in somebody else's vault every note may be linked."""
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    for name in ("Brightmere", "Clock drift", "Certificates", "Cloud regions", "Login rules"):
        (vault / f"{name}.md").write_text(
            f"# {name}\n\nHow {name.lower()} and the cloud provider go together.\n", "utf-8"
        )
    done = run(vault, URL, "--html", str(PAGE), "-n")
    assert done.returncode == 0, done.stderr
    assert set(re.findall(r"\[\[(.*?)\]\]", done.stdout)) <= {path.stem for path in vault.glob("*.md")}
    assert "links: [[" in done.stderr
    assert "rules: must" not in done.stderr


def test_a_run_that_the_user_keeps_is_found_by_check(vault: Path, tmp_path: Path) -> None:
    """`--record DIR` loses nothing: the quotes are held against the sentences, and nothing is fetched again."""
    kept = tmp_path / "kept" / "run"
    done = run(vault, "--url", URL, "--html", str(PAGE), "--record", str(kept))
    assert done.returncode == 0, done.stderr
    note, env = done.stdout.strip(), {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home")}
    checked = json.loads(run_here(["check", "--json", "--offline", note], env).stdout)
    assert checked["sentences"]
    again = run(vault, "--url", URL, "--html", str(PAGE), "--again")
    assert again.returncode == 0, again.stderr
    kept.rename(tmp_path / "elsewhere")
    gone = json.loads(run_here(["check", "--json", "--offline", note], env).stdout)
    assert gone["sentences"] == []


def test_documents_are_drafted_among_addresses(vault: Path, tmp_path: Path) -> None:
    """A PDF and captions beside each other, each cited by what it says itself, each kept under its own name."""
    pytest.importorskip("pypdf")
    (tmp_path / "paper (1).pdf").write_bytes(PAPER)
    lines = "".join(f"{at // 60}:{at % 60:02} {said}\n" for at, said in SAID)
    head = "The Heron controller in detail\nhttps://video.example.org/talk\n"
    (tmp_path / "talk.vtt").write_text(head + lines, "utf-8")
    done = run(vault, str(tmp_path / "paper (1).pdf"), str(tmp_path / "talk.vtt"), "-m", "")
    assert done.returncode == 0, done.stderr
    texts = [Path(line).read_text("utf-8") for line in done.stdout.splitlines()]
    assert "https://doi.org/10.5555/heron.2023.7" in texts[0]
    assert "https://video.example.org/talk" in texts[1]
    kept = {path.name for path in (vault.parent / "home" / "state" / "runs").glob("*/*")}
    assert {"paper (1).pdf", "talk.vtt"} <= kept
    assert "page.html" not in kept


def test_a_pdf_is_drafted_with_its_address(vault: Path, tmp_path: Path) -> None:
    """A file named in place of an address is read; the note cites --url, else the DOI that stands in it."""
    pytest.importorskip("pypdf")
    file = tmp_path / "paper.pdf"
    file.write_bytes(PAPER)
    assert "https://doi.org/10.5555/heron.2023.7" in run(vault, str(file), "-n", "-m", "").stdout
    named = run(vault, str(file), "--url", "https://papers.example.org/heron", "-n", "-m", "")
    assert "https://papers.example.org/heron" in named.stdout
