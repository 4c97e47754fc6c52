"""A line that is no TOML is told in words of somebody who never heard of TOML, with its line and how it is written."""

from pathlib import Path

import pytest

from enrich.errors import SettingsError
from enrich.vault.toml_file import read_toml


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("heading = Summary", 'heading is text without quotes; write heading = "Summary"'),
        ("heading = Key points # mine", 'write heading = "Key points"'),
        ("heading: Summary", """'heading: Summary' has ':' behind the key; write heading = "Summary\""""),
        ("h1: true", "write h1 = true"),
        ('heading = "Summary', "heading has a quotation mark that nothing closes"),
        ("heading = “Summary”", "has curly quotation marks"),
        ("heading =", "heading has no value; write one behind the ="),
        ("heading", "'heading' is no key with a value; write it as key = value, or put # before it"),
        ("h1 = True", "h1 is True; write true, in small letters"),
        ("h1 = yes", "h1 is yes; write true, in small letters"),
        ("h1 = No", "h1 is No; write false, in small letters"),
        ("items = [2 4]", "items is '[2 4]', which is no list; write it as [1, 3]"),
        ("items = 2-4", "items is '2-4', which is neither a number nor text; put text in quotes"),
        ("items = 2..4", "items is '2..4', which is neither a number nor text"),
        ("[[section]", "'[[section]' is no head of a table; write it as [[section]]"),
        ("[match", "'[match' is no head of a table; write it as [match]"),
        ('name = "b"', "'name' is given a second time; remove one"),
        ('folder = "Notes\\Literature"', "folder holds a backslash"),
        ("[id]\n[id]", "'[id]' stands there already"),
    ],
)
def test_a_line_that_is_no_toml_is_told_with_its_line_and_what_to_write(tmp_path: Path, line: str, said: str) -> None:
    """The parser's own words, `Invalid value (at line 2, column 9)`, help nobody."""
    (tmp_path / "a.toml").write_text(f'name = "a"\n{line}\nlast = 1\n', "utf-8")
    with pytest.raises(SettingsError) as raised:
        read_toml(tmp_path / "a.toml")
    assert said in str(raised.value)
    assert str(raised.value).startswith(f"{tmp_path / 'a.toml'}, line {2 + line.count(chr(10))}: ")


def test_what_a_message_shows_of_a_line_is_short_and_drives_no_terminal(tmp_path: Path) -> None:
    """A file that came with a vault cannot fill or steer the terminal by being wrong."""
    (tmp_path / "a.toml").write_text(f"a = x\x1b[31m{'y' * 5000}\n", "utf-8")
    with pytest.raises(SettingsError) as raised:
        read_toml(tmp_path / "a.toml")
    message = str(raised.value).removeprefix(str(tmp_path))
    assert message.isprintable()
    assert len(message) < 300


def test_a_file_in_an_old_encoding_is_told_by_its_line(tmp_path: Path) -> None:
    """Editors of old machines still write Latin-1."""
    (tmp_path / "a.toml").write_bytes('name = "a"\nheading = "Résumé"\n'.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"line 2: is not UTF-8; save the file as UTF-8"):
        read_toml(tmp_path / "a.toml")
