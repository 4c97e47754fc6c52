"""A page is read: its statements about itself, its text by two extractors, and the signs that it is no article."""

from datetime import date

from enrich.source.address import parse_address
from enrich.source.article import extract_article
from enrich.source.dates import Published
from enrich.source.language import find_language
from enrich.source.markup import drop_hidden, parse_html
from enrich.source.reading import Reading
from enrich.source.signals import read_shown, read_signals
from enrich.source.statements import Statements


def read_html(text: str, url: str, today: date, most_elements: int) -> Reading:
    """Read a page that was fetched from ``url``.

    Raises `enrich.source.markup.TooManyElementsError`. Takes as long as its libraries take, which for a hostile page
    is for ever: see `enrich.source.worker`.
    """
    tree = parse_html(text, most_elements)
    page = Statements(tree, parse_address(url))
    title = page.title()
    address, flags = page.canonical()
    published = page.published(today)
    author, language, site = page.author(), page.head.language(), page.site(title.text)
    signals = read_signals(tree, page.head, page.item)
    drop_hidden(tree)  # from here on there is only what a reader sees
    article = extract_article(tree, title.text)
    if not article.agreed:
        flags += ("extractors disagree",)
    return Reading(
        url=address,
        title=title.text,
        title_origin=title.origin,
        site=site,
        author=author,
        published=published.day.isoformat() if published.day else "",
        published_origin=published.origin,
        language=find_language(language, "\n".join(article.paragraphs)),
        paragraphs=article.paragraphs,
        shown=read_shown(tree),
        signals=signals,
        flags=flags + _date_flags(published),
    )


def _date_flags(published: Published) -> tuple[str, ...]:
    if published.origin == "guess":
        return ("date guessed",)
    if published.contradicted_by:
        return (f"date {published.day} from {published.origin}, but the address says {published.contradicted_by}",)
    return ()
