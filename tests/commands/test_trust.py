"""``enrich trust``, and what happens in a vault whose ``.env`` names an address."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.test_suggest import ROOT, command

ADDRESS = "https://there.example/v1"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault that came with a .env."""
    (tmp_path / "vault" / ".obsidian").mkdir(parents=True)
    (tmp_path / "vault" / ".env").write_text(f"ENRICH_BASE_URL={ADDRESS}\nENRICH_API_KEY=k\n", "utf-8")
    return tmp_path / "vault"


def at_a_terminal(vault: Path, answer: str) -> tuple[int, str]:
    """Run ``enrich undo --list`` at a terminal where ``answer`` is typed; the exit code and what was shown."""
    master, slave = pty.openpty()
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "ENRICH_HOME": str(vault.parent / "home")}
    os.write(master, answer.encode())
    done = subprocess.run(
        [sys.executable, "-m", "enrich", "undo", "--list"], cwd=vault, env=env, stdin=slave, stdout=slave, stderr=slave
    )
    shown = os.read(master, 10_000).decode()
    os.close(slave)
    os.close(master)
    return done.returncode, shown


def test_without_a_terminal_the_message_names_the_command_that_helps(vault: Path) -> None:
    """Exit 3 until the user has agreed, and again when the address is another or the consent is taken back."""
    refused = command(vault, "undo", "--list")
    assert refused.returncode == 3
    assert f"enrich trust {vault}/.env" in refused.stderr
    assert ADDRESS in refused.stderr

    done = command(vault, "trust", ".env")
    assert (done.returncode, done.stdout) == (0, f"{ADDRESS}  {vault}/.env\n")
    assert command(vault, "undo", "--list").returncode == 0
    assert command(vault, "trust").stdout == done.stdout

    (vault / ".env").write_text(f"ENRICH_BASE_URL={ADDRESS}/other\n", "utf-8")
    assert command(vault, "undo", "--list").returncode == 3
    assert command(vault, "trust", ".", "--revoke").returncode == 0
    assert command(vault, "trust").stdout == ""


def test_a_terminal_asks_once(vault: Path) -> None:
    """A yes is remembered; a no is exit 3 and asked again."""
    code, shown = at_a_terminal(vault, "n\n")
    assert code == 3
    assert ADDRESS in shown
    assert at_a_terminal(vault, "y\n")[0] == 0
    code, shown = at_a_terminal(vault, "")
    assert code == 0
    assert ADDRESS not in shown


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        ("A=1\n", (".env",), 2),
        (None, (".env",), 2),
        ("A=1\n", ("notes.md",), 2),
        ("A=1\n", ("--revoke",), 2),
        ("A=1\n", (".env", "--revoke"), 2),
        ("ENRICH_BASE_URL=http://user:password@there.example\n", (".env",), 2),
        ("ENRICH_BASE_URL=http://there.example#@127.0.0.1\n", (".env",), 2),
    ],
)
def test_what_cannot_be_trusted_is_a_message(
    vault: Path, text: str | None, arguments: tuple[str, ...], code: int
) -> None:
    """A file without an address, none at all, or an address that two readers take for different hosts."""
    (vault / ".env").unlink()
    if text is not None:
        (vault / ".env").write_text(text, "utf-8")
    done = command(vault, "trust", *arguments)
    assert done.returncode == code
    assert done.stderr.startswith("enrich: ")
    assert "password" not in done.stderr
    assert command(vault, "trust").stdout == ""
