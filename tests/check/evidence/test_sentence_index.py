"""Where a source comes nearest to a claim."""

import pytest

from enrich.check.evidence.features import read_content
from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.facts.stems import stem

TEXT = (
    "Larkspur opened a smelter in Kelmar in 2019. The smelter burns hydrogen. "
    "Larkspur closed its old furnace in Dorn. The furnace had burned coal for forty years. "
    "Visitors may walk through the park, the garden and the hall."
)
SOURCE = PreparedSource(TEXT, headline="Larkspur turns to hydrogen")


def nearest(claim: str) -> str:
    """The words of the source that are shown beside the claim."""
    match = read_content(claim, SOURCE).match
    return match.span.of(TEXT) if match else ""


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("In Kelmar a smelter was opened.", "Larkspur opened a smelter in Kelmar in 2019."),
        ("The old furnace in Dorn is closed.", "Larkspur closed its old furnace in Dorn."),
        ("Guests walk through the garden.", "Visitors may walk through the park, the garden and the hall."),
    ],
)
def test_the_sentence_that_shares_the_telling_words_is_shown(claim: str, shown: str) -> None:
    """A reviewer reads one sentence of the source instead of the page."""
    assert nearest(claim) == shown


def test_a_second_sentence_is_shown_when_the_claim_draws_on_both() -> None:
    """A claim that joins two sentences is judged with both in view."""
    shown = nearest("The furnace in Dorn that had burned coal for forty years is closed.")
    assert shown == "Larkspur closed its old furnace in Dorn. The furnace had burned coal for forty years."


def test_words_of_the_headline_decide_less_than_others() -> None:
    """The subject of a page stands everywhere in it and must not draw every claim to its first sentence."""
    assert "coal" in nearest("Larkspur used coal for decades.")


def test_the_same_words_in_the_same_order_decide_between_equals() -> None:
    """Of two sentences with the same words the one that says it alike is the evidence."""
    text = "Anna paid Bruno for the van. Bruno paid Anna for the van."
    match = read_content("It is said that Bruno paid Anna for the van.", PreparedSource(text)).match
    assert match is not None
    assert match.span.of(text) == "Bruno paid Anna for the van."


def test_no_place_is_shown_for_a_claim_that_shares_no_word() -> None:
    """Nothing is better than a random sentence of the page."""
    assert nearest("Quarterly dividends doubled.") == ""


def test_shares_count_words_by_rarity_and_each_once() -> None:
    """Half of the rare words held is half a share, however often one is repeated."""
    assert SOURCE.index.share_of_two(["smelt", "zebra", "smelt"]) == 0.5
    assert SOURCE.index.share_of_two([]) == 0.0
    assert SOURCE.index.share_in(["smelt"], range(2, 5)) == 0.0


def test_words_of_the_sentences_around_count_less_than_those_of_one() -> None:
    """A sentence that has three of four words is shown rather than one that has two, with the others beside it."""
    beside = "The harbour froze. The dredger and the ferry collided. The pilot slept."
    alone = "Long ago a dredger hit a ferry in the harbour. The town grew."
    text = f"{beside} Nothing else happened. {alone}"
    match = PreparedSource(text).index.nearest([stem(word) for word in ("harbour", "dredger", "ferry", "pilot")])
    assert match is not None
    assert match.span.of(text).startswith("Long ago")
