"""The state of an inbox: which pages are one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from enrich.inbox.store import Store
from enrich.source.source import Page
from tests.draft.parts import make_source


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty state."""
    opened = Store(tmp_path / "inbox.sqlite")
    yield opened
    opened.close()


def test_a_page_is_known_by_the_address_it_gives_itself(store: Store) -> None:
    """Whoever adds the canonical address of a page that was read under another one adds nothing."""
    number, _ = store.add("https://a.example/print?id=7", "", None)
    page = Page("https://a.example/print?id=7", "https://a.example/print?id=7", b"x")
    source = make_source(url="https://a.example/story")
    store.save_evidence(number, page, source, "d")
    assert store.add("http://www.a.example/story/?utm_source=x", "", None) == (number, False)
    assert store.same_page("https://a.example/story#top") == number
    assert store.same_page("https://a.example/other") is None
