"""A document as the indexes keep it: its entry, as JSON, and the keys under which it is found."""

import json
from collections.abc import Iterable, Iterator

from msgspec.json import Decoder

from enrich.links.document import Document
from enrich.links.loose_resolver import loose_names
from enrich.links.note_index import Entry
from enrich.links.subject import MOST_HEADINGS, name_key

NoteKeys = Iterator[tuple[str, Iterable[str], int]]
_Words = tuple[str, ...]
_FIELDS = Decoder(tuple[str, str, _Words, _Words, int, int, bool, str, _Words, int, _Words, _Words, bool])
"""Reads the fields of an `Entry` from its title on, two hundred of them for every answer."""


def entry_to_json(document: Document, title_terms: tuple[str, ...], own_title: int, traits: tuple[str, ...]) -> str:
    """The fields of an `Entry` from its title on."""
    return json.dumps(
        (
            document.title, document.description, document.tags, document.keywords, document.created, document.updated,
            document.draft, document.type_name, title_terms, own_title, traits,
            document.aliases, document.opted_out,
        )
    )  # fmt: skip


def entry_from_json(number: int, path: str, words: int, title_weight: float, value: str) -> Entry:
    """The entry of which `entry_to_json` wrote ``value``."""
    return Entry._make((number, path, words, title_weight, *_FIELDS.decode(value)))


def note_keys(document: Document, title_terms: tuple[str, ...], own_title: int, traits: tuple[str, ...]) -> NoteKeys:
    """The keys of a note but its words: each prefix with what follows it, and the weight in the postings.

    ``h`` and ``g`` are headings of several terms, and those terms.
    """
    yield "t", title_terms[:own_title], 1
    yield "t", title_terms[own_title:], 0
    yield "n", {key for name in document.names if (key := name_key(name))}, 1
    yield "k", set(document.keywords), 1
    yield "=", traits, 1
    yield "l", loose_names(document), 1
    headings = {key for text in document.headings[:MOST_HEADINGS] if " " in (key := name_key(text))}
    yield "h", headings, 1
    yield "g", {term for key in headings for term in key.split()}, 1
