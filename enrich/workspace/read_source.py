"""The source of a draft: an address that is fetched, a saved page, or a text."""

from datetime import date

from enrich.source.decode import decode
from enrich.source.extract import extract_source, source_from_text, source_from_video
from enrich.source.kind import find_kind, is_html, refuse_kind
from enrich.source.limits import Limits
from enrich.source.saved_page import read_page
from enrich.source.source import Page, Source
from enrich.source.youtube import fetch_video, find_video
from enrich.workspace.options import DraftOptions, Given
from enrich.workspace.reporter import Reporter


def read_source(url: str, options: DraftOptions, today: date, tell: Reporter) -> tuple[Page, Source]:
    """The page as it came, and the article in it. SourceError when it cannot be had, or holds no article."""
    if options.text is not None:
        return _read_text(url, options.text, options, today, tell)
    if options.page is None and (video := find_video(url)):
        tell.progress(f"fetching the transcript of {url}")
        found = fetch_video(video)
        page = Page(url, found.url, found.text.encode(), "text/plain", name=f"{video}.txt")
        return page, source_from_video(found, options.headline, today)
    limits = Limits(allow_private=options.allow_private)
    if options.page is not None:
        page = read_page(options.page.data, url, options.page.name)
    else:
        from enrich.source.fetch import fetch_page  # the network's modules take a tenth of a second

        tell.progress(f"fetching {url}")
        page = fetch_page(url, limits)
    tell.progress("extracting the article")
    source = extract_source(page, today, options.headline, limits)
    tell.detail(f"page: {page.final_url}, {len(page.body)} bytes, {page.content_type or 'type not said'}")
    tell.detail(f"title from {source.title_origin}, date from {source.published_origin}")
    return page, source


def _read_text(url: str, text: Given, options: DraftOptions, today: date, tell: Reporter) -> tuple[Page, Source]:
    if is_html(text.data):
        tell.warn(f"{text.name}: is HTML, so it is read as a page; pass it with --html to say so")
        page = read_page(text.data, url, text.name)
        return page, extract_source(page, today, options.headline)
    refuse_kind(text.name, find_kind("text/plain", text.data))
    page = Page(url, url, text.data, "text/plain")
    return page, source_from_text(decode(text.data).text, url, options.headline, today)
