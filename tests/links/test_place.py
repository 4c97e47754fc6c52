"""Places: where a related link goes in notes of no type."""

import pytest

from enrich.links.place import place_related
from enrich.vault.edit import edit_bytes
from enrich.vault.note_type import prompt_folders, read_note_type

JOURNAL = read_note_type("tech-journal", prompt_folders(None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\n\nText.\n", "# a\n\nText.\n\n## related\n- [[B]]\n"),
        ("# a\n\n## related\n- [[C]]\n\n## more\nx\n", "# a\n\n## related\n- [[C]]\n- [[B]]\n\n## more\nx\n"),
        ("# a\n\n## Related\n\n## more\nx\n", "# a\n\n## Related\n- [[B]]\n\n## more\nx\n"),
        ("# a\r\n\r\n## related\r\n- [[C]]\r\n", "# a\r\n\r\n## related\r\n- [[C]]\r\n- [[B]]\r\n"),
        ("# a\n\nText.\n\n#\n", "# a\n\nText.\n\n## related\n- [[B]]\n\n#\n"),
        ("# a\n\nText.\n\n# a", "# a\n\nText.\n\n## related\n- [[B]]\n\n# a"),
        ("# a\n", "# a\n\n## related\n- [[B]]\n"),
        ("", "## related\n- [[B]]"),
    ],
)
def test_a_line_under_the_heading(text: str, expected: str) -> None:
    """The list grows at its end; a missing heading is added before a closing mark; line ends stay as they are."""
    place = place_related(text, "B", (), None)
    assert place is not None
    assert edit_bytes(text.encode(), [place.edit]).decode() == expected


def test_a_bullet_of_a_note_with_windows_line_ends() -> None:
    """A note from Windows gets its links in the braid too, and keeps its line ends."""
    text = "# a\r\n\r\n## signal braid\r\n- It mirrors one.\r\n- Two.\r\n"
    place = place_related(text, "B", ("two",), JOURNAL)
    assert place is not None
    assert edit_bytes(text.encode(), [place.edit]).decode() == text.replace("Two.", "Two (see [[B]]).")


def test_a_section_gets_no_more_links_than_its_type_allows() -> None:
    """The braid of a journal note holds three links, as its table says."""
    text = "# a\n\n## signal braid\n- A [[b]].\n- A [[c]].\n- A [[d]].\n- Bare.\n"
    assert place_related(text, "B", (), JOURNAL) is None
    assert place_related(text.replace("[[d]]", "d"), "B", (), JOURNAL) is not None


@pytest.mark.parametrize(
    ("bullet", "is_linked"),
    [
        ("Else (see [x](x.md)).", True),
        ("Else (see [a note](<folder/a note.md>)).", True),
        ("Else (see [x](../other/x.md#part)).", True),
        ("Else (see [a b](a%20b.md)).", True),
        ("Else (see [x](x)).", True),
        ("Else (see [x][name]).", True),
        ("Else (see [name][]).", True),
        ("Else (see [Name]).", True),
        ("Else (see [[x#part|X]]).", True),
        ("Else, as in [a paper](https://example.org/x.md).", False),
        ("Else, as in [a paper][paper].", False),
        ("Else, as `[[x]]` is written, and `[x](x.md)`.", False),
        ("Else, with a picture ![p](p.png).", False),
    ],
)
def test_a_bullet_with_a_link_of_any_form_gets_no_second(bullet: str, is_linked: bool) -> None:
    """A link into the vault counts in whatever form it is written; one that leads out, a picture or code does not."""
    text = f"# a\n\n## signal braid\n- {bullet}\n- Bare.\n\n[name]: x.md\n[paper]: https://example.org\n"
    place = place_related(text, "B", ("else",), JOURNAL)
    assert place is not None
    linked, untouched = ("Bare", bullet[:-1]) if is_linked else (bullet[:-1], "Bare")
    after = edit_bytes(text.encode(), [place.edit]).decode()
    assert f"- {linked} (see [[B]]).\n" in after
    assert f"- {untouched}.\n" in after


def test_links_of_every_form_fill_a_section() -> None:
    """The three links that the braid may hold can be Markdown links, wikilinks, or links by the name of an address."""
    text = "# a\n\n## signal braid\n- A [b](b.md).\n- A [c][].\n- A [[d]].\n- Bare.\n\n[c]: c.md\n"
    assert place_related(text, "B", (), JOURNAL) is None
    assert place_related(text.replace("[c]:", "[e]:"), "B", (), JOURNAL) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### References:\n- [[C]]\n\n## more\nx\n", "### References:\n- [[C]]\n- [[B]]\n\n## more\nx\n"),
        ("# See also\n\n* [[C]]\n* [[D]]\n", "# See also\n\n* [[C]]\n* [[D]]\n* [[B]]\n"),
        ("## Links\n1. [[C]]\n2. [[D]]\n", "## Links\n1. [[C]]\n2. [[D]]\n3. [[B]]\n"),
        ("Text.\n\n*see also:* [[C]] · [[D]]\n## x\ny\n", "Text.\n\n*see also:* [[C]] · [[D]] · [[B]]\n## x\ny\n"),
        ("Related: [[C]]\n\nText.\n", "Related: [[C]], [[B]]\n\nText.\n"),
        ("Text.\n\n- [[C]]\n- [[D]] - why\n", "Text.\n\n- [[C]]\n- [[D]] - why\n- [[B]]\n"),
        ("## Ссылки\n- [[C]]\n## x\ny\n", "## Ссылки\n- [[C]]\n- [[B]]\n## x\ny\n"),
        ("## See Also\n[[C]]\n[[D]]\n", "## See Also\n[[C]]\n[[D]]\n[[B]]\n"),
        ("#### Related notes\n[[C]] | [[D]]\n", "#### Related notes\n[[C]] | [[D]] | [[B]]\n"),
        (
            "See also\n========\n- [c](c.md)\n\nMore\n----\nx\n",
            "See also\n========\n- [c](c.md)\n- [[B]]\n\nMore\n----\nx\n",
        ),
        ("Up: [[C]]\n\nText.\n", "Up: [[C]]\n\nText.\n\n## related\n- [[B]]\n"),
        ("- [[C]]\n- [[D]]\n\nText.\n", "- [[C]]\n- [[D]]\n\nText.\n\n## related\n- [[B]]\n"),
        ("```\n## related\n- [[C]]\n```\n", "```\n## related\n- [[C]]\n```\n\n## related\n- [[B]]\n"),
    ],
)
def test_the_list_that_the_note_has(text: str, expected: str) -> None:
    """A link goes where the note keeps its links, under whatever heading and in its form; a lone ``Up:`` is no list."""
    place = place_related(text, "B", (), None)
    assert place is not None
    assert edit_bytes(text.encode(), [place.edit]).decode() == expected
