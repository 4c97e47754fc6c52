"""What a page says of itself in JSON-LD."""

import json
from typing import Any

import pytest

from enrich.source.jsonld import find_article, is_false, number_of, read_items, resolve, text_of, texts_of
from enrich.source.markup import parse_html
from tests.source.pages import json_ld


def items(*scripts: str) -> list[Any]:
    """The objects in the scripts of a page."""
    return list(read_items(parse_html("<body>" + "".join(map(json_ld, scripts)) + "</body>")))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "H"}',
        '[{"@type": "WebSite"}, {"@type": ["Thing", "http://schema.org/NewsArticle"], "headline": "H"}]',
        '{"@graph": [{"@type": "WebPage", "headline": "W"}, {"@type": "Article", "headline": "H"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "headline": "H"}}',
        '<!-- {"@type": "NewsArticle", "headline": "H"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "H"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "H", "text": "two\nlines"};',
    ],
)
def test_the_article_is_found(script: str) -> None:
    """Articles are found in lists, graphs and wrappings as real pages have them."""
    assert find_article(items("not json", script), frozenset()).get("headline") == "H"


OTHER = '{"@type": "NewsArticle", "headline": "Ferry sold", "url": "https://e.example/other"}'
OWN = '{"@type": "NewsArticle", "headline": "Relay lost", "mainEntityOfPage": {"@id": "http://www.e.example/own/?utm_source=x"}}'


def test_the_pages_own_article_comes_first() -> None:
    """Among several the one with the page's address counts, whatever its scheme and tracking, else its headline."""
    assert find_article(items(OTHER, OWN), frozenset({"e.example/own"}))["headline"] == "Relay lost"
    assert (
        find_article(items(OTHER, OWN), frozenset({"e.example/x"}), frozenset({"relay lost"}))["headline"]
        == "Relay lost"
    )
    assert find_article(items(OTHER, OWN), frozenset())["headline"] == "Ferry sold"


def test_an_article_of_another_page_is_not_taken() -> None:
    """A single related story, with its own address and headline, lends the page neither date nor author."""
    assert find_article(items(OTHER), frozenset({"e.example/own"}), frozenset({"relay lost"})) == {}
    assert find_article(items(OTHER), frozenset({"e.example/own"}), frozenset({"the ferry is sold"})) != {}


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Article", "headline": "H", "author": {"name": "Jane"},}',
        '{"@type": "Article", // the type\n "url": "https://e.example/a", "headline": "H"}',
        '/* made by hand */ {"@type": "Article", "headline": "H"}',
        "{'@type': 'Article', 'headline': 'H'}",
        '{"@type": "Article" "headline": "H"}',
        '{"@type": "Article", "headline": "H", "keywords": ["a", "b",]}',
        '{"@type": "Article", "headline": "H", "description": "she said "no" to it"}',
        '{"@type": "Article", "headline": "H", "author": {"name": "Jane"',
        '[{"@type": "Article", "headline": "H"},]',
    ],
)
def test_broken_scripts_are_mended(script: str) -> None:
    """A comma too many, a comment or the wrong quotation marks do not cost the page its statements."""
    assert find_article(items(script), frozenset()).get("headline") == "H"


def test_names_in_two_parts() -> None:
    """A person may be stated by given name and family name only."""
    assert texts_of([{"givenName": "Odile", "familyName": "Brandt"}, {"givenName": "Ada"}]) == ["Odile Brandt", "Ada"]


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "[" * 100_000,
        '["@type"' + "[" * 90_000,
        '{"@type": "X", "url": "http://e.example/\\ud800"}',
        '{"@type": 1}',
        "null",
        '"text"',
        '{"a": {"b": [1, null]}}',
    ],
)
def test_broken_scripts_are_passed_over(script: str) -> None:
    """A script that is not JSON, or nested without end, does not stop the reader."""
    assert find_article(items(script), frozenset()) == {}


def test_values_have_many_forms() -> None:
    """Names are strings, objects or lists of either; numbers and flags are sometimes strings."""
    assert text_of([{"@type": "Person", "name": " Jane "}]) == "Jane"
    assert texts_of(["Jane", {"name": ["John"]}, None, {"x": 1}]) == ["Jane", "John"]
    assert text_of(None) == text_of({"name": None}) == ""
    assert [number_of(value) for value in (7, "1,461", None, "many", -3)] == [7, 1461, 0, 0, 0]
    assert [is_false(value) for value in (False, "False", "no", True, None, "x")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_references_are_resolved() -> None:
    """An author that is only referred to is found where the page describes it."""
    found = items(json.dumps([{"@type": "Person", "@id": "#jane", "name": "Jane"}, {"@type": "Article"}]))
    assert texts_of(resolve([{"@id": "#jane"}, {"@id": "#nobody"}], found)) == ["Jane"]
