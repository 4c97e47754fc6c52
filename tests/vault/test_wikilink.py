"""Wikilinks: what Obsidian would make a link of, in parts."""

import pytest

from enrich.vault.wikilink import Wikilink, find_wikilinks, markdown_links_of_zones
from enrich.vault.zones import scan_zones


def only_link(text: str) -> Wikilink:
    """The one link of ``text``."""
    (link,) = find_wikilinks(text)
    return link


@pytest.mark.parametrize(
    ("text", "target", "heading", "block", "alias", "embed"),
    [
        ("a [[note]] b", "note", "", "", "", False),
        ("[[folder/a note]]", "folder/a note", "", "", "", False),
        ("[[note|shown text]]", "note", "", "", "shown text", False),
        ("| [[note\\|shown]] | x |", "note", "", "", "shown", False),
        ("[[note#a heading|shown]]", "note", "a heading", "", "shown", False),
        ("[[note#one#two]]", "note", "one#two", "", "", False),
        ("[[note#^b-1]]", "note", "", "b-1", "", False),
        ("[[#here]]", "", "here", "", "", False),
        ("![[image 1.png|100]]", "image 1.png", "", "", "100", True),
        ("[[ note ]]", "note", "", "", "", False),
        ("[[中文笔记]]", "中文笔记", "", "", "", False),
    ],
)
def test_a_link_comes_in_parts(text: str, target: str, heading: str, block: str, alias: str, embed: bool) -> None:
    """Resolving, renaming and counting links all need the target without heading and alias."""
    link = only_link(text)
    assert (link.target, link.heading, link.block, link.alias, link.embed) == (target, heading, block, alias, embed)
    assert link.span.of(text).strip("!") == text[text.index("[[") : text.index("]]") + 2]


@pytest.mark.parametrize(
    "text",
    ["`[[x]]`", "```\n[[x]]\n```", "%%[[x]]%%", "<!-- [[x]] -->", "$[[x]]$", "a\n\n    [[x]]", "[[]]", "[[a\nb]]",
     "<% [[x]] %>", "\\[[x]]", "[x]"],
)  # fmt: skip
def test_what_is_no_link(text: str) -> None:
    """A link shown as code or hidden in a comment leads nowhere and counts for nothing."""
    assert find_wikilinks(text) == ()


def test_links_of_the_linkage_tree_are_marked() -> None:
    """Neither Obsidian nor the site makes a link inside an HTML block, so it is no backlink."""
    links = find_wikilinks("a [[x]]\n\n<div>\n  <li>[[y]]</li>\n</div>\n\n[[z]]")
    assert [(link.target, link.in_html, link.makes_backlink) for link in links] == [
        ("x", False, True),
        ("y", True, False),
        ("z", False, True),
    ]


def test_links_of_the_front_matter_are_marked() -> None:
    """Obsidian follows them as properties, the site shows text: they are found, and no links of the text."""
    links = find_wikilinks('---\nup: "[[x]]"\n---\n[[y]]')
    assert [(link.target, link.in_front, link.makes_backlink) for link in links] == [
        ("x", True, False),
        ("y", False, True),
    ]


def test_inline_html_does_not_hide_a_link() -> None:
    """Between inline tags Markdown goes on, in Obsidian and on the site."""
    assert only_link("a <b>[[x]]</b> c").makes_backlink
    assert [link.target for link in find_wikilinks("# about [[x]]")] == ["x"]


def test_after_a_lone_comment_mark_links_still_count() -> None:
    """One stray %% must not cut all later links out of the vault's graph: the site shows them."""
    assert only_link("100%% sure of [[x]]").target == "x"


def markdown_links(text: str) -> list[tuple[str, str, str, bool]]:
    """Target, heading, words and whether it embeds, of each Markdown link."""
    links = markdown_links_of_zones(text, scan_zones(text))
    assert all(link.is_definition or link.span.of(text).startswith(("[", "![")) for link in links)
    return [(link.target, link.heading, link.words, link.embed) for link in links]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[w](a.md)", [("a.md", "", "w", False)]),
        ("[w](../b/c%20d.md#some%20part)", [("../b/c d.md", "some part", "w", False)]),
        ("[w](<my notes/c.md> 'title')", [("my notes/c.md", "", "w", False)]),
        ("[w](a_(b).md)", [("a_(b).md", "", "w", False)]),
        ("![w](p.png)", [("p.png", "", "w", True)]),
        ("see [w][ref]\n\n[ref]: notes/a.md\n", [("notes/a.md", "", "ref", False)]),
        ("[w](https://a.b) [w](mailto:a@b.c) [w](obsidian://x) [w](//a.b) [w]()", []),
        ("[w](#own)", [("", "own", "w", False)]),
        ("`[w](a.md)` <!-- [w](b.md) --> %%[w](c.md)%%", []),
        ("[^1]: [w](a.md)", [("a.md", "", "w", False)]),
    ],
)
def test_links_in_markdowns_form(text: str, links: list[tuple[str, str, str, bool]]) -> None:
    """They lead to notes as wikilinks do; addresses of the web and examples in code do not."""
    assert markdown_links(text) == links
