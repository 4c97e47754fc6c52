"""Offsets become lines, and what lies within spans is told, without counting from the start each time."""

import pytest

from enrich.text.lines import Lines
from enrich.text.span import Cover, Span

TEXT = "a\n\nbc\n"


@pytest.mark.parametrize("offset", range(len(TEXT) + 1))
def test_a_line_is_the_number_of_line_feeds_before(offset: int) -> None:
    """Messages name the line that an editor shows for the place."""
    assert Lines(TEXT).number_at(offset) == TEXT[:offset].count("\n") + 1


def test_lines_begin_after_line_feeds() -> None:
    """A line that the text does not have begins at its end."""
    assert [Lines(TEXT).start_of(number) for number in range(1, 6)] == [0, 2, 3, 6, 6]
    assert Lines("ab").start_of(2) == 2


def test_spans_that_lie_within_others_cover_no_less() -> None:
    """An offset behind a short span is still within the long one around it."""
    cover = Cover([Span(4, 5), Span(1, 9), Span(12, 14)])
    assert [offset for offset in range(16) if offset in cover] == [*range(1, 9), 12, 13]
