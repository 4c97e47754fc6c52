"""Forty pages in thirteen languages, each built as pages of its kind are, against what a reader finds on them."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from enrich.errors import SourceError
from enrich.source.decode import decode
from enrich.source.extract import source_from_reading
from enrich.source.limits import Limits
from enrich.source.reader import read_html
from enrich.source.source import Source
from enrich.text.words import split_words

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
EXPECTED: dict[str, dict[str, Any]] = json.loads((PAGES / "expected.json").read_text("utf-8"))
ARTICLES = [name for name, about in EXPECTED.items() if not about.get("refused")]
REFUSED = [name for name, about in EXPECTED.items() if about.get("refused")]
TODAY = date(2026, 1, 1)
FLAGGED_BELOW = 0.9
SHINGLE = 4


def read(name: str) -> Source:
    """A page as `enrich draft` reads it; all of them come from servers that call every page UTF-8."""
    url = EXPECTED[name]["url"]
    text = decode((PAGES / f"{name}.html").read_bytes(), "text/html; charset=utf-8").text
    return source_from_reading(read_html(text, url, TODAY, Limits().elements), url, None)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words, each counted as often as it occurs."""
    words = [word.text.casefold() for word in split_words(text)]
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


@pytest.mark.parametrize("name", ARTICLES)
def test_a_page_is_read_as_its_reader_sees_it(name: str) -> None:
    """Title, date, author, site and language are the page's; its text is whole, or the draft says that it is not."""
    about, source = EXPECTED[name], read(name)
    found = {key: getattr(source, key) for key in ("title", "author", "site", "language")}
    assert found == {key: about[key] for key in found}
    assert (str(source.published) if source.published else None) == about["published"]
    assert source.url == about.get("canonical", about["url"])
    assert "\ufffd" not in source.text
    ours, theirs = shingles(source.text), shingles("\n".join(about["text"]))
    f1 = 2 * (ours & theirs).total() / (ours.total() + theirs.total())
    assert f1 >= FLAGGED_BELOW or any("extractors" in flag or "running text" in flag for flag in source.flags)
    assert f1 == pytest.approx(1.0)


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_is_no_article_is_refused_by_its_kind(name: str) -> None:
    """Lists, error pages, login pages and robot checks are called what they are."""
    with pytest.raises(SourceError, match=EXPECTED[name]["refused"]):
        read(name)


def test_a_discussion_names_what_it_discusses() -> None:
    """The reviewer of a draft from a link list hears of the article itself."""
    flags = read("en-discussion").flags
    assert any(EXPECTED["en-discussion"]["discusses"] in flag for flag in flags)


def test_the_corpus_is_as_wide_as_it_says() -> None:
    """Forty pages, and no language is there for its name only."""
    assert len(EXPECTED) == 40
    assert len({about["language"] for about in EXPECTED.values()}) == 13
