"""``enrich init`` at a terminal: what it asks, in a pseudo-terminal as a person has it."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")


class Terminal:
    """A program in a terminal of its own; what it wrote so far."""

    def __init__(self, arguments: list[str], env: dict[str, str]) -> None:
        self.master, inner = pty.openpty()
        self.program = subprocess.Popen(
            [sys.executable, "-m", "enrich", *arguments], stdin=inner, stdout=inner, stderr=inner, env=env
        )
        os.close(inner)
        self.shown = ""

    def answer(self, question: str, words: str) -> None:
        """Wait for the question and answer it."""
        seen, until = len(self.shown), time.monotonic() + 60
        while question not in self.shown[seen:]:
            assert self.read(), f"never asked {question!r}: {self.shown}"
            assert time.monotonic() < until, self.shown
        os.write(self.master, f"{words}\n".encode())

    def read(self) -> bool:
        """More of what is written; False where the program has ended."""
        if not select.select([self.master], [], [], 60)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:  # the other end is closed
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)

    def end(self) -> int:
        """The exit code, once all was written."""
        while self.read():
            pass
        os.close(self.master)
        return self.program.wait(60)


def test_init_asks_folder_type_model_and_article(tmp_path: Path) -> None:
    """Each is asked once with a way to leave it; what was said stands in the two settings files afterwards."""
    vault, home = tmp_path / "vault", tmp_path / "home"
    (vault / ".obsidian").mkdir(parents=True)
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(home), "TERM": "dumb", "PYTHONUTF8": "1"}
    there = Terminal(["init", "--vault", str(vault)], env)
    there.answer("Learn the type from a folder of notes? Which (empty: no)", "")
    there.answer("The type of drafts [article-note]", "link-note")
    there.answer("The model that writes drafts", "m-1")
    there.answer("The address of an article for a first draft (empty: later)", "")
    assert there.end() == 0, there.shown
    assert 'type = "link-note"' in (vault / ".enrich" / "config.toml").read_text("utf-8")
    assert '"m-1"' in "".join(path.read_text("utf-8") for path in home.rglob("config.toml"))
    assert "next: enrich draft URL" in there.shown
