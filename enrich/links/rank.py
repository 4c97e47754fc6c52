"""Which notes of the vault a text may link to, best first, each with a reason in words."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from enrich.links.query import Query
from enrich.links.terms import split_terms
from enrich.vault.candidate import Candidate
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault

_FIELD_WEIGHTS = {"title": 3.0, "description": 2.0, "keywords": 2.0, "text": 1.0}
_SATURATION, _LENGTH_SHARE = 1.2, 0.75
_TERMS_SHOWN = 4


@dataclass(frozen=True)
class _Document:
    note: Note
    terms: dict[str, float]
    length: float


def find_candidates(
    query: Query, vault: Vault, note_type: NoteType, resolver: Resolver, limit: int = 12
) -> tuple[Candidate, ...]:
    """The ``limit`` notes that ``query`` most likely links to: BM25 times a prior for notes that are linked often.

    Only notes of the types that ``note_type`` allows, no drafts, none of ``query.exclude``, and only notes whose link
    resolves under Obsidian's and Quartz's rules.
    """
    documents = [_read_document(note) for note in vault.notes if _may_be_linked(note, query, note_type)]
    ranking = _Ranking(query, documents, _count_links(vault, resolver))
    best = ranking.best_first()
    linkable = ((score, document.note, link) for score, document in best if (link := resolver.link_to(document.note)))
    return tuple(
        ranking.candidate(f"n{number}", note, link, score / best[0][0])
        for number, (score, note, link) in enumerate(islice(linkable, limit), 1)
    )


class _Ranking:
    """The documents that may be linked, scored for one query."""

    def __init__(self, query: Query, documents: list[_Document], linked: Counter[str]) -> None:
        self.query, self.documents, self.linked = query, {d.note.path: d for d in documents}, linked
        self.rarity = _rarities(documents)
        self.average_length = sum(document.length for document in documents) / max(1, len(documents))
        words = split_terms(" ".join((query.title, query.text, *query.keywords)))
        self.wanted = {term for term in words if term in self.rarity}

    def best_first(self) -> list[tuple[float, _Document]]:
        scored = [(self._score(document), document) for document in self.documents.values()]
        return sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].note.path))

    def candidate(self, name: str, note: Note, link: str, score: float) -> Candidate:
        terms = self._shared_terms(note)
        return Candidate(
            id=name,
            path=note.path,
            link=link,
            title=note.title or note.stem,
            line=note.description or note.title or note.stem,
            score=round(score, 4),
            reasons=tuple(_reasons(note, self.query, terms, self.linked[note.path])),
            tags=tuple(note.tags),
            terms=terms,
        )

    def _score(self, document: _Document) -> float:
        norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * document.length / self.average_length)
        similar = sum(
            self.rarity[term] * count * (_SATURATION + 1) / (count + norm)
            for term in self.wanted
            if (count := document.terms.get(term, 0))
        )
        return similar * (1 + math.log1p(self.linked[document.note.path]) / 4)

    def _shared_terms(self, note: Note) -> tuple[str, ...]:
        shared = self.wanted & self.documents[note.path].terms.keys()
        return tuple(sorted(shared, key=lambda term: (-self.rarity[term], term))[:_TERMS_SHOWN])


def _may_be_linked(note: Note, query: Query, note_type: NoteType) -> bool:
    if note.draft or note.path in query.exclude:
        return False
    return not note_type.link_targets or note.type_name in note_type.link_targets


def _read_document(note: Note) -> _Document:
    terms: dict[str, float] = {}
    fields = {
        "title": note.title or note.stem,
        "description": note.description,
        "keywords": " ".join(note.keywords),
        "text": note.text[note.body_start :],
    }
    for name, weight in _FIELD_WEIGHTS.items():
        for term in split_terms(fields[name]):
            terms[term] = terms.get(term, 0.0) + weight
    return _Document(note, terms, sum(terms.values()))


def _rarities(documents: list[_Document]) -> dict[str, float]:
    """For each term how rare it is (the weight BM25 gives it)."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(document.terms.keys())
    return {term: math.log1p((len(documents) - count + 0.5) / (count + 0.5)) for term, count in counts.items()}


def _count_links(vault: Vault, resolver: Resolver) -> Counter[str]:
    """How many notes link to each path; a note counts once."""
    linked: Counter[str] = Counter()
    for note in vault.notes:
        targets = {resolver.obsidian(link.target, note.path) for link in note.links}
        linked.update(target for target in targets if target and target != note.path)
    return linked


def _reasons(note: Note, query: Query, terms: tuple[str, ...], times_linked: int) -> Iterator[str]:
    shared = [tag for tag in note.tags if tag in query.tags and tag != note.type_name and not tag.isdigit()]
    if shared:
        yield "shares " + " ".join(f"#{tag}" for tag in shared)
    if terms:
        yield "terms: " + ", ".join(terms)
    if times_linked:
        yield f"linked {times_linked} time{'s' if times_linked > 1 else ''}"
