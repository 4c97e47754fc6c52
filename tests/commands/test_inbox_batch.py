"""``enrich inbox draft --batch`` and ``collect``, over HTTP against a stub of the Batch API on loopback.

The stub is our own; no provider was asked.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.here import run_here
from tests.commands.newsroom import Newsroom, newsroom
from tests.commands.test_inbox import drafts, inbox, planned, tick


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Pages, a model and its Batch API on loopback."""
    with newsroom() as running:
        yield running


def begun(room: Newsroom, vault: Path, count: int) -> None:
    """So many ticked entries are submitted."""
    tick(planned(room, vault, count), *range(1, count + 1))
    done = inbox(room, vault, "draft", "--batch")
    assert done.returncode == 0, done.stderr
    assert f"{count} request{'s' * (count > 1)} submitted as a batch" in done.stderr
    assert done.stdout == ""
    assert drafts(vault) == []


def collected(room: Newsroom, vault: Path, code: int = 0) -> str:
    """What several collects say, until nothing is open any more; ``code``: of the worst of them."""
    said, codes = "", []
    for _ in range(6):
        done = inbox(room, vault, "collect")
        said += done.stderr
        codes.append(done.returncode)
        if "submitted" not in done.stderr:
            assert max(codes) == code, said
            return said
    raise AssertionError(said)


def asked_twice(room: Newsroom) -> list[str]:
    """Requests that were sent more than once."""
    counts = Counter(json.dumps(body, sort_keys=True) for body in room.batched)
    return [body for body, count in counts.items() if count > 1]


def test_a_batch_becomes_drafts(room: Newsroom, vault: Path) -> None:
    """Nothing is asked live; what has to be asked again goes into a further batch; each request is sent once."""
    begun(room, vault, 3)
    room.busy = True
    assert "in_progress" in inbox(room, vault, "collect").stderr
    assert drafts(vault) == []
    room.busy = False
    collected(room, vault)
    assert sorted(drafts(vault)) == [room.page(number) for number in range(3)]
    assert room.requests == []
    assert not asked_twice(room)
    assert all("stream" not in body for body in room.batched)
    assert inbox(room, vault, "status").stdout.count(" drafted: ") == 3
    runs = list((vault.parent / "home" / "state" / "runs").iterdir())
    assert len([run for run in runs if (run / "run.json").is_file()]) == 3
    assert inbox(room, vault, "collect").returncode == 2


def test_a_batch_is_drafted_as_it_would_be_live(room: Newsroom, vault: Path) -> None:
    """The same code parses, checks and writes: the note is the one that the model gives when it is asked at once."""
    begun(room, vault, 1)
    collected(room, vault)
    (by_batch,) = (vault / "AI_Sandbox").rglob("norwick*.md")
    text = by_batch.read_text("utf-8")
    by_batch.unlink()
    live = room.env(vault.parent / "other") | {"ENRICH_VAULT": str(vault)}
    shutil.copytree(vault.parent / "home" / "cache", vault.parent / "other" / "cache")
    done = run_here(["draft", room.page(0), "--allow-private", "-n", "--note-title", by_batch.stem], live)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == text.strip()


def test_what_fails_in_part_is_asked_again_or_told(room: Newsroom, vault: Path) -> None:
    """A request that expired, was lost or met a full server goes into another batch; one that is refused is told."""
    room.fates = {0: "expired", 1: "500", 2: "lost", 3: "401"}
    begun(room, vault, 5)
    said = collected(room, vault, code=3)
    assert sorted(drafts(vault)) == sorted(room.page(number) for number in (0, 1, 2, 4))
    assert "entry 4" in said or room.page(3) in said
    assert " failed: " in inbox(room, vault, "status").stdout
    room.fates = {}
    assert inbox(room, vault, "draft", "--batch").returncode == 0
    collected(room, vault)
    assert len(drafts(vault)) == 5


def test_what_always_expires_is_given_up(room: Newsroom, vault: Path) -> None:
    """Three batches are enough: then the entry has failed, with the reason."""
    room.fates = dict.fromkeys(range(50), "expired")
    begun(room, vault, 1)
    said = collected(room, vault, code=5)
    assert "not in time" in said
    assert len(room.batched) == 3


def test_a_batch_that_fails_as_a_whole_is_told(room: Newsroom, vault: Path) -> None:
    """The provider's words stand in the reason, and nothing is sent again unasked."""
    room.fails = "the file is too large"
    begun(room, vault, 2)
    said = collected(room, vault, code=5)
    assert said.count("the file is too large") >= 2
    assert len(room.batches) == 1


def test_a_lost_terminal_pays_nothing_twice(room: Newsroom, vault: Path) -> None:
    """Killed between sending a batch and noting its id, the next command finds it by the token it was sent with."""
    begun(room, vault, 2)
    (file,) = (vault.parent / "home" / "state" / "inbox").glob("*/inbox.sqlite")
    with sqlite3.connect(file) as state:
        state.execute("UPDATE batch SET id = '', state = 'sending'")
    state.close()
    assert inbox(room, vault, "draft", "--batch").returncode == 0
    assert len(room.batches) == 1
    collected(room, vault)
    assert len(drafts(vault)) == 2
    with sqlite3.connect(file) as state:
        state.execute("INSERT INTO batch (token, state) VALUES ('never sent', 'sending')")
    state.close()
    sent = len(room.batches)
    assert inbox(room, vault, "collect").returncode == 0
    assert len(room.batches) == sent
    assert not asked_twice(room)


def test_collect_killed_at_any_moment_goes_on(room: Newsroom, vault: Path) -> None:
    """Nothing is drafted twice, asked twice or lost."""
    begun(room, vault, 4)
    env = room.env(vault.parent / "home") | {"ENRICH_VAULT": str(vault)}
    for seconds in (0.5, 1.0, 1.5):
        command = [sys.executable, "-m", "enrich", "inbox", "collect"]
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    for _ in range(3):  # a batch that was on its way when the last one died may be found by the second collect only
        if len(drafts(vault)) < 4:
            collected(room, vault)
    assert sorted(drafts(vault)) == [room.page(number) for number in range(4)]
    assert not asked_twice(room)


def test_other_settings_at_collecting_ask_nothing_again(room: Newsroom, vault: Path) -> None:
    """A budget and another model between asking and reading change what is asked next, not what was answered."""
    tick(planned(room, vault, 2), 1, 2)
    assert inbox(room, vault, "draft", "--batch", "--max-tokens", "900000").returncode == 0
    assert inbox(room, vault, "collect", "-m", "m-2").returncode == 0
    collected(room, vault)
    assert len(drafts(vault)) == 2
    asked = Counter(json.dumps(body["messages"]) for body in room.batched)
    assert max(asked.values()) == 1


def test_what_waits_for_a_batch_is_not_asked_live(room: Newsroom, vault: Path) -> None:
    """Who drafts the same plan at once would pay twice: the entry says that it waits, and collect drafts it."""
    begun(room, vault, 1)
    done = inbox(room, vault, "draft")
    assert done.returncode == 2
    assert "entry 1: waits for the answer of a batch; enrich inbox collect drafts it" in done.stderr
    assert room.requests == []
    collected(room, vault)
    assert len(drafts(vault)) == 1


def test_an_endpoint_that_knows_no_such_batch_is_named(room: Newsroom, vault: Path) -> None:
    """With another address set, collect says what to set back, and loses nothing."""
    begun(room, vault, 1)
    with newsroom() as other:
        done = inbox(other, vault, "collect")
    assert done.returncode == 2
    assert "set ENRICH_BASE_URL and the key to those that it was submitted with" in done.stderr
    collected(room, vault)
    assert len(drafts(vault)) == 1


def test_a_batch_keeps_to_a_budget(room: Newsroom, vault: Path) -> None:
    """The worst case of all requests of a batch is held to the limit before any of them is sent."""
    tick(planned(room, vault, 3), 1, 2, 3)
    done = inbox(room, vault, "draft", "--batch", "--max-tokens", "1000", "-j", "1")
    assert done.returncode == 8
    assert room.batched == []


@pytest.mark.parametrize("option", [("-m", ""), ("--cluster", "tcp://127.0.0.1:1")])
def test_what_no_batch_can_do_is_refused(room: Newsroom, vault: Path, option: tuple[str, str]) -> None:
    """Without a model there is no Batch API, and a cluster would wait for days."""
    tick(planned(room, vault, 1), 1)
    done = inbox(room, vault, "draft", "--batch", *option)
    assert done.returncode == 2
    assert "--batch" in done.stderr
