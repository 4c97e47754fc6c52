"""Words of a sentence beside the words of its evidence."""

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
