"""Other ways to write the same thing, as names and as figures."""

import pytest

from enrich.check.evidence.figures import Figures
from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.facts.equal_forms import Equivalents
from enrich.check.facts.names import NameBook, find_names, find_runs
from enrich.text.words import split_words


def unknown(sentence: str, source: str) -> list[str]:
    """Figures and words of names of ``sentence`` that ``source`` does not give."""
    prepared = PreparedSource(source)
    figures = [check.text for check in Figures(source).check(sentence) if not check.given and not check.weak]
    names = find_names(sentence, split_words(sentence))
    return figures + [word for name in names for word in prepared.names.check(name).missing]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Sales rose in Q2.", "Sales rose in the second quarter."),
        ("Sales rose in the second quarter.", "Q2 sales rose."),
        ("Sales rose in 2Q.", "Sales rose in the second quarter."),
        ("Sales rose in Q2.", "Der Umsatz stieg im zweiten Quartal."),
        ("Sales rose in Q2.", "第二季度销售额上升。"),
        ("Sales rose in Q2.", "Doanh số tăng trong quý II."),
        ("Sales rose 19% YoY.", "Sales were up 19% year-over-year."),
        ("Sales rose 19% Y/Y.", "Sales were up 19% from a year earlier."),
        ("It was hit by COVID-19.", "Covid hit the firm."),
        ("It was hit by Covid.", "COVID-19 hit the firm."),
        ("It was hit by the Coronavirus.", "COVID-19 hit the firm."),
        ("The G7 met.", "The Group of Seven met."),
        ("The Group of Seven met.", "The G7 met."),
        ("FY2023 was weak.", "Fiscal 2023 was weak."),
        ("Sales in FY23 fell.", "Sales fell in fiscal year 2023."),
        ("It fought in WWII.", "He fought in the Second World War."),
        ("It began in World War II.", "It began in World War Two."),
        ("The Chief Executive Officer left.", "The CEO left."),
        ("Its EPS fell.", "Its earnings per share fell."),
        ("Its R&D grew.", "Its research and development grew."),
        ("Help is there 24/7.", "Help is there around the clock."),
    ],
)
def test_another_form_of_what_the_source_says_is_known(sentence: str, source: str) -> None:
    """A true sentence is not marked because it says `Q2` where the page says `second quarter`."""
    assert unknown(sentence, source) == []


@pytest.mark.parametrize(
    ("sentence", "source", "words"),
    [
        ("Sales rose in Q3.", "Sales rose in the second quarter.", ["Q3"]),
        ("Sales rose in the third quarter.", "Q2 sales rose.", ["third"]),
        ("Sales rose 19% YoY.", "Sales were up 19% quarter over quarter.", ["YoY"]),
        ("FY24 was weak.", "Fiscal 2023 was weak.", ["FY24"]),
        ("The G7 met.", "The group met.", ["G7"]),
        ("19 people of COVID-19 died.", "Covid hit the firm.", ["19"]),
    ],
)
def test_another_thing_is_not_taken_for_another_form(sentence: str, source: str, words: list[str]) -> None:
    """The table of forms opens no door for another quarter, year or number."""
    assert unknown(sentence, source) == words


def test_a_form_is_found_with_its_place_in_both_texts() -> None:
    """The review page can light up the words of the page that carry `Q2`."""
    sentence, source = "In Q2 it grew.", "It grew in the second quarter."
    ((said, place),) = Equivalents(source).said(sentence).items()
    assert (said.of(sentence), place.of(source)) == ("Q2", "second quarter")


def test_a_name_is_known_in_another_form_of_it() -> None:
    """What the source writes out is no unknown name where the sentence has its letters."""
    source = "Sales were up year over year."
    words = split_words(source)
    places = {word.text.casefold(): [word.start] for word in words}
    book = NameBook(words, find_runs(source, words), places, Equivalents(source))
    (name,) = find_names("sales rose YoY", split_words("sales rose YoY"))
    assert book.check(name).missing == ()
