"""The README says what the program does: help, exit codes, settings and example are compared with the real thing."""

import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from enrich import errors
from enrich.config import VARIABLES
from enrich.errors import EnrichError

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^### enrich ([a-z-]+)$", README, re.MULTILINE)


def help_of(*command: str) -> str:
    """What ``--help`` prints at a width of 100 columns."""
    done = subprocess.run(
        [sys.executable, "-m", "enrich", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "100"},
    )
    return "\n".join(line.rstrip() for line in done.stdout.replace("python -m enrich", "enrich").strip().splitlines())


def test_every_command_is_documented() -> None:
    """A command that the README does not name would be found by nobody."""
    listed = re.findall(r"^  ([a-z][a-z-]+)  ", help_of().split("Commands:")[1], re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_in_the_readme_is_what_the_command_prints(command: str) -> None:
    """Options in the README exist, and existing ones are in the README. `python -m tests.test_readme` renews them."""
    assert f"```text\n{help_of(command)}\n```" in README


def test_every_exit_code_is_in_the_readme() -> None:
    """A script that branches on an exit code can rely on the table."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, EnrichError)]
    codes = {kind.exit_code for kind in kinds}
    listed = set(map(int, re.findall(r"^\| (\d+) \|", README, re.MULTILINE)))
    assert listed == codes | {0, 130}


def test_every_setting_is_in_the_readme() -> None:
    """Each variable that the program reads is in the table of settings."""
    for names in (*VARIABLES.values(), ("ENRICH_VAULT", "ENRICH_HOME")):
        for name in names:
            assert f"`{name}`" in README


def test_the_example_is_a_recorded_case() -> None:
    """The note that the README shows is one that a replay makes."""
    note = (ROOT / "fixtures" / "cases" / "model-release" / "note.md").read_text("utf-8")
    assert f"```markdown\n{note}```" in README


def _constant(text: str, _found: re.Match[str]) -> str:
    """A replacement that is taken as it is, backslashes too."""
    return text


def renew() -> None:
    """Write help texts and example into README.md."""
    text = README
    for command in COMMANDS:
        head, title, rest = text.partition(f"### enrich {command}\n")
        block = f"```text\n{help_of(command)}\n```"
        text = head + title + re.sub(r"```text\n.*?\n```", partial(_constant, block), rest, count=1, flags=re.DOTALL)
    note = (ROOT / "fixtures" / "cases" / "model-release" / "note.md").read_text("utf-8")
    text = re.sub(
        r"```markdown\n.*?\n```", partial(_constant, f"```markdown\n{note}```"), text, count=1, flags=re.DOTALL
    )
    (ROOT / "README.md").write_text(text, "utf-8")


if __name__ == "__main__":
    renew()
