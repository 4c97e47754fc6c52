"""Addresses as people write them."""

from pathlib import Path

import pytest

from enrich.commands.addresses import read_addresses, with_scheme
from enrich.errors import UsageError


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("example.com/a", "https://example.com/a"),
        ("example.com", "https://example.com"),
        ("www.example.co.uk/a?b=1#c", "https://www.example.co.uk/a?b=1#c"),
        ("example.com:8443/a", "https://example.com:8443/a"),
        ("example.com?id=3", "https://example.com?id=3"),
        ("Example.COM/A", "https://Example.COM/A"),
        ("münchen.example/nachricht", "https://münchen.example/nachricht"),
        ("//example.com/a", "https://example.com/a"),
        ("<https://example.com/a>", "https://example.com/a"),
        (" example.com/a ", "https://example.com/a"),
        ("http://example.com/a", "http://example.com/a"),
        ("HTTPS://example.com/a", "HTTPS://example.com/a"),
        ("ftp://example.com/a", "ftp://example.com/a"),
    ],
)
def test_an_address_without_a_scheme_gets_its_https(written: str, meant: str) -> None:
    """What a browser's address bar takes, and nothing that has a scheme is changed."""
    assert with_scheme(written) == meant


@pytest.mark.parametrize("word", ["somewhere", "mailto:a@example.com", "a@example.com/x", "127.0.0.1:80/x", "a b.com"])
def test_a_word_that_is_no_address_is_left_for_the_message(word: str) -> None:
    """Nothing is made up: the fetch says what is wrong with it."""
    assert with_scheme(word) == word


def test_a_list_has_one_address_a_line() -> None:
    """Blank lines and comments are skipped, a fragment is no comment, and what stands twice is drafted once."""
    lines = "# to read", "", "example.com/a", "https://b.example/c#part  # the second half", "  #x", "example.com/a"
    listing = "\ufeff" + "\r\n".join(lines)
    assert read_addresses(["https://z.example/", "-"], listing) == (
        "https://z.example/",
        "https://example.com/a",
        "https://b.example/c#part",
    )


def test_a_file_is_not_taken_for_an_address(tmp_path: Path) -> None:
    """Who names a saved page is told how it is given."""
    page = tmp_path / "page.html"
    page.write_text("<p>", "utf-8")
    with pytest.raises(UsageError, match="is a file; write enrich draft URL --html"):
        with_scheme(str(page))


@pytest.mark.parametrize(
    "word", ["./article.pdf", "/home/me/page.html", "../a", "~/a.html", "page.html", "Saved page.htm"]
)
def test_a_file_that_is_not_there_is_not_called_an_address(word: str) -> None:
    """A misspelt file is a file: who names it is told so, and nothing is fetched."""
    with pytest.raises(UsageError, match=r"is no file that is there; .*--html FILE"):
        with_scheme(word)


@pytest.mark.parametrize("word", ["", " ", "<>"])
def test_an_empty_address_is_called_empty(word: str) -> None:
    """A shell variable that was not set makes one."""
    with pytest.raises(UsageError, match="URL: is empty"):
        with_scheme(word)
