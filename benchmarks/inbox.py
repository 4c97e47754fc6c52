"""Many drafts at once against a model on loopback, with and without faults, and the cost of a long inbox.

    python -m benchmarks.inbox [--articles 100] [--jobs 16] [--latency 2]
    python -m benchmarks.inbox --kills 200 [--articles 12]
    python -m benchmarks.inbox --flow 50
    python -m benchmarks.inbox --workers 1 2 [--articles 40]
    python -m benchmarks.inbox --long 1000

The first prints how long drafting takes beside the ideal (requests x latency / jobs) and the peak memory, then the same
with 5 % errors and broken connections, 5 % rate limits and 5 % requests that are never answered. The second kills the
process at so many moments and looks whether a note was drafted or paid twice, or an entry lost. The third goes the
whole way on so many entries of a fixture site, killed twice, and reads the report. The fourth drafts with the workers
of a `LocalCluster` of so many processes, and says which share of the time is processor time of the process that the
user started. The last times the state of so many entries, and of twice as many.
"""

import argparse
import json
import os
import random
import re
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from enrich.inbox.store import Store
from enrich.inbox.story import Stories, story_words
from enrich.vault.vault import read_vault
from tests.commands.newsroom import Newsroom, article, name_of, newsroom
from tests.draft.parts import TEXT

_WHILE_STARTING = 0.1
"""Of the kills: the rest come while answers arrive and notes are written, however slow the machine is."""
_SILENCE = -20
"""Seconds that a request is left without an answer: four times what the command waits (`Newsroom.env`)."""
VAULT = Path(__file__).parents[1] / "fixtures" / "vault"


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=16)
    parser.add_argument("--latency", type=float, default=2.0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--flow", type=int, default=0)
    parser.add_argument("--workers", type=int, nargs="*", default=[])
    parser.add_argument("--long", type=int, default=0)
    given = parser.parse_args()
    if given.kills:
        kill(given.kills, given.articles)
    elif given.flow:
        flow(given.flow)
    elif given.workers:
        for workers in given.workers:
            distribute(workers, given.articles, given.jobs)
    elif given.long:
        for count in (given.long, 2 * given.long):
            fill(count)
    else:
        for faulty in (False, True):
            draft(given.articles, given.jobs, given.latency, faulty)


def enrich(room: Newsroom, home: Path, vault: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """A process of ``enrich inbox``."""
    env = room.env(home) | {"ENRICH_VAULT": str(vault)}
    command = [sys.executable, "-m", "enrich", "inbox", *arguments]
    return subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def prepare(room: Newsroom, folder: Path, count: int) -> tuple[Path, Path]:
    """A home and a vault with a plan in which everything is ticked."""
    home, vault = folder / "home", folder / "vault"
    shutil.copytree(VAULT, vault)
    listing = "".join(f"{room.page(number)}\n" for number in range(count)).encode()
    enrich(room, home, vault, "add", "-").communicate(listing)
    out, said = enrich(room, home, vault, "plan", "--allow-private", "--delay", "0").communicate()
    plan = Path(out.decode().strip() or sys.exit(said.decode()))
    plan.write_text(plan.read_text("utf-8").replace("- [ ] draft", "- [x] draft"), "utf-8")
    return home, vault


def drafted(vault: Path) -> Counter[str]:
    """How often a draft cites each address."""
    return Counter(url for note in read_vault(vault / "AI_Sandbox").notes for url in note.urls if "/heron-" in url)


def draft(count: int, jobs: int, latency: float, faulty: bool) -> None:
    """Draft all, and print time, memory and what was lost."""
    with newsroom() as room, tempfile.TemporaryDirectory() as folder:
        home, vault = prepare(room, Path(folder), count)
        room.latency = latency
        if faulty:
            chance = random.Random(15)
            kinds: list[list[tuple[int, dict[str, str]]]]
            kinds = [[(500, {}), (0, {})], [(429, {"retry-after": "1"})], [(_SILENCE, {})]]
            dice = {number: chance.random() for number in range(5 * count)}
            room.faults = {n: chance.choice(kinds[int(at / 0.05)]) for n, at in dice.items() if at < 0.15}
        started = time.monotonic()
        process = enrich(room, home, vault, "draft", "--jobs", str(jobs))
        _, said = process.communicate()
        seconds = time.monotonic() - started
        ideal = len(room.requests) * latency / jobs
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        found = drafted(vault)
        print(
            f"{'faulty' if faulty else 'clean'}: {count} articles, {len(room.requests)} requests, {jobs} jobs: "
            f"{seconds:.1f} s, {seconds / ideal:.2f} of the ideal {ideal:.1f} s; peak {memory:.0f} MB; "
            f"{len(found)} drafted, {sum(found.values()) - len(found)} twice; exit {process.returncode}"
        )
        if len(found) < count:
            print(said.decode()[-2000:])


_NURSERY = """
import json, os, sys
import jinja2.sandbox, jsonschema, markdown_it, ruamel.yaml, yaml
import enrich.cli, enrich.llm.client, enrich.llm.conversation, enrich.llm.transport, enrich.workspace.inbox_draft
from enrich.text.language import guess_language
guess_language("A language is told by a table that takes half a second to read.")
for line in sys.stdin:
    child = os.fork()
    if not child:
        sys.argv = ["enrich", *json.loads(line)]
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(1, 2)
        enrich.cli.main()
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


class Nursery:
    """Processes of ``enrich inbox`` that are forked where all is imported: a kill need not wait for imports."""

    def __init__(self, room: Newsroom, home: Path, vault: Path) -> None:
        env, pipe = room.env(home) | {"ENRICH_VAULT": str(vault)}, subprocess.PIPE
        command = [sys.executable, "-c", _NURSERY]
        self._process = subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, bufsize=0)

    def begin(self, *arguments: str) -> int:
        """The process number of a run."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(["inbox", *arguments]).encode() + b"\n")
        return int(self._said())

    def is_over(self) -> bool:
        """Whether the run has ended by itself."""
        assert self._process.stdout is not None
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def wait(self) -> None:
        """Until the run has ended."""
        self._said()

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _said(self) -> bytes:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def kill(times: int, count: int) -> None:
    """Kill the process at ``times`` moments, then let it end, and check what became of the entries and the answers."""
    chance = random.Random(15)
    killed, rounds, broken = 0, 0, Counter[str]()
    while killed < times:
        rounds += 1
        with newsroom(latency=0.05) as room, tempfile.TemporaryDirectory() as folder:
            room.reads = rounds % 2 == 0  # else each entry has an invalid answer and its repair
            home, vault = prepare(room, Path(folder), count)
            nursery, arrived = Nursery(room, home, vault), Counter[str]()
            while killed < times and len(drafted(vault)) < count:
                process, sent = nursery.begin("draft", "--jobs", "4"), len(room.requests)
                if chance.random() < _WHILE_STARTING:
                    time.sleep(chance.uniform(0.0, 0.5))
                else:
                    wait_for(room, sent + chance.randint(1, 5), nursery.is_over)
                    time.sleep(chance.uniform(0.0, 0.1))
                if not nursery.is_over():
                    killed += 1
                    os.kill(process, signal.SIGKILL)
                    print(".", end="", flush=True)
                nursery.wait()
                broken["paid again though it had arrived"] += (arrived & asked(room.requests[sent:])).total()
                arrived = kept(home)
            sent = len(room.requests)
            nursery.begin("draft")
            nursery.wait()
            nursery.close()
            found = drafted(vault)
            broken["paid again though it had arrived"] += (arrived & asked(room.requests[sent:])).total()
            broken["lost"] += count - len(found)
            broken["drafted twice"] += sum(found.values()) - len(found)
            broken["sent again, the answer was on its way"] += sum(n - 1 for n in asked(room.requests).values())
            print(f"{killed} kills in {rounds} rounds of {count}: {dict(broken)}", flush=True)


def kept(home: Path) -> Counter[str]:
    """The prompts whose replies stand in the state of the one inbox there is."""
    (file,) = (home / "state" / "inbox").glob("*/inbox.sqlite")
    with closing(sqlite3.connect(file)) as state:
        rows = [json.loads(row[0]) for row in state.execute("SELECT content FROM reply")]
    return asked([row["exchange"]["request"] for row in rows])


def flow(count: int) -> None:
    """Add, plan, tick and draft, killed twice on the way; then look at the drafts, the answers and the report."""
    with newsroom(latency=0.2) as room, tempfile.TemporaryDirectory() as folder:
        room.reads = True
        home, vault = prepare(room, Path(folder), count)
        for share in (1, 2):
            process = enrich(room, home, vault, "draft", "--jobs", "4")
            wait_for(room, share * count, partial(has_ended, process))
            process.kill()
            process.communicate()
            print(f"killed after {len(room.requests)} requests: {len(drafted(vault))} drafted", flush=True)
        process = enrich(room, home, vault, "draft", "--jobs", "4")
        process.communicate()
        found = drafted(vault)
        twice = sum(n - 1 for n in asked(room.requests).values())
        (report,) = (text for path in vault.rglob("enrich inbox report*.md") if (text := path.read_text("utf-8")))
        told = next(line for line in report.splitlines() if " drafted, " in line)
        links = sum(link.removesuffix("]]") in report for link in (note.stem for note in read_vault(vault).notes))
        print(
            f"{count} entries: {len(found)} drafted, {sum(found.values()) - len(found)} twice; {twice} prompts sent "
            f"twice, whose answers were on their way at a kill; exit {process.returncode}"
        )
        print(f"report: {told} {links} notes are named in it")


def has_ended(process: "subprocess.Popen[bytes]") -> bool:
    """Whether it is over."""
    return process.poll() is not None


def wait_for(room: Newsroom, requests: int, is_over: Callable[[], bool]) -> None:
    """Until the model was asked so often, or the process has ended."""
    while len(room.requests) < requests and not is_over():
        time.sleep(0.01)


_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, processes=True, dashboard_address=None) as made:
        print(made.scheduler_address, flush=True)
        sys.stdin.read()
"""


def distribute(workers: int, count: int, jobs: int) -> None:
    """Draft with so many worker processes."""
    with newsroom() as room, tempfile.TemporaryDirectory() as folder:
        home, vault = prepare(room, Path(folder), count)
        script, pipe = Path(folder) / "cluster.py", subprocess.PIPE
        script.write_text(_CLUSTER, "utf-8")
        command = [sys.executable, str(script), str(workers)]
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as cluster:
            assert cluster.stdin is not None
            assert cluster.stdout is not None
            address = cluster.stdout.readline().strip()
            started = time.monotonic()
            process = enrich(room, home, vault, "draft", "--jobs", str(jobs), "--cluster", address)
            assert process.stdout is not None
            process.stdout.read()
            _, _, used = os.wait4(process.pid, 0)
            seconds = time.monotonic() - started
            cluster.stdin.close()
        own = used.ru_utime + used.ru_stime
        found = drafted(vault)
        print(
            f"{workers} workers: {len(found)} of {count} drafted in {seconds:.1f} s, {len(found) / seconds:.2f} a "
            f"second; the coordinator's processor time is {own:.1f} s, {own / seconds:.0%} of that",
            flush=True,
        )


def asked(requests: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """How often each prompt was sent."""
    return Counter(re.sub(r"\s+", " ", str(body["messages"])) for body in requests)


def fill(count: int) -> None:
    """Time a state of ``count`` entries: adding, reading, comparing the stories."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "inbox.sqlite")
        started = time.process_time()
        for number in range(count):
            store.add(f"https://news.example/{number}", "", None)
        added = time.process_time() - started
        started = time.process_time()
        entries = store.entries()
        listed = time.process_time() - started
        stories, started = Stories(), time.process_time()
        for entry in entries:
            text = TEXT.replace("Norwick", name_of(entry.number))
            words = story_words(f"{name_of(entry.number)} releases Heron {entry.number}", text)
            stories.same_story(words, date(2023, 2, entry.number % 28 + 1), f"site {entry.number % 50}")
            stories.add(entry.number, words, date(2023, 2, entry.number % 28 + 1), f"site {entry.number % 50}")
        compared = time.process_time() - started
        store.close()
        size = len(article(1))
        print(
            f"{count:,} entries: added in {added:.2f} s, listed in {listed:.3f} s, stories in {compared:.2f} s of CPU "
            f"({os.cpu_count()} cores, pages of {size:,} bytes)"
        )


if __name__ == "__main__":
    main()
