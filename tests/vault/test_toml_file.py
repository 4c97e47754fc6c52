"""TOML files that people write: each mistake is shown by line and key, and no file costs minutes or the stack."""

import os
from pathlib import Path

import pytest

from enrich.errors import SettingsError
from enrich.vault.toml_file import MOST_BYTES, Table, are_limits, find_line, is_text, read_toml

WRITTEN = '''# a comment with words = [1, 2]
name = "a" # words = 3
note = """
[title]
words = [9, 9]
"""
never = [
  "words = 1", # ]
  'x]',
]
title.words = [1, 2]

[tags] # [not this]
"count" = [1, 2]
extra = { deep = 1 }

[[section]]
name = "one"

[[section]]
name = "two"
words = [1, 2]
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("name",), 2),
        (("note",), 3),
        (("never",), 7),
        (("title", "words"), 11),
        (("tags",), 13),
        (("tags", "count"), 14),
        (("tags", "extra", "deep"), 15),
        (("section", 0, "name"), 18),
        (("section", 1, "words"), 22),
        (("section", 1, "missing"), 20),
        (("nowhere",), 0),
    ],
)
def test_the_line_of_a_key_is_found(key: tuple[str | int, ...], line: int) -> None:
    """Strings, lists over several lines and comments that look like keys do not lead to a wrong line."""
    assert find_line(WRITTEN, key) == line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nmae = 'x'", "line 1: unknown key 'nmae'; did you mean name?"),
        ("name = 'x'\n[title]\nwrods = [1, 2]", "line 3: unknown key 'wrods' in [title]; did you mean words?"),
        ("name = 'x'\ntitle.words = [2, 1]", "line 2: words is [2, 1] in [title], not [lowest, highest]"),
        ("name = 'x'\ntitle = 3", "line 2: title is 3, not a table; write it as [title]"),
        ("\n\nname = ['x']", "line 3: name is ['x'], not text"),
        ('name = "a\\u0000b"', "line 1: name is 'a\\x00b', with a character that cannot be seen"),
        ("title = {}", "the file lacks 'name'"),
    ],
)
def test_a_mistake_names_line_key_and_the_nearest_right_one(tmp_path: Path, text: str, said: str) -> None:
    """A person with a typing error needs no second look at the documentation."""
    (tmp_path / "a.toml").write_text(text, "utf-8")
    table = Table({"name": is_text, "title": Table({"words": are_limits(9)}, told="[title]")}, required=("name",))
    with pytest.raises(SettingsError) as raised:
        read_toml(tmp_path / "a.toml").hold_to(table)
    assert said in str(raised.value)
    assert str(tmp_path / "a.toml") in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "\na = " + "[" * 5000,
        "\na = " + "[" * 5000 + "]" * 5000,
        "\na = [\n" + "[\n" * 5000,
        "\na = " + "{a=" * 3000 + "1" + "}" * 3000,
        "\n" + "a." * 5000 + "a = 1",
        "\n[" + "a." * 9000 + "a]\n" + "\n".join(f"x{n} = 1" for n in range(5000)),
        '\n["' + '"."'.join("a" * 900) + '"]',
        "\na = " + "1" * 6000,
        "\na = 0x" + "f" * 6000,
        "\na = \0",
        '\na = "\0"',
        "\na = 'x",
        "\na = 1\na = 2",
        "\n[a]\n[a]",
        "\na = 2023-13-45",
    ],
)
def test_what_would_cost_minutes_or_the_stack_is_refused_by_its_line(tmp_path: Path, text: str) -> None:
    """A file that came with a vault cannot hang or break a command."""
    (tmp_path / "a.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"a\.toml(, line \d+)?: .*; "):
        read_toml(tmp_path / "a.toml")


def test_dots_and_brackets_in_texts_and_comments_count_for_nothing(tmp_path: Path) -> None:
    """The bounds are on structure; a long list of abbreviations is no deep name."""
    text = f"# {'.' * 99} {'[' * 99}\na = ['{'x.' * 99}', \"{'[' * 99}\"]\nb = '''\n{'{' * 99}'''\n"
    (tmp_path / "a.toml").write_text(text, "utf-8")
    assert len(read_toml(tmp_path / "a.toml").values) == 2


@pytest.mark.parametrize("kind", ["pipe", "folder", "endless", "loop", "large", "not UTF-8"])
def test_only_a_regular_file_of_bounded_size_is_read(tmp_path: Path, kind: str) -> None:
    """A pipe or a device of that name neither hangs nor fills the memory."""
    path = tmp_path / "a.toml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind in ("endless", "loop"):
        path.symlink_to("/dev/zero" if kind == "endless" else path)
    else:
        path.write_bytes(b"#" * (MOST_BYTES + 1) if kind == "large" else b"a = '\xff'")
    with pytest.raises(SettingsError, match=r"a\.toml(: .+; mend or remove the file|, line 1: is not UTF-8)"):
        read_toml(path)
