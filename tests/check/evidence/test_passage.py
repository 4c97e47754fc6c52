"""Passages of a note as a reader sees them."""

import pytest

from enrich.check.evidence.passage import Passage
from enrich.text.span import Span


def read(text: str) -> Passage:
    """The whole of ``text``."""
    return Passage(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("- A bullet.", "A bullet."),
        ("It cost 5 ([News](https://a.example/x_(y))). More.", "It cost 5. More."),
        ("See [[folder/stem|stem]].", "See stem."),
        (r"Priced at \$5 and \$6.", "Priced at $5 and $6."),
        ("One. ==[unverified: 7B]== Two.", "One. Two."),
        ("A hard\nwrapped line.", "A hard wrapped line."),
        ("Read [the page](https://a.example/) twice.", "Read the page twice."),
        ("", ""),
    ],
)
def test_a_passage_reads_as_the_reader_sees_it(written: str, seen: str) -> None:
    """Marks, citation, brackets, escapes and dashes are no words of a sentence and must not be checked."""
    assert read(written).text == seen


def test_every_word_is_found_again_in_the_note() -> None:
    """The page lights up words of the note, so each word of a passage leads back to the same characters."""
    text = "- Prices of \\$5 echo [[a/b|bees]] ([News](https://a.example/)). ==[unverified: 5]== Then more."
    passage = read(text)
    for word in ("Prices", "$5", "echo", "Then", "more."):
        start = passage.text.index(word)
        assert passage.original(Span(start, start + len(word))).of(text).lstrip("\\") == word


def test_a_sentence_that_ends_with_a_link_takes_its_brackets_along() -> None:
    """Cutting a sentence must not leave half a link behind."""
    text = "It echoes [[a/b|bees]]"
    passage = read(text)
    assert passage.original(Span(0, len(passage.text))).of(text) == text
    assert passage.original(Span(10, 14)).of(text) == "[[a/b|bees]]"
    assert passage.original(Span(11, 13)).of(text) == "ee"


def test_nothing_of_an_empty_span() -> None:
    """A section that was emptied has no place that raises."""
    assert read("").original(Span(0, 0)) == Span(0, 0)
