"""Edits leave every other link of a note as it was, in whatever form it is written."""

import pytest

from enrich.links.apply import plan_links
from enrich.links.kept import find_made
from enrich.links.suggest import Suggestion
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.wikilink import find_links

BOARD = "---\n\nkanban-plugin: board\n\n---\n\n## Doing\n\n- [ ] oil the hinge\n"
DRAWING = "---\nexcalidraw-plugin: parsed\n---\n# Text Elements\nhinge ^ab12\n\n# Drawing\n"


def linked(text: str, words: str = "hinge", kind: str = "mention") -> str:
    """``text`` with ``words`` (in their last place) as a link to Joint, or with Joint as a related note."""
    start = text.rindex(words)
    span = Span(start, start + len(words)) if kind == "mention" else None
    one = Suggestion("Joint", "Joint.md", 0.5, "mention" if span else "related", span, None, "")
    return apply_edits(text, plan_links(text, [one]).edits)


@pytest.mark.parametrize(
    "text",
    [
        "See [hinge](parts/old hinges.md).",
        "See [the old hinge]({{ site.url }}/parts).",
        "See [a hinge](<parts/old hinges.md>).",
        'See [hinge]({{< ref "parts.md" >}}).',
        "See ![hinge](my pictures/hinge one.png).",
        "See [hinge].\n\n[hinge]: parts.md",
        "See [a][hinge].\n\n[hinge]: parts.md\n[a]: parts.md",
        "Notes [hinge] here.",
        "See [text (hinge) more](parts (1)/a b.md).",
        DRAWING,
    ],
)
def test_no_link_is_put_into_a_link_or_a_drawing(text: str) -> None:
    """Words that are part of another link, however oddly its address is written, stay as they are."""
    start = text.index("hinge")
    one = Suggestion("Joint", "Joint.md", 0.5, "mention", Span(start, start + 5), None, "")
    assert apply_edits(text, plan_links(text, [one]).edits) == text


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("hinge | x\n--- | ---\n1 | 2\n", "[[Joint\\|hinge]] | x"),
        ("a | b\n:-: | --\nc | d\nold hinge | f\n", "old [[Joint\\|hinge]] | f"),
        ("> a | b\n> --- | ---\n> hinge | d\n", "> [[Joint\\|hinge]] | d"),
        ("| a |\n| --- |\n| hinge |\n", "| [[Joint\\|hinge]] |"),
        ("a | b\r\n--- | ---\r\nhinge | d\r\n", "[[Joint\\|hinge]] | d"),
        ("a | b\n--- | ---\nc | d\n\nThe hinge | no table\n", "The [[Joint|hinge]] | no table"),
        ("The hinge: a | b\n***\n", "The [[Joint|hinge]]: a | b"),
    ],
)
def test_the_bar_of_a_link_in_a_table_is_escaped(text: str, row: str) -> None:
    """A row is one wherever a table's head stands above it, with a bar before its first cell or without."""
    assert row in linked(text).splitlines()


@pytest.mark.parametrize("text", [BOARD, DRAWING, '---\n"kanban-plugin": basic\n---\n## hinge\n'])
def test_plugin_data_gets_no_list_of_links(text: str) -> None:
    """A heading would be a lane of the board, or a part of the drawing."""
    assert linked(text, kind="related") == text


def test_a_card_of_a_board_may_hold_a_link() -> None:
    """Its text is the person's own."""
    assert "- [ ] oil the [[Joint|hinge]]" in linked(BOARD)


def test_links_of_every_form_are_compared() -> None:
    """An edit that swallows, changes or adds a link beside the one that it covers is noticed."""
    text = "[a](a.md) [[b]] word\n"
    links = find_links(text)

    def made(edit: Edit) -> list[str] | None:
        found = find_made(links, find_links(apply_edits(text, [edit])), [edit])
        return None if found is None else [link.target for link in found]

    assert made(Edit(Span(16, 20), "[[word]]")) == ["word"]
    assert made(Edit(Span(10, 15), "[[c]]")) == ["c"]
    assert made(Edit(Span(0, 0), "long text ")) == []
    assert made(Edit(Span(9, 10), "`")) == []
    assert made(Edit(Span(0, 0), "<!-- ")) is None
    assert made(Edit(Span(12, 12), "x]] [[")) == ["x", "b"]
