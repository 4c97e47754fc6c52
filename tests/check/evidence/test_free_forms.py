"""Items as people write them freely: with a unit left out, between two bounds, by another name."""

import pytest

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.judgement import Kind
from enrich.check.evidence.prepared_source import PreparedSource

GRID = "Our forecast of solar power is off by 233 MW on average, against 650 MW for that of General Sunworks (GS)."
FUNDS = "Kestrel has raised $8.5M from three London funds, as its board said on Monday."
SPLIT = "Swine viruses form a group of their own across all 8 segments, in every tree that was drawn."
SHIP = "Both ships are due to sail in 2018, while the hulls should be delivered in 2017."
PAID = "Members get free access to the reading room. This is the first branch outside of Norway."
OURS = "We wrote to every one of them ourselves, and our letters were read on the radio."
COSTS = "Wages are our dominant cost, with rent far behind."
TEXT = f"""
Ospring was founded by three teachers. It now has members in ten towns, Ospring's chair says.

{GRID} The price of GS shares fell by a third. Power cables carry 400 kV.

{FUNDS} A tonne of hay costs 90 euros, and a bale 12.
Vesla lent the project a barn and paid for its paper, Vesla's clerk says, in the spring.

{SPLIT} The 6 authors come from Bergen. They took 14 samples at the farm and 30 at the mill.

{SHIP} {PAID}

{COSTS}

{OURS}
"""
SOURCE = PreparedSource(TEXT)


def check(text: str, quote: str | None = None, kind: Kind = "fact") -> CheckedClaim:
    """The sentence checked against the text."""
    return check_claim(Claim(text, quote, kind), SOURCE)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The forecast misses by about 230 MW, the other one by some 650.", GRID),
        ("It misses by 233 megawatts, and the rival by 650.", GRID),
        ("Kestrel got between eight and nine million dollars.", FUNDS),
        ("Kestrel got eight to nine million dollars from London.", FUNDS),
        ("Kestrel got 8 to 9 million dollars from London.", FUNDS),
        ("US$ 8.5 million went to Kestrel.", FUNDS),
        ("US$8,500,000 went to Kestrel.", FUNDS),
        ("$ 8.5 million went to Kestrel.", FUNDS),
        ("The hulls are due in 2017, and both ships set sail a year later.", SHIP),
        ("The ships sail in 2018, and their hulls come a year earlier.", SHIP),
    ],
)
def test_a_number_in_the_form_of_its_writer_is_the_number(text: str, quote: str) -> None:
    """What stands in the quote is not to be looked up by a reviewer because a unit is said once."""
    assert check(text, quote).reasons == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The forecast misses by about 230 MW, the other one by some 560.", GRID),
        ("Kestrel got between six and seven million dollars.", FUNDS),
        ("Kestrel got 9 to 10 million dollars from London.", FUNDS),
        ("Kestrel got two to ten million dollars from London.", FUNDS),
        ("US$ 5.8 million went to Kestrel.", FUNDS),
        ("The hulls are due in 2017, and both ships set sail three years later.", SHIP),
        ("Only six of the segments set the swine viruses apart.", SPLIT),
        ("In five of the segments swine viruses stand alone.", SPLIT),
    ],
)
def test_another_number_in_such_a_form_is_marked(text: str, quote: str) -> None:
    """The forms are read as what they mean, so that a wrong value is seen in each."""
    assert check(text, quote).verdict in ("unsupported", "doubtful")


@pytest.mark.parametrize(
    "text",
    [
        "General Sunworks lost a third of its value on the exchange.",
        "By contrast General Sunworks is off by 650 MW.",
        "A rival, General Sunworks, misses by 650 MW.",
    ],
)
def test_a_name_that_begins_like_a_rank_is_a_name(text: str) -> None:
    """`General` is left out of names as a rank, and is the first letter of what the page writes as two."""
    source = PreparedSource(TEXT.replace("General Sunworks (GS)", "GS"))
    quote = GRID.replace("General Sunworks (GS)", "GS")
    assert not [reason for reason in check_claim(Claim(text, quote), source).reasons if "Sunworks" in reason]


def test_who_says_we_is_named_where_the_page_begins() -> None:
    """A page of `we` names itself once, and every sentence about it does so."""
    assert check("Ospring wrote to each of them, and its letters were read on the radio.", OURS).reasons == ()
    other = check("Vesla wrote to each of them, and its letters were read on the radio.", OURS)
    assert other.reasons == ("name Vesla stands elsewhere in the source",)


@pytest.mark.parametrize(
    "text",
    [
        "The reading room may be used without paying.",
        "Without a fee members may use the reading room.",
        "Members use the reading room at no extra cost.",
        "Never before had there been a branch outside of Norway.",
        "There had not been a branch outside of Norway before.",
    ],
)
def test_a_denial_that_says_free_or_first_is_none(text: str) -> None:
    """Nothing is turned round by saying what a thing is not."""
    assert not [reason for reason in check(text, PAID).reasons if "deny" in reason]


def test_what_is_singled_out_may_be_so_in_other_words() -> None:
    """The dominant cost is the largest; a cost of which nothing is said is not."""
    assert check("Wages are the largest cost of all.", COSTS).reasons == ()
    assert "“largest”: the source does not say so here" in check("The largest ships sail in 2018.", SHIP).reasons


def test_the_rest_of_a_whole_is_no_other_share() -> None:
    """Who keeps a third has thrown away two."""
    quote = "Two thirds of the letters were thrown away."
    source = PreparedSource(f"{quote} A third of the readers wrote back.")
    assert check_claim(Claim("A third of the letters was kept.", quote), source).reasons == ()
    assert check_claim(Claim("A quarter of the letters was thrown away.", quote), source).reasons != ()
