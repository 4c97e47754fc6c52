"""Words of a sentence beside the words of its evidence."""

import time

from enrich.check.facts.stems import stems_of
from enrich.review.difference import Run, compare_words, mark_shared

EVIDENCE = "The board ships to 12 countries in March."
SOURCE = stems_of(f"{EVIDENCE} A licence forbids weapons.")


def test_words_are_told_apart_by_where_the_source_has_them() -> None:
    """A reviewer sees at once which words rest on the evidence, on the rest of the page, or on nothing."""
    found = compare_words("Shipments reach 13 countries under a licence.", EVIDENCE, SOURCE, ["13"])
    kinds = {run.text: run.kind for run in found}
    assert kinds["13"] == "missing"
    assert kinds["countries"] == "same"
    assert kinds["licence"] == "elsewhere"
    assert kinds["reach"] == "new"


def test_nothing_of_the_sentence_is_lost() -> None:
    """The runs are the sentence: a page made of them shows every character."""
    sentence = "  Ünïcode «quotes», $1.8B & <b>tags</b>… "
    assert "".join(run.text for run in compare_words(sentence, EVIDENCE, SOURCE, ["$1.8B"])) == sentence
    assert "".join(run.text for run in mark_shared(EVIDENCE, sentence)) == EVIDENCE


def test_a_number_of_the_evidence_that_the_sentence_lacks_is_marked() -> None:
    """The eye goes from the wrong figure to the right one."""
    assert Run("12", "other") in mark_shared(EVIDENCE, "It ships to 13 countries.")
    assert Run("12", "same") in mark_shared(EVIDENCE, "It ships to 12.")


def test_function_words_are_not_marked() -> None:
    """`the` in both texts says nothing."""
    assert {run.kind for run in compare_words("the and of it", EVIDENCE, SOURCE)} == {"plain"}


def test_a_sentence_whose_every_word_is_missing_does_not_hold_the_review_up() -> None:
    """20,000 words that the check did not find are compared in a moment; each by each took a minute."""
    start = time.process_time()
    found = compare_words("a - " * 20_000, EVIDENCE, SOURCE, ["a"])
    assert [run.kind for run in found[:4]] == ["missing", "plain", "missing", "plain"]
    assert time.process_time() - start < 4


def test_a_word_is_missing_where_a_part_of_it_is() -> None:
    """What the check did not find may begin or end within a word, or hold several; its neighbours are not marked."""
    found = compare_words("Ten pre-2019 boards of steel ship.", EVIDENCE, SOURCE, ["2019 boards", "teel"])
    assert [run.text for run in found if run.kind == "missing"] == ["2019", "boards", "steel"]
