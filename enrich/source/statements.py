"""What a page states about itself, and which of its statements we believe."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from enrich.errors import SourceError
from enrich.source import jsonld
from enrich.source.address import Address, address_key, bare_host, canonical_url, follow
from enrich.source.byline import choose_author
from enrich.source.dates import FIRST_DAY, Evidence, Published, choose_date
from enrich.source.head import Head
from enrich.source.headings import leads_to_front, read_headings
from enrich.source.site import SiteEvidence, choose_site, is_same_site, registered_name
from enrich.source.title import Titled, choose_title, clean_title, find_suffix, fold_name, host_names, split_title
from enrich.text.pattern import lazy_pattern

_MOST_LINKS = 500
"""By hand, a bound of time: the menus of 54 real pages have 331 at most."""
_FRONT_PAGE = lazy_pattern(r"/(?:index|home|homepage|default|main|start)(?:\.\w+)?", re.I)
_PLACEHOLDER = lazy_pattern(r"(?:.*/)?(?:undefined|null|none|nan|false|true|#)/?|.*[{}<>].*|.*%7b.*", re.I | re.S)
"""What a template leaves where an address was to be."""
_COPIES = ".ampproject.org"
"""Where pages of others are served from under addresses of its own."""
_SUBPAGE = lazy_pattern(r"amp|comments?|print|printer|embed|all|full|single|(?:page/?)?\d{1,3}", re.I)
"""What stands behind an article's address for another form or a further page of it."""
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
    """What a page states: each is looked up in the places that pages use, the most trusted first.

    Read it before hidden parts are dropped: metadata stands in them.
    """

    def __init__(self, tree: HtmlElement, address: Address) -> None:
        self.head = Head(tree)
        self._address = address
        self._base = self._read_base()
        self.items = jsonld.read_items(tree)
        stated = (self.head.first("og:title"), self.head.first("twitter:title"), self.head.document_title())
        self._titles = list(map(clean_title, stated))
        self._headings = read_headings(tree, self._titles)
        self.item = self._find_item()
        self._sites = [name for name in self._read_sites() if fold_name(name) not in self._stated_headlines()]
        self.site_names = host_names(address.host) | {fold_name(name) for name in self._sites} | self._headings.logos
        self.title = self._choose_title()
        self._dates = self._read_dates()
        self._authors = self._read_authors()
        self._sections = self._read_sections(tree)

    def site(self) -> str:
        """The publisher's name."""
        domain = registered_name(self._address.host)
        suffixes = [find_suffix(title, self.title.text, domain) for title in self._titles]
        handles = (self.head.first("twitter:site").lstrip("@"), self.head.first("twitter:creator").lstrip("@"))
        return choose_site(
            SiteEvidence(self._sites, suffixes, self._address.host, self._sections, frozenset(map(fold_name, handles)))
        )

    def author(self, bylines: Iterable[list[str]]) -> str:
        """The authors, separated by ``; ``; empty when unknown. ``bylines`` are the names that the page shows."""
        return choose_author(self._authors, bylines, self.site_names)

    def published(self, shown: Sequence[str], locale: str, today: date) -> Published:
        """The date of publication by what the page states and shows; no day when neither says one."""
        return choose_date(Evidence(self._dates, shown, str(self._address), locale), today)

    def locales(self, language: str) -> list[str]:
        """How dates may be written here: as in the language of the text, then as in that of the page's template."""
        declared = [tag.replace("_", "-").partition("-")[0].lower() for tag in self.languages()[:1] if tag]
        return list(dict.fromkeys([self._locale(language), *declared]))

    def _locale(self, language: str) -> str:
        """The language with the country that the page or its address names: `en-GB`; empty if unknown."""
        for declared in (self.head.language(), self.head.first("og:locale")):
            tag, _, country = declared.replace("_", "-").partition("-")
            if tag.lower() == language and len(country) == 2:
                return f"{language}-{country.upper()}"
        ending = self._address.host.rpartition(".")[2]
        country = {"uk": "GB"}.get(ending, ending.upper()) if len(ending) == 2 else ""
        return f"{language}-{country}" if language and country else language

    def languages(self) -> list[str]:
        """What the page declares as its language."""
        return [self.head.language(), self.head.first("content-language"), self.head.first("og:locale")]

    def canonical(self) -> tuple[str, tuple[str, ...]]:
        """The address to cite, and a flag when the page says that it is another site's."""
        cited = canonical_url(str(self._address))
        named = self._named_address()
        if named is None:
            return cited, ()
        if not (is_same_site(named.host, self._address.host) or self._address.host.endswith(_COPIES)):
            return cited, (f"syndicated from {canonical_url(str(named))}",)
        secure = named.scheme == "http" and self._address.scheme == "https" and named.host == self._address.host
        return canonical_url(f"https{str(named)[4:]}" if secure else str(named)), ()

    def _named_address(self) -> Address | None:
        """What the page calls its own address; a front page or section that is named for an article is a mistake."""
        for reference in filter(None, (self.head.link("canonical"), self.head.first("og:url"))):
            try:
                named = follow(self._base, reference) if not _PLACEHOLDER.fullmatch(reference) else None
            except SourceError:
                continue
            if named and not self._is_above(named):
                return named
        return None

    def _is_above(self, named: Address) -> bool:
        """Whether an address is the front page or a section, and the page itself is further down."""
        own, other = self._address.path.rstrip("/"), named.path.rstrip("/")
        if own == other and not own and not named.query:
            return bool(urlsplit(canonical_url(str(self._address))).query)  # `/?p=12` is an article of its own
        if named.query or own == other:
            return False
        if not other or _FRONT_PAGE.fullmatch(other):
            return True
        below = own.removeprefix(other + "/")
        return below != own and other.rpartition("/")[2].isalpha() and not _SUBPAGE.fullmatch(below)

    def _read_base(self) -> Address:
        """What relative addresses count from."""
        try:
            return follow(self._address, self.head.base())
        except SourceError:
            return self._address

    def _find_item(self) -> jsonld.Item:
        own = [self.head.link("canonical"), self.head.first("og:url")]
        addresses = {address_key(str(self._address))}
        for reference in filter(None, own):
            try:
                addresses.add(address_key(str(follow(self._base, reference))))
            except SourceError:
                continue
        parts = [part for title in self._titles for pair in split_title(title) for part in pair]
        titles = frozenset(map(jsonld.fold_title, [*self._headings.headlines, *self._titles, *parts])) - {""}
        return jsonld.find_article(self.items, frozenset(addresses), titles)

    def _read_sites(self) -> list[str]:
        websites = [jsonld.text_of(item) for item in self.items if item.get("@type") == "WebSite"]
        names = [
            self.head.first("og:site_name"),
            jsonld.text_of(jsonld.resolve(self.item.get("publisher"), self.items)),
            *websites[:1],
            next(self.head.microdata("publisher"), ""),
            self.head.first("application-name", "apple-mobile-web-app-title"),
        ]
        return [name for name in names if name]

    def _stated_headlines(self) -> frozenset[str]:
        """What two kinds of statements call the headline: no site's name, though an ``application-name`` repeats it."""
        stated = [
            self.head.first("og:title"),
            self.head.document_title(),
            jsonld.text_of(self.item.get("headline")),
            *self._headings.headlines[:1],
            *(max(pair, key=len) for pair in split_title(self.head.document_title())),
        ]
        folded = [fold_name(title) for title in stated if title]
        return frozenset(title for title in folded if folded.count(title) > 1)

    def _choose_title(self) -> Titled:
        stated = [
            Titled(jsonld.text_of(self.item.get("headline")), "json-ld"),
            Titled(self.head.first("og:title"), "og"),
            Titled(next(self.head.microdata("headline"), ""), "microdata"),
            Titled(self.head.first("twitter:title"), "twitter"),
            Titled(self.head.document_title(), "title"),
        ]
        given = [title for title in stated if title.text]
        return choose_title(given, self._headings.headlines, self.site_names, self._headings.shown)

    def _read_dates(self) -> list[tuple[str, str]]:
        return [
            ("json-ld", jsonld.text_of(self.item.get("datePublished"))),
            ("microdata", next(self.head.microdata("datePublished"), "")),
            *(("meta", self.head.first(name)) for name in _STATED_DATES),
            ("json-ld", jsonld.text_of(self.item.get("dateCreated"))),
        ]

    def _read_authors(self) -> list[list[str]]:
        return [
            jsonld.texts_of(jsonld.resolve(self.item.get("author"), self.items)),
            jsonld.texts_of(jsonld.resolve(self.item.get("creator"), self.items)),
            list(self.head.microdata("author")),
            *(self.head.all(name) for name in _STATED_AUTHORS),
        ]

    def _read_sections(self, tree: HtmlElement) -> frozenset[str]:
        """What the page calls its sections: in its metadata, its address and its menus."""
        stated = [*self.head.all("article:section"), *jsonld.texts_of(self.item.get("articleSection"))]
        folders = self._address.path.split("/")[1:-1]
        below = bare_host(self._address.host).split(".")[:-2]
        links = (link for menu in tree.iter("nav", "header") for link in menu.iter("a"))
        menus = [link.text_content() for link in islice(links, _MOST_LINKS) if not leads_to_front(link)]
        names = {fold_name(name) for name in (*stated, *folders, *below, *menus)}
        domain = registered_name(self._address.host)
        return frozenset(name for name in names if name and name != domain and name not in self._headings.logos)


def guess_date(tree: HtmlElement, today: date) -> Published:
    """A date that a page may be of, labelled as a guess."""
    from htmldate import find_date  # comes with trafilatura

    tomorrow = today + timedelta(days=1)
    guess = find_date(
        tree, extensive_search=False, original_date=True, min_date=FIRST_DAY.isoformat(), max_date=tomorrow.isoformat()
    )
    return Published(date.fromisoformat(guess), "guess") if guess else Published(None, "unknown")
