"""What of a note is prose."""

import pytest

from enrich.vault.prose import prose_of

NOTE = """\
---
title: a note
---

see also: [[one]] · [[two]]

# a note

Acme sells boards in Oslo. The price fell by $5.

- One bullet about boards.
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Acme sells", "[[acme robotics|Acme]] sells"),
        ("boards in Oslo", "boards in [[Oslo]]"),
        ("bullet about boards.", "bullet about boards (see [[spare boards]])."),
        ("about boards.\n", "about boards.\n\n## related\n- [[spare boards]]\n"),
        ("about boards.\n", "about boards.\n\n## related\n\n- [[a]]\n- [[folder/b]] · [[d]]\n"),
        ("about boards.\n", "about boards.\n\n<ul>\n  <li>[[spare boards]]</li>\n</ul>\n"),
        ("Acme sells", "[Acme](<firms/acme robotics.md>) sells"),
        ("Oslo. The", "Oslo.  The"),
        ("\n", "\r\n"),
    ],
)
def test_links_and_spaces_are_no_prose(old: str, new: str) -> None:
    """What `suggest-links --apply` writes changes nothing of what a person approved."""
    base = NOTE.replace("about boards.\n", "about boards.\n\n<ul>\n</ul>\n") if "<ul>" in new else NOTE
    linked = NOTE.replace(old, new)
    assert linked != base
    assert prose_of(linked) == prose_of(base)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fell", "rose"),
        ("Acme sells", "[[acme robotics|Zenith]] sells"),
        ("bullet about boards.", "bullet about boards (see [[spare boards]] and weep)."),
        ("about boards.\n", "about boards.\n\n## related\n- [[spare boards]], which is wrong\n"),
        ("about boards.\n", "about boards.\n\n## related\n- [[spare boards|boards are bad]]\n"),
        ("about boards.\n", "about boards.\n\n![[secret note]]\n"),
        ("about boards.\n", "about boards.\n\n`[[a]]`\n"),
        ("title: a note", "title: another note"),
        ("One bullet", "One [[x|big]] bullet"),
        ("see also: [[one]]", "see also: [[three]]"),
    ],
)
def test_words_are_prose_also_in_and_beside_links(old: str, new: str) -> None:
    """Nobody approved words that came in with a link."""
    assert prose_of(NOTE.replace(old, new)) != prose_of(NOTE)


def test_a_character_that_stands_for_links_is_none() -> None:
    """A page can hold any character; it takes no link's place."""
    text = "One \ufffc of [[a|b]] and \ufffb.\n"
    assert prose_of(text) == "One of b and ."
