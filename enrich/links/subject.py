"""The note that links are looked for, as the features see it."""

import math
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from enrich.links.document import Document
from enrich.links.terms import name_terms, split_terms, split_words, term_of

LONGEST_NAME = 8
"""Terms of a name that can be mentioned, a bound of time: longer titles do not stand in prose."""
MOST_HEADINGS = 12
"""Headings that are traits of a note, a bound of memory: types have at most half as many."""


Forms = Mapping[str, str]
"""Of terms of a text the term of a title that is the same word."""


class Subject(Struct, frozen=True):
    """A text that wants links. `number` is its number in the index, -1 when it is not there."""

    number: int
    path: str
    terms: Mapping[str, int]
    title_terms: tuple[str, ...]
    sequence: tuple[str, ...]
    """The terms in order, for names of several words; an empty one where the text breaks off."""
    names: tuple[str, ...]
    tags: tuple[str, ...]
    keywords: tuple[str, ...]
    traits: tuple[str, ...]
    created: int
    updated: int
    near: Mapping[int, float] | None = None
    """Notes that are near in meaning, and how near: see `enrich.links.meaning`. None where nothing was embedded."""
    forms: Forms = MappingProxyType({})
    """Terms of the text that are another form of one of a title; those of the titles are among the terms."""

    @property
    def folder(self) -> str:
        """The folder in the vault; empty at the top."""
        return self.path.rpartition("/")[0]


def read_subject(document: Document, number: int = -1, near: Mapping[int, float] | None = None) -> Subject:
    """What the features need of ``document``, and what they are to know of its meaning."""
    prose, title, description = (
        split_terms(document.prose),
        split_terms(document.title),
        split_terms(document.description),
    )
    return Subject(
        number=number,
        path=document.path,
        terms=count_terms(document),
        title_terms=tuple(dict.fromkeys(title)),
        sequence=(*prose, "", *description, "", *title),
        names=document.names,
        tags=document.tags,
        keywords=document.keywords,
        traits=traits_of(document),
        created=document.created,
        updated=document.updated,
        near=near,
    )


def count_terms(document: Document) -> Counter[str]:
    """How often each term stands in the note."""
    counts = Counter(map(term_of, words_of(document)))
    counts.pop("", 0)
    return counts


def words_of(document: Document) -> list[str]:
    """The words that a note is found by: those of title and stem twice, all others once."""
    title = _title_and_stem(document)
    return split_words("\n".join((document.prose, title, title, document.description, *document.aliases)))


def title_terms_of(document: Document) -> tuple[tuple[str, ...], int]:
    """The terms of title, stem and aliases, each once, and how many of them are the title's."""
    own = dict.fromkeys(name_terms(_title_and_stem(document)))
    every = dict.fromkeys((*own, *split_terms(" ".join(document.aliases)))) if document.aliases else own
    return tuple(every), len(own)


def _title_and_stem(document: Document) -> str:
    return document.title if document.title == document.stem else f"{document.title} {document.stem}"


def traits_of(document: Document) -> tuple[str, ...]:
    """What kind of note it is, in words: folder, case of the name, keys, headings, month, day of update, tags."""
    traits = [f"folder:{document.folder}", f"case:{_case(document.stem)}", f"keys:{document.front_keys}"]
    traits += [f"heading:{heading}" for heading in document.headings[:MOST_HEADINGS]]
    if document.created:
        traits.append(f"month:{document.created // 30}")
    if document.updated:
        traits.append(f"updated:{document.updated}")
    return (*dict.fromkeys(traits), *(f"tag:{tag}" for tag in document.tags))


def _case(stem: str) -> str:
    if stem == stem.lower():
        return "lower"
    words = stem.split()
    return "title" if sum(word[:1].isupper() for word in words) >= 0.6 * len(words) else "mixed"


def name_key(name: str) -> str:
    """A name as the index looks it up: its terms joined by spaces; empty when there are none, or too many."""
    terms = name_terms(name.lstrip("#"))
    return " ".join(terms) if len(terms) <= LONGEST_NAME else ""


def log_count(count: int) -> float:
    """How much a term that occurs ``count`` times weighs."""
    return 1.0 + math.log(count)
