"""Which notes of the vault an article is about too, best first, each with a reason in words: a draft's candidates.

What the author's links teach (`enrich.links.training`) is left out: it leads to the notes that the author links from
anywhere, and what a new note is about is decided by its article. Three likenesses of the same weight count: that of
title and lead, and two of the whole text. Each is a share of what a note with the article's words alone would have, so
that a limit holds for any article, and one that is like nothing in the vault is offered nothing. A note whose name
stands in the article is offered in any case.
"""

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice, takewhile

from msgspec import Struct
from msgspec.structs import replace

from enrich.links.bm25 import HIGHEST
from enrich.links.document import Document, read_document
from enrich.links.features import gather_features, search_words
from enrich.links.model import sigmoid
from enrich.links.note_index import NoteIndex, rarity
from enrich.links.query import Query
from enrich.links.reason import Reasons, shared_terms
from enrich.links.subject import count_terms, log_count, read_subject
from enrich.vault.candidate import Candidate
from enrich.vault.link_text import LinkText
from enrich.vault.linkable import link_targets, lists_links, may_be_linked
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault

_LEAD = 800
"""Characters of the text that say what it is about; what MiniLM reads of a text, roughly."""
_COMPARED = 30
"""Notes that are read and compared word by word; with 60 the judged pages of docs/ranking.md are offered the same."""
_LIKE, _STEEPNESS = 0.038, 5.0
"""The likeness of a note that every second judge would link, and how fast the odds grow with its logarithm.

Fitted to the judged notes of docs/ranking.md, where it is reported for pages that it was not fitted to.
"""
_FEWEST_SHARED = 2
"""Words that make two texts alike: one alone is chance, in short notes above all."""
_LEAST = 1e-4
"""Likeness that a note has to anything, so that a logarithm is there."""

Words = Mapping[str, int]


class Ranking(Struct, frozen=True):
    """The notes that a query may link to, the most likely first; what it costs to explain them is not spent yet."""

    scored: tuple[tuple[Note, float, int], ...]
    """Each note with how likely it belongs to the query and its number in the index."""
    resolver: Resolver
    reasons: Reasons

    def candidates(self, limit: int) -> tuple[Candidate, ...]:
        """The first ``limit`` that more likely than not belong to the query, each with its reasons.

        Their links resolve under Obsidian's and Quartz's rules.
        """
        likely = takewhile(lambda scored: scored[1] >= 0.5, self.scored)
        found = (
            _candidate(note, link, score, number, self.reasons)
            for note, score, number in likely
            if (link := self.resolver.link_to(note))
        )
        return tuple(replace(candidate, id=f"n{place}") for place, candidate in enumerate(islice(found, limit), 1))


def find_candidates(
    query: Query, vault: Vault, note_type: NoteType, resolver: Resolver, limit: int = 12
) -> tuple[Candidate, ...]:
    """The notes that belong to ``query``, ``limit`` at most, the most likely first; see `rank_notes`."""
    return rank_notes(query, vault, note_type, resolver).candidates(limit)


def rank_notes(
    query: Query, vault: Vault, note_type: NoteType, resolver: Resolver, index: NoteIndex | None = None
) -> Ranking:
    """The notes of ``vault`` by how likely they are about what ``query`` is about.

    Only notes of the types that ``note_type`` allows (all where the vault hardly has these types), no drafts, no lists
    of links, and none of ``query.exclude``. Without an ``index`` the vault is indexed in memory.
    """
    targets = link_targets(note_type, Counter(note.type_name for note in vault.notes if not note.draft))
    index = index or _index_of(vault)
    document = _document_of(query, note_type)
    features = gather_features(read_subject(document), index)
    article = _Article(document, index)
    allowed = {
        number: note
        for number in features.candidates
        if (note := vault.by_path.get(features.entries[number].path)) and may_be_linked(note, targets, query.exclude)
    }
    near = sorted(allowed, key=lambda number: (-article.nearness(number), number))[:_COMPARED]
    likeness = {
        number: max(article.likeness(number, allowed[number]), _LIKE if features.mentions.of(number) else 0.0)
        for number in near
        if not lists_links(allowed[number])
    }
    best = sorted(likeness, key=lambda number: (-likeness[number], number))
    scored = ((allowed[number], sigmoid(_STEEPNESS * math.log(likeness[number] / _LIKE)), number) for number in best)
    return Ranking(tuple(scored), resolver, Reasons(features, index, query.text))


class _Article:
    """The words of an article, weighed by how rare they are in the vault."""

    def __init__(self, document: Document, index: NoteIndex) -> None:
        self.index = index
        lead = replace(document, prose=document.prose[:_LEAD])
        words = _words_of(document)
        self.weights = self._weigh(words)
        self.length = _length(self.weights)
        self.searches = [
            (search_words(index, some), HIGHEST * sum(self._weigh(some).values())) for some in (_words_of(lead), words)
        ]

    def nearness(self, number: int) -> float:
        """The mean (geometric) of BM25 with the lead and with the whole text, as shares of the highest possible."""
        shares = [float(found.of(number)) / most if most else 0.0 for found, most in self.searches]
        return math.prod(max(share, _LEAST) for share in shares)

    def likeness(self, number: int, note: Note) -> float:
        """The same with the cosine of all words as a third share."""
        weights = self._weigh(_words_of_note(note))
        shared = [weight * self.weights[word] for word, weight in weights.items() if word in self.weights]
        if len(shared) < _FEWEST_SHARED:
            return _LEAST
        cosine = sum(shared) / ((_length(weights) * self.length) or 1.0)
        return math.cbrt(self.nearness(number) * max(cosine, _LEAST))

    def _weigh(self, words: Words) -> dict[str, float]:
        self.index.known("w", words)  # looked up together
        size = self.index.facts.size
        return {
            word: log_count(count) * rarity(len(self.index.postings("w" + word)), size) for word, count in words.items()
        }


def _words_of(document: Document) -> Words:
    """The terms of a text but for numbers, which many texts share by accident."""
    return {term: count for term, count in count_terms(document).items() if not term.isdigit()}


@lru_cache(maxsize=512)  # articles of a batch are near the same notes
def _words_of_note(note: Note) -> Words:
    return _words_of(read_document(note))


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))


@lru_cache(maxsize=1)
def _index_of(vault: Vault) -> NoteIndex:
    """The vault in memory; the last one is kept, because a draft asks more than once."""
    from enrich.links.memory_index import MemoryIndex  # numpy, which a search in an index does without

    index = MemoryIndex()
    for note in vault.notes:
        index.add(read_document(note))
    index.finish()
    return index


def _document_of(query: Query, note_type: NoteType) -> Document:
    """The query as a note of the type would look, before it has links."""
    return Document(
        path="",
        title=query.title,
        aliases=(),
        tags=(note_type.name, *(tag.lower() for tag in query.tags)),
        keywords=tuple(word.lower() for word in query.keywords),
        description="",
        created=query.created.toordinal() if query.created else 0,
        updated=0,
        draft=True,
        opted_out=False,
        type_name=note_type.name,
        headings=tuple(heading.lower() for heading in note_type.headings),
        front_keys="",
        links=(),
        prose=query.text,
    )


def _candidate(note: Note, link: LinkText, score: float, number: int, reasons: Reasons) -> Candidate:
    features = reasons.features
    return Candidate(
        id="",
        path=note.path,
        link=link,
        title=note.title or note.stem,
        line=note.description or note.title or note.stem,
        score=round(score, 4),
        reasons=reasons.related(number),
        tags=tuple(note.tags),
        terms=shared_terms(features.subject.terms, features.entries[number], reasons.index),
    )
