"""Addresses: what is connected to, what is cited, what counts as the same page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.errors import SourceError
from enrich.source.address import address_key, canonical_url, follow, parse_address

NAMES = st.text(alphabet="abcdxyz_0123456789", min_size=1, max_size=8).map(lambda name: "q" + name)
VALUES = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="&#\\\x7f", min_codepoint=32), max_size=8
).map(str.strip)
SEGMENTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="/?#\\\x7f", min_codepoint=33), max_size=8)
PATHS = st.lists(SEGMENTS, max_size=4).map(lambda parts: "".join(f"/{part}" for part in parts))
QUERIES = st.lists(st.tuples(NAMES, VALUES), max_size=4, unique_by=lambda pair: pair[0])


def join(path: str, query: list[tuple[str, str]]) -> str:
    """An address of the given path and query."""
    return f"https://news.example{path}?" + "&".join(f"{name}={value}" for name, value in query)


@pytest.mark.parametrize(
    ("url", "cited"),
    [
        ("  HTTPS://News.Example:443/A/b#part ", "https://news.example/A/b"),
        ("http://news.example:80", "http://news.example/"),
        ("http://news.example:8080/", "http://news.example:8080/"),
        ("https://e.example/a/?utm_source=x&id=7&fbclid=y", "https://e.example/a/?id=7"),
        ("https://e.example/a?b=2&a=1&a=0", "https://e.example/a?b=2&a=1&a=0"),
        ("https://e.example/a?utm%5Fmedium=x&MC_CID=1&ref=hn", "https://e.example/a"),
        ("https://www.youtube.com/watch?v=abc&feature=share&t=10", "https://www.youtube.com/watch?v=abc&t=10"),
        ("https://github.com/a/b?ref=main", "https://github.com/a/b?ref=main"),
        ("https://e.example/a b/%7euser/ü?q=ü|x", "https://e.example/a%20b/~user/%C3%BC?q=%C3%BC%7Cx"),
        ("https://e.example/100%", "https://e.example/100%25"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2606:4700::1111]:8443/x", "https://[2606:4700::1111]:8443/x"),
        ("https://e.example/?", "https://e.example/"),
    ],
)
def test_what_is_cited(url: str, cited: str) -> None:
    """A cited address leads to the same page and says nothing of how its reader got there."""
    assert canonical_url(url) == cited


@pytest.mark.parametrize(
    "url",
    [
        "https://www.e.example/a/?y=1&x=2",
        "http://e.example/a?x=2&y=1#top",
        "https://e.example:8443/a?x=2&utm_campaign=z&y=1",
        "https://E.EXAMPLE./a?x=2&y=1&",
    ],
)
def test_addresses_of_one_page_have_one_key(url: str) -> None:
    """A page that was drafted from a shared or copied link is recognised."""
    assert address_key(url) == "e.example/a?x=2&y=1"


@pytest.mark.parametrize(
    "url",
    [
        "https://m.e.example/news/a-b",
        "https://mobile.e.example/news/a-b/",
        "https://e.example/news/a-b/amp",
        "https://e.example/news/a-b/amp/",
        "https://amp.e.example/news/a-b",
        "https://e.example/amp/news/a-b",
        "https://e.example/news/a-b?amp=1",
        "https://www.e.example/news/a-b?outputType=amp",
    ],
)
def test_the_form_for_telephones_is_the_same_article(url: str) -> None:
    """An article that was drafted from its AMP or mobile page is not drafted again."""
    assert address_key(url) == address_key("https://e.example/news/a-b")
    assert address_key("https://m.example/a") != address_key("https://example/a")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://e.example/amp", "https://e.example/"),
        ("https://e.example/news/amplifier", "https://e.example/news/"),
        ("https://www.youtube.com/watch?v=aaa", "https://www.youtube.com/watch?v=bbb"),
        ("https://e.example/story?id=1", "https://e.example/story?id=2"),
        ("https://e.example/Story", "https://e.example/story"),
        ("https://e.example/a", "https://e.example/a/b"),
    ],
)
def test_other_pages_have_other_keys(one: str, other: str) -> None:
    """Two videos or two articles of one site are never taken for one page."""
    assert address_key(one) != address_key(other)


def test_what_is_no_address_is_its_own_key() -> None:
    """Notes hold links of all kinds; a strange one never stops the reading of a vault."""
    assert address_key(" mailto:someone@example.com ") == "mailto:someone@example.com"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("example.com/a", "with https://"),
        ("ftp://example.com/", "with https://"),
        ("javascript:alert(1)", "with https://"),
        ("data:text/html,x", "with https://"),
        ("https://example.com/\ud800", "control characters"),
        ("https://example.com/?q=\udc80", "control characters"),
        ("https://ex\udfffample.com/", "control characters"),
        ("https://[\ud800]/", "control characters"),
        ("\ud800", "control characters"),
        ("https://example.com/" + "a" * 60_000, "more than 8,000 characters"),
        ("", "with https://"),
        ("https:///a", "names no host"),
        ("https://:80/", "names no host"),
        ("https://user@example.com/", "user name or password"),
        ("https://user:pass@example.com/", "user name or password"),
        ("https://example.com\\@evil.example/", "user name or password"),
        ("https://example.com:99999/", "impossible port"),
        ("https://example.com:0/", "impossible port"),
        ("https://example.com:x/", "impossible port"),
        ("https://exa mple.com/", "impossible host"),
        ("https://example.com%2f.evil.example/", "impossible host"),
        ("https://-a.example/", "impossible host"),
        ("https://a..example/", "impossible host"),
        ("https://" + "a" * 64 + ".example/", "impossible host"),
        ("https://" + "ü" * 64 + ".example/", "impossible host"),
        ("https://[::1", "not a valid address"),
        ("https://[fe80::1%25eth0]/", "impossible IPv6"),
        ("https://example.com/a\nHost: evil", "control characters"),
    ],
)
def test_unusable_addresses_are_named(url: str, message: str) -> None:
    """Whatever is wrong with an address, the message says what."""
    with pytest.raises(SourceError, match=message):
        parse_address(url)


def test_a_password_is_not_repeated() -> None:
    """A password that was pasted with an address does not end up in a log."""
    with pytest.raises(SourceError) as caught:
        parse_address("https://user:hunter2@example.com/")
    assert "hunter2" not in str(caught.value)


def test_the_request_line_is_plain_ascii() -> None:
    """Nothing in an address can end the request line and start a header."""
    address = parse_address("https://e.example/a b?c=\u2028d")
    assert address.target == "/a%20b?c=%E2%80%A8d"
    assert (address.effective_port, address.netloc) == (443, "e.example")


def test_a_reference_is_read_from_where_it_stands() -> None:
    """Relative redirects and canonical links lead where a browser would go."""
    start = parse_address("https://e.example/a/b?x=1")
    assert str(follow(start, "../c?y=2#z")) == "https://e.example/c?y=2"
    assert str(follow(start, "//other.example")) == "https://other.example/"


@given(PATHS, QUERIES)
def test_citing_twice_changes_nothing(path: str, query: list[tuple[str, str]]) -> None:
    """An address that was cited once is found again in the same form."""
    cited = canonical_url(join(path, query))
    assert canonical_url(cited) == cited
    assert address_key(cited) == address_key(join(path, query))


@given(PATHS, QUERIES, st.randoms(use_true_random=False))
def test_the_key_ignores_order_and_traces(path: str, query: list[tuple[str, str]], random: object) -> None:
    """Sharing a link adds parameters and changes their order, never the page."""
    shuffled = [*query, ("utm_source", "mail"), ("gclid", "1")]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert address_key(join(path, shuffled) + "#note") == address_key(join(path, query))


@given(PATHS, QUERIES, NAMES)
def test_unknown_parameters_are_kept(path: str, query: list[tuple[str, str]], name: str) -> None:
    """A parameter that nobody has listed may select the page, so it always counts."""
    assert address_key(join(path, [*query, (f"{name}-new", "1")])) != address_key(join(path, query))


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    """No link that a note may hold makes the dedupe fail."""
    assert isinstance(address_key(text), str)
