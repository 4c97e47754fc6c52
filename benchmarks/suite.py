"""How long the tests take beside those of an earlier commit: on this machine, in the same hour.

    python -m benchmarks.suite COMMIT

The commit is cloned and set up as its Makefile says. Its tests run as they did then, on one process; then those of them
that still exist, by name and case; then all of today's, on the processes that `make test` takes. Servers and browsers
are counted as far as the clock goes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]
SAME = "ENRICH_SAME_TESTS"
_PARALLEL = ("--numprocesses", "auto", "--dist", "worksteal")


def main() -> None:
    """Print a table row a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit")
    commit = parser.parse_args().commit
    with tempfile.TemporaryDirectory() as folder:
        before, names = Path(folder) / "before", Path(folder) / "names"
        subprocess.run(["git", "clone", "--quiet", str(HERE), str(before)], check=True)
        subprocess.run(["git", "checkout", "--quiet", commit], check=True, cwd=before)
        subprocess.run(["make", "setup"], check=True, cwd=before, capture_output=True)
        python = str(before / ".venv" / "bin" / "python")
        named = subprocess.run(
            [python, "-m", "pytest", "--collect-only", "-q", "-o", "addopts="],
            capture_output=True,
            text=True,
            cwd=before,
        )
        names.write_text("\n".join(_case(line) for line in named.stdout.splitlines() if "::" in line), "utf-8")
        print("| tests | passed | seconds |\n|---|---|---:|")
        _row(f"of {commit}", [python, "-m", "pytest"], before)
        _row("the same today", [sys.executable, "-m", "pytest", *_PARALLEL, "-p", "benchmarks.suite"], HERE, names)
        _row("all of today", [sys.executable, "-m", "pytest", *_PARALLEL], HERE)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """As a plugin: leave out the tests that are not named in the file of `SAME`."""
    wanted = set(Path(os.environ[SAME]).read_text("utf-8").split("\n"))
    left = [item for item in items if _case(item.nodeid) not in wanted]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if _case(item.nodeid) in wanted]


def _case(name: str) -> str:
    """The test's function and case: its file may have moved."""
    return name.strip().partition("::")[2]


def _row(name: str, command: list[str], folder: Path, names: Path | None = None) -> None:
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=env | ({SAME: str(names)} if names else {})
    )
    print(f"| {name} | {done.stdout.strip().splitlines()[-1]} | {time.monotonic() - started:.0f} |", flush=True)


if __name__ == "__main__":
    main()
