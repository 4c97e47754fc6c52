"""Values of the front matter as an answer has them."""

from datetime import date
from typing import Any

import pytest

from enrich.check.front_values import value_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("[[Harbor city]]", "Harbor city"),
        ("[[places/Harbor city]]", "Harbor city"),
        ("[[places/Harbor city|the harbor]]", "the harbor"),
        ("by [[Ann Lee]] and [[people/Bo Strand]]", "by Ann Lee and Bo Strand"),
        (date(2026, 11, 29), "2026-11-29"),
        (True, "true"),
        (2.5, "2.5"),
    ],
)
def test_a_value_is_held_against_the_page_as_a_reader_sees_it(value: Any, words: str) -> None:
    """A page has no folders of a vault: a link's path would be unsupported in every note."""
    assert value_words(value) == words
