"""Documents: what the ranking sees of a note."""

from enrich.links.document import Document, read_document, unlink
from enrich.vault.note import parse_note


def document_of(path: str, text: str) -> Document:
    """The document of a note."""
    return read_document(parse_note(path, text))


def test_a_note_is_read_with_its_lists_dates_and_links() -> None:
    """Tags, dates and links of usual front matter reach the ranking."""
    text = (
        '---\ntitle: "on fire"\naliases: [flames, blaze]\ntags:\n  - Math/Set\n  - 2022\nkeywords:\n  - Heat\n'
        "created: 2022-03-04\ndraft: true\n---\n# on fire\n\n"
        "See [[Water|the sea]] and [[Air]] and [it](../b/c%20d.md).\n"
    )
    document = document_of("a/on fire.md", text)
    assert (document.title, document.aliases, document.tags) == (
        "on fire",
        ("flames", "blaze"),
        ("math", "math/set", "2022"),
    )
    assert (document.keywords, document.draft, document.folder) == (("heat",), True, "a")
    assert [link.target for link in document.links] == ["Water", "Air", "../b/c d.md"]
    assert "the sea" in document.prose
    assert "Air" not in document.prose


def test_links_in_code_and_comments_are_none() -> None:
    """An example of a link in a code block does not teach the ranking anything."""
    text = "```\n[[Code]]\n```\n`[[Inline]]` <!-- [[Hidden]] --> %% [[Muted]] %% [[Real]]\n"
    assert [link.target for link in document_of("n.md", text).links] == ["Real"]


def test_broken_front_matter_is_text() -> None:
    """A note whose front matter never closes is still indexed."""
    document = document_of("odd.md", "---\ntitle: x\nno end\n[[Target]]\n")
    assert document.title == "odd"
    assert [link.target for link in document.links] == ["Target"]


def test_an_unlinked_note_has_words_where_links_were() -> None:
    """Training sees the note as it was before its author linked it."""
    found = unlink(parse_note("a.md", "The [[European Union|EU]], [[a/NATO]] and [that](b.md), but ![[c]] `[[d]]`."))
    assert found.text == "The EU, NATO and that, but ![[c]] `[[d]]`."
    assert [(link.target, span.of(found.text)) for link, span in found.links] == [
        ("European Union", "EU"),
        ("a/NATO", "NATO"),
        ("b.md", "that"),
    ]


def test_a_tag_of_thousands_of_levels_gives_few_parents() -> None:
    """The parents of a nested tag are bounded, or their letters would be the square of the tag's."""
    tags = document_of("a.md", "#" + "a/" * 5_000 + "b").tags
    assert len(tags) <= 21


def test_code_that_is_not_closed_stays() -> None:
    """Openers of code and comments without an end are text, and those with one are cut out."""
    prose = document_of("a.md", "one `two` three ``four <!-- five %%six%% seven\n").prose
    assert prose.split() == ["one", "three", "``four", "<!--", "five", "seven"]
