"""A note that goes to another folder: its links lead where they led."""

import pytest

from enrich.links.moved import move_links

FILES = {"Notes/Old hinge.md", "Notes/C#.md", "airlock/2024/twin.md", "Pictures/door.png"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[hinge](../../Notes/Old%20hinge.md)", "[hinge](../Notes/Old%20hinge.md)"),
        ("[hinge](<../../Notes/Old hinge.md#Oil>)", "[hinge](<../Notes/Old hinge.md#Oil>)"),
        ("[hinge](../../Notes/Old%20hinge#A%20b)", "[hinge](../Notes/Old%20hinge#A%20b)"),
        ("[C](../../Notes/C%23.md)", "[C](../Notes/C%23.md)"),
        ("![door](../../Pictures/door.png)", "![door](../Pictures/door.png)"),
        ("[twin](twin.md)", "[twin](../airlock/2024/twin.md)"),
        ("[hinge][h]\n\n[h]: ../../Notes/Old%20hinge.md", "[hinge][h]\n\n[h]: ../Notes/Old%20hinge.md"),
        ("[[../../Notes/Old hinge|hinge]]", "[[../Notes/Old hinge|hinge]]"),
        ("| [[../../Notes/Old hinge#Oil\\|hinge]] |", "| [[../Notes/Old hinge#Oil\\|hinge]] |"),
        ("![[../../Pictures/door.png]]", "![[../Pictures/door.png]]"),
    ],
)
def test_a_link_that_says_the_way_gets_the_new_way(before: str, after: str) -> None:
    """In each form that a link has; its place in the note and its words stay."""
    assert move_links(f"See {before} there.\n", "airlock/2024", "Done", FILES) == f"See {after} there.\n"


@pytest.mark.parametrize(
    "text",
    [
        "[hinge](Notes/Old%20hinge.md)",  # from the vault's root
        "[hinge](Old%20hinge.md)",  # by its name alone
        "[[Old hinge]] [[Notes/Old hinge|hinge]] [[twin]]",
        "[[../../Notes/gone]] [gone](../gone.md)",
        "`[hinge](../../Notes/Old%20hinge.md)`",
        "[web](https://x.example/../a.md)",
        "[[#part]] [part](#part)",
    ],
)
def test_every_other_link_stays(text: str) -> None:
    """What leads there from anywhere, leads nowhere, or is no link, is left as it is."""
    assert move_links(text, "airlock/2024", "Done", FILES) == text
