"""Run ``enrich`` in this process: the same program as in one of its own, without waiting for its start."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from enrich.cli import main


class _Stream(io.TextIOWrapper):
    """Standard output or error, as a pipe would take it."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", errors="surrogateescape", write_through=True)

    def text(self) -> str:
        """All that was written."""
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode("utf-8")


def run_here(
    arguments: Sequence[str], env: Mapping[str, str], given: bytes = b"", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """What ``enrich ARGUMENTS`` does in ``folder`` with nothing but ``env`` in its environment."""
    out, err = _Stream(), _Stream()
    with _process(["enrich", *arguments], env, given, folder), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code or 0
    assert isinstance(code, int)
    return subprocess.CompletedProcess(list(arguments), code, out.text(), err.text())


@contextmanager
def _process(argv: list[str], env: Mapping[str, str], given: bytes, folder: Path | None) -> Iterator[None]:
    """The arguments, environment, standard input and working folder of a process, and those of before again."""
    before = sys.argv, sys.stdin, dict(os.environ), Path.cwd()
    sys.argv, sys.stdin = argv, io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    os.environ.clear()
    os.environ.update({"ENRICH_TYPE": "tech-journal", **env})  # the small vaults of tests have no notes to tell one
    os.chdir(folder or before[3])
    try:
        yield
    finally:
        os.chdir(before[3])
        os.environ.clear()
        os.environ.update(before[2])
        sys.argv, sys.stdin = before[0], before[1]
