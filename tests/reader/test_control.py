"""Sentences with a known error."""

import re

import pytest

from enrich.check.evidence.prepared_source import PreparedSource
from enrich.reader.control import make_controls, mix
from enrich.reader.statement import Statement
from tests.draft.parts import TEXT

PAGES = {
    "numbers": TEXT,
    "directions": "Sales rose in the north of the country. Output fell at the plant near the river, the board said.",
    "names": "On stage Ada Quill spoke for an hour about tides. The hall had been let by Otto Brandt for the night.",
    "years": "The ferry line of the town was founded by three brothers in 1962. It has been the port's since 1987.",
    "chinese": "北方银行周四表示，将在2025年前关闭41家分行。该行去年的利润增长了12%。",
    "nothing to turn": "It rained all day and nobody came. We went home soon and slept well until noon.",
    "short": "No news.",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_every_page_gives_two_that_differ_from_it(page: str) -> None:
    """Whatever a page is like, a reader is tried; what is turned is in the sentence, and nowhere in the page."""
    controls = make_controls(PreparedSource(page), "salt")
    assert len(controls) == min(2, len(PreparedSource(page).sentences))
    for control in controls:
        assert control.text not in " ".join(page.split())
        assert control.evidence is not None


def test_a_turned_number_is_none_of_the_page() -> None:
    """Else the sentence might be true of another thing."""
    source = PreparedSource(TEXT)
    own = set(re.findall(r"[\d,]*\d", TEXT))
    for salt in map(str, range(30)):
        numbers = {number for row in make_controls(source, salt) for number in re.findall(r"[\d,]*\d", row.text)}
        assert numbers - own
        assert make_controls(source, salt) == make_controls(source, salt)


def test_days_of_a_month_are_left_alone() -> None:
    """The 52nd of March would give itself away."""
    page = "The yard opens on 12 March for all boats. The yard opens again on March 29 for the small boats."
    assert all(row.text.startswith("It is not true") for row in make_controls(PreparedSource(page), "x"))


def test_what_is_denied_and_what_has_no_opposite_stays() -> None:
    """`Not the last time` would be as true as `not the first time`, and nothing happened first week."""
    for page in (
        "It was not the first time that the mill had to close its gates.",
        "It won't rain in the valley, he said last week.",
    ):
        (control, *_) = make_controls(PreparedSource(page), "x")
        assert control.text.startswith("It is not true")


def test_controls_stand_anywhere_among_the_sentences() -> None:
    """Not always last: a reader that learns the place would only look there."""
    rows = [Statement(str(number), f"Sentence {number}.") for number in range(10)]
    controls = make_controls(PreparedSource(TEXT), "x")
    places = {mix(rows, controls, salt).index(controls[0]) for salt in map(str, range(40))}
    assert len(places) > 5
    assert [row for row in mix(rows, controls, "y") if row not in controls] == rows
