"""A source: the article a draft rests on, as it was saved."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from enrich.text.span import Span
from enrich.text.typed import take_apart
from enrich.text.words import count_words


class Page(Struct, frozen=True):
    """What was fetched or given: bytes, and what the server said of them."""

    url: str
    """The address that was asked for, or that the user says the file came from."""
    final_url: str
    """The address after redirects; equal to `url` for a file."""
    body: bytes
    content_type: str = ""
    """The header's value, ``text/html; charset=…``; empty for a file."""
    status: int = 200
    language: str = ""
    """The ``Content-Language`` header's value."""
    name: str = ""
    """The name of the file that it came as; empty for a web page."""


class Source(Struct, frozen=True):
    """An extracted article. Every check of a draft is made against `text` and `title`."""

    url: str
    """The canonical address on the page's own site, tracking parameters removed: the one that is cited."""
    title: str
    """The headline without the site's suffix."""
    title_origin: str
    """Where the title was read: ``json-ld``, ``og``, ``h1``, ``title``, ``given`` …"""
    site: str
    """The publisher's name as a reader knows it (`TechCrunch`), never empty: the host when nothing better is known."""
    author: str
    """Empty when unknown; several authors are separated by ``; ``."""
    published: date | None
    published_origin: str
    """Where the date was read; ``unknown`` when there is none, ``guess`` when it is a labelled guess."""
    language: str
    """BCP 47 primary tag such as ``en``; empty when unknown."""
    text: str
    """Paragraphs separated by one blank line; plain text, Unicode NFC, no markup."""
    paragraphs: tuple[Span, ...]
    """The span of every paragraph in `text`, in order."""
    flags: tuple[str, ...] = ()
    """What a reviewer should know: ``extractors disagree``, ``date guessed``, ``syndicated from https://…``."""
    places: tuple[str, ...] = ()
    """Where each paragraph stands in a document or a recording: ``page 3``, ``12:40``; empty for a web page."""

    def place_of(self, start: int) -> str:
        """Where the character at ``start`` of the text stands; empty for a web page."""
        if not self.places:
            return ""
        return self.places[max(0, bisect_right([span.start for span in self.paragraphs], start) - 1)]

    @property
    def words(self) -> int:
        """The number of words of the text (see `enrich.text.words.count_words`)."""
        return count_words(self.text)


def source_to_dict(source: Source) -> dict[str, Any]:
    """The source as JSON values: the date as ``YYYY-MM-DD`` or ``None``, spans as ``[start, end]``.

    ``places`` is there for a document or a recording alone.
    """
    values = take_apart(source)
    places = values.pop("places")
    return (
        values
        | ({"places": list(places)} if places else {})
        | {
            "published": source.published.isoformat() if source.published else None,
            "paragraphs": [list(span) for span in source.paragraphs],
            "flags": list(source.flags),
        }
    )


def source_from_dict(saved: Mapping[str, Any]) -> Source:
    """The inverse of `source_to_dict`. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    return Source(
        url=saved["url"],
        title=saved["title"],
        title_origin=saved["title_origin"],
        site=saved["site"],
        author=saved["author"],
        published=date.fromisoformat(saved["published"]) if saved["published"] else None,
        published_origin=saved["published_origin"],
        language=saved["language"],
        text=saved["text"],
        paragraphs=tuple(Span(start, end) for start, end in saved["paragraphs"]),
        flags=tuple(saved["flags"]),
        places=tuple(saved.get("places", ())),
    )
