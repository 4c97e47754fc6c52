"""From a page to a source, in a process that can be stopped."""

import json
import subprocess
import sys
from datetime import date

import pytest

from enrich.errors import SourceError
from enrich.source.extract import extract_source, source_from_reading, source_from_text
from enrich.source.limits import Limits
from enrich.source.reader import read_html
from enrich.source.source import Page, Source
from enrich.text.span import Span
from tests.source.pages import HEADLINE, PARAGRAPHS, TODAY, URL, html, json_ld


def page(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> Page:
    """A fetched page."""
    return Page(URL, URL, body.encode() if isinstance(body, str) else body, content_type)


def test_a_page_becomes_a_source() -> None:
    """The article's text, its paragraphs' offsets and where title and date were read are all there."""
    source = extract_source(page(html(before="<p class='byline'>By Jane Roe</p>")), TODAY)
    assert source == Source(
        url=URL,
        title=HEADLINE,
        title_origin="title",
        site="The Example News",
        author="Jane Roe",
        published=date(2023, 7, 18),
        published_origin="address",
        language="en",
        text="\n\n".join(PARAGRAPHS),
        paragraphs=source.paragraphs,
        flags=(),
    )
    assert tuple(span.of(source.text) for span in source.paragraphs) == PARAGRAPHS


def test_the_pages_encoding_is_found() -> None:
    """A page in an older encoding is read like any other."""
    text = tuple(paragraph.replace("servers", "сервера") for paragraph in PARAGRAPHS)
    body = html((*text, "Модель опубликована во вторник.")).replace("utf-8", "windows-1251").encode("cp1251", "replace")
    assert extract_source(page(body, "text/html"), TODAY).text.endswith("Модель опубликована во вторник.")


@pytest.mark.parametrize(
    ("given", "title", "flags"),
    [
        ("  An open model ", "An open model", (f"the page's own title is “{HEADLINE}”",)),
        (HEADLINE.upper(), HEADLINE.upper(), ()),
        (f"{HEADLINE} - The Example News", HEADLINE, ()),
        (f"{HEADLINE} | Some Aggregator", HEADLINE, ()),
    ],
)
def test_the_users_headline_wins(given: str, title: str, flags: tuple[str, ...]) -> None:
    """A headline from the feed is the title, without the site; when the page has another, the reviewer is told."""
    source = source_from_reading(read_html(html(), URL, TODAY, 1_000), URL, given)
    assert (source.title, source.title_origin, source.flags) == (title, "given", flags)


def test_a_page_without_a_headline_needs_one() -> None:
    """A page that names nothing is refused with the option that helps."""
    untitled = read_html(html(headline="").replace("| The Example News", ""), URL, TODAY, 1_000)
    with pytest.raises(SourceError, match="has no headline; pass one with --title"):
        source_from_reading(untitled, URL, None)
    assert source_from_reading(untitled, URL, HEADLINE).title == HEADLINE


@pytest.mark.parametrize(
    ("body", "content_type", "message"),
    [
        (b"%PDF-1.7", "text/html", "is a broken PDF"),
        (b'{"a": 1}', "application/json", "is JSON"),
        (b"<rss version='2.0'>", "text/xml", "is a feed"),
        (
            html(PARAGRAPHS[:1], json_ld('{"@type": "NewsArticle", "isAccessibleForFree": false}')),
            "text/html",
            "paywall",
        ),
        ("<html><body><div id='root'></div><script src='/a.js'></script></body></html>", "text/html", "JavaScript"),
        (html(("<b>x</b>" * 300,)), "text/html", "elements, more than 200"),
    ],
)
def test_unusable_pages_are_refused(body: str | bytes, content_type: str, message: str) -> None:
    """What cannot be drafted from stops before anything is spent."""
    with pytest.raises(SourceError, match=f"^{URL}: .*{message}"):
        extract_source(page(body, content_type), TODAY, limits=Limits(elements=200))


def test_a_page_that_takes_too_long_is_stopped() -> None:
    """Extraction runs in a process that is killed when its time is over."""
    with pytest.raises(SourceError, match=r"cannot be taken apart within 0\.01 s; .*--text FILE"):
        extract_source(page(html()), TODAY, limits=Limits(seconds=0.01))


def test_a_worker_that_breaks_is_reported() -> None:
    """What breaks in the worker is a message with a remedy, not a traceback of the command."""
    broken = Page(URL, "no address", html().encode(), "text/html")
    with pytest.raises(SourceError, match=r"cannot be taken apart \(.*no address.*\); save its text"):
        extract_source(broken, TODAY)


def test_extraction_does_not_load_its_libraries_here() -> None:
    """The command stays quick to start: the extractors are loaded in the worker only."""
    program = (
        "import sys, json, enrich.source.extract, enrich.source.address; "
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    loaded = json.loads(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout)
    assert not {"trafilatura", "readability", "lxml", "htmldate", "charset_normalizer", "urllib3"} & set(loaded)


def test_plain_text_from_a_server_is_used() -> None:
    """A press release served as plain text is an article."""
    source = extract_source(page("\n\n".join((HEADLINE, *PARAGRAPHS)), "text/plain"), TODAY)
    assert (source.title, source.title_origin) == (HEADLINE, "first line")
    assert source.text == "\n\n".join(PARAGRAPHS)


def test_a_given_text_is_the_source() -> None:
    """Pasted text is cited by the page's address, dated by it, and marked as given."""
    source = source_from_text("\n\n".join(PARAGRAPHS), f"{URL}?utm_source=x", HEADLINE, TODAY)
    assert (source.url, source.title, source.title_origin) == (URL, HEADLINE, "given")
    assert (source.published, source.published_origin) == (date(2023, 7, 18), "address")
    assert (source.site, source.flags) == ("news.example", ("text given",))
    assert source.paragraphs[0] == Span(0, len(PARAGRAPHS[0]))


def test_a_given_text_without_a_date() -> None:
    """Where the address names no day, or one that has not come, the date is unknown rather than invented."""
    for address in ("https://news.example/a", "https://news.example/2031/01/01/a"):
        source = source_from_text("\n\n".join(PARAGRAPHS), address, HEADLINE, TODAY)
        assert (source.published, source.published_origin) == (None, "unknown")


@pytest.mark.parametrize(
    ("text", "headline", "message"),
    [
        ("", HEADLINE, "too little"),
        ("A few words only.", HEADLINE, "too little"),
        ("\n\n".join(PARAGRAPHS), None, "no headline; pass one with --title"),
        ("\n\n".join(PARAGRAPHS), " ", "no headline"),
    ],
)
def test_an_unusable_text_is_refused(text: str, headline: str | None, message: str) -> None:
    """Pasting the wrong thing costs nothing."""
    with pytest.raises(SourceError, match=message):
        source_from_text(text, URL, headline, TODAY)
