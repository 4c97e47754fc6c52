"""Counts in messages."""

from enrich.text.count import counted


def test_one_is_singular_and_everything_else_plural() -> None:
    """No message says `1 words` or `round(s)`."""
    assert [counted(number, "note") for number in (0, 1, 2, 1200)] == ["0 notes", "1 note", "2 notes", "1,200 notes"]
    assert counted(1, "try", "tries") == "1 try"
    assert counted(3, "try", "tries") == "3 tries"
