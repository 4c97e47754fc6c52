"""Which notes of the vault a text may link to, best first, each with a reason in words."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from enrich.links.document import Document, read_document
from enrich.links.features import gather_features
from enrich.links.learned import Learned, Models, Trained
from enrich.links.note_index import NoteIndex
from enrich.links.pretrained import PRETRAINED_MENTIONS, PRETRAINED_RELATED
from enrich.links.query import Query
from enrich.links.reason import Reasons, shared_terms
from enrich.links.rows import read_rows
from enrich.vault.candidate import Candidate
from enrich.vault.link_text import LinkText
from enrich.vault.linkable import link_targets, may_be_linked
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault


@dataclass(frozen=True)
class Ranking:
    """The notes that a query may link to, the most likely first; what it costs to explain them is not spent yet."""

    scored: tuple[tuple[Note, float, int], ...]
    """Each note with how likely the link is and its number in the index."""
    resolver: Resolver
    reasons: Reasons

    def candidates(self, limit: int) -> tuple[Candidate, ...]:
        """The first ``limit`` whose link resolves under Obsidian's and Quartz's rules, each with its reasons."""
        found = (
            _candidate(note, link, score, number, self.reasons)
            for note, score, number in self.scored
            if (link := self.resolver.link_to(note))
        )
        return tuple(replace(candidate, id=f"n{place}") for place, candidate in enumerate(islice(found, limit), 1))


def find_candidates(
    query: Query, vault: Vault, note_type: NoteType, resolver: Resolver, limit: int = 12, learned: Learned | None = None
) -> tuple[Candidate, ...]:
    """The ``limit`` notes that ``query`` most likely links to, the most likely first; see `rank_notes`."""
    return rank_notes(query, vault, note_type, resolver, learned).candidates(limit)


def rank_notes(
    query: Query, vault: Vault, note_type: NoteType, resolver: Resolver, learned: Learned | None = None
) -> Ranking:
    """The notes of ``vault`` by how likely ``query`` links to them.

    Only notes of the types that ``note_type`` allows (all where the vault hardly has these types), no drafts, and none
    of ``query.exclude``. ``learned`` comes from the vault's index; without it the vault is indexed in memory and ranked
    by what holds for vaults in general.
    """
    targets = link_targets(note_type, Counter(note.type_name for note in vault.notes if not note.draft))
    learned = learned or Learned(_index_of(vault), Models(Trained(PRETRAINED_RELATED), Trained(PRETRAINED_MENTIONS)))
    subject, models = learned.read(_document_of(query, note_type))
    features = gather_features(subject, learned.index)
    numbers, rows = read_rows(features)
    scored = sorted(
        zip(map(models.related.model.probability, rows), numbers, strict=True), key=lambda pair: (-pair[0], pair[1])
    )
    allowed = (
        (note, score, number)
        for score, number in scored
        if (note := vault.by_path.get(features.entries[number].path)) and may_be_linked(note, targets, query.exclude)
    )
    return Ranking(tuple(allowed), resolver, Reasons(features, learned.index, query.text, frozenset(targets)))


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
