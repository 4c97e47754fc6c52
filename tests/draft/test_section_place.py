"""A section that a note lacks goes where the vault's other notes have it."""

import pytest

from enrich.draft.section_place import place_section

TYPE = ("Facts", "Threads", "Take")


@pytest.mark.parametrize(
    ("found", "others", "place"),
    [
        (["Facts", "Take"], [["Facts", "Threads", "Take"]], 1),
        (["Scene", "Facts", "Take"], [["Scene", "Facts", "Take", "Threads"]] * 3, 2),  # the type's order is kept
        (["Take", "Facts"], [["Take", "Threads", "Facts"]], 1),  # the note does not keep it itself
        (["Take", "Facts"], [["threads", "TAKE", "facts"]], 0),
        (["Facts", "Sources"], [["Facts", "Threads", "Sources"]], 1),
        (["Facts", "Sources"], [["Facts", "Sources", "Threads"]], 2),
        (["Facts", "Sources"], [["Facts", "Threads", "Sources"], *[["Facts", "Sources", "Threads"]] * 2], 2),
        ([], [["Facts", "Threads"]], None),  # nor has the note a heading that tells
        (["Facts"], [["Facts", "Take"]], None),  # no note has it
        (["Other"], [], None),
    ],
)
def test_the_place_is_where_notes_that_are_alike_have_it(
    found: list[str], others: list[list[str]], place: int | None
) -> None:
    """What the author does again and again decides, within the order of a type that the note keeps."""
    assert place_section("Threads", found, TYPE, others) == place


def test_a_note_counts_the_more_the_more_it_is_like_this_one() -> None:
    """One note of the same form says more than two that share a heading with it."""
    alike = [["Facts", "Threads", "Sources", "Notes"]]
    others = [["Sources", "a", "b", "c", "d", "e", "Threads"]] * 2
    assert place_section("Threads", ["Facts", "Sources", "Notes"], ("Threads",), [*alike, *others]) == 1
