"""What strangers say, in messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.text.quoted import quote


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("as it is", "as it is"),
        ("  two\nlines\tand\r\nmore ", "two lines and more"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;a title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("\x1bPdevice\x1b\\after", "after"),
        ("bell\x07 back\x08 null\0", "bell back null"),
        ("turned \u202e round", "turned round"),
        ("half \ud800 a pair", "half a pair"),
        ("a" * 300, "a" * 199 + "…"),
    ],
)
def test_what_is_said_is_shown_on_one_line(said: str, shown: str) -> None:
    """Colours, titles, line ends and what does not show are gone; the words stay."""
    assert " ".join(quote(said).split()) == shown


@given(st.text(st.characters(exclude_categories=())), st.integers(2, 50))
def test_nothing_in_a_quotation_drives_a_terminal(said: str, most: int) -> None:
    """Whatever is said, a message stays short and printable."""
    shown = quote(said, most)
    assert len(shown) <= most
    assert shown.isprintable()
