"""Numbers, dates and names in another form, calculated, or standing otherwise."""

import pytest

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

TEXT = (
    "The grid held 175 GW of wind in the first seven months of 2023. A ticket costs $2.53, and eight out of ten riders "
    "pay by card. The run took 4 minutes and 15 seconds. The tower lifts 100 metric tons, down by 30 to 126 floors. "
    "Ecuadorean engineers sold Treasury notes at $129 a share on 28 August, said Norwick economist Ann Lee."
)
SOURCE = PreparedSource(TEXT)


def check(text: str, quote: str | None = None) -> CheckedClaim:
    """The sentence checked against the text."""
    return check_claim(Claim(text, quote), SOURCE)


@pytest.mark.parametrize(
    "text",
    [
        "The grid held 175 gigawatts of wind.",
        "A ticket costs 2 dollars 53.",
        "A ticket costs two dollars and 53 cents.",
        "Some 80 percent of riders pay by card.",
        "Four in five riders pay by card.",
        "The run took 255 seconds.",
        "The tower lifts 100,000 kilograms.",
        "The grid held the wind between January and July.",
        "Engineers from Ecuador sold Treasuries.",
    ],
)
def test_another_form_of_an_item_is_the_item(text: str) -> None:
    """A right sentence is not called unsupported because it writes a number or a name in its own way."""
    assert check(text).verdict != "unsupported"


@pytest.mark.parametrize(
    "text",
    [
        "The grid held 175 megawatts of wind.",
        "A ticket costs 2 dollars 35.",
        "Some 70 percent of riders pay by card.",
        "Three in five riders pay by card.",
        "The run took 4 minutes and 51 seconds.",
        "The tower lifts 10,000 kilograms.",
        "The grid held the wind between March and July.",
    ],
)
def test_another_value_in_such_a_form_is_not(text: str) -> None:
    """The forms are compared by what they mean, so that a wrong value is found in each."""
    assert check(text).verdict == "unsupported"


def test_a_number_that_follows_from_two_is_a_doubt() -> None:
    """A writer may calculate; the person sees from what."""
    checked = check("The tower once had 156 floors, and now 126.")
    assert (checked.verdict, checked.unsupported) == ("doubtful", ())
    assert "number 156 is not in the source: calculated from 30 and 126?" in checked.reasons


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Engineers sold notes at $139 a share.", "number $139 is not in the source; your quote has $129"),
        ("Engineers sold notes on 29 August.", "date 29 August is not in the source; your quote has 28 August"),
    ],
)
def test_the_reason_says_what_the_quote_has(text: str, reason: str) -> None:
    """Nobody has to look the right value up."""
    checked = check(text, "engineers sold Treasury notes at $129 a share on 28 August")
    assert (checked.verdict, checked.reasons) == ("unsupported", (reason,))


def test_two_numbers_behind_each_other_s_words_are_a_doubt() -> None:
    """Both stand in the quote, so that neither is missing."""
    assert "possible swap of 126 and 30" in check("It fell by 126 to 30 floors.", "down by 30 to 126 floors").reasons


def test_a_firm_before_its_economist_is_no_exchange() -> None:
    """`Norwick's economist Ann Lee` and `Norwick economist Ann Lee` are one."""
    assert check("Norwick's economist Ann Lee spoke of notes.", "said Norwick economist Ann Lee").verdict == "unread"
