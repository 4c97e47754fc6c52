"""Patches: what git and patch take."""

import subprocess
from pathlib import Path

import pytest

from enrich.links.patch import unified_patch


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\n", "a\nc\n"),
        ("a\nb", "a\nc"),
        ("a\nb", "a\nb\nc\n"),
        ("a\r\nb\r\n", "a\r\nc\r\n"),
        ("a\x0cb\u2028c\n", "a\x0cb\u2028d\n"),
        ("", "new\n"),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "folder/a note with spaces.md", "bản đồ.md"])
def test_git_applies_the_patch(before: str, after: str, name: str, tmp_path: Path) -> None:
    """The printed patch makes the change: with spaces in names, without a last line end, with any line ends."""
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(before.encode())
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    done = subprocess.run(
        command, input=unified_patch(name, before, after).encode(), cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == after.encode()


def test_no_change_is_no_patch() -> None:
    """Nothing is printed for a note that stays as it is."""
    assert unified_patch("a.md", "x\n", "x\n") == ""
