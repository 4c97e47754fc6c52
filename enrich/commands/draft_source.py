"""The source of a draft, as the request names it: an address, a saved page, a text."""

from datetime import date

from enrich.commands.edges import read_input
from enrich.commands.request import Request
from enrich.console import Console
from enrich.source.dates import is_plausible
from enrich.source.decode import decode
from enrich.source.extract import extract_source, source_from_text
from enrich.source.fetch import Limits, fetch_page, read_page
from enrich.source.kind import find_kind, is_html, refuse_kind
from enrich.source.source import Page, Source


def doubt_date(created: date | None, today: date, console: Console) -> None:
    """Ask for a second look at a date that no web page has."""
    if created and not is_plausible(created, today):
        when = "in the future" if created > today else "before there were web pages"
        console.warn(f"--date {created}: is {when}; look again whether it is meant")


def read_source(request: Request, console: Console) -> tuple[Page, Source]:
    """The page as it came, and the article in it."""
    today = date.today()
    if request.text is not None:
        data = read_input(request.text, "text", console)
        if is_html(data):
            console.warn(f"{request.text}: is HTML, so it is read as a page; pass it with --html to say so")
            page = read_page(data, request.url)
            return page, extract_source(page, today, request.headline)
        refuse_kind(request.text, find_kind("text/plain", data))
        page = Page(request.url, request.url, data, "text/plain")
        return page, source_from_text(decode(data).text, request.url, request.headline, today)
    if request.html is not None:
        page = read_page(read_input(request.html, "page", console), request.url)
    else:
        console.progress(f"fetching {request.url}")
        page = fetch_page(request.url, Limits(allow_private=request.allow_private))
    console.progress("extracting the article")
    return page, extract_source(page, today, request.headline)


def tell_source(page: Page, source: Source, console: Console) -> None:
    """With ``--verbose``: what was read, and where title and date were found."""
    console.detail(f"page: {page.final_url}, {len(page.body)} bytes, {page.content_type or 'type not said'}")
    console.detail(f"title from {source.title_origin}, date from {source.published_origin}")
