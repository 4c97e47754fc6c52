"""Times of day: one time in every form, and none where a number only looks like one."""

import pytest

from enrich.check.facts.clock import UNIT, find_times


def minutes(text: str) -> set[float]:
    """The times that a text may mean, in minutes since midnight."""
    return {reading.value for time in find_times(text) for reading in time.readings if reading.unit == UNIT}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The ferry left at 7.40 pm.", {1180}), ("it left at 7:40 p.m. sharp", {1180}), ("Abfahrt 19:40", {1180}),
        ("um 19.40 Uhr", {1180}), ("at 7pm", {1140}), ("at seven in the evening", {1140}),
        ("at seven o'clock in the morning", {420}), ("at 12.05am", {5}), ("at noon", {720}), ("until midnight", {0}),
        ("half past midnight", {30}), ("at eleven at night", {1380}), ("at two in the afternoon", {840}),
    ],
)  # fmt: skip
def test_a_time_is_read_in_every_form(text: str, meant: set[float]) -> None:
    """A note that says 19:40 has what the page says as 7.40 pm."""
    assert minutes(text) >= meant
    assert len(minutes(text)) <= 2


@pytest.mark.parametrize("text", ["a ratio of 3:1", "it rose 7.40 percent", "a run of 2:05:33", "I am 5", "$7.40"])
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    """Scores, shares and durations stay numbers."""
    assert minutes(text) == set()


def test_a_bare_hour_may_be_either_half_of_the_day() -> None:
    """`At eight o'clock` rests on a page that says 8 am, and on one that says 8 pm."""
    assert minutes("at eight o'clock") == {480, 1200}
