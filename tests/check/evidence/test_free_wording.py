"""Sentences in a writer's own words: what is no difference from the page, and what beside it still is one."""

from datetime import date

import pytest

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.judgement import Kind
from enrich.check.evidence.prepared_source import PreparedSource

DATED = PreparedSource(
    "The ferry line was founded in 2005, after a first grant in 1997. In July 2022 it ordered a hull that is 31.5 m "
    "long.\n\n"
    "The trial ended on 2026-03-13 at 14:14 in Oslo; results are due in the third quarter of 2026. A first one, on "
    "9 March, took 2h 32m.\n\n"
    "The roof carries 52 kWp of panels. The call begins at 8:30 a.m. ET. The hull cost $5 m. Some 40 m of rope were "
    "used, and 5m people saw it.",
    date(2026, 3, 20),
)


def check(text: str, source: PreparedSource, quote: str | None = None, kind: Kind = "fact") -> CheckedClaim:
    """The sentence checked against a page."""
    return check_claim(Claim(text, quote, kind), source)


@pytest.mark.parametrize(
    "text",
    [
        "The line was founded in '05.",
        "The first grant came in ’97.",
        "A hull was ordered in 7/2022.",
        "A hull was ordered in 07/2022.",
        "The hull measures 3,150 centimetres.",
        "The trial ended on the 13th.",
        "From the 9th to the 13th of March trials were run.",
        "Results are due in Q3/26.",
        "The first trial took 152 minutes.",
        "The first trial took two hours and 32 minutes.",
        "The roof carries 0.052 megawatts of panels.",
        "The call begins at half past eight in the morning, Eastern time.",
        "The hull cost five million dollars.",
        "About 40 metres of rope were used.",
        "It was seen by five million people.",
    ],
)
def test_a_short_form_is_what_it_is_short_for(text: str) -> None:
    """Nobody should look up what a page says in other digits."""
    assert check(text, DATED).verdict != "unsupported"


@pytest.mark.parametrize(
    "text",
    [
        "The line was founded in '06.",
        "The first grant came in ’79.",
        "A hull was ordered in 8/2022.",
        "The hull measures 3,510 centimetres.",
        "The trial ended on the 23rd.",
        "Results are due in Q3/27.",
        "The first trial took 162 minutes.",
        "The roof carries 0.52 megawatts of panels.",
        "The call begins at 8:30 a.m., Pacific time.",
        "The hull cost fifty million dollars.",
        "About 60 metres of rope were used.",
    ],
)
def test_another_value_in_a_short_form_is_found(text: str) -> None:
    """A form that is read must be compared, too."""
    assert check(text, DATED).verdict == "unsupported"


MEMBERS = "The board has seats for gold, silver, bronze, and tin members, and none is paid."
SAFE = "A system keeps the drone from leaving its lane, so there is no danger to people below."
FALL = "Analysts say that copper is near its peak, with declines forecast for the next decade."
PREVENT = "While most fires can be prevented, lightning is the leading cause of loss in the hills."
RULE = "From January the ports have to start the use of cables that are made at home."
CHECKS = "Date/Time: June 17, 2025. Launch: 16:15, at the northern range of the firm."
ROUND = "We're glad to say that we've raised $12.7 million, in a round led by Elm Partners."
PHASES = "Many projects pass all phases and fail at the last - securing the money for it."
PAGE = PreparedSource(
    f"Copper Lane and its neighbours met in Orsk. The country has forty such boards, the national office says.\n\n"
    f"{MEMBERS} {SAFE} {FALL} {PREVENT}\n\n{RULE} {CHECKS}\n\n{PHASES}\n\n{ROUND}\n\n"
    "Oaktree Capital had paid the rent. Lovage makes editors. The makers of Lovage are two brothers. Lovage is "
    "used in schools. Its desk is in Bergen.\n\n"
    "Technical leads Ruth Amsel and Piet Dorn look after the gardens of the county, which few people know of.\n\n"
    "Council Member Ada Brandt praised the plan. Council Member Ida Holm said she would vote against it."
)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("There are seats for members of four kinds on the board.", MEMBERS),
        ("Nothing that the drone does can hurt those below.", SAFE),
        ("Copper may be near its peak, and the next decade may well bring less of it.", FALL),
        ("Lightning causes the largest losses in the hills, though most fires would be avoidable.", PREVENT),
        ("Makers who buy their cables abroad could be shut out of the ports from January.", RULE),
        ("The launch was on 17 June 2025 at a quarter past four, at the Tansk range.", CHECKS),
        ("With nearly $13 million of new money Lovage goes on.", ROUND),
        ("Many fail at the end, because the money cannot be secured.", PHASES),
        ("The board, whose gardens Ruth Amsel and Piet Dorn look after, has seats for tin members.", MEMBERS),
        ("The ports are due to start the use of cables made at home in January.", RULE),
    ],
)
def test_free_wording_is_no_difference(text: str, quote: str) -> None:
    """A doubt beside a true sentence teaches its reviewer to nod."""
    source = PAGE if "Tansk" not in text else PreparedSource(PAGE.text + "\n\nThe Tansk range lies far in the north.")
    reasons = check(text, source, quote).reasons
    assert [reason for reason in reasons if "Tansk" not in reason or "Date/Time" in reason] == []


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("There are seats for members of six kinds on the board.", MEMBERS, "number six"),
        ("Copper firms have declined to forecast the next decade.", FALL, ""),
        ("The ports end the use of cables that are made at home in January.", RULE, "“end”"),
        ("The board has seats for tin members because of a strike.", MEMBERS, "“because”"),
        ("Ida Holm will vote, and so will Ruth Amsel.", "Council Member Ida Holm said she would vote against it.", ""),
        ("Council Member Ada Brandt said she would vote against it.",
         "Council Member Ida Holm said she would vote against it.", "name Council Member Ada Brandt"),
    ],
)  # fmt: skip
def test_what_is_a_difference_stays_one(text: str, quote: str, reason: str) -> None:
    """Each way of reading freely has a limit."""
    assert any(reason in told for told in check(text, PAGE, quote).reasons) or not reason


def test_an_inference_names_who_the_quote_names() -> None:
    """An inference may speak of others, and not put one in the very place of another."""
    said = "With Oaktree Capital leading the round of $12.7 million, Lovage may hope for more schools."
    assert check(said, PAGE, ROUND, "inference").reasons == ("name Oaktree Capital; your quote has Elm Partners",)
    right = "With Elm Partners leading the round, Lovage may hope for more schools than Oaktree Capital thought."
    assert check(right, PAGE, ROUND, "inference").reasons == ()


def test_a_page_need_not_name_its_own_country() -> None:
    """`The country` of a page is known to its readers; a country beside another that is named is not."""
    text = "There are forty such boards in Norway."
    assert check(text, PAGE).verdict == "doubtful"
    assert check(text, PreparedSource(f"{PAGE.text} Swedish boards are larger.")).verdict == "unsupported"


COURT = PreparedSource(
    "Sen. Ada Brandt called the flight outrageous. The report says that the helicopter was not in the closed area.\n\n"
    "TDP-43 is a hallmark in 97% of cases. By August last year the firm had booked 13m tonnes of beans.\n\n"
    "The line serves 30% of the ports. The boats race over the full kilometre of the lake at Elm Rd and Oak Blvd.\n\n"
    "Data on lower judges is poor: most are still missing. The archive has given books since 2015. The drone landed "
    "within 37cm of its mark. The first machine of the town was shown on 3 May 2019.",
    date(2021, 6, 22),
    "Short news of the county",
)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Senator Ada Brandt was outraged by the flight.", "Sen. Ada Brandt called the flight outrageous."),
        ("The helicopter stayed outside the closed area.", "the helicopter was not in the closed area"),
        ("Misplaced TDP-43 is a hallmark of 97% of cases.", "TDP-43 is a hallmark in 97% of cases."),
        ("By August 2020 the firm had booked 13 million tonnes of beans.", "By August last year the firm had booked"),
        ("The line serves not quite a third of the ports.", "The line serves 30% of the ports."),
        ("The boats race over 1,000 metres of the lake.", "The boats race over the full kilometre of the lake"),
        ("They race at Elm Road and at Oak Boulevard.", "the full kilometre of the lake at Elm Rd and Oak Blvd"),
        ("Most lower judges have not been added yet.", "Data on lower judges is poor: most are still missing."),
        ("When it said so on 22 June 2021 it had given books for years.", "The archive has given books since 2015."),
        ("It came down less than half a metre from its mark.", "The drone landed within 37cm of its mark."),
    ],
)
def test_ranks_streets_and_bounds_are_read_as_people_write_them(text: str, quote: str) -> None:
    """Each of these stood beside a true sentence as a doubt, or made it unsupported."""
    assert check(text, COURT, quote).reasons == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Senator Ida Holm was outraged by the flight.", "Sen. Ada Brandt called the flight outrageous."),
        ("By August 2021 the firm had booked 13 million tonnes of beans.", "By August last year the firm had booked"),
        ("The line serves not quite half of the ports.", "The line serves 30% of the ports."),
        ("They race at Fir Road.", "the full kilometre of the lake at Elm Rd and Oak Blvd"),
        ("On 22 June 2021 the first machine was shown.", "The first machine of the town was shown on 3 May 2019."),
    ],
)
def test_other_ranks_streets_and_bounds_are_still_found(text: str, quote: str) -> None:
    """A wrong name behind a right rank is a wrong name."""
    assert check(text, COURT, quote).reasons != ()


COUNTS = PreparedSource(
    "The fever has killed 3,338 in Guinea, Senegal, Chad and Peru, the office says. It came up in Ohio,Utah, Iowa and "
    "Maine. Two rivals, Alder Gas and Birchway, wait. Flight 17 was lost on July 17. The bill sets aside $100 million, "
    "for which the house had asked just $15 million. The office would not say more. Nurses came. Researchers said that "
    "3,338 died.\n\nBoeing 's jets , of which it has sold two, are loud. Another line got $85 million and the last $60 "
    "million."
)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Over 3,300 have died in four countries.", "killed 3,338 in Guinea, Senegal, Chad and Peru, the office says"),
        ("It came up in four states.", "It came up in Ohio,Utah, Iowa and Maine."),
        ("A second flight of the two was lost on July 17.", "Flight 17 was lost on July 17."),
        ("It gets $100 million, $85 million more than was asked.",
         "The bill sets aside $100 million, for which the house had asked just $15 million."),
        ("Boeing's jets are loud.", "Boeing's jets, of which it has sold two, are loud."),
    ],
)  # fmt: skip
def test_a_list_a_difference_and_a_stray_space_are_no_difference(text: str, quote: str) -> None:
    """What the quote lists can be counted, and what two of its numbers differ by is not taken from elsewhere."""
    assert check(text, COUNTS, quote).reasons == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Over 3,300 have died in six countries.", "killed 3,338 in Guinea, Senegal, Chad and Peru, the office says"),
        ("Three rivals wait.", "Two rivals, Alder Gas and Birchway, wait."),
        ("It gets $100 million, $60 million more than was asked.",
         "The bill sets aside $100 million, for which the house had asked just $15 million."),
        ("Boeing's jets are loud.", "Boeing's jets, of which it has sold three, are loud."),
    ],
)  # fmt: skip
def test_another_count_or_difference_is_one(text: str, quote: str) -> None:
    """A list of four is no six, and a number that the quote's do not make comes from elsewhere."""
    assert check(text, COUNTS, quote).reasons != ()
