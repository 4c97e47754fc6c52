"""Two extractors that check each other."""

import pytest

from enrich.source.article import Article, choose_blocks, find_article
from enrich.source.block import find_blocks
from enrich.source.furniture import drop_furniture
from enrich.source.markup import drop_hidden, parse_html
from tests.source.pages import HEADLINE, PARAGRAPHS, html

OTHER = ["Something else stands in the sidebar of this page, and it is a story of its own.", "It goes on for a while."]


def extract(page: str) -> Article:
    """The article of a page as the reader of pages extracts it."""
    tree = parse_html(page, 10_000)
    drop_hidden(tree)
    drop_furniture(tree)
    return find_article(tree, HEADLINE)


def test_the_article_and_nothing_else() -> None:
    """Menus, headline and footer are not part of the text; every paragraph is, in order."""
    article = extract(html())
    assert (article.paragraphs("en"), article.agreed, article.lost) == (PARAGRAPHS, True, 0.0)


def test_a_repeated_headline_and_its_kicker_are_dropped() -> None:
    """The headline is kept once, as the title."""
    page = html().replace('<div class="article-body">', f'<div class="article-body"><p>Review</p><h2>{HEADLINE}</h2>')
    assert extract(page).paragraphs("en") == PARAGRAPHS


def test_the_tree_is_left_as_it_was() -> None:
    """Other readers of the same page still find everything."""
    tree = parse_html(html(), 10_000)
    before = tree.text_content()
    find_article(tree, HEADLINE)
    assert tree.text_content() == before


PAGE = parse_html(
    "".join(
        f"<p>{text}</p>" for text in (*OTHER, "Review", HEADLINE, *PARAGRAPHS, "Read next", "Subscribe to our letter")
    )
)
BLOCKS = find_blocks(PAGE)
LONG = (4, 5, 6, 7, 8)
"""The numbers of the article's blocks; 0 and 1 stand in a sidebar, 2 is a kicker, 3 repeats the headline."""


@pytest.mark.parametrize(
    ("precise", "second", "default", "chosen", "agreed"),
    [
        (LONG, LONG, LONG, LONG, True),
        (LONG, LONG[:3], (), LONG, True),
        (LONG[:1], LONG, LONG[:1], LONG, False),
        (LONG[:1], LONG, LONG[:4], LONG[:4], False),
        ((0, 1), LONG, (0, 1), LONG, False),
        (LONG, (0,), LONG, LONG, False),
        ((), LONG, (), LONG, False),
        ((), (), (), LONG, False),
        ((0, 3, *LONG[1:]), LONG, (), LONG, True),
        ((2, 3, *LONG), LONG, (), LONG, True),
        ((4, 5, 7, 8), (4, 6, 7, 8), (), LONG, True),
        ((4, 5, 6, 7), (4, 5, 6, 7, 8, 9, 10), (), LONG[:4], True),
        ((0, *LONG), (1, *LONG), (), LONG, True),
    ],
    ids=[
        "same",
        "second lost some",
        "first lost most",
        "default found most",
        "first is elsewhere",
        "second is elsewhere",
        "first found nothing",
        "nothing at all",
        "starts in the sidebar",
        "kicker",
        "each has one between",
        "teasers at the end",
        "both have a sidebar",
    ],
)
def test_which_text_is_taken(
    precise: tuple[int, ...], second: tuple[int, ...], default: tuple[int, ...], chosen: tuple[int, ...], agreed: bool
) -> None:
    """Where the two extractors disagree, the rule decides and the reviewer is told."""
    readings = frozenset(precise), frozenset(second)
    article = choose_blocks(BLOCKS, HEADLINE, readings, lambda: frozenset(default))
    assert (article.chosen, article.agreed) == (chosen, agreed)


@pytest.mark.parametrize("page", ["", "<p>x</p>", "<body></body>", "<html><head><title>x</title></head></html>"])
def test_a_page_without_an_article(page: str) -> None:
    """A page that holds nothing gives an article of nothing, not a traceback."""
    assert len("".join(extract(page).paragraphs(""))) <= 1
