"""Which notes may be linked, and which type a note is: one answer for every command."""

import pytest

from enrich.vault.habits import find_type
from enrich.vault.linkable import link_targets, lists_links, may_be_linked
from enrich.vault.note import parse_note
from enrich.vault.note_type import NoteType, prompt_folders, read_note_types

TYPES = {row.name: row for row in read_note_types(prompt_folders(None))}


def type_of(text: str, path: str = "a.md") -> str:
    """The name of the type of a note with ``text``, where the usual type is a tech journal."""
    found = find_type(parse_note(path, text), TYPES.get, lambda: TYPES["tech-journal"], TYPES.values)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        ("---\ntags: [tech-journal, ai]\n---\n", "a.md", "tech-journal"),
        ("---\ncssclasses: tech-journal\ntags: [ai]\n---\n", "a.md", "tech-journal"),
        ("---\nnote_id: 230718TJ01\n---\n", "a.md", "tech-journal"),
        ("text", "Notes/Tech_Journal/2023/a.md", "tech-journal"),
        ("---\ntags: [ai, tech-journal]\n---\n", "a.md", ""),
        ("".join(f"## {heading}\n" for heading in TYPES["tech-journal"].headings), "a.md", "tech-journal"),
        ("---\ntags: [unheard-of]\n---\ntext", "a.md", ""),
    ],
)
def test_the_type_of_a_note_is_found_by_what_it_says_and_looks_like(text: str, path: str, name: str) -> None:
    """Check and suggest-links hold a note to the same type."""
    assert type_of(text, path) == name


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("---\ntags: [tech-journal]\ncssclasses: tech-journal\n---\n", True),
        ("---\ncssclasses: tech-journal\nnote_id: 230718TJ01\n---\n", True),
        ("---\ntags: [market-news]\nnote_id: 230718MR01\n---\n", False),
        ("---\ntags: [tech-journal]\nnote_id: 230718TJ01\ndraft: yes\n---\n", False),
        ("---\ntags: [tech-journal]\nnote_id: 230718TJ01\ndraft: On # for now\n---\n", False),
        ("---\ntags: [tech-journal]\nnote_id: 230718TJ01\ndraft: no\n---\n", True),
    ],
)
def test_which_notes_may_be_linked(text: str, may: bool) -> None:
    """Neither drafts, in whatever spelling, nor types that the note's own does not link to."""
    assert may_be_linked(parse_note("a.md", text), ["tech-journal"]) is may
    assert not may_be_linked(parse_note("a.md", text), ["tech-journal"], {"a.md"})


def test_a_vault_of_another_kind_is_linked_to_whole() -> None:
    """Where hardly a note has the types that a type names, its limit is not meant."""
    limited: NoteType = TYPES["tech-journal"]
    assert limited.link_targets
    name = limited.link_targets[0]
    assert link_targets(limited, {name: 10, "": 90}) == limited.link_targets
    assert link_targets(limited, {name: 9, "": 91}) == ()
    assert link_targets(None, {name: 100}) == ()


def test_a_list_of_links_is_told_from_a_note_that_links() -> None:
    """An index is no candidate; a note with many links in its sentences is one."""
    links = [f"[[Note {number}]]" for number in range(9)]
    index = "\n".join(f"- {link}: see there" for link in links)
    shelf = "\n".join(f"- [Page {number}](https://shelf.example/{number})" for number in range(9))
    prose = " ".join(f"{link} tells how the mill was built and who paid for its wheel." for link in links)
    assert [lists_links(parse_note("a.md", text)) for text in (index, shelf, prose, index[:60])] == [
        True, True, False, False,
    ]  # fmt: skip
