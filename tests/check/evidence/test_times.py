"""Times in sentences: equal forms are found, spans between two points are doubts, other times are wrong."""

from datetime import date

import pytest

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

PAGE = PreparedSource(
    """The lighthouse at Corran Head was lit in 1887 and went dark on March 12, when a storm took its lantern.
    The keeper called the harbour at 10.40 pm; the pilot boat came back at 12.55am. Ann Strand, a professor of
    seismology, wrote its history in the 1970s. The new lantern weighs 30lbs and was paid for by four villages. Boats
    pass three or four times a week, in the morning mostly, at seven o'clock in the morning the mail boat among them.
    """,
    date(2024, 4, 2),
    "Corran Head goes dark",
    "en",
)


@pytest.mark.parametrize(
    "text",
    [
        "It went dark on the twelfth of March.",
        "The keeper called at 22:40.",
        "The boat was back at five to one at night, 00:55 by its log.",
        "Seismologist Ann Strand wrote its history.",
        "The lantern weighs thirty pounds.",
        "Two people spoke of it, the keeper and the pilot.",
        "Its history was written in the seventies.",
    ],
)
def test_the_same_in_another_form_is_no_mark(text: str) -> None:
    """Whoever words freely is not told that the page lacks what it says."""
    assert check_claim(Claim(text), PAGE).verdict != "unsupported"


@pytest.mark.parametrize(
    ("text", "quote", "points"),
    [
        ("The boat was gone for over two hours.", "called the harbour at 10.40 pm", "10.40 pm and 12.55am"),
        ("The boat was gone for two hours.", "called the harbour at 10.40 pm", "10.40 pm and 12.55am"),
        ("It had shone for 137 years.", "went dark on March 12", "March 12 and 1887"),
    ],
)
def test_a_span_to_a_time_elsewhere_on_the_page_is_a_doubt(text: str, quote: str, points: str) -> None:
    """It follows from the page, so it is no invention; somebody should still count."""
    checked = check_claim(Claim(text, quote), PAGE)
    assert checked.verdict == "doubtful"
    assert any(f"calculated from {points}" in reason for reason in checked.reasons)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It had shone for 137 years.", "was lit in 1887"),
        ("It had shone for nearly 140 years.", "was lit in 1887"),
        ("The lantern has been gone for three weeks.", "went dark on March 12"),
        ("The lantern was back after 21 days.", "went dark on March 12"),
        ("It went dark on March 12, three weeks before this report.", "a storm took its lantern"),
        ("The boat was gone for over two hours.", "at 10.40 pm; the pilot boat came back at 12.55am"),
    ],
)
def test_a_span_between_times_at_hand_is_what_they_say(text: str, quote: str) -> None:
    """The quote, the sentence or the day of publication has both ends: nothing is left to be looked up."""
    assert check_claim(Claim(text, quote), PAGE).verdict == "unread"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It had shone for 127 years.", "was lit in 1887"),
        ("The lantern has been gone for five weeks.", "went dark on March 12"),
        ("The boat was gone for over three hours.", "at 10.40 pm; the pilot boat came back at 12.55am"),
    ],
)
def test_another_span_between_them_is_marked(text: str, quote: str) -> None:
    """The ends are at hand, and the span is another."""
    assert check_claim(Claim(text, quote), PAGE).verdict in ("doubtful", "unsupported")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The mail boat passes at seven in the evening.", "at seven o'clock in the morning the mail boat"),
        ("The lantern weighs fifty pounds.", "The new lantern weighs 30lbs"),
        ("Boats pass about twice a week.", "Boats pass three or four times a week"),
        ("It had shone for 150 years.", "was lit in 1887"),
        ("Three villages paid for the lantern.", "paid for by four villages"),
        ("It went dark on the eleventh of March.", "went dark on March 12"),
        ("Its history was written in the early eighties.", "wrote its history in the 1970s"),
    ],
)
def test_another_time_or_count_is_marked(text: str, quote: str) -> None:
    """What differs in one number is what a reviewer overlooks."""
    assert check_claim(Claim(text, quote), PAGE).verdict in ("unsupported", "doubtful")


def test_two_names_in_each_others_place_are_a_doubt() -> None:
    """Both stand in the source, so only a reader can tell who does what."""
    page = PreparedSource("Corran Trust sold the lantern to Dunmore Museum on Monday, and the crane came by sea.")
    checked = check_claim(Claim("Dunmore Museum sold the lantern to Corran Trust.", page.text), page)
    assert checked.verdict == "doubtful"


@pytest.mark.parametrize("text", ["It had never been so dark there.", "The pilot has not seen a worse storm."])
def test_a_superlative_turned_round_is_no_denial(text: str) -> None:
    """`Not so dark ever` is how a note words `the darkest`."""
    page = PreparedSource("It was the darkest night there. The pilot saw his worst storm.")
    assert not any("does not deny" in reason for reason in check_claim(Claim(text, page.text), page).reasons)
