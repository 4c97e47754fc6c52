"""Who wrote it."""

import pytest

from enrich.source.article import find_article
from enrich.source.byline import choose_author, read_bylines, split_names
from enrich.source.markup import parse_html
from enrich.source.surroundings import Surroundings
from tests.source.pages import HEADLINE, html


def bylines(before: str = "", after: str = "") -> list[list[str]]:
    """What a page shows of its authors."""
    tree = parse_html(html(before=before, after=after))
    return list(read_bylines(tree, Surroundings(tree, find_article(tree, HEADLINE))))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Roe", ["Jane Roe"]),
        ("By Jane Roe", ["Jane Roe"]),
        ("by Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("By Jane Roe, John Doe & Max Mustermann", ["Jane Roe", "John Doe", "Max Mustermann"]),
        ("Jane Roe, Senior Reporter", ["Jane Roe"]),
        ("Jane Roe, Reuters", ["Jane Roe"]),
        ("Roe, Jane", ["Jane Roe"]),
        ("Roe, Jane M.", ["Jane M. Roe"]),
        ("Guest", []),
        ("Your Name", []),
        ("Written by Jane Roe | July 18, 2023", ["Jane Roe"]),
        ("Jane Roe • 5 min read", ["Jane Roe"]),
        ("Jane Roe July 18, 2023", ["Jane Roe"]),
        ("Jane Roe Published 10:00", ["Jane Roe"]),
        ("Nguyễn Văn A", ["Nguyễn Văn A"]),
        ("王伟", ["王伟"]),
        ("Reuters", ["Reuters"]),
        ("https://example.com/jane", []),
        ("jane@example.com", []),
        ("Staff Writer", []),
        ("An excerpt of the article that somebody put into the wrong field", []),
        ("", []),
    ],
)
def test_names_in_a_byline(text: str, names: list[str]) -> None:
    """Names come out of bylines without `By`, roles, agencies and dates."""
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("statements", "body", "author"),
    [
        ([["Jane Roe"], ["Other"]], "", "Jane Roe"),
        ([[], ["Jane Roe", "John Doe", "Jane Roe"]], "", "Jane Roe; John Doe"),
        (
            [["TechWire"]],
            "<p class='byline'>By <a href='/j'>Jane Roe and John Doe</a> July 3</p>",
            "Jane Roe; John Doe",
        ),
        ([["TechWire"]], "<p>No byline</p>", "TechWire"),
        ([], "<a rel='author' href='/j'>Jane Roe</a>", "Jane Roe"),
        ([], "<div class='ArticleAuthorName'>Jane Roe</div>", "Jane Roe"),
        ([], "<div class='post-author'>By Jane Roe</div>", "Jane Roe"),
        ([], "<div class='author-bio'>" + "Jane Roe has written a great deal. " * 9 + "</div>", ""),
        ([], "", ""),
    ],
)
def test_the_author(statements: list[list[str]], body: str, author: str) -> None:
    """Statements come first, a byline stands in for a statement that only repeats the site's name."""
    assert choose_author(statements, bylines(body), frozenset({"techwire"})) == author


@pytest.mark.parametrize(
    "after",
    [
        "<div class='comments'><span class='author'>Ada Alvar</span><p>Well done.</p></div>",
        "<section class='testimonials'><blockquote>So good.<div class='author'>Kit Moe</div></blockquote></section>",
        "<form><label class='author'>Name</label><input></form>",
        "<section><h2>More</h2><a href='/x'><h3>Other story</h3><span class='byline'>By Kit Moe</span></a></section>",
        "<aside><p class='author'>Kit Moe</p></aside>",
        "<figure><img src='a'><figcaption class='author'>Kit Moe</figcaption></figure>",
        "<div class='post-author'>Guest</div>",
        "<div class='entry-author'>Admin</div>",
    ],
)
def test_other_names_on_the_page(after: str) -> None:
    """Who comments, praises, is quoted or wrote another story did not write this one."""
    assert choose_author([], bylines(after=after), frozenset()) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>By Jane Roe</p>", ""),
        ("<div>Von Jane Roe</div>", ""),
        ("<div>作者：Jane Roe</div>", ""),
        ("<p>18 July 2023</p><p>By Jane Roe, Senior Reporter</p>", ""),
        ("", "<p>Written by Jane Roe</p>"),
        ("<div class='entry-author'><a href='/jane'>Jane Roe</a></div>", "<div class='author'>Kit Moe</div>"),
    ],
)
def test_a_byline_above_or_below_the_text(before: str, after: str) -> None:
    """A page without metadata is by whom its byline names, in a marked element or in plain text."""
    assert choose_author([], bylines(before, after), frozenset()) == "Jane Roe"
