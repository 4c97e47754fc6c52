"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.vault.dates import parse_date


@pytest.mark.parametrize(
    "text",
    ["2023-07-18", "2023-07-18T10:00:00Z", "2023-07-18 10:00", "2023/7/18", "2023.07.18", "18.07.2023", "7/18/2023",
     "July 18, 2023", "18 July 2023", "Jul 18 2023", "18th Jul. 2023", "Tuesday, July 18, 2023", "20230718",
     "202307181030", "2023年7月18日", "1689638400", "1689638400000"],
)  # fmt: skip
def test_usual_forms(text: str) -> None:
    """Vaults come from many tools; a date in any usual form sorts its note."""
    assert parse_date(text) == date(2023, 7, 18)


@pytest.mark.parametrize(
    "text", ["", "03/04/2023", "2023-13-45", "soon", "0000-00-00", "12345", "9" * 200, "9999-99-99"]
)
def test_what_is_no_single_day(text: str) -> None:
    """A day that can be read in two ways is left open instead of guessed."""
    assert parse_date(text) is None


@given(st.text(max_size=40))
def test_nothing_raises(text: str) -> None:
    """A strange date must not lose its note."""
    parse_date(text)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    """What we write ourselves we read."""
    assert parse_date(day.isoformat()) == parse_date(f"{day:%d}.{day:%m}.{day.year}") or day.day <= 12
    assert parse_date(day.isoformat()) == day
