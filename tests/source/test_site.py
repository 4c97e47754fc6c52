"""The publisher's name and hosts."""

import pytest

from enrich.source.site import SiteEvidence, choose_site, is_same_site, resembles


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
    assert choose_site(SiteEvidence(statements, suffixes, "www.techwire.com")) == name


@pytest.mark.parametrize(
    ("evidence", "name"),
    [
        (SiteEvidence(["Hosted", "Harbour Press"], host="hosted.harbourpress.example"), "Harbour Press"),
        (
            SiteEvidence(["Hosted"], ["Harbour Press"], "hosted.harbourpress.example", frozenset({"hosted"})),
            "Harbour Press",
        ),
        (SiteEvidence(["@harbourpress"], ["Harbour Press"], "news.example"), "Harbour Press"),
        (SiteEvidence(["U.S.", "Harbour Press"], host="harbour.example"), "Harbour Press"),
        (SiteEvidence(["Inland", "Harbour Press"], [], "harbourpress.example", frozenset({"inland"})), "Harbour Press"),
        (SiteEvidence(["Pilot"], ["The Pilot Daily"], "pilotdaily.example", frozenset({"pilot"})), "The Pilot Daily"),
        (SiteEvidence(["Openpedia Trust, Inc."], ["Openpedia"], "en.openpedia.example"), "Openpedia"),
        (SiteEvidence(["Mast Media GmbH", "Der Mast"], host="dermast.example"), "Der Mast"),
        (SiteEvidence(["Pilot.co", "Daily Pilot"], host="pilot.co.uk"), "Daily Pilot"),
        (SiteEvidence(["North Ferry Times"], ["Weather"], "nftimes.example"), "North Ferry Times"),
        (SiteEvidence(["Weather", "North Ferry Times"], ["North Ferry Times"], "nftimes.example"), "North Ferry Times"),
        (SiteEvidence(["News"], [], "ferry.example"), "ferry.example"),
    ],
)
def test_agreement_beats_order(evidence: SiteEvidence, name: str) -> None:
    """A section, a handle, a company or an address gives way to the name that title and domain agree with."""
    assert choose_site(evidence) == name


@pytest.mark.parametrize(
    ("name", "domain", "alike"),
    [
        ("New York Times", "nytimes", True),
        ("The Guardian", "theguardian", True),
        ("British Broadcasting Corporation", "bbc", True),
        ("Der Spiegel", "spiegel", True),
        ("pv magazine International", "pvmagazine", True),
        ("Weather", "nytimes", False),
        ("", "x", False),
    ],
)
def test_names_that_a_domain_stands_for(name: str, domain: str, alike: bool) -> None:
    """Domains are names without spaces, parts of them or the beginnings of their words."""
    assert resembles(name, domain) is alike


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
