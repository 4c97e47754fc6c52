"""How long a user waits: the CPU time of whole commands, as ratios to two bare starts of Python in the same run.

One imports typer; the other imports sqlite3 too, and looks at every file of the vault.

    python -m benchmarks.first_answer VAULT PAGE [--runs 3] [--warm]

VAULT is copied; PAGE is a saved page. Each row is the median of the runs, those of a first answer each with an empty
cache. What a command lets another process do afterwards (learning) is not counted: nobody waits for it.
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_LOOK = "import os, sqlite3, sys, typer; [os.stat(f'{d}/{f}') for d, _, fs in os.walk(sys.argv[1]) for f in fs]"
_RUNS = 200
_URL = "https://news.example.com/2024/01/02/first-answer"


def main() -> None:
    """Print a table row a command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", type=Path)
    parser.add_argument("page", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--warm", action="store_true", help="Ask a warm suggest-links alone.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.vault, options.page, options.runs)
        print("| command | CPU, s | times `import typer` | times a look at every file |\n|---|---:|---:|---:|")
        for name, (seconds, *times) in bench.warm() if options.warm else bench.rows():
            print(f"| {name} | {seconds:.2f} | {times[0]:.1f} | {times[1]:.1f} |")


class Bench:
    """A copy of the vault, and the commands that are asked there."""

    def __init__(self, folder: Path, vault: Path, page: Path, runs: int) -> None:
        self.vault = Path(shutil.copytree(vault, folder / "vault"))
        for file in self.vault.rglob("*"):
            file.chmod(file.stat().st_mode | 0o200)
        self.home, self.page, self.runs = folder / "home", page, runs
        self.bare = ["import typer"], [_LOOK, str(self.vault)]
        notes = sorted((path for path in self.vault.rglob("*.md")), key=lambda path: path.stat().st_size)
        self.note = str(notes[3 * len(notes) // 4])

    def rows(self) -> "list[tuple[str, tuple[float, ...]]]":
        """Each command's name and seconds."""
        suggest = self.enrich("suggest-links", self.note)
        draft = [*self.enrich("draft", "-m", "", "--url", _URL, "--html", str(self.page), "--dry-run"), "-q"]
        check = self.enrich("check", "--offline", self.note)
        first = [("suggest-links, empty cache", suggest), ("draft without a model, empty cache", draft)]
        rows = [(name, self.median(asked, self.forget)) for name, asked in first]
        self.forget()
        rows += self.warm()
        later = [("draft without a model, later", draft), ("check NOTE", check)]
        rows += [(name, self.median(asked)) for name, asked in later]
        rows.append(("suggest-links, one changed note", self.median(suggest, self.touch)))
        check_all = self.enrich("check", "--all")
        rows.append(("check --all", self.median(check_all)))
        self.multiply_runs()
        return [*rows, (f"check --all, {_RUNS} more run folders", self.median(check_all))]

    def warm(self) -> list[tuple[str, tuple[float, ...]]]:
        """Answers with everything learned before: the usual one, and one with ten links, each with its place."""
        suggest = self.enrich("suggest-links", self.note)
        subprocess.run([*suggest, "--wait"], check=False, capture_output=True)
        ten = [*suggest, "--min-score", "0"]
        return [("suggest-links, warm", self.median(suggest)), ("the same with ten links to show", self.median(ten))]

    def enrich(self, *arguments: str) -> list[str]:
        """A command line."""
        return [sys.executable, "-m", "enrich", *arguments, "--vault", str(self.vault)]

    def forget(self) -> None:
        """Empty the cache; who learns for it is waited for."""
        while subprocess.run(["pgrep", "-f", "enrich.links.learn"], check=False, capture_output=True).returncode == 0:
            time.sleep(0.2)
        shutil.rmtree(self.home, ignore_errors=True)

    def multiply_runs(self) -> None:
        """Run folders like the one of the first draft."""
        first = next((self.home / "state" / "runs").iterdir())
        for number in range(_RUNS):
            shutil.copytree(first, first.with_name(f"20200101-{number:06d}-another"))

    def touch(self) -> None:
        """Change one note."""
        path = self.vault / "first answer.md"
        path.write_text(f"# first answer\n\nA note that changes: {time.monotonic_ns()}.\n", "utf-8")

    def median(self, asked: Sequence[str], before: Callable[[], None] = lambda: None) -> tuple[float, ...]:
        """The CPU seconds of a process and those it waits for, and how many times each bare start that is.

        Both bare starts are measured beside each run: a machine is not as fast in one minute as in the next.
        """
        seconds = []
        for _ in range(self.runs):
            before()
            bare = [self._seconds([sys.executable, "-c", *code]) for code in self.bare]
            seconds.append((self._seconds(asked), *bare))
        spent, *starts = map(statistics.median, zip(*seconds, strict=True))
        return spent, *(spent / start for start in starts)

    def _seconds(self, asked: Sequence[str]) -> float:
        started = _spent()
        env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(self.home)}
        done = subprocess.run(asked, check=False, capture_output=True, env=env)
        if done.returncode not in (0, 6):
            raise SystemExit(f"{' '.join(asked)}: exit {done.returncode}: {done.stderr.decode()[-300:]}")
        return _spent() - started


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
