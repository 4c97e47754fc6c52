"""Directions: up for down, before for after."""

import pytest

from enrich.check.evidence.directions import find_turns
from enrich.check.evidence.wording import Wording

OPPOSED = [
    ("Revenue rose by a third in May.", "Revenue fell by a third in May."),
    ("Acme sold the Lantern factory.", "Acme bought the Lantern factory."),
    ("The vote comes before the summit.", "The vote comes after the summit."),
    ("The new model uses more power.", "The new model uses less power."),
    ("Acme won the patent case.", "Acme lost the patent case."),
    ("The old jobs are in Ohio.", "The new jobs are in Ohio."),
    ("The school pays high wages.", "The school pays low wages."),
    ("New jobs are in Ohio.", "Old jobs are in Ohio."),
    ("Der Umsatz stieg im Mai.", "Der Umsatz sank im Mai."),
    ("Doanh thu tăng trong tháng Năm.", "Doanh thu giảm trong tháng Năm."),
]
AGREED = [
    ("Revenue rose by a third in May.", "Revenue increased by a third in May."),
    ("Pay fell as the fleet grew.", "As the fleet grew, pay went down."),
    ("The vote comes before the summit.", "The summit comes after the vote."),
    ("Acme sold the Lantern factory.", "Acme parted with the Lantern factory."),
    ("The old jobs are in Ohio.", "The jobs in New Jersey and Ohio remain."),
    ("A high school teacher names pay.", "The teacher names low pay."),
    ("The high court names the costs.", "The court names the low costs."),
    ("Long-term loans cost more.", "Loans of a short notice cost more."),
    ("Open-source code is kept there.", "The code is kept there in a closed room."),
    ("Boeing sold 30 jets to Emirates.", "Emirates finalized a deal to purchase 30 jets."),
]


@pytest.mark.parametrize(("said", "given"), OPPOSED)
def test_an_opposite_among_the_same_words_is_found(said: str, given: str) -> None:
    """`rose` for `fell` is the error that numbers and names cannot show."""
    assert max(turn.shared for turn in find_turns(Wording(said), [Wording(given)])) >= 0.25


@pytest.mark.parametrize(("said", "given"), AGREED)
def test_the_same_direction_in_other_words_is_left_alone(said: str, given: str) -> None:
    """A sentence that is turned round, or says both, is no contradiction."""
    assert all(turn.shared < 0.25 for turn in find_turns(Wording(said), [Wording(given)]))
