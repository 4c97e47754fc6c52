"""The publisher's name and hosts."""

import pytest

from enrich.source.site import choose_site, is_same_site


@pytest.mark.parametrize(
    ("statements", "suffixes", "name"),
    [
        (["TechWire"], [""], "TechWire"),
        (["", "The Daily Post"], [""], "The Daily Post"),
        (["TechWire.com", "", "TechWire"], [""], "TechWire"),
        (["TechWire.com"], [""], "TechWire"),
        (["techwire.com"], ["TechWire"], "TechWire"),
        (["techwire.com"], ["Daily TechWire Show", "TechWire"], "TechWire"),
        (["techwire.com"], ["Unrelated"], "techwire.com"),
        (["TechWire | News about technology"], [""], "TechWire"),
        (["Everything you need to know about technology today", "TechWire"], [""], "TechWire"),
        ([], ["The Example News"], "The Example News"),
        ([], [""], "techwire.com"),
    ],
)
def test_the_publishers_name(statements: list[str], suffixes: list[str], name: str) -> None:
    """A note cites the publisher as readers know it, not its address or its slogan."""
    assert choose_site(statements, suffixes, "www.techwire.com") == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("www.e.example", "e.example", True),
        ("social.techwire.com", "techwire.com", True),
        ("news.post.co.uk", "www.post.co.uk", True),
        ("finance.post.com", "news.post.com", True),
        ("one.co.uk", "two.co.uk", False),
        ("jane.github.io", "john.github.io", False),
        ("techwire.com", "eviltechwire.com", False),
        ("127.0.0.1", "127.0.0.2", False),
    ],
)
def test_which_hosts_are_one_site(one: str, other: str, same: bool) -> None:
    """Subdomains of a publisher are its own; neighbours on a shared host are not."""
    assert is_same_site(one, other) is same
