"""Figures in other words: degrees, rates, cents of a dollar, totals, bounds, ends of a time, and who has which."""

from datetime import date

import pytest

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

LAB = (
    "The water was heated to 26°C in the lab, and the coldest tank stayed at 11°C. The oven reached 350 degrees "
    "Fahrenheit. Helium boils at 4.2 kelvin."
)
RATES = (
    "Otherwise we will have maybe 500 deer per year get hit by cars, he said. The plant burns 24,000 tonnes a day. The "
    "shop sells 6,000 loaves a month. The line carries 1.2 million riders a year."
)
DOLLAR = "Of the foundation's $593 million in revenue, $510 million comes from the search firm."
TOTALS = (
    "The makers provide an initial $320,000, the school puts in $230,000 and a further $100,000 comes from a grant. "
    "Teams from France (12), Spain (9), Italy (7) and Peru (2) took part."
)
FORMS = (
    "On 26 March at about 0129 local time the ship left. The pay was 16 shillings (80p). Prices fell by 0.2%. The deck "
    "lay one half mile from the ship. Gas takes 1/600th of the volume."
)
WATCH = (
    "The men set off at 10 a.m. (1400 GMT), about a half hour after the women. Mutter has a best time of 2:03:02. "
    "Almost 26,000 cases were counted in Europe, far more than the 611 beyond the sea. Of 1500 temporary workers 300 "
    "must go. It expects €25m for FY2023. For the study 65,819 people were asked. Growth among men was about 1%. The "
    "firm VW agreed."
)
LAND = (
    "The 186-hectare farm is old. The flat has 750 square feet. The park covers 12 square miles. Most stars lie within "
    "30–60 light years. It was the choir's 15th anniversary. The mail came at 13:14 EDT (17:14 UTC)."
)
BRIDGE = (
    "The bridge is to be done in Q4 2030. The list is open until September 15th. Winds blew at 50 knots. A city of "
    "that size needs close to 80,000 bikes, the council was told.\n\nBy fall there will be 12,000 bikes."
)
AHEAD = (
    "The plan is to halve the rate over the next 25 years. The firms have 60 days to comply. The lease runs for a "
    "decade. The loan must be paid back within three years."
)
BOUNDS = (
    "The grant let the number of users grow fifteen-fold. Some 1,320 towns are left without a paper. The trail has "
    "2,940 steps. By fall 2017 there will be 12,000 bikes. In May 2016 it had 800 members."
)
TIMES = (
    "The alarm came at 7:08 AM. The token was destroyed at 7:26 AM. The hole has about 142 times the mass of the sun. "
    "The pot is of 293 AD. Two and half years passed. The rate fell by 2.2% for 175 helpers, who had $1.2 million. "
    "Another pot cost $1 million. Gathered for the mission Crew-8, both groups waited for the flag."
)

VOTE = (
    "The council of Marden approved the plan. In a survey 62 percent were in favour, 27 percent against and "
    "the others undecided. Hikers and riders, 8 percent, were asked again.\n\nWork on the bridge begins in March 2023 "
    "and takes 26 months. Of its £38 million the county gives £21.5 million. Each of four towers is 58 metres high. "
    "The lenders have each promised £6 million more. Engineer Petra Holm, 44, has led the work since 2019. The old "
    "bridge, built in 1936, was closed in 2020. The dike of 1906 saw a trio of floods and, after the initial dozen "
    "pumps, more of them."
)
SHARES = (
    "Salmon have fallen by as much as 98 percent, the anglers say. The study affected 0.04 percent of users. About 5% "
    "of shops closed. Marthalene Lind, a 19-year-old nurse, was seven months pregnant. On Sept. 15, days before the "
    "storm, she left; by September 2018 she was back."
)
FAR = (
    "Power was cut to some 375,000 people in 18 counties. " + "The wind blew and the lines swung in it all day. " * 40
    + "The utility came down from an original estimate of about 660,000."
)  # fmt: skip

WAGES = (
    "The state pays 60 percent of the costs. The rest comes from tickets.\n\nGuards, who earn 2,050 euros a month, are "
    "offered 2.1 percent more."
)


def check(page: str, text: str, quote: str | None = None) -> CheckedClaim:
    """The sentence checked against a page of 4 March 2022, all of which is its quote unless one is given."""
    return check_claim(Claim(text, quote or page), PreparedSource(page, date(2022, 3, 4), "News", "en"))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (LAB, "The water in the lab got as warm as 79 degrees Fahrenheit."),
        (LAB, "The coldest tank was kept at about 52 degrees Fahrenheit."),
        (LAB, "The water was heated to 299 kelvin."),
        (LAB, "The oven went up to about 177 degrees Celsius."),
        (LAB, "Helium boils at minus 269 degrees Celsius."),
        (AHEAD, "By about 2047 the rate should be halved."),
        (AHEAD, "The firms have until about 3 May to comply."),
        (AHEAD, "The lease will run until 2032."),
        (AHEAD, "The loan must be paid back by 2025."),
        (BOUNDS, "The number of users grew to well over ten times what it had been."),
        (BOUNDS, "Well over a thousand towns are left without a paper."),
        (BOUNDS, "The trail has well under 4,000 steps."),
        (BOUNDS, "By autumn '17 there will be 12,000 bikes."),
        (BOUNDS, "In May '16 it had 800 members."),
        (TIMES, "Not even twenty minutes passed until the token was destroyed."),
        (TIMES, "The hole has some 142 solar masses."),
        (TIMES, "The pot dates from AD 293."),
        (FORMS, "The ship left at 1:29 a.m. on 26 March."),
        (FORMS, "The pay was £0.80."),
        (LAND, "The farm has 1.86 square kilometres."),
        (LAND, "The flat has some 70 square metres."),
        (LAND, "The park covers about 31 square kilometres."),
        (LAND, "The choir was 15 years old."),
        (LAND, "The mail came at 13:14 Eastern time."),
        (LAND, "The mail came at a quarter past five in the afternoon, give or take a minute."),
        (BRIDGE, "The bridge is to be done in the last three months of 2030."),
        (BRIDGE, "The list is open until 15/09."),
        (BRIDGE, "Winds blew at more than 90 kilometres an hour."),
        (WATCH, "The men set off some thirty minutes after the women."),
        (WATCH, "At 14:00 GMT the men set off."),
        (WATCH, "Mutter's best time is two hours, three minutes and two seconds."),
        (WATCH, "Europe had roughly forty times as many cases."),
        (WATCH, "In the 2023 financial year it expects €25m."),
        (WATCH, "For the study 65 819 people were asked."),
        (WATCH, "Among men there was next to no growth."),
        (WATCH, "The firm Volkswagen agreed."),
        (WATCH, "Of 1,500 temporary workers 300 must go."),
        (FORMS, "Prices fell by one five-hundredth."),
        (FORMS, "The deck lay some 800 metres from the ship."),
        (FORMS, "Gas takes a six-hundredth of the volume."),
        (TIMES, "Thirty months passed."),
        (TIMES, "The rate fell by two point two per cent."),
        (TIMES, "Nearly two hundred helpers were there."),
        (SHARES, "Four in every 10,000 users were affected."),
        (SHARES, "Four users in 10,000 were affected."),
        (SHARES, "One out of every 20 shops closed."),
        (SHARES, "For every twenty shops one closed."),
        (SHARES, "Lind, 19 and seven months pregnant, was a nurse."),
        (SHARES, "Lind, aged nineteen, was a nurse."),
        (SHARES, "It was on 15 September that she left."),
        (VOTE, "At the age of 84 the old bridge was closed."),
        (VOTE, "Three floods came."),
        (VOTE, "There were twelve pumps at first."),
    ],
)
def test_an_equal_form_is_no_difference(page: str, text: str) -> None:
    """A writer converts, rounds and counts up, and says what the page says."""
    assert check(page, text).reasons == ()


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (LAB, "The water in the lab got as warm as 85 degrees Fahrenheit."),
        (LAB, "The oven went up to 200 degrees Celsius."),
        (LAB, "The water reached 28 degrees."),
        (RATES, "Something like 30 deer a week would be hit by cars."),
        (RATES, "The plant burns 3,000 tonnes an hour."),
        (DOLLAR, "Roughly 70 cents of every dollar came from the search firm."),
        (AHEAD, "By 2060 the rate should be halved."),
        (AHEAD, "The firms must comply by 20 June."),
        (AHEAD, "The lease ends in 2030."),
        (BOUNDS, "The number of users grew to well over fifty times what it had been."),
        (BOUNDS, "In May '15 it had 800 members."),
        (TIMES, "Not even ten minutes passed until the token was destroyed."),
        (TIMES, "The hole has 124 solar masses."),
        (TIMES, "The pot dates from AD 239."),
        (FORMS, "The ship left at 1:39 a.m. on 26 March."),
        (FORMS, "The pay was £0.90."),
        (LAND, "The farm has 3.86 square kilometres."),
        (LAND, "The flat has 90 m²."),
        (LAND, "The mail came at 13:14 Pacific time."),
        (BRIDGE, "The bridge is to be done in the first three months of 2030."),
        (BRIDGE, "The list is open until 15/11."),
        (BRIDGE, "Winds blew at some 50 kilometres an hour."),
        (WATCH, "The men set off some fifty minutes after the women."),
        (WATCH, "At 15:00 GMT the men set off."),
        (WATCH, "Mutter's best time is two hours, four minutes and two seconds."),
        (WATCH, "For the study 56 819 people were asked."),
        (FORMS, "Prices fell by a three-hundredth."),
        (FORMS, "Gas takes a seven-hundredth of the volume."),
        (TIMES, "The rate fell by two point three per cent."),
        (SHARES, "Six in every 10,000 users were affected."),
        (SHARES, "Six users in 10,000 were affected."),
        (SHARES, "One out of every 30 shops closed."),
        (SHARES, "For every ten shops one closed."),
        (SHARES, "Lind, 21 and seven months pregnant, was a nurse."),
        (VOTE, "At the age of 74 the old bridge was closed."),
        (WAGES, "With the offer guards would get some 53 euros more."),
        (WAGES, "Thirty percent come from tickets."),
        (VOTE, "There were fifteen pumps at first."),
        (VOTE, "Fourteen percent were undecided."),
        (VOTE, "The bridge should be open in May 2026."),
        (VOTE, "The towers together measure 252 metres."),
        (VOTE, "The lenders have promised £31 million."),
        (VOTE, "Holm was born in 1969."),
        (VOTE, "The county's share is 47 percent."),
        (FAR, "Power was cut to some 225,000 people fewer."),
    ],
)
def test_another_figure_is_unsupported(page: str, text: str) -> None:
    """What no form of the page's figures comes to is nowhere in it."""
    assert check(page, text).verdict == "unsupported"


@pytest.mark.parametrize(
    ("page", "text", "said"),
    [
        (RATES, "Something like 10 deer a week would be hit by cars.", "500 a year"),
        (RATES, "The shop sells 72,000 loaves a year.", "6,000 a month"),
        (RATES, "The line carries 100,000 riders a month.", "1.2 million a year"),
        (DOLLAR, "About 86 cents of each dollar come from the search firm.", "$593 million and $510 million"),
        (DOLLAR, "The search firm gives 86 cents on the dollar.", "$593 million and $510 million"),
        (TOTALS, "The center starts with $650,000.", "$320,000, $230,000 and $100,000"),
        (TOTALS, "It starts out with around two thirds of a million dollars.", "$320,000, $230,000 and $100,000"),
        (TOTALS, "Altogether 30 teams came.", "12, 9, 7 and 2"),
        (VOTE, "Eleven percent were undecided.", "62 percent and 27 percent"),
        (VOTE, "Roughly one in nine was undecided.", "62 percent and 27 percent"),
        (VOTE, "Opponents, supporters, hikers and riders make up 97 percent.", "62 percent, 27 percent and 8 percent"),
        (VOTE, "The bridge should be open in May 2025.", "March 2023 and 26 months"),
        (VOTE, "The towers together measure 232 metres.", "four and 58 metres"),
        (VOTE, "All three have promised £18 million.", "£6 million for each"),
        (VOTE, "Holm was born in 1977.", "the date of publication and 44"),
        (VOTE, "The county's share is 57 percent.", "£38 million and £21.5 million"),
        (WAGES, "With the offer guards would get some 43 euros more.", "2.1 percent of 2,050 euros"),
        (WAGES, "Forty percent come from tickets.", "60 percent"),
        (SHARES, "There may be as few as one salmon left for every fifty there were.", "98 percent"),
        (FAR, "Power was cut to some 285,000 people fewer.", "375,000 and 660,000"),
    ],
)
def test_what_is_calculated_is_a_doubt_that_says_from_what(page: str, text: str, said: str) -> None:
    """A rate for another time, a share told in cents and a total of three are the writer's sums."""
    (reason,) = check(page, text).reasons
    assert reason.endswith(f"is not in the source: calculated from {said}?")


def test_a_share_beside_the_quote_leaves_a_rest() -> None:
    """What the state does not pay is told one sentence before the quote."""
    quote = "The rest comes from tickets."
    (reason,) = check(WAGES, "Forty percent come from tickets.", quote).reasons
    assert reason.endswith("calculated from 60 percent?")
    assert check(WAGES, "Thirty percent come from tickets.", quote).verdict == "unsupported"


def test_a_rounded_number_of_the_quote_is_taken_from_nowhere_else() -> None:
    """That the page has exactly a million too, of something else, says nothing against a little over one of 1.2."""
    quote = "The rate fell by 2.2% for 175 helpers, who had $1.2 million."
    assert check(TIMES, "The helpers had a little over a million dollars.", quote).reasons == ()
    assert check(TIMES, "The helpers had a little over two million dollars.", quote).reasons != ()


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The ID4 is to come in July.", "ID7"),
        ("The Crew-9 mission left in March.", "8"),
        ("Llama 2 came out in May.", "3"),
    ],
)
def test_another_of_a_series_is_a_doubt(text: str, other: str) -> None:
    """Both stand on the page, and the quote has the other one."""
    page = (
        "The ID7 is to come in July. The Crew-8 mission left in March. Llama 3 came out in May.\n\nIt rained. Nobody "
        "spoke of it.\n\nThe ID4 is old. The Crew-9 mission waits. Llama 2 is forgotten."
    )
    quote = "The ID7 is to come in July. The Crew-8 mission left in March. Llama 3 came out in May."
    reason = check(page, text, quote).reasons[-1]
    assert reason.endswith(f"stands elsewhere in the source; your quote has {other}")


def test_a_multiple_may_be_of_the_same_things_elsewhere() -> None:
    """The quote has the bikes that are needed, the end of the page those that there will be."""
    quote = "A city of that size needs close to 80,000 bikes"
    (reason,) = check(BRIDGE, "The city needs almost seven times as many bikes as there will be.", quote).reasons
    assert reason.endswith("calculated from 80,000 and 12,000?")
    assert check(BRIDGE, "The city needs four times as many bikes as there will be.", quote).verdict == "unsupported"


def test_bounds_round_nothing() -> None:
    """Between 60 and 90 is another range than 30 to 60, whose end it has in common."""
    assert check(LAND, "Most stars lie between 60 and 90 light years away.").reasons != ()


def test_the_number_that_ends_a_name_stands_for_no_other() -> None:
    """`Crew-8` counts nothing, so two groups are no eight."""
    assert check(TIMES, "The two groups waited for the flag.", "Gathered for the mission Crew-8").reasons == ()


@pytest.mark.parametrize(
    ("quote", "text", "exchanged"),
    [
        ("Norway paid 12 million euros and Sweden 9 million euros.",
         "Sweden paid 12 million euros, Norway 9 million euros.", True),
        ("Revenue came to $4.2 billion, with net income of $310 million.",
         "Net income was $4.2 billion on revenue of $310 million.", True),
        ("The bridge is 310 metres long and 14 metres wide.", "The bridge, 310 metres wide, is 14 metres long.", True),
        ("Lind scored 21 points and Hale added 17.", "Hale had 21 points and Lind 17.", True),
        ("They sold 300 adult tickets and 120 child tickets.",
         "Of the tickets sold, 120 were for adults and 300 for children.", True),
        ("The drug cut deaths by 31% and strokes by 12%.",
         "Strokes fell by 31% and deaths by 12% with the drug.", True),
        ("The museum holds 6,000 prints and 800 paintings.", "The museum has 6,000 paintings and 800 prints.", True),
        ("Norway paid 12 million euros and Sweden 9 million euros.",
         "Sweden paid 9 million euros, Norway 12 million euros.", False),
        ("Revenue came to $4.2 billion, with net income of $310 million.",
         "Net income was $310 million on revenue of $4.2 billion.", False),
        ("The bridge is 310 metres long and 14 metres wide.", "The bridge, 14 metres wide, is 310 metres long.", False),
        ("Lind scored 21 points and Hale added 17.", "Hale had 17 points and Lind 21.", False),
        ("Batteries took $48 billion and factories $36 billion.",
         "More than $36 billion is for factories, $48 billion for batteries.", False),
        ("The yard came 25th of all in a survey of wages. Its rival ranked 44th.",
         "The yard was twenty-fifth and its rival forty-fourth among those surveyed.", False),
    ],
)  # fmt: skip
def test_figures_belong_to_the_words_beside_them(quote: str, text: str, exchanged: bool) -> None:
    """Both figures are in the quote, and only what stands beside them tells which is whose, before or behind."""
    found = check(f"{quote} It rained. Nobody spoke of it.\n\nThe clerk wrote it down.", text, quote)
    assert any(reason.startswith("possible swap") for reason in found.reasons) == exchanged
