"""A page is read: its statements about itself, its text by two extractors, and the signs that it is no article."""

from datetime import date

from enrich.source.address import parse_address
from enrich.source.article import Article, find_article
from enrich.source.byline import read_bylines
from enrich.source.dates import Published
from enrich.source.discussion import find_discussed
from enrich.source.furniture import drop_furniture
from enrich.source.markup import drop_hidden, parse_html
from enrich.source.reading import Reading
from enrich.source.signals import SHOWN, read_shown, read_signals
from enrich.source.statements import Statements, guess_date
from enrich.source.surroundings import Surroundings
from enrich.source.times import drop_other_dates, read_shown_dates
from enrich.text.language import choose_language


def read_html(text: str, url: str, today: date, most_elements: int, content_language: str = "") -> Reading:
    """Read a page that was fetched from ``url``; ``content_language`` is what its server says.

    Raises `enrich.source.markup.TooManyElementsError`. Takes as long as its libraries take, which for a hostile page
    is for ever: see `enrich.source.worker`.
    """
    tree = parse_html(text, most_elements)
    drop_furniture(tree)
    page = Statements(tree, parse_address(url))
    address, flags = page.canonical()
    signals = read_signals(tree, page.head, page.item, page.items)
    drop_hidden(tree)  # from here on there is only what a reader sees
    shown = read_shown(tree)
    article = find_article(tree, page.title.text)
    language = choose_language(article.text, [*page.languages(), content_language])
    locale, *others = page.locales(language)
    around = Surroundings(tree, article)
    readings = (page.published(read_shown_dates(tree, around, each), each, today) for each in (locale, *others))
    published = next((reading for reading in readings if reading.day), None)
    if published is None:
        drop_other_dates(tree, around)
        published = guess_date(tree, today)
    return Reading(
        url=address,
        title=page.title.text,
        title_origin=page.title.origin,
        site=page.site(),
        author=page.author(read_bylines(tree, around)),
        published=published.day.isoformat() if published.day else "",
        published_origin=published.origin,
        language=language,
        paragraphs=article.paragraphs(locale),
        shown=shown,
        signals=signals,
        below=article.below[:SHOWN],
        boxes=len(article.boxes),
        boxed=article.boxed,
        flags=flags
        + _discussion_flags(find_discussed(tree, parse_address(url), page.title.text, page.items))
        + _article_flags(article)
        + _date_flags(published),
    )


def _discussion_flags(discussed: str) -> tuple[str, ...]:
    return (
        (f"discusses another page: {discussed}; draft from that address to cite the article itself",)
        if discussed
        else ()
    )


def _article_flags(article: Article) -> tuple[str, ...]:
    flags: tuple[str, ...] = () if article.agreed else ("extractors disagree",)
    if article.lost:
        flags += (f"{article.lost:.0%} of the page's running text is not in the source; read the page as well",)
    return flags


def _date_flags(published: Published) -> tuple[str, ...]:
    if published.origin == "guess":
        return ("date guessed",)
    if published.contradicted_by:
        return (f"date {published.day} from {published.origin}, but the address says {published.contradicted_by}",)
    return ()
