"""Paths for a shell."""

import shlex
from pathlib import Path

import pytest

from enrich.text.shell import quote_path


@pytest.mark.parametrize(
    "name",
    ["a.md", "two words.md", "it's.md", 'say "no".md', "$HOME.md", "`ls`.md", "a;b.md", "wow!.md", "a\\b.md", "--x.md",
     "ghi chú.md", "*.md", "a\nb.md"],
)  # fmt: skip
def test_a_quoted_path_is_one_word_of_a_shell(name: str) -> None:
    """Whatever a title holds, the pasted line names this file and runs nothing."""
    assert shlex.split(quote_path(Path("/vault") / name)) == [f"/vault/{name}"]


def test_spaces_get_double_quotes() -> None:
    """The form that every system's shell reads."""
    assert quote_path(Path("/my vault/a b.md")) == '"/my vault/a b.md"'
