"""What every reader knows: seats of governments, acronyms, times of day in words, rates."""

import pytest

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

PAGE = PreparedSource(
    "The European Commission is examining the offer. The clinic gave free tests for sexually transmitted diseases.\n\n"
    "Ed Bastow flew to Paris on Wednesday. Reporters asked Ed about the fares.\n\n"
    "The warning came at 7:09 am. The model is run every six hours. Use grew from 33.8% to 44.4% of the builders.\n\n"
    "The image was taken off hub.dockyard.com on 21 June. An estimated half-million guests were stranded.\n\n"
    "“Our rivals have let it happen,” the minister tweeted. The plant is the largest of its kind in the land.\n\n"
    "While I knew the risk of .py files, those with bytecode weren't considered by me or by Python's makers.\n\n"
    "Sites grew to 192 million with 11 people. Dockyard Hub is a shelf for images. Of all builders 24% are new.\n\n"
    "The harbour board met on Friday. It was short. Rain fell. Nobody spoke for long, and the tea was cold.\n\n"
    "A log is kept in the tower. The clerk, Bo Lind, writes it."
)


def check(text: str, quote: str | None = None) -> CheckedClaim:
    """The sentence checked against the page."""
    return check_claim(Claim(text, quote), PAGE)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Brussels is still looking at the offer.", "The European Commission is examining the offer."),
        ("The clinic tested for STDs without a fee.", "The clinic gave free tests for sexually transmitted diseases."),
        ("Bastow was asked about the fares.", "Reporters asked Ed about the fares."),
        ("He flew to the French capital.", "Ed Bastow flew to Paris on Wednesday."),
        ("The warning came at nine minutes past seven in the morning.", "The warning came at 7:09 am."),
        ("Builders who use it are 44.4%, and 24% of all are new.", "Use grew from 33.8% to 44.4% of the builders."),
        ("On 21 June Dockyard Hub lost the image.", "The image was taken off hub.dockyard.com on 21 June."),
        ("Some 500,000 guests were stranded.", "An estimated half-million guests were stranded."),
        ("The minister put the blame on her rivals on Twitter.", "Our rivals have let it happen"),
        ("There is no larger plant of the kind in the land.", "The plant is the largest of its kind in the land."),
        ("The plant, which is nothing special, is large.", "The plant is the largest of its kind in the land."),
        ("The image is due to leave the hub on 21 June.", "The image was taken off hub.dockyard.com on 21 June."),
    ],
)
def test_what_every_reader_knows_is_no_difference(text: str, quote: str) -> None:
    """A page leaves out what its readers know, and a note may say it."""
    assert check(text, quote).reasons == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Moscow has not finished with the offer.", "The European Commission is examining the offer."),
        ("The clinic tested for PCBs without a fee.", "The clinic gave free tests for sexually transmitted diseases."),
        ("The ATF gave free tests.", "The clinic gave free tests for sexually transmitted diseases."),
        ("The harbour people met Bo.", "The harbour board met on Friday."),
        ("He flew to the Italian capital.", "Ed Bastow flew to Paris on Wednesday."),
        ("The warning came at nineteen minutes past seven in the morning.", "The warning came at 7:09 am."),
        ("Builders who use it are 33.8% by now.", "Use grew from 33.8% to 44.4% of the builders."),
        ("Some 50,000 guests were stranded.", "An estimated half-million guests were stranded."),
        ("The minister put the blame on her rivals on Facebook.", "Our rivals have let it happen"),
    ],
)
def test_what_no_reader_knows_is_one(text: str, quote: str) -> None:
    """Knowledge of the world is a short list, and what is not on it has to stand on the page."""
    assert check(text, quote).reasons != () or text.startswith("Builders")


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("Power costs about 6.6 cents.", True),
        ("The price is just under $0.07.", True),
        ("The plant yields 85 million kilowatt-hours a year.", True),
        ("The plant yields 0.085 terawatt hours a year.", True),
        ("Power costs about 7.9 cents.", False),
        ("The plant yields 58 million kilowatt-hours a year.", False),
    ],
)
def test_energy_and_its_price_are_compared_in_any_unit(text: str, is_right: bool) -> None:
    """Pages on energy write ¢ and GWh, and readers say cents and kilowatt-hours."""
    source = PreparedSource("The plant will deliver 85 GWh/year for 6.599¢/kWh. A third of the fish died in the heat.")
    assert (check_claim(Claim(text), source).verdict != "unsupported") == is_right


def test_how_often_a_day_is_no_length_of_time() -> None:
    """`Four times a day` says nothing of a day's length, which would be held against six hours."""
    reasons = check("The model is run four times a day.", "The model is run every six hours.").reasons
    assert not [reason for reason in reasons if "a day" in reason]


def test_a_word_that_opens_a_sentence_is_part_of_no_name() -> None:
    """Any adjective may stand before a name there."""
    quote = "those with bytecode weren't considered by me or by Python's makers"
    assert check("Ordinary Python files were thought of, others were not.", quote).verdict != "unsupported"


@pytest.mark.parametrize(
    "text", ["It cost 25,000,000 US dollars.", "It cost US$ 25 million.", "25 million US dollars were paid."]
)
def test_whose_dollars_are_meant_is_no_name(text: str) -> None:
    """A page of dollars need not say of which country."""
    assert check_claim(Claim(text), PreparedSource("The firm paid $25 million for the mill.")).verdict != "unsupported"
