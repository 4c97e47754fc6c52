"""How long `enrich --help` takes beside `python -c "import typer"`, in one run on this machine.

python -m benchmarks.startup [--rounds 20]
"""

import argparse
import statistics
import subprocess
import sys
import time

COMMANDS = {
    'python -c "import typer"': [sys.executable, "-c", "import typer"],
    "enrich --help": [sys.executable, "-m", "enrich", "--help"],
    "enrich draft --help": [sys.executable, "-m", "enrich", "draft", "--help"],
}


def seconds(command: list[str]) -> float:
    """Wall time of one run, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Alternate the commands, so that a busy moment hits all of them, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    for command in COMMANDS.values():
        seconds(command)
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    base = statistics.median(next(iter(times.values())))
    print("| command | median ms | times `import typer` |\n|---|---|---|")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"| `{name}` | {middle * 1000:.0f} | {middle / base:.2f} |")


if __name__ == "__main__":
    main()
