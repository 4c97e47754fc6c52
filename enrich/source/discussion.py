"""Pages that discuss another page: link lists with comments, forums, blogs of links."""

from collections.abc import Iterable, Sequence
from typing import Any

from lxml.html import HtmlElement

from enrich.errors import SourceError
from enrich.source.address import Address, canonical_url, follow
from enrich.source.jsonld import Item
from enrich.source.markup import read_line
from enrich.source.site import is_same_site
from enrich.source.title import fold_title

_MOST_LINKS = 5_000
"""By hand, a bound of time: of 54 real pages none has more than 299."""


def find_discussed(tree: HtmlElement, address: Address, headline: str, items: Sequence[Item]) -> str:
    """The address of the page that this one discusses; empty when it is about nothing but itself.

    A discussion's headline is itself the link to what is discussed, or the page states it. A link to the publisher's
    own site is none.
    """
    for reference in (*_stated(tree, items), *_linked(tree, headline)):
        try:
            linked = follow(address, reference)
        except SourceError:
            continue
        if not is_same_site(linked.host, address.host):
            return canonical_url(str(linked))
    return ""


def _stated(tree: HtmlElement, items: Sequence[Item]) -> Iterable[str]:
    shared: list[Any] = [item.get("sharedContent") for item in items]
    for value in shared:
        url = value.get("url") if isinstance(value, dict) else value
        if isinstance(url, str):
            yield url
    for post in tree.xpath("//*[@content-href]")[:1]:
        yield post.get("content-href")


def _linked(tree: HtmlElement, headline: str) -> Iterable[str]:
    wanted = fold_title(headline)
    for number, link in enumerate(tree.iter("a")):
        if number >= _MOST_LINKS:
            return
        if wanted and link.get("href") and len(link) < 4 and fold_title(read_line(link)) == wanted:
            yield link.get("href")
