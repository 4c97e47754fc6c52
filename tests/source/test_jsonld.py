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


def test_the_pages_own_article_comes_first() -> None:
    """A list of related articles before the article itself does not lend it a wrong date."""
    other = '{"@type": "NewsArticle", "headline": "Other", "url": "https://e.example/other"}'
    own = '{"@type": "NewsArticle", "headline": "Own", "mainEntityOfPage": {"@id": "https://e.example/own"}}'
    assert find_article(items(other, own), frozenset({"https://e.example/own"}))["headline"] == "Own"
    assert find_article(items(other, own), frozenset())["headline"] == "Other"


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, '{"@type": 1}', "null", '"text"', '{"a": {"b": [1, null]}}']
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
