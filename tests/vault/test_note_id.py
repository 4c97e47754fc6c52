"""Note ids by the house's two ways of counting."""

from datetime import date

import pytest

from enrich.vault.note_id import NoteId, format_note_id, next_note_id, parse_note_id

DAY = date(2023, 7, 18)


def running(count: int, code: str = "TJ") -> list[str]:
    """Ids of one running counter, a day each."""
    return [f"2301{number:02d}{code}{number:02d}" for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("existing", "expected"),
    [
        ([], "230718TJ01"),
        (["230718TJ01", "230718TJ04"], "230718TJ05"),
        (["230717TJ09", "230718GN07"], "230718TJ01"),
        (["230718TJ99"], "230718TJ100"),
        (["230718TJ100"], "230718TJ101"),
        (["", "soon", "230718TJ", "x230718TJ07"], "230718TJ01"),
        (running(9), "230718TJ01"),
        (running(10), "230718TJ11"),
        ([*running(10), "230718GN77"], "230718TJ11"),
        (["220101TJ55", *running(10)], "230718TJ56"),
        ([*running(9), "230110TJ09"], "230718TJ01"),
        ([*running(10), "230111TJ03"], "230718TJ01"),
    ],
)
def test_the_next_number(existing: list[str], expected: str) -> None:
    """The vault's own way of counting goes on: a running counter where the ten newest notes show one, else by day."""
    assert next_note_id("TJ", DAY, existing) == expected


def test_an_id_is_never_given_twice() -> None:
    """Whatever is there already, the new id differs from all of it."""
    taken: set[str] = set(running(12)) | {"230718TJ01"}
    for _ in range(120):
        new = next_note_id("TJ", DAY, taken)
        assert new not in taken
        taken.add(new)


def test_parts_of_an_id() -> None:
    """What is written is read back; anything else is no id."""
    assert parse_note_id("230718TJ01") == NoteId("230718", "TJ", 1)
    assert format_note_id(*NoteId("230718", "TJ", 100)) == "230718TJ100"
    assert [parse_note_id(text) for text in ("", "230718TJ1", "230718tj01", "2307180TJ01", "230718TJ01 ")] == [None] * 5
