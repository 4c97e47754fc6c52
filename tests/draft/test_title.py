"""Titles for a draft: whatever the model calls it, there is a name for the file."""

from itertools import islice

import pytest
from msgspec.structs import replace

from enrich.draft.context import DraftContext
from enrich.draft.section import clean_title
from enrich.draft.title import shorten, titles_for
from enrich.vault.file_name import name_fault, title_fault
from tests.draft.parts import journal_type, make_context

UNFIT = (
    "", " ", "\U0001f600" * 3, "\u4e2d\u6587\u6807\u9898", "..", ".", "/", "CON", "nul", "Aux", "COM1", "lpt9", "prn",
    "index", "INDEX", "_index", "a" * 300, "9" * 260, "\x00", "\u202e", "...", "\u0410\u0411", "\ud800", "con.",
)  # fmt: skip


def first(wanted: str, headline: str = "Larkspur opens its weights", count: int = 1) -> list[str]:
    """The first titles for a draft that the model calls ``wanted``."""
    return list(islice(titles_for(clean_title(wanted), about(headline), journal_type()), count))


def about(headline: str) -> DraftContext:
    """The example material, its source under ``headline``."""
    context = make_context()
    return replace(context, source=replace(context.source, title=headline))


@pytest.mark.parametrize("wanted", UNFIT)
def test_a_title_that_is_no_name_falls_back_to_the_headline(wanted: str) -> None:
    """Emoji, another script, dots, devices, 300 letters or the folder's own page: the headline's words are used."""
    assert first(wanted) == ["larkspur opens its weights"]


@pytest.mark.parametrize("wanted", UNFIT)
@pytest.mark.parametrize("headline", ["", "\U0001f600", "CON", "index", "a" * 300, "\u4e2d\u6587"])
def test_without_a_headline_type_and_date_make_a_name(wanted: str, headline: str) -> None:
    """Then numbered, for as long as it takes; and each of them can be stored everywhere."""
    created = make_context().created
    dated = f"tech journal {created:%Y %m %d}"
    assert first(wanted, headline, 3) == [dated, f"{dated} 2", f"{dated} 3"]
    assert not any(name_fault(f"{title}.md") for title in first(wanted, headline, 3))


def test_a_long_title_is_shortened_at_a_word() -> None:
    """Only where no file can be called so: a title that is merely too long for the style is told, not cut."""
    assert first("word " * 80)[0] == ("word " * 13).strip()
    assert first("word " * 20)[0] == ("word " * 20).strip()
    assert shorten("one two", 7) == "one two"
    assert shorten("one two", 6) == "one"
    assert shorten("onetwo", 5) == ""


@pytest.mark.parametrize("title", ["index", "Index", " INDEX "])
def test_index_is_the_folders_own_page(title: str) -> None:
    """The site shows a note of that name in the folder's place."""
    assert "folder's own page" in title_fault(title)
