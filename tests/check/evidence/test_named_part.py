"""Sentences that say which numbered part of the source they rest on."""

import pytest

from enrich.check.evidence.features import read_content
from enrich.check.evidence.prepared_source import PreparedSource

SOURCE = PreparedSource(
    "Passage 1: The heron nests in tall reeds near water.\n\nPassage 2: Barley beer ferments within nine days.\n"
)


@pytest.mark.parametrize(
    ("claim", "misplaced"),
    [
        ("Barley beer ferments within nine days (Passage 2).", False),
        ("Passage 1 states that barley beer ferments within nine days.", True),
        ("According to passages 1 and 2, barley beer ferments within nine days.", False),
        ("Barley beer ferments within nine days (Passage 7).", True),
        ("Barley beer ferments within nine days.", False),
        ("Section 1 of the law says that barley beer ferments.", False),
    ],
)
def test_words_credited_to_another_part_are_noticed(claim: str, misplaced: bool) -> None:
    """A right sentence with the wrong reference sends the reader to a place that does not say it."""
    assert (SOURCE.parts.misplaced(claim, read_content(claim, SOURCE).stems) > 0) is misplaced


def test_a_page_without_numbered_parts_is_never_misread() -> None:
    """A mention of chapter 2 in a note on a plain article raises no suspicion."""
    assert PreparedSource("Barley beer ferments.").parts.misplaced("Beer ferments (Chapter 2).", ["beer"]) == 0.0
