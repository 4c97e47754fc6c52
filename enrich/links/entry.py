"""A card as the shelves keep it: its entry, as JSON, and the keys under which it is found."""

import json
from collections.abc import Iterable, Iterator

from enrich.links.card import Card
from enrich.links.naming import loose_names
from enrich.links.shelf import Entry
from enrich.links.subject import name_key

NoteKeys = Iterator[tuple[str, Iterable[str], int]]


def entry_to_json(card: Card, title_terms: tuple[str, ...], own_title: int, traits: tuple[str, ...]) -> str:
    """The fields of an `Entry` from its title on."""
    return json.dumps(
        (
            card.title, card.description, card.tags, card.keywords, card.created, card.updated, card.draft,
            title_terms, own_title, traits,
        )
    )  # fmt: skip


def entry_from_json(number: int, path: str, words: int, title_weight: float, value: str) -> Entry:
    """The entry of which `entry_to_json` wrote ``value``."""
    fields = (tuple(item) if isinstance(item, list) else item for item in json.loads(value))
    return Entry._make((number, path, words, title_weight, *fields))


def note_keys(card: Card, title_terms: tuple[str, ...], own_title: int, traits: tuple[str, ...]) -> NoteKeys:
    """The keys of a note but its words: each prefix with what follows it, and the weight in the postings."""
    yield "t", title_terms[:own_title], 1
    yield "t", title_terms[own_title:], 0
    yield "n", {key for name in card.names if (key := name_key(name))}, 1
    yield "k", set(card.keywords), 1
    yield "=", traits, 1
    yield "l", loose_names(card), 1
