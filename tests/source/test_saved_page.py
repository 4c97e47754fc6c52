"""A page saved from a browser stands in for the fetched one."""

import pytest

from enrich.errors import SourceError
from enrich.source.limits import Limits
from enrich.source.saved_page import read_page


def test_a_saved_page_is_cited_by_its_address() -> None:
    """What the note cites is where the page came from, not the file."""
    read = read_page(b"<p>saved</p>", "https://example.com/a")
    assert (read.body, read.url, read.final_url) == (b"<p>saved</p>", "https://example.com/a", "https://example.com/a")


def test_a_saved_page_has_the_same_size_limit() -> None:
    """A file that is too large is refused like a page that is too large, by its name."""
    with pytest.raises(SourceError, match=r"large\.html: is larger"):
        read_page(b"x" * 100, "https://example.com/a", "large.html", Limits(html_bytes=99))
