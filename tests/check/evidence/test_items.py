"""Numbers, dates and names in another form, calculated, or standing otherwise."""

import pytest

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.judgement import Kind
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


PAGE = PreparedSource(
    "Ann Lee is 6ft 5in and weighs 18st 2lb, once a stone more. She ran 10 miles a day, up to 85 miles a week. "
    "Seventeen of the 35 members voted, and 41 of 78 clubs sent money: 15,000 runners at £6,000 each. The club lost "
    "four of its last five races, its third defeat in a row. Ten boats were built in the last decade for 180,000 euros "
    "a year. She trained for six weeks; the Riverside club won 13 cups and paid 20 coaches."
)
QUOTES = (
    "Ann Lee is 6ft 5in and weighs 18st 2lb, once a stone more",
    "She ran 10 miles a day, up to 85 miles a week",
    "Seventeen of the 35 members voted, and 41 of 78 clubs sent money: 15,000 runners at £6,000 each",
    "The club lost four of its last five races, its third defeat in a row",
    "Ten boats were built in the last decade for 180,000 euros a year",
    "She trained for six weeks; the Riverside club won 13 cups and paid 20 coaches",
)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Lee is just under two metres tall and weighs well over 110 kilos.", 0),
        ("Lee once weighed 14 pounds more.", 0),
        ("Lee weighs 115 kilograms.", 0),
        ("She ran about 16 kilometres a day.", 1),
        ("Nearly half of the members voted.", 2),
        ("More than half of the clubs sent money.", 2),
        ("Four in five of the latest races were lost.", 3),
        ("The club was beaten three times in a row.", 3),
        ("Ten boats were built in ten years.", 4),
        ("She trained for a month and a half.", 5),
        ("The club paid fewer than 30 coaches.", 5),
    ],
)
def test_what_a_number_means_is_compared_and_not_how_it_is_written(text: str, quote: int) -> None:
    """Units of another system, shares, counts and rounded spans are no doubts when they come to the same."""
    assert check_claim(Claim(text, QUOTES[quote]), PAGE).verdict == "unread"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Lee is well over two metres tall.", 0),
        ("Lee weighs 105 kilograms.", 0),
        ("She ran about 19 kilometres a day.", 1),
        ("She ran as many as 95 miles a week.", 1),
        ("Two thirds of the members voted.", 2),
        ("More than three quarters of the clubs sent money.", 2),
        ("Three in five of the latest races were lost.", 3),
        ("Ten boats were built in twenty years.", 4),
        ("She trained for 13 weeks.", 5),
        ("She trained for 20 kilometres.", 5),
        ("The club won 20 cups.", 5),
    ],
)
def test_another_value_another_unit_and_another_thing_are_marked(text: str, quote: int) -> None:
    """A number that the page has of something else is no evidence."""
    assert check_claim(Claim(text, QUOTES[quote]), PAGE).verdict in ("doubtful", "unsupported")


@pytest.mark.parametrize(
    ("text", "quote", "numbers"),
    [
        ("The runners paid £90 million.", 2, "15,000 and £6,000"),
        ("The boats cost 15,000 euros a month.", 4, "180,000 euros a year"),
        ("The club has 33 cups and coaches.", 5, "13 and 20"),
    ],
)
def test_products_rates_and_sums_are_calculated(text: str, quote: int, numbers: str) -> None:
    """The reason names the two numbers of the page, so that a person can follow."""
    checked = check_claim(Claim(text, QUOTES[quote]), PAGE)
    assert checked.verdict == "doubtful"
    assert any(f"calculated from {numbers}?" in reason for reason in checked.reasons)


def test_an_estimate_in_an_inference_is_a_doubt() -> None:
    """What a writer infers may be calculated from more than two numbers; in a fact it must stand there."""
    text = "The club may need about 250 coaches."
    assert check_claim(Claim(text, QUOTES[5], "inference"), PAGE).verdict == "doubtful"
    assert check_claim(Claim(text, QUOTES[5]), PAGE).verdict == "unsupported"


GAME = PreparedSource(
    "Lee, 34, scored after 72 minutes against the 25-year-old Strand, who trains 45 minutes, six days a week."
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lee scored with sixteen minutes to go.", "fact"),
        ("Nine years lie between Lee and Strand.", "fact"),
        ("Strand's training comes to four and a half hours a week.", "fact"),
    ],
)
def test_what_is_counted_from_the_other_end_or_comes_to_is_a_doubt(text: str, kind: Kind) -> None:
    """A machine cannot say that such a number is wrong."""
    assert check_claim(Claim(text, GAME.text, kind), GAME).verdict == "doubtful"


def test_an_age_is_no_price() -> None:
    """A number without a unit bears out no small sum of money."""
    assert check_claim(Claim("Strand's kit costs £34."), GAME).verdict == "unsupported"


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("Lee scored with eighteen minutes to go.", "Lee, 34, scored after 72 minutes", "unread"),
        ("Lee scored eighteen minutes from time.", "Lee, 34, scored after 72 minutes", "unread"),
        ("Lee scored with eight minutes to go.", "Lee, 34, scored after 72 minutes", "doubtful"),
        ("Strand hit the bar in the 86th minute.", "Strand hit the bar with four minutes left", "unread"),
        ("Strand hit the bar in the 85th minute.", "Strand hit the bar with four minutes left", "unsupported"),
        ("Ode came on in October 2014.", "in October of that year Ode came on", "unread"),
        ("Ode came on in October 2013.", "in October of that year Ode came on", "unsupported"),
    ],
)
def test_a_minute_or_month_may_be_told_from_another(text: str, quote: str, verdict: str) -> None:
    """A report tells a goal by what was left to play, and a month by the year that was named before."""
    page = PreparedSource(
        f"{GAME.text} Strand hit the bar with four minutes left. Born in 2014, in October of that year Ode came on."
    )
    assert check_claim(Claim(text, quote), page).verdict == verdict


HARBOUR = PreparedSource(
    "The ferry company Brannock carried 3,540 passengers over 58.7 miles in 26 days. Captain Ines Holm, 44, took over "
    "after six minutes of talks. A ticket costs £45 and a cabin $69.99. Some 27 minutes later the harbour of Velden "
    "closed for thirteen days. Holm has sailed for 30 years, three of them in her twenties, and tens of thousands of "
    "people know her. Seven pilots work in Orland, and nine boats lie there. The crew won four races and their third "
    "medal on Tuesday."
)


@pytest.mark.parametrize(
    "text",
    [
        "Brannock carried well over 3,000 passengers.",
        "Brannock carried thousands of passengers.",
        "The ferry went 60 miles.",
        "The ferry went nearly sixty miles.",
        "It took fewer than ten minutes of talks.",
        "A ticket costs between forty and fifty pounds.",
        "A cabin is just a cent short of seventy dollars.",
        "Velden was closed for about two weeks.",
        "Holm has sailed for three decades.",
        "A five-figure number of people know Holm.",
        "Velden closed in less than half an hour.",
        "The crew got a third successive medal.",
        "Some thirty years lie behind Holm.",
    ],
)
def test_a_fair_rounding_of_the_evidence_is_no_mark(text: str) -> None:
    """Who says a bound, a round number or a larger unit says what the page says."""
    assert check_claim(Claim(text, HARBOUR.text), HARBOUR).verdict == "unread"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Brannock carried well over 4,000 passengers.", "carried 3,540 passengers"),
        ("Brannock carried a few hundred passengers.", "carried 3,540 passengers"),
        ("The ferry went 70 miles.", "over 58.7 miles"),
        ("The talks were over before three minutes had gone.", "after six minutes of talks"),
        ("A ticket costs between fifty and sixty pounds.", "A ticket costs £45"),
        ("Velden was closed for a whole week.", "closed for thirteen days"),
        ("Holm has sailed for two decades.", "Holm has sailed for 30 years"),
        ("Holm sailed in her thirties.", "three of them in her twenties"),
        ("Velden closed within a quarter of an hour.", "Some 27 minutes later the harbour of Velden closed"),
        ("Nine people pilot ships in Orland.", "Seven pilots work in Orland"),
        ("A dozen pilots work in Orland.", "Seven pilots work in Orland"),
        ("The crew won a second medal.", "their third medal"),
    ],
)
def test_a_loose_or_small_number_that_the_quote_has_otherwise_is_marked(text: str, quote: str) -> None:
    """What every page has somewhere, a count, a part of an hour or a dozen, is held against the quote itself."""
    assert check_claim(Claim(text, quote), HARBOUR).verdict in ("doubtful", "unsupported")


def test_what_an_inference_calculates_from_its_quote_is_no_doubt() -> None:
    """An inference that says what its own two numbers make says nothing new; a fact should stand there as it is."""
    text, quote = (
        "Seven pilots and nine boats make sixteen in all.",
        "Seven pilots work in Orland, and nine boats lie there",
    )
    assert check_claim(Claim(text, quote, "inference"), HARBOUR).verdict == "unread"
    assert check_claim(Claim(text, quote), HARBOUR).verdict == "doubtful"
