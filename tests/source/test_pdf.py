"""PDFs become sources with the page of each paragraph."""

from datetime import date

import pytest

from enrich.errors import SourceError
from enrich.source.extract import extract_source
from enrich.source.saved_page import read_page
from enrich.source.source import Source, source_from_dict, source_to_dict
from enrich.source.unknown_address import UNKNOWN_ADDRESS
from tests.source.pdfs import PAPER, make_pdf

pytest.importorskip("pypdf")
TODAY = date(2026, 11, 28)
LONG = ["The plant in Norwick ran the controller for eleven months and it failed twice in that time."] * 4


def read(data: bytes, url: str = UNKNOWN_ADDRESS, headline: str | None = None) -> Source:
    """The source in a file."""
    return extract_source(read_page(data, url, "paper.pdf"), TODAY, headline)


def test_each_paragraph_knows_its_page() -> None:
    """Evidence is looked up in print: heads and numbers of pages are no text, broken words are whole."""
    source = read(PAPER)
    assert source.title == "Servo control at a small plant"
    assert source.url == "https://doi.org/10.5555/heron.2023.7"
    assert "months of continuous work" in source.text
    assert "Journal of Plant" not in source.text
    assert source.places == ("page 1", "page 2", "page 3")
    for words, place in (("forty servo", "page 1"), ("1,900 dollars", "page 2"), ("firmware", "page 3")):
        assert source.place_of(source.text.index(words)) == place
    assert (source.published, source.flags) == (date(2023, 7, 14), ("date guessed",))


def test_places_are_kept() -> None:
    """What is saved of a source is the source; that of a page has no places at all."""
    source = read(PAPER)
    assert source_from_dict(source_to_dict(source)) == source


def test_the_address_that_is_named_is_cited() -> None:
    """The user knows better where a file is from than what stands in it."""
    assert (
        read(PAPER, "https://papers.example.org/heron.pdf?utm_source=x").url == "https://papers.example.org/heron.pdf"
    )


@pytest.mark.parametrize("title", ["Untitled", "Microsoft Word - heron-final.docx", "heron.tex", "  "])
def test_a_title_that_a_program_left_is_none(title: str) -> None:
    """The first line is the headline then."""
    data = make_pdf([["Heron at work", "", *LONG]], title)
    assert read(data, "https://a.example/x.pdf").title == "Heron at work"
    assert (
        read(make_pdf([["Heron at work", "", *LONG]], "Heron, a study"), "https://a.example/x").title
        == "Heron, a study"
    )


def test_running_heads_need_several_pages() -> None:
    """A first line that stands on one page only is text."""
    source = read(make_pdf([["Heron", "", *LONG], ["A line of its own.", "", *LONG]]), "https://a.example/x.pdf")
    assert "A line of its own." in source.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "is a broken PDF"),
        (PAPER[:400], "broken PDF|no text"),
        (PAPER.replace(b"/Contents", b"/Nothing!"), "holds no text"),
        (make_pdf([["Heron at work", "", *LONG]]), "names no DOI; say with --url"),
        (make_pdf([["Heron", "", "Too short."]]), "names no DOI"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, said: str) -> None:
    """A refusal names the file and a remedy; nothing of it is a traceback."""
    with pytest.raises(SourceError, match=said):
        read(data)


def test_a_pdf_with_too_little_text_is_refused() -> None:
    """As a page is."""
    with pytest.raises(SourceError):
        read(make_pdf([["Heron", "", "Too short."]]), "https://a.example/x.pdf")
