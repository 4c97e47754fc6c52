"""What a page says of itself outside of its text: meta elements, microdata and links."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from enrich.source.markup import read_line
from enrich.source.title import LONGEST_TITLE
from enrich.text.pattern import lazy_pattern

_MOST_PROPERTIES = 2_000
"""By hand, a bound of time: of 54 real pages none has more than 37."""
_MOST_VALUES = 50
"""Of one name, such as authors. By hand, a bound of time: of 54 real pages none has more than 10."""
_OTHERS = lazy_pattern(r"/(?:\w*comments?|\w*review|answer)/?$", re.I)


class Head:
    """Look-up of a page's meta elements by ``name``, ``property`` or ``itemprop``, without regard to case."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._metas: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            content = " ".join(meta.get("content", "").split())
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                name = meta.get(attribute, "").strip().lower()
                if name and content:
                    self._metas.setdefault(name, []).append(content)

    def first(self, *names: str) -> str:
        """The first value of the first of the names that has one; empty when none has."""
        return next((self._metas[name][0] for name in names if name in self._metas), "")

    def all(self, name: str) -> list[str]:
        """The first values of a name, in the page's order."""
        return self._metas.get(name, [])[:_MOST_VALUES]

    def link(self, relation: str) -> str:
        """Where the first ``<link>`` of a relation leads; empty when there is none."""
        for link in self._tree.iter("link"):
            if relation in link.get("rel", "").lower().split() and link.get("href", "").strip():
                return str(link.get("href")).strip()
        return ""

    def base(self) -> str:
        """Where relative addresses count from, as the page writes it; empty when it does not say."""
        found = self._tree.find(".//base[@href]")
        return "" if found is None else str(found.get("href")).strip()

    def microdata(self, name: str) -> Iterator[str]:
        """The first values of an ``itemprop``, in the page's order; of an item with parts of its own, the name."""
        for element in self._tree.xpath("//*[@itemprop]")[:_MOST_PROPERTIES]:
            if name in element.get("itemprop", "").split() and not _is_of_others(element):
                for valued in [*element.xpath('.//*[@itemprop="name"]'), element][:1]:
                    value = valued.get("content") or valued.get("datetime") or read_line(valued)
                    if value.strip():
                        yield " ".join(value.split())

    def language(self) -> str:
        """What the page declares as its language, as it is written."""
        root = self._tree.getroottree().getroot()
        declared = root.get("lang") or root.get("xml:lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        return declared or self.first("inlanguage", "language", "dc.language")

    def document_title(self) -> str:
        """The text of ``<title>``, cut where no title ends."""
        found = self._tree.find(".//title")
        return "" if found is None else " ".join(found.text_content()[:LONGEST_TITLE].split())


def _is_of_others(element: HtmlElement) -> bool:
    """Whether a property is of a comment or a review on the page."""
    return any(_OTHERS.search(around.get("itemtype", "")) for around in element.iterancestors())
