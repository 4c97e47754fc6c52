"""``enrich inbox`` as a user runs it: add, plan, tick, draft, ended in the middle and run again."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from enrich.vault.vault import read_vault
from tests.commands.here import run_here
from tests.commands.newsroom import Newsroom, newsroom
from tests.source.pdfs import PAPER
from tests.source.videos import SAID

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Pages and a model on loopback."""
    with newsroom() as running:
        yield running


def inbox(room: Newsroom, vault: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run ``enrich inbox``."""
    env = room.env(vault.parent / "home") | {"ENRICH_VAULT": str(vault)}
    return run_here(["inbox", *arguments], env, given)


def planned(room: Newsroom, vault: Path, count: int) -> Path:
    """A plan of so many articles."""
    listing = "".join(f"{room.page(number)}\n" for number in range(count)).encode()
    assert inbox(room, vault, "add", "-", given=listing).returncode == 0
    done = inbox(room, vault, "plan", "--allow-private", "--delay", "0")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def tick(plan: Path, *numbers: int) -> None:
    """What a person does in Obsidian."""
    text = plan.read_text("utf-8")
    for number in numbers:
        text, count = re.subn(rf"(^## {number} .*\n\n- )\[ \]", r"\1[x]", text, flags=re.MULTILINE)
        assert count == 1
    plan.write_text(text, "utf-8")


def drafts(vault: Path) -> list[str]:
    """Addresses that drafts in the airlock cite."""
    return [url for note in read_vault(vault / "AI_Sandbox").notes for url in note.urls if "/heron-" in url]


def test_a_private_address_is_read_as_soon_as_that_is_allowed(room: Newsroom, vault: Path) -> None:
    """The refusal names the option; who passes it need not know that there is another one for a second try."""
    listing = "".join(f"{room.page(number)}\n" for number in range(2)).encode()
    assert inbox(room, vault, "add", "-", given=listing).returncode == 0
    refused = inbox(room, vault, "plan", "--delay", "0")
    assert refused.returncode == 2
    assert refused.stderr.count("pass --allow-private if you mean it") == 2
    assert room.fetched == []
    done = inbox(room, vault, "plan", "--allow-private", "--delay", "0")
    assert done.returncode == 0, done.stderr
    assert "2 entries planned, 0 not read" in done.stderr


def test_what_is_ticked_is_drafted_and_nothing_else(room: Newsroom, vault: Path) -> None:
    """The plan is a gate: two of three ticked entries are drafted, from what was saved, with the edited fields."""
    plan = planned(room, vault, 3)
    fetched = len(room.fetched)
    tick(plan, 1, 3)
    text = plan.read_text("utf-8").replace("- title: norwick robotics releases heron 0 controller", "- title: heron")
    plan.write_text(text, "utf-8")
    done = inbox(room, vault, "draft")
    assert done.returncode == 0, done.stderr
    assert sorted(drafts(vault)) == [room.page(0), room.page(2)]
    assert len(room.fetched) == fetched
    assert (vault / "AI_Sandbox" / "Tech_Journal" / "2023" / "heron.md").is_file()
    (report,) = (vault / "AI_Sandbox").glob("enrich inbox report *.md")
    assert "- 2: is not ticked" in report.read_text("utf-8")
    asked = len(room.requests)
    again = inbox(room, vault, "draft")
    assert again.returncode == 2
    assert "nothing in it is ticked" in again.stderr
    assert len(room.requests) == asked


def test_a_plan_that_nobody_approved_drafts_nothing(room: Newsroom, vault: Path) -> None:
    """The file as it was written has no effect at all."""
    planned(room, vault, 2)
    done = inbox(room, vault, "draft")
    assert done.returncode == 2
    assert "nothing in it is ticked" in done.stderr
    assert room.requests == []
    assert drafts(vault) == []


FAULTS = [
    (r"- \[x\] draft", "- [y] draft", "1: has a box that is neither empty nor ticked"),
    (r"- \[x\] draft", "- [x] draft\n- [ ] draft", "2: has a box that is neither empty nor ticked, or several"),
    (r"- \[x\] draft\n", "", "3: has no box"),
    (r"- type: tech-journal", "- type: novel", "4: has the type novel"),
    (r"- type: tech-journal\n", "", "5: lacks type"),
    (r"- title: ", "- title: ../../etc/", "6: has a title that is no name"),
    (r"- title: ", "- title: [[x]] ", "7: has a title that is no name"),
    (r"- date: .*", "- date: yesterday", "8: has a date that is none"),
    (r"(- date: .*)", r"\1\n- date: 2023-02-02", "9: has date twice"),
    (r"- tags: ", "- tags: <b>, ", "10: has a tag that is none"),
    (r"## 11 ", "## 99 ", "99: is not in the inbox"),
    (r"## 12 ", "## 13 ", "13: stands in the plan twice"),
]
"""What is written wrong in the entries of a plan, from the first on, and what is said of each."""


def test_a_faulty_entry_is_not_drafted_and_says_why(room: Newsroom, vault: Path) -> None:
    """A slip in an entry costs that entry alone; the ones without are drafted."""
    count = len(FAULTS) + 2
    plan = planned(room, vault, count)
    tick(plan, *range(1, count + 1))
    before, *entries = re.split(r"(?m)^(?=## \d)", plan.read_text("utf-8"))
    for at, (right, wrong, _) in enumerate(FAULTS):
        entries[at], changed = re.subn(right, wrong, entries[at], count=1)
        assert changed
    plan.write_text("".join((before, *entries)), "utf-8")
    done = inbox(room, vault, "draft")
    assert done.returncode == 2
    assert drafts(vault) == [room.page(count - 1)]
    (report,) = (vault / "AI_Sandbox").glob("enrich inbox report *.md")
    told = report.read_text("utf-8").partition("## not drafted")[2]
    for _, _, said in FAULTS:
        assert f"entry {said}" in done.stderr
        assert f"\n- {said}" in told


def test_a_plan_is_no_note(room: Newsroom, vault: Path) -> None:
    """Index, links and candidates do not see it."""
    plan = planned(room, vault, 1)
    assert plan.parent == vault / "AI_Sandbox"
    assert plan.name not in {Path(note.path).name for note in read_vault(vault).notes}


def test_known_sources_are_named_and_left_out(room: Newsroom, vault: Path) -> None:
    """One page under two addresses, and a page that a note cites, are no new entries."""
    first = inbox(room, vault, "add", room.page(1), room.page(1) + "?utm_source=x")
    assert first.stdout.splitlines() == [room.page(1)]
    assert "is entry 1" in first.stderr
    known = "https://news.example.com/2023/08/03/tidemark-buys-farrow?utm_campaign=morning"
    assert "cites it" in inbox(room, vault, "add", known).stderr


def test_lists_tables_and_feeds_are_read(room: Newsroom, vault: Path, tmp_path: Path) -> None:
    """Whatever somebody collects addresses in."""
    pytest.importorskip("feedparser")
    table = tmp_path / "saved.csv"
    table.write_text('title,url,date\n"A, b",https://a.example/1,2023-01-02\n', "utf-8")
    feed = tmp_path / "feed.xml"
    feed.write_text(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title><item><title>One &lt;b&gt;</title>"
        "<link>https://b.example/1</link><pubDate>Mon, 02 Jan 2023 10:00:00 GMT</pubDate></item></channel></rss>",
        "utf-8",
    )
    listing = b"# later\nhttps://c.example/1\tA headline # of ours\n\nhttps://c.example/2 # good\n"
    done = inbox(room, vault, "add", str(table), str(feed), "-", given=listing)
    assert done.stdout.split() == [
        "https://a.example/1", "https://b.example/1", "https://c.example/1", "https://c.example/2",
    ]  # fmt: skip


def test_a_page_that_cannot_be_read_is_refused_and_the_rest_planned(room: Newsroom, vault: Path) -> None:
    """One bad page stops nothing; it stands in the plan with its reason."""
    listing = f"{room.page(1)}\nhttp://127.0.0.1:{room.port}/gone\n{room.page(2)}\n".encode()
    inbox(room, vault, "add", "-", given=listing)
    done = inbox(room, vault, "plan", "--allow-private", "--delay", "0")
    text = Path(done.stdout.strip()).read_text("utf-8")
    assert text.count("- [ ] draft") == 2
    assert "## not read" in text
    assert "does not exist (404)" in text


def test_the_second_process_says_who_holds_the_inbox(room: Newsroom, vault: Path) -> None:
    """Two runs at once would draft twice; the second is exit 7."""
    from enrich.inbox.store import open_store

    planned(room, vault, 1)
    (folder,) = (vault.parent / "home" / "state" / "inbox").iterdir()
    with open_store(folder, vault):
        done = inbox(room, vault, "status")
    assert done.returncode == 7
    assert f"process {os.getpid()} works on it" in done.stderr


def kept_requests(vault: Path) -> set[str]:
    """The messages of every request whose reply has arrived, also of those that were not valid."""
    (file,) = (vault.parent / "home" / "state" / "inbox").glob("*/inbox.sqlite")
    with closing(sqlite3.connect(file)) as state:
        rows = [json.loads(row[0]) for row in state.execute("SELECT content FROM reply")]
    return {str(row["exchange"]["request"]["messages"]) for row in rows}


def test_a_run_that_is_killed_goes_on(room: Newsroom, vault: Path) -> None:
    """kill -9 at several moments: nothing drafted twice, no answer paid twice, no entry lost."""
    plan = planned(room, vault, 6)
    tick(plan, *range(1, 7))
    room.latency = 0.2
    env = room.env(vault.parent / "home") | {"ENRICH_VAULT": str(vault)}
    for wait in (2, 7):
        process = subprocess.Popen(
            [sys.executable, "-m", "enrich", "inbox", "draft", "--jobs", "2"], env=env, stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        limit = time.monotonic() + 30
        while len(room.requests) < wait and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        arrived = kept_requests(vault)
        sent = len(room.requests)
    assert arrived
    done = inbox(room, vault, "draft")
    assert done.returncode == 0, done.stderr
    assert sorted(drafts(vault)) == sorted(room.page(number) for number in range(6))
    assert not arrived & {str(body["messages"]) for body in room.requests[sent:]}
    assert inbox(room, vault, "status").stdout.count(" drafted: ") == 6


def test_a_document_that_cannot_be_cited_stops_no_other(room: Newsroom, vault: Path, tmp_path: Path) -> None:
    """A PDF without a DOI and a transcript without an address are named with the way out; the rest is added."""
    pytest.importorskip("pypdf")
    (tmp_path / "slides.pdf").write_bytes(PAPER.replace(b"10.5555/heron.2023.7", b"the usual address 7 "))
    lines = "".join(f"{at // 60}:{at % 60:02} {said}\n" for at, said in SAID)
    (tmp_path / "bare.txt").write_text(lines, "utf-8")
    (tmp_path / "talk.txt").write_text(f"The Heron\nhttps://video.example.org/talk\n{lines}", "utf-8")
    names = [str(tmp_path / name) for name in ("slides.pdf", "bare.txt", "talk.txt")]
    done = inbox(room, vault, "add", *names, room.page(1))
    assert done.returncode == 4
    assert sorted(done.stdout.split()) == sorted([room.page(1), "https://video.example.org/talk"])
    assert "slides.pdf" in done.stderr
    assert "names no DOI" in done.stderr
    assert "bare.txt" in done.stderr
    assert inbox(room, vault, "status").stdout.count("\n") == 2


def test_a_pdf_is_planned_and_drafted(room: Newsroom, vault: Path, tmp_path: Path) -> None:
    """A file is read when it is added, is cited by its DOI, and is added once."""
    pytest.importorskip("pypdf")
    file = tmp_path / "paper.pdf"
    file.write_bytes(PAPER)
    doi = "https://doi.org/10.5555/heron.2023.7"
    assert inbox(room, vault, "add", str(file)).stdout.split() == [doi]
    assert "is entry 1" in inbox(room, vault, "add", str(file)).stderr
    file.unlink()
    done = inbox(room, vault, "plan")
    tick(Path(done.stdout.strip()), 1)
    drafted = inbox(room, vault, "draft", "-m", "")
    assert drafted.returncode == 0, drafted.stderr
    assert doi in Path(drafted.stdout.strip()).read_text("utf-8")
