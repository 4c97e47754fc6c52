"""What a page states about itself, and which of its statements we believe."""

from datetime import date, timedelta

from lxml.html import HtmlElement

from enrich.errors import SourceError
from enrich.source import jsonld
from enrich.source.address import Address, canonical_url, follow
from enrich.source.byline import choose_author
from enrich.source.dates import Evidence, Published, choose_date
from enrich.source.head import Head
from enrich.source.site import choose_site, is_same_site
from enrich.source.times import read_shown_dates
from enrich.source.title import Titled, choose_title, find_suffix, fold_name, host_names

_STATED_DATES = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "datepublished",
    "publishdate",
    "publish-date",
    "publication_date",
    "pubdate",
    "pdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "date",
)
_STATED_AUTHORS = (
    "author",
    "byl",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
)


class Statements:
    """What a page states: each is looked up in the places that pages use, the most trusted first."""

    def __init__(self, tree: HtmlElement, address: Address) -> None:
        self.tree = tree
        self.head = Head(tree)
        self._address = address
        self._items = jsonld.read_items(tree)
        self.item = jsonld.find_article(self._items, frozenset({str(address), self.head.link("canonical")}))
        self._sites = [
            self.head.first("og:site_name"),
            jsonld.text_of(jsonld.resolve(self.item.get("publisher"), self._items)),
            next(self.head.microdata("publisher"), ""),
            self.head.first("application-name", "apple-mobile-web-app-title"),
        ]
        self.site_names = host_names(address.host) | {fold_name(name) for name in self._sites if name}

    def title(self) -> Titled:
        """The headline and where it was read."""
        stated = [
            Titled(jsonld.text_of(self.item.get("headline")), "json-ld"),
            Titled(self.head.first("og:title"), "og"),
            Titled(next(self.head.microdata("headline"), ""), "microdata"),
            Titled(self.head.first("twitter:title"), "twitter"),
            Titled(self.head.document_title(), "title"),
        ]
        headings = [" ".join(heading.text_content().split()) for heading in self.tree.iter("h1")]
        return choose_title([title for title in stated if title.text], headings, self.site_names)

    def site(self, headline: str) -> str:
        """The publisher's name; ``headline`` is the title that was chosen."""
        titles = (self.head.document_title(), self.head.first("og:title"), self.head.first("twitter:title"))
        return choose_site(self._sites, [find_suffix(title, headline) for title in titles], self._address.host)

    def author(self) -> str:
        """The authors, separated by ``; ``; empty when unknown."""
        stated = [
            jsonld.texts_of(jsonld.resolve(self.item.get("author"), self._items)),
            jsonld.texts_of(jsonld.resolve(self.item.get("creator"), self._items)),
            list(self.head.microdata("author")),
            *(self.head.all(name) for name in _STATED_AUTHORS),
        ]
        return choose_author(stated, self.tree, self.site_names)

    def published(self, today: date) -> Published:
        """The date of publication; a guess, labelled so, when nothing states one."""
        stated = [
            ("json-ld", jsonld.text_of(self.item.get("datePublished"))),
            ("microdata", next(self.head.microdata("datePublished"), "")),
            *(("meta", self.head.first(name)) for name in _STATED_DATES),
            ("json-ld", jsonld.text_of(self.item.get("dateCreated"))),
        ]
        evidence = Evidence(stated, read_shown_dates(self.tree), str(self._address))
        found = choose_date(evidence, today)
        return found if found.day else self._guess_date(today)

    def canonical(self) -> tuple[str, tuple[str, ...]]:
        """The address to cite, and a flag when the page says that it is another site's."""
        cited = canonical_url(str(self._address))
        named = self._named_address()
        if named is None:
            return cited, ()
        if not is_same_site(named.host, self._address.host):
            return cited, (f"syndicated from {canonical_url(str(named))}",)
        secure = named.scheme == "http" and self._address.scheme == "https" and named.host == self._address.host
        return canonical_url(f"https{str(named)[4:]}" if secure else str(named)), ()

    def _named_address(self) -> Address | None:
        """What the page calls its own address; a front page that is named for an article is a mistake."""
        for reference in (self.head.link("canonical"), self.head.first("og:url")):
            try:
                named = follow(self._address, reference) if reference else None
            except SourceError:
                continue
            if named and (named.target != "/" or self._address.target == "/"):
                return named
        return None

    def _guess_date(self, today: date) -> Published:
        from htmldate import find_date  # comes with trafilatura

        tomorrow = today + timedelta(days=1)
        guess = find_date(
            self.tree, extensive_search=False, original_date=True, min_date="1995-01-01", max_date=tomorrow.isoformat()
        )
        return Published(date.fromisoformat(guess), "guess") if guess else Published(None, "unknown")
