"""Figures that the evidence gives otherwise: which of two stands behind which words."""

import pytest

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

SOURCE = PreparedSource(
    "Tern Line has 59 berths in Kelmar and lost 6 of its ferries to a storm. Most were old.\n\n"
    "Its dredger was built in 1987 by a yard that is long closed.\n\n"
    "The harbour was deepened in 1993, when the first large ships came. Pilots had asked for it.\n\n"
    "Nobody measured the currents before 2004. The captain keeps a log of them. Divers read it every spring.\n\n"
    "In spring the yard launched 40 barges for crews from the coast and the islands; its rival managed 25 tugs.\n\n"
    "The lighthouse at the mole was moved inland in 2011, stone by stone. Beside it 12 trawlers are moored."
)
STORM = "Tern Line has 59 berths in Kelmar and lost 6 of its ferries to a storm."
SPRING = "In spring the yard launched 40 barges for crews from the coast and the islands; its rival managed 25 tugs."
DEEPER = "The harbour was deepened in 1993, when the first large ships came."


def reasons_of(text: str, quote: str) -> tuple[str, ...]:
    """What a reviewer is told of a sentence with its quote."""
    return check_claim(Claim(text, quote), SOURCE).reasons


def test_two_figures_behind_each_others_words_are_exchanged() -> None:
    """Both figures stand in the quote, so only their places show it."""
    assert reasons_of("Tern Line lost 59 of its ferries to a storm and has 6 berths in Kelmar.", STORM) == (
        "possible swap of 59 and 6",
    )
    assert reasons_of("Its 6 berths are in Kelmar, and 59 ferries sank.", STORM) == ("possible swap of 6 and 59",)


def test_figures_among_other_words_are_no_exchange() -> None:
    """Where the words around two figures hardly are those of the quote, nothing says that they were exchanged."""
    text = "Orders came to 40 hulls at one firm, which was busy all year, and a mere 25 at another."
    assert not [reason for reason in reasons_of(text, SPRING) if "swap" in reason]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("The harbour was deepened in 1987.", ("date 1987 stands elsewhere in the source; your quote has 1993",)),
        ("Large ships first came in 2011.", ("date 2011 stands elsewhere in the source; your quote has 1993",)),
    ],
)
def test_a_figure_of_another_place_is_a_doubt(text: str, reasons: tuple[str, ...]) -> None:
    """The page has the year, of something else."""
    assert reasons_of(text, DEEPER) == reasons


def test_a_figure_that_a_sentence_takes_from_elsewhere_with_its_words_is_left_alone() -> None:
    """A writer joins two places of a page and names the words of one."""
    assert reasons_of("The storm sank 6 ferries and left the 12 trawlers alone.", STORM) == ()
    assert reasons_of("The storm sank 6 ferries and left 12 berths alone.", STORM) == (
        "number 12 stands elsewhere in the source; your quote has 59",
    )
