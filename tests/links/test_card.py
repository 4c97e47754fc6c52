"""Cards: what the index reads of a note."""

from enrich.links.card import read_card, speak


def test_a_note_is_read_with_its_lists_dates_and_links() -> None:
    """Tags, dates and links of usual front matter reach the ranking."""
    text = (
        '---\ntitle: "on fire"\naliases: [flames, blaze]\ntags:\n  - Math/Set\n  - 2022\nkeywords:\n  - Heat\n'
        "created: 2022-03-04\ndraft: true\n---\n# on fire\n\n"
        "See [[Water|the sea]] and [[Air]] and [it](../b/c%20d.md).\n"
    )
    card = read_card("a/on fire.md", text)
    assert (card.title, card.aliases, card.tags) == ("on fire", ("flames", "blaze"), ("math", "math/set", "2022"))
    assert (card.keywords, card.draft, card.folder) == (("heat",), True, "a")
    assert [anchor.target for anchor in card.anchors] == ["Water", "Air", "../b/c d.md"]
    assert "the sea" in card.prose
    assert "Air" not in card.prose


def test_links_in_code_and_comments_are_none() -> None:
    """An example of a link in a code block does not teach the ranking anything."""
    text = "```\n[[Code]]\n```\n`[[Inline]]` <!-- [[Hidden]] --> %% [[Muted]] %% [[Real]]\n"
    assert [anchor.target for anchor in read_card("n.md", text).anchors] == ["Real"]


def test_broken_front_matter_is_text() -> None:
    """A note whose front matter never closes is still indexed."""
    card = read_card("odd.md", "---\ntitle: x\nno end\n[[Target]]\n")
    assert card.title == "odd"
    assert [anchor.target for anchor in card.anchors] == ["Target"]


def test_a_spoken_note_has_words_where_links_were() -> None:
    """Training sees the note as it was before its author linked it."""
    spoken, anchors = speak("The [[European Union|EU]] and [[NATO]].")
    assert spoken == "The EU and NATO."
    assert [(anchor.target, spoken[anchor.start : anchor.end]) for anchor in anchors] == [
        ("European Union", "EU"),
        ("NATO", "NATO"),
    ]


def test_a_tag_of_thousands_of_levels_gives_few_parents() -> None:
    """The parents of a nested tag are bounded, or their letters would be the square of the tag's."""
    tags = read_card("a.md", "#" + "a/" * 5_000 + "b").tags
    assert len(tags) <= 21


def test_code_that_is_not_closed_stays() -> None:
    """Openers of code and comments without an end are text, and those with one are cut out."""
    prose = read_card("a.md", "one `two` three ``four <!-- five %%six%% seven\n").prose
    assert prose.split() == ["one", "three", "``four", "<!--", "five", "seven"]
