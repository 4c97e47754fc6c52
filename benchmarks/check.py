"""How long a check takes: its own time, the whole process, and a long source, beside `python -c "import typer"`.

    python -m benchmarks.check ../shared/articles [--rounds 7]

The folder holds ``<id>.html.gz`` and ``expected.json``. The article nearest to 650 words is drafted by the embedded
engine into a copy of the fixture vault; its note is checked. The long source is articles one after the other, up to
11,000 words. Processor seconds, the least of all rounds: what other programs of the machine take does not count.
"""

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from shutil import copytree
from typing import Any

from benchmarks.times import print_times
from enrich.check.check_note import check_note
from enrich.check.evidence.prepared_source import prepare
from enrich.check.note_check import Against
from enrich.draft.known_runs import KnownRuns
from enrich.vault.note import Note, parse_note
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type
from enrich.workspace.sources import Finder, text_source

VAULT = Path(__file__).parent.parent / "fixtures" / "vault"
WORDS, LONG = 650, 11_000
TYPER = [sys.executable, "-c", "import typer"]


def spent(command: Sequence[str]) -> float:
    """Processor seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own(work: Callable[[], object]) -> float:
    """Processor seconds of ``work`` in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def check_afresh(note: Note, note_type: NoteType, against: Against) -> None:
    """One check; nothing of the source is kept from an earlier one."""
    prepare.cache_clear()
    check_note(note.text, note.stem, note_type, against)


def draft(article: dict[str, Any], folder: Path, home: Path) -> Path:
    """The embedded engine's note of the article, its run folder kept below ``home``."""
    page = home / "page.html"
    page.write_bytes(gzip.decompress((folder / f"{article['id']}.html.gz").read_bytes()))
    vault = home / "vault"
    copytree(VAULT, vault)
    command = [sys.executable, "-m", "enrich", "draft", "--vault", str(vault), "-m", "", "-q"]
    command += ["--url", article["url"], "--html", str(page)]
    return Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


def long_text(articles: Sequence[dict[str, Any]]) -> str:
    """Articles one after the other, up to `LONG` words."""
    words: list[str] = []
    paragraphs: list[str] = []
    for article in sorted(articles, key=lambda row: -len(row["text"])) * 2:
        paragraphs.append(article["text"])
        words += article["text"].split()
    text = "\n\n".join(paragraphs)
    return text if len(words) <= LONG else text[: len(text) * LONG // len(words)]


def measure(folder: Path, rounds: int) -> dict[str, float]:
    """What is measured → processor seconds."""
    articles = json.loads((folder / "expected.json").read_text("utf-8"))
    article = min(articles, key=lambda row: abs(len(row["text"].split()) - WORDS))
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["ENRICH_HOME"] = str(home / "home")  # for the processes that are started
        path = draft(article, folder, home)
        note, note_type = (
            parse_note(path.name, path.read_text("utf-8")),
            read_note_type("tech-journal", prompt_folders(None)),
        )
        against, _ = Finder(KnownRuns(home / "home" / "state" / "runs")).find(note)
        long = Against(text_source(long_text(articles)))
        commands = {
            'python -c "import typer"': TYPER,
            "enrich --help": [sys.executable, "-m", "enrich", "--help"],
            "enrich check NOTE": [sys.executable, "-m", "enrich", "check", str(path), "-q"],
        }
        times = {name: min(spent(command) for _ in range(rounds)) for name, command in commands.items()}
        checks = {"own time, first check": (against, 1), "own time, warmed up": (against, rounds)}
        for name, (held, count) in {**checks, "own time, long source": (long, rounds)}.items():
            times[name] = min(own(partial(check_afresh, note, note_type, held)) for _ in range(count))
        words = len(against.source.text.split()) if against.source else 0
        print(f"article of {words} words, long source of {len(long.source.text.split()) if long.source else 0}")
    return times


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    print_times(measure(given.folder, given.rounds), 'python -c "import typer"', "`import typer`")


if __name__ == "__main__":
    main()
