"""The headline without the site's name."""

import pytest

from enrich.source.title import Titled, choose_title, find_suffix, fold_name, host_names, strip_site

NAMES = frozenset(map(fold_name, ["TechWire", "The Daily Post", "techwire.com", "新浪新闻"])) | host_names(
    "www.techwire.com"
)


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("Apple ships a laptop - TechWire", "Apple ships a laptop"),
        ("Apple ships a laptop – TechWire.com", "Apple ships a laptop"),
        ("Apple ships a laptop | Daily Post", "Apple ships a laptop"),
        ("Apple ships a laptop | Tech | TechWire", "Apple ships a laptop | Tech"),
        ("TechWire: Apple ships a laptop", "TechWire: Apple ships a laptop"),
        ("TechWire | Apple ships a laptop", "Apple ships a laptop"),
        ("苹果发布新笔记本_新浪新闻", "苹果发布新笔记本"),
        ("苹果发布新笔记本-新浪新闻", "苹果发布新笔记本"),
        ("Apple ships a laptop - and a phone", "Apple ships a laptop - and a phone"),
        ("The e-commerce post-mortem", "The e-commerce post-mortem"),
        ("TechWire", "TechWire"),
        ("| TechWire", "| TechWire"),
        ("", ""),
    ],
)
def test_only_the_site_is_cut_off(title: str, stripped: str) -> None:
    """A dash in a headline is not the start of the site's name."""
    assert strip_site(title, NAMES) == stripped


def test_what_is_left_may_prove_the_cut() -> None:
    """An unknown name is cut when the rest is the page's own headline."""
    references = frozenset({"apple ships a laptop"})
    assert strip_site("Apple ships a laptop | Unknown Gazette", frozenset(), references) == "Apple ships a laptop"
    assert strip_site("Apple ships a laptop | News | Gazette", frozenset(), references) == "Apple ships a laptop"
    assert strip_site("Gazette - Apple ships a laptop", frozenset(), references) == "Apple ships a laptop"


@pytest.mark.parametrize(
    ("candidates", "h1s", "chosen"),
    [
        ([("json-ld", "A headline here")], ["A headline here"], ("A headline here", "json-ld")),
        ([("og", "It&amp;#8217;s here")], [], ("It’s here", "og")),
        ([("json-ld", "It's here to stay")], ["It’s here to stay"], ("It’s here to stay", "json-ld")),
        ([("og", "It is here")], ["IT IS HERE"], ("It is here", "og")),
        ([("json-ld", "One wording"), ("og", "Other wording")], ["Other wording"], ("Other wording", "og")),
        ([("json-ld", "One wording"), ("og", "One wording")], ["Related stories"], ("One wording", "json-ld")),
        ([("title", "Real headline | Site Name")], ["Real headline"], ("Real headline", "title")),
        ([("title", "Real headline | TechWire")], ["TechWire"], ("Real headline", "title")),
        ([("title", "Page")], ["Only the heading says it"], ("Only the heading says it", "h1")),
        ([("title", "One page"), ("twitter", "x")], ["Two", "Headings"], ("One page", "title")),
        (
            [("json-ld", "A headline that was cut…")],
            ["A headline that was cut off"],
            ("A headline that was cut off", "h1"),
        ),
        (
            [("json-ld", "w " * 55), ("og", "w " * 55 + "and the rest")],
            ["Elsewhere"],
            (("w " * 55 + "and the rest"), "og"),
        ),
        ([], ["Only a heading"], ("Only a heading", "h1")),
        ([], [], ("", "")),
        ([("og", "TechWire")], ["TechWire"], ("", "")),
    ],
)
def test_the_headline(candidates: list[tuple[str, str]], h1s: list[str], chosen: tuple[str, str]) -> None:
    """The wording that readers see and the page states is the title, and its origin is kept."""
    assert choose_title([Titled(text, origin) for origin, text in candidates], h1s, NAMES) == chosen


def test_the_suffix_names_the_site() -> None:
    """A site that names itself only in the document's title is found there."""
    assert find_suffix("A headline | Tech | The Example News", "A headline") == "The Example News"
    assert find_suffix("A headline", "A headline") == ""


def test_names_of_a_host() -> None:
    """A host stands for its telling labels, not for `www` or `com`."""
    assert host_names("www.bbc.co.uk") == {"wwwbbccouk", "bbccouk", "bbcco", "bbc"}
