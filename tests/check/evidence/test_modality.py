"""Modality: certainty and cause that a sentence adds."""

import pytest

from enrich.check.evidence.modality import find_added_cause, find_surer
from enrich.check.evidence.problem import Problem
from enrich.check.evidence.wording import Wording


def find_additions(said: str, given: str) -> list[Problem]:
    """What one sentence is surer of than the other."""
    wordings = Wording(said), [Wording(given)]
    return [*find_surer(*wordings), *find_added_cause(*wordings)]


@pytest.mark.parametrize(
    ("said", "given", "word"),
    [
        ("The rover will reach the pole.", "The rover could reach the pole.", "will"),
        (
            "The plant closed because of the strike.",
            "The plant closed in May, and the union called a strike.",
            "because",
        ),
        ("The hall opened in May, the largest of its kind.", "The hall opened in May.", "largest"),
        ("Fans will get seats in May.", "Fans could get seats, May Lind said.", "will"),
        ("Das Werk wird verkauft.", "Das Werk könnte verkauft sein.", "wird"),
    ],
)
def test_certainty_and_cause_that_the_evidence_lacks_are_doubted(said: str, given: str, word: str) -> None:
    """A possibility told as certain, or an invented cause, would pass: its words are all in the source."""
    (doubt,) = find_additions(said, given)
    assert doubt.words == word
    assert not doubt.sure


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("The rover will fly in 2022.", "NASA plans to fly the rover in 2022."),
        ("The rover could reach the pole.", "The rover could reach the pole."),
        ("The plant closed because of the strike.", "The strike led the owner to close the plant."),
        ("The hall is the largest in the country.", "No hall in the country is bigger, the biggest being this."),
        ("The order was dropped because of losses.", "The order was dropped, citing losses."),
    ],
)
def test_certainty_and_cause_in_other_words_are_left_alone(said: str, given: str) -> None:
    """`plans to` bears out `will`, and `citing` bears out `because`."""
    assert find_additions(said, given) == []
