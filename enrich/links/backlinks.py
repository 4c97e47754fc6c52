"""Which older notes should now link to a note that is new."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from enrich.links.document import Document, read_document
from enrich.links.features import gather_features
from enrich.links.index import Index
from enrich.links.note_index import Entry, unpack
from enrich.links.rows import read_rows
from enrich.links.suggest import Suggestion
from enrich.links.terms import split_terms
from enrich.vault.note import parse_note

_NEAREST, _NAMING = 40, 40
"""Older notes that are asked, by likeness and for one name. Chosen by hand: each costs a search."""


class Backlink(Struct, frozen=True):
    """A link to the note that another note should have."""

    path: str
    """The note that should get it."""
    suggestion: Suggestion


def find_backlinks(
    text: str, path: str, index: Index, suggest: Callable[[str], Suggestion | None]
) -> tuple[Backlink, ...]:
    """Links to the note at ``path`` in older notes, the most likely first.

    Asked are the notes that hold all words of one of its names and those that it would itself most likely link to.
    ``suggest`` answers for the path of one of them: the link to the note, or None.
    """
    document = read_document(parse_note(path, text))
    found = [
        Backlink(entry.path, suggestion)
        for entry in _older_notes(document, index)
        if (suggestion := suggest(entry.path)) is not None
    ]
    return tuple(sorted(found, key=lambda backlink: (-backlink.suggestion.score, backlink.path)))


def _older_notes(document: Document, index: Index) -> Iterator[Entry]:
    store = index.store
    numbers = dict.fromkeys((*_naming_notes(document, index), *_nearest_notes(document, index)))
    numbers.pop(store.number_of(document.path), None)
    for entry in store.entries(numbers).values():
        if not entry.draft and (not document.created or entry.created < document.created):
            yield entry


def _naming_notes(document: Document, index: Index) -> Iterator[int]:
    """Notes that hold all terms of a name; a name that very many hold says nothing."""
    for name in document.names:
        holders = [
            {number for number, _ in map(unpack, index.store.postings(f"w{term}"))} for term in set(split_terms(name))
        ]
        together = set.intersection(*holders) if holders else set()
        if len(together) <= _NAMING:
            yield from sorted(together)


def _nearest_notes(document: Document, index: Index) -> list[int]:
    subject, models = index.learned.read(document, index.store.number_of(document.path))
    numbers, rows = read_rows(gather_features(subject, index.store))
    scored = [(models.related.model.probability(row), number) for number, row in zip(numbers, rows, strict=True)]
    return [number for _, number in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:_NEAREST]]
