"""Names that every device can hold."""

import pytest

from enrich.vault.file_name import name_fault


@pytest.mark.parametrize(
    "name", ["a note.md", "2023", "Tech_Journal", "v1.2.md", "🧰 本库指南", "console.md", "com10.md", "é" * 127]
)
def test_usual_names_are_fine(name: str) -> None:
    """Whatever people call their notes is taken, as long as it can be stored."""
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "no name"),
        ("..", "no name"),
        (".hidden.md", "starts with a dot"),
        ("a.", "ends with a dot"),
        ("a ", "ends with a dot or a space"),
        ("CON", "device"),
        ("nul.md", "device"),
        ("com1.tar.md", "device"),
        ("what?.md", "'?'"),
        ("a:b.md", "':'"),
        ("a\x00b.md", "'\\x00'"),
        ("a\\b.md", "'\\\\'"),
        ("é" * 127 + "é", "256 bytes"),
        ("a\ud800.md", "surrogate"),
    ],
)
def test_names_that_some_device_cannot_store(name: str, said: str) -> None:
    """A note that Windows or a phone cannot store is lost at the first sync."""
    assert said in name_fault(name)
