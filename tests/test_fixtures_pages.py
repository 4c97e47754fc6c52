"""The pages of the cases, read as `enrich draft` reads them, against what a person reads on them."""

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from enrich.errors import SourceError
from enrich.source.decode import decode
from enrich.source.limits import Limits
from enrich.source.paragraphs import join_paragraphs
from enrich.source.reader import read_html
from enrich.source.reading import Reading
from enrich.source.refuse import refuse_unusable
from enrich.text.words import count_words

CASES = Path(__file__).parents[1] / "fixtures" / "cases"
PAGES = sorted(path.with_name("page.html") for path in CASES.glob("*/expected.json"))
"""A recorded case that borrows another's page has nothing of its own to expect."""
TODAY = date(2024, 12, 1)


def expected(page: Path) -> dict[str, Any]:
    """What a person reads on the page."""
    read: dict[str, Any] = json.loads((page.parent / "expected.json").read_text("utf-8"))
    return read


USABLE = [page for page in PAGES if not expected(page)["refused"]]
REFUSED = [page for page in PAGES if expected(page)["refused"]]


@cache
def reading_of(page: Path) -> tuple[Reading, str]:
    """The page taken apart in this process (one import for all pages), and its text."""
    about = tomllib.loads((page.parent / "case.toml").read_text("utf-8"))
    reading = read_html(decode(page.read_bytes(), "").text, about["url"], TODAY, Limits().elements)
    return reading, join_paragraphs(reading.paragraphs)[0]


def refuse(page: Path) -> None:
    """Raise what `enrich draft` would."""
    reading, text = reading_of(page)
    refuse_unusable(reading, count_words(text), reading.url)


@pytest.mark.parametrize("page", USABLE, ids=lambda page: page.parent.name)
def test_metadata_is_what_a_person_reads(page: Path) -> None:
    """A draft cites the publisher, carries the article's own date and knows its author and language."""
    reading, _ = reading_of(page)
    refuse(page)
    found = {name: getattr(reading, name) for name in ("title", "site", "author", "published", "language")}
    assert found | {"published": found["published"] or None, "refused": False} == expected(page)


@pytest.mark.parametrize("page", REFUSED, ids=lambda page: page.parent.name)
def test_pages_without_an_article_are_refused(page: Path) -> None:
    """No money is spent on a wall, a stub, an empty shell or an error page."""
    with pytest.raises(SourceError):
        refuse(page)


def test_the_article_is_found_and_its_surroundings_are_not() -> None:
    """Menus, cookie notices, comments, letters and teasers never become evidence."""
    page = next(page for page in USABLE if page.parent.name == "model-release")
    _, text = reading_of(page)
    assert text.startswith("Larkspur AI on Tuesday published the weights of Corvid 2")
    assert "within two days" in text
    for around in ("cookies", "pelle_k", "One letter a week", "The clerk who reads", "Published by", "Tagged"):
        assert around not in text
