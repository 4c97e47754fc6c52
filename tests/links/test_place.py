"""Places: where a related link goes in notes of no type."""

import pytest

from enrich.links.place import place_related
from enrich.vault.edit import edit_bytes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\n\nText.\n", "# a\n\nText.\n\n## related\n- [[B]]\n"),
        ("# a\n\n## related\n- [[C]]\n\n## more\nx\n", "# a\n\n## related\n- [[C]]\n- [[B]]\n\n## more\nx\n"),
        ("# a\n\n## Related\n\n## more\nx\n", "# a\n\n## Related\n- [[B]]\n\n## more\nx\n"),
        ("# a\r\n\r\n## related\r\n- [[C]]\r\n", "# a\r\n\r\n## related\r\n- [[C]]\r\n- [[B]]\r\n"),
        ("# a\n\nText.\n\n#\n", "# a\n\nText.\n\n## related\n- [[B]]\n\n#\n"),
        ("", "## related\n- [[B]]"),
    ],
)
def test_a_line_under_the_heading(text: str, expected: str) -> None:
    """The list grows at its end; a missing heading is added before a closing mark; line ends stay as they are."""
    place = place_related(text, "B", (), None)
    assert place is not None
    assert edit_bytes(text.encode(), [place.edit]).decode() == expected
