"""Dates that agree in year or month and yet are others."""

from datetime import date

import pytest

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

SOURCE = PreparedSource(
    "The Orla bridge closed in late 2021. Ferries took over in early March of the following year, and by the middle "
    "of\nJune most pupils came by boat.\n\n"
    "The tunnel was dug from mid-2019 on. Its lamps were hung at the end of 2020.\n\n"
    "Nearly 900 people rode the night boat, compared with 720 a year earlier.\n\n"
    "The mayor had promised the boat two months before. The pier burned down three weeks ago.\n\n"
    "Fares rose in 2018. They were cut again in early 2018, a clerk recalls."
)
CLOSED = "The Orla bridge closed in late 2021."
FERRIES = "Ferries took over in early March of the following year"
PUPILS = "by the middle of\nJune most pupils came by boat"
TUNNEL = "The tunnel was dug from mid-2019 on."
LAMPS = "Its lamps were hung at the end of 2020."
RIDERS = "Nearly 900 people rode the night boat, compared with 720 a year earlier."
PROMISE = "The mayor had promised the boat two months before."
PIER = "The pier burned down three weeks ago."
FARES = "Fares rose in 2018."


def reasons_of(text: str, quote: str, kind: str = "fact") -> tuple[str, ...]:
    """What a reviewer is told of a sentence with its quote."""
    return check_claim(Claim(text, quote, kind), SOURCE).reasons  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("The Orla bridge has been shut since mid-2021.", CLOSED, "date mid 2021: the source has late 2021"),
        ("The bridge was shut in early 2021.", CLOSED, "date early 2021: the source has late 2021"),
        ("It was at the start of 2021 that the bridge shut.", CLOSED, "date early 2021: the source has late 2021"),
        ("Boats took over in late March.", FERRIES, "date late March: the source has early March"),
        ("At the end of March the ferries took over.", FERRIES, "date late March: the source has early March"),
        ("From early June most pupils were on the boat.", PUPILS, "date early June: the source has mid June"),
        ("Late in June most pupils were on the boat.", PUPILS, "date late June: the source has mid June"),
        ("Digging began in late 2019.", TUNNEL, "date late 2019: the source has mid 2019"),
        ("Digging began at the beginning of 2019.", TUNNEL, "date early 2019: the source has mid 2019"),
        ("The lamps were up by the middle of 2020.", LAMPS, "date mid 2020: the source has late 2020"),
    ],
)
def test_another_part_of_the_year_is_a_doubt(text: str, quote: str, reason: str) -> None:
    """The year is right, and half a year is not."""
    assert reason in reasons_of(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The bridge was shut at the end of 2021.", CLOSED),
        ("The bridge was shut in 2021.", CLOSED),
        ("At the beginning of March ferries took over.", FERRIES),
        ("Pupils took the boat by mid-June.", PUPILS),
        ("Digging began in 2019, in the middle of the year.", TUNNEL),
        ("Late in 2020 the lamps were hung.", LAMPS),
        ("Fares were raised at the end of 2018.", FARES),
    ],
)
def test_the_same_part_said_otherwise_is_none(text: str, quote: str) -> None:
    """Who says no part, or one of a date that the page has without any, says nothing else."""
    assert not [reason for reason in reasons_of(text, quote) if reason.startswith("date")]


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("900 rode the boat; three years before it was 720.", RIDERS, "three years before"),
        ("720 had been on the night boat two years earlier.", RIDERS, "two years earlier"),
        ("Four years ago only 720 took the night boat.", RIDERS, "Four years ago"),
        ("720 rode it five years previously.", RIDERS, "five years"),
        ("The mayor had promised it six months earlier.", PROMISE, "six months earlier"),
        ("A month ago the mayor gave her promise.", PROMISE, "A month ago"),
        ("Last month the mayor promised a boat.", PROMISE, "Last month"),
        ("Two weeks ago the pier burned.", PIER, "Two weeks"),
        ("The pier was lost to a fire last week.", PIER, "last week"),
        ("The pier was lost five weeks earlier.", PIER, "five weeks"),
    ],
)
def test_another_count_of_years_back_is_a_doubt(text: str, quote: str, reason: str) -> None:
    """A page that says `a year earlier` says nothing of three years before."""
    assert any(reason in told for told in reasons_of(text, quote)), reasons_of(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Against last year, 900 rather than 720 rode the night boat.", RIDERS),
        ("One year before, 720 had been on the night boat.", RIDERS),
        ("Eleven months before, 720 had been on the night boat.", RIDERS),
        ("The promise was made two months earlier by the mayor.", PROMISE),
        ("The pier burned down three weeks before.", PIER),
        ("The pier, which will be rebuilt next week, burned down.", PIER),
    ],
)
def test_the_same_count_said_otherwise_is_none(text: str, quote: str) -> None:
    """The day that it is counted from need not be said in the same way."""
    assert not [reason for reason in reasons_of(text, quote) if reason.startswith("date")]


def test_an_inference_is_compared_too() -> None:
    """A wrong year is none of what an inference may add."""
    assert reasons_of("So the digging perhaps began late in 2019.", TUNNEL, "inference") == (
        "date late 2019: the source has mid 2019",
    )


CALENDAR = PreparedSource(
    "The board, named in February, is to report by the end of 2020. Site work starts this summer, and the first cells "
    "come in late 2024. The offer was withdrawn on Sept. 30. The estimate for the tower will be done in the spring of "
    "2015.\n\nRain fell. Nobody spoke. The clerk wrote it down. In April the budget passed. By 2025 there are to be "
    "ten halls. In 2015 the tower had no roof.",
    date(2019, 11, 19),
)
BOARD = "The board, named in February, is to report by the end of 2020."
CELLS = "Site work starts this summer, and the first cells come in late 2024."
OFFER = "The offer was withdrawn on Sept. 30."
TOWER = "The estimate for the tower will be done in the spring of 2015."


@pytest.mark.parametrize(
    ("text", "quote", "marked"),
    [
        ("The board, which was named in April, is to report by the end of 2020.", BOARD, True),
        ("The board, which was named in February, is to report by the end of 2020.", BOARD, False),
        ("By the end of 2020 the board is to report.", BOARD, False),
        ("The first cells come in late 2025.", CELLS, True),
        ("The first cells come in late 2024.", CELLS, False),
        ("The first cells come in 2024.", CELLS, False),
        ("The offer was withdrawn in the middle of September.", OFFER, True),
        ("The offer was withdrawn in early September.", OFFER, True),
        ("The offer was withdrawn in late September.", OFFER, False),
        ("The offer was withdrawn at the end of September.", OFFER, False),
        ("The estimate for the tower comes in the autumn of 2015.", TOWER, True),
        ("The estimate for the tower comes in spring 2015.", TOWER, False),
    ],
)
def test_a_date_is_held_against_the_one_that_the_quote_says(text: str, quote: str, marked: bool) -> None:
    """Another month, year, season or end of a month is found, though the page has it of something else."""
    assert (check_claim(Claim(text, quote), CALENDAR).verdict in ("unsupported", "doubtful")) == marked
