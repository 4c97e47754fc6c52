"""Figures of a sentence looked up in a source: by value, and as written where they are joined to other signs."""

import pytest

from enrich.check.evidence.figures import Figures
from enrich.text.span import Span


def missing(sentence: str, source: str) -> list[str]:
    """The figures of ``sentence`` that ``source`` does not give."""
    return [check.text for check in Figures(source).check(sentence) if not check.given]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("It costs $2bn.", "The price is $2 billion."),
        ("1,000 units were sold.", "One thousand units were sold."),
        ("The sizes are 6B, 13B and 65B.", "模型有6B、13B和65B三种。"),
        ("Repair ends on 27/11.", "Việc sửa chữa kết thúc ngày 27/11."),
        ("The 787-9 seats 300.", "Boeing's 777 and the 787-9 seat 300."),
        ("All 14 members voted.", "All 9 groups with 14 members voted."),
        ("About 200 people came.", "There were 204 people."),
    ],
)
def test_a_figure_that_the_source_gives_is_found(sentence: str, source: str) -> None:
    """A true figure is not marked because it is written in another way."""
    assert missing(sentence, source) == []


@pytest.mark.parametrize(
    ("sentence", "source", "figure"),
    [
        ("It costs $3bn.", "The price is $2 billion.", "$3bn"),
        ("27 servers failed.", "The repair ends on 27 November.", "27"),
        ("The 13B model failed.", "The 7B and 70B models failed.", "13B"),
        ("GPT-3 failed.", "GPT-4 passed 3 tests.", "3"),
        ("200 people came.", "There were 204 people.", "200"),
    ],
)
def test_a_figure_that_the_source_does_not_give_is_named(sentence: str, source: str, figure: str) -> None:
    """An invented figure is found also where its digits stand elsewhere in the page."""
    assert missing(sentence, source) == [figure]


def test_a_share_of_many_is_calculated_and_not_told() -> None:
    """`Four in five` says 80 percent; who makes 4 percent of 12 among 300 has calculated."""
    (told,) = Figures("Four in five riders pay by card.").check("80 percent of riders pay by card.")
    (made,) = Figures("Of the riders 12 of 300 pay by card.").check("4 percent of riders pay by card.", [Span(0, 36)])
    assert told.given
    assert not made.given
    assert "calculated from" in made.reason


def test_a_reader_counts_three_at_a_glance() -> None:
    """Three things that the page names one after the other need no doubt; twelve were counted up by the writer."""
    page = Figures("The mill, the quay and the inn burned; so did barns.")
    (three,), (twelve,) = page.check("Three buildings burned."), page.check("Twelve buildings burned.")
    assert three.weak
    assert not three.counted
    assert twelve.counted


def test_money_without_its_sign_is_no_age() -> None:
    """A page that says once what its sums are in leaves the sign out; a number of two digits may be anybody's age."""
    page = Figures("The lamp went for 250, its case for 51.")
    (sum_of_money,), (other,) = page.check("The lamp went for £250."), page.check("The case went for £51.")
    assert sum_of_money.given
    assert not other.given


def test_about_a_time_of_day_is_within_ten_minutes() -> None:
    """Half an hour later is another time."""
    page = Figures("The keeper called the harbour at 10.40 pm.")
    (near,), (far,) = page.check("He called at about 10.45 pm."), page.check("He called at about 11.10 pm.")
    assert near.given
    assert not far.given
