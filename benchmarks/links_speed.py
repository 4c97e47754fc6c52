"""How fast the link index is made and asked, beside reading the files, on generated vaults of the journal's statistics.

    python -m benchmarks.links_speed [--sizes 2000 10000 100000] [--obsidiantools FOLDER]

- *cold*: `open_index` of a vault it has not seen, against reading and UTF-8-decoding the same files in Python; with
  and without training.
- *warm*: a whole process that suggests links for one note, against ``python -c "import typer, sqlite3"`` plus a stat of
  every file of the vault.

- *obsidiantools*: CPU seconds in which it connects the vault's graph, against reading; FOLDER gets its environment.

Cold figures are CPU seconds, warm ones seconds of the clock, each the best of three; at more than 20,000 notes the cold
ones are of one run. Memory is the cold process's peak.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

_WORDS, _TOPICS, _SHARED = 30_000, 120, 400
_REPEATED = 20_000
_WARM = """
import sys; from pathlib import Path
import typer
from enrich.links.index import open_index
from enrich.vault.file import read_text
from enrich.vault.note import parse_note
from enrich.links.suggest import suggest_links
root, cache, note = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
index = open_index(root, cache)
found = suggest_links(parse_note(note, read_text(root / note)), index)
assert found
"""
_CONNECT = """
import sys, time; from pathlib import Path
import obsidiantools.api
started = time.process_time()
obsidiantools.api.Vault(Path(sys.argv[1])).connect()
print(time.process_time() - started)
"""
_BARE = """
import os, sys
import typer, sqlite3
for folder, _, names in os.walk(sys.argv[1]):
    for name in names: os.stat(os.path.join(folder, name))
"""


def main() -> None:
    """Print one table row a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[2_000, 10_000])
    parser.add_argument("--cold", nargs=2, metavar=("VAULT", "CACHE"), help=argparse.SUPPRESS)
    parser.add_argument("--obsidiantools", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.cold:
        print(json.dumps(measure_cold(Path(arguments.cold[0]), Path(arguments.cold[1]))))
        return
    python = None
    if arguments.obsidiantools:
        from benchmarks.links_baselines import make_environment

        python = make_environment(arguments.obsidiantools / "obsidiantools", ["obsidiantools"])
    print(
        "| notes | read s | index / read | with training / read | peak MB | bare s | warm s | warm / bare "
        "| obsidiantools / read |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(Path(folder), size, python), flush=True)


def measure(folder: Path, size: int, obsidiantools: Path | None = None) -> str:
    """One row of the table; ``obsidiantools`` is the Python that has it."""
    vault, cache = folder / "vault", folder / "cache"
    names = write_vault(vault, size)
    runs = [_cold_run(vault, cache) for _ in range(3 if size <= _REPEATED else 1)]
    cold = {figure: min(run[figure] for run in runs) for figure in ("read", "index", "training", "peak")}
    warm = min(_run(["-c", _WARM, str(vault), str(cache), names[size // 2]])[0] for _ in range(3))
    bare = min(_run(["-c", _BARE, str(vault)])[0] for _ in range(3))
    read = cold["read"]
    peer = f"{_connect(obsidiantools, vault) / read:.0f}" if obsidiantools else "-"
    return (
        f"| {size} | {read:.2f} | {cold['index'] / read:.1f} | {(cold['index'] + cold['training']) / read:.1f} "
        f"| {cold['peak']:.0f} | {bare:.2f} | {warm:.2f} | {warm / bare:.2f} | {peer} |"
    )


def _cold_run(vault: Path, cache: Path) -> dict[str, float]:
    """`measure_cold` in a process of its own, of a vault that has no index."""
    shutil.rmtree(cache, ignore_errors=True)
    done = _run(["-m", "benchmarks.links_speed", "--cold", str(vault), str(cache)])[1]
    return {figure: float(value) for figure, value in json.loads(done).items()}


def measure_cold(vault: Path, cache: Path) -> dict[str, float]:
    """CPU seconds for reading all files, for the index without training, and for training; the peak of memory in MB."""
    from enrich.links.index import Told, open_index

    started = time.process_time()
    for path in vault.rglob("*.md"):
        path.read_bytes().decode("utf-8")
    read = time.process_time() - started
    steps: list[tuple[str, float]] = []
    started = time.process_time()
    open_index(vault, cache, Told(lambda step: steps.append((step, time.process_time())))).close()
    done = time.process_time()
    learning = [at for step, at in steps if step.startswith("learning")]
    storing = [at for step, at in steps if step.startswith("writing")]
    training = storing[0] - learning[0] if learning and storing else 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"read": read, "index": done - started - training, "training": training, "peak": peak}


def _connect(python: Path, vault: Path) -> float:
    """CPU seconds in which obsidiantools builds its graph."""
    done = subprocess.run([str(python), "-c", _CONNECT, str(vault)], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def _run(arguments: Sequence[str]) -> tuple[float, str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, env=environment)
    return time.perf_counter() - started, done.stdout


def write_vault(root: Path, size: int, seed: int = 0) -> list[str]:
    """A vault of ``size`` notes of some 1.8 kB: topics with their own words, hubs, two links a note, dates."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwy", k=chance.randint(4, 9))) for _ in range(_WORDS)]
    topics = [chance.sample(words, 60) for _ in range(_TOPICS)]
    stems: list[str] = []
    members: list[list[str]] = [[] for _ in topics]
    paths = []
    for number in range(size):
        topic = min(int(chance.paretovariate(0.8)) - 1, _TOPICS - 1)
        stem = " ".join((*chance.sample(topics[topic], 4), str(number)))
        day = date(2015, 1, 1) + timedelta(days=number * 4000 // size)
        own = members[topic]
        links = [own[min(len(own) - 1, int(chance.expovariate(4 / len(own))))] for _ in range(2)] if own else []
        path = f"Notes/{day.year}/{stem}.md"
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(_note(stem, day, topic, links, _prose(chance, topics[topic], words)), "utf-8")
        stems.append(stem)
        own.append(stem)
        paths.append(path)
    return paths


def _prose(chance: random.Random, topic: Sequence[str], words: Sequence[str]) -> list[str]:
    """Twelve sentences: common words, words of the topic, some of any."""
    sentences = []
    for _ in range(12):
        some = [
            *chance.choices(words[:_SHARED], k=10),
            *chance.choices(topic, k=3),
            *chance.choices(words, k=3),
        ]
        chance.shuffle(some)
        sentences.append(" ".join(some).capitalize() + ".")
    return sentences


def _note(stem: str, day: date, topic: int, links: Sequence[str], prose: Sequence[str]) -> str:
    linked = "\n".join(f"- {sentence[:-1]} in [[{stem}]]." for sentence, stem in zip(prose[8:], links, strict=False))
    return (
        f"---\ntitle: {stem}\ntags:\n  - tech-journal\n  - topic{topic}\n  - {day.year}\ndraft: false\n"
        f"description: {prose[0]}\ncreated: {day}\nupdated: {day}\n---\n\n# {stem}\n\n{' '.join(prose[1:4])}\n\n"
        f"## scene cut\n{' '.join(prose[4:8])}\n\n## signal braid\n{linked}\n- {prose[-2]}\n\n## risk surface\n"
        f"- {prose[-1]}\n\n#\n"
    )


if __name__ == "__main__":
    main()
