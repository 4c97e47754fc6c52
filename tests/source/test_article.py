"""Two extractors that check each other."""

import pytest

from enrich.source.article import Article, choose_article, extract_article
from enrich.source.markup import drop_hidden, parse_html
from tests.source.pages import HEADLINE, PARAGRAPHS, html

LONG = list(PARAGRAPHS)
OTHER = ["Something else stands in the sidebar of this page, and it is a story of its own.", "It goes on for a while."]


def extract(page: str) -> Article:
    """The article of a page as the reader of pages extracts it."""
    tree = parse_html(page, 10_000)
    drop_hidden(tree)
    return extract_article(tree, HEADLINE)


def test_the_article_and_nothing_else() -> None:
    """Menus, headline and footer are not part of the text; every paragraph is, in order."""
    assert extract(html()) == Article(PARAGRAPHS, agreed=True)


def test_a_repeated_headline_and_its_kicker_are_dropped() -> None:
    """The headline is kept once, as the title."""
    page = html().replace('<div class="article-body">', f'<div class="article-body"><p>Review</p><h2>{HEADLINE}</h2>')
    assert extract(page).paragraphs == PARAGRAPHS


def test_the_tree_is_left_as_it_was() -> None:
    """Other readers of the same page still find everything."""
    tree = parse_html(html(), 10_000)
    before = tree.text_content()
    extract_article(tree, HEADLINE)
    assert tree.text_content() == before


@pytest.mark.parametrize(
    ("precise", "second", "default", "chosen", "agreed"),
    [
        (LONG, LONG, LONG, LONG, True),
        (LONG, LONG[:3], [], LONG, True),
        (LONG[:1], LONG, LONG[:1], LONG, False),
        (LONG[:1], LONG, LONG[:4], LONG[:4], False),
        (OTHER, LONG, OTHER, LONG, False),
        (LONG, OTHER[:1], LONG, LONG, False),
        ([], LONG, [], LONG, False),
        ([], [], [], [], True),
        ([OTHER[0], HEADLINE, *LONG[1:]], LONG, [], LONG, False),
        (["Review", HEADLINE, *LONG], LONG, [], LONG, True),
        (LONG[:1], [*LONG, "Read next", "Subscribe to our newsletter"], LONG[:1], LONG, False),
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
        "teasers at the end",
    ],
)
def test_which_text_is_taken(
    precise: list[str], second: list[str], default: list[str], chosen: list[str], agreed: bool
) -> None:
    """Where the two extractors disagree, the rule decides and the reviewer is told."""
    assert choose_article(precise, second, lambda: default, HEADLINE) == Article(tuple(chosen), agreed)


@pytest.mark.parametrize("page", ["", "<p>x</p>", "<body></body>", "<html><head><title>x</title></head></html>"])
def test_a_page_without_an_article(page: str) -> None:
    """A page that holds nothing gives an article of nothing, not a traceback."""
    assert len("".join(extract(page).paragraphs)) <= 1
