"""Which notes of the vault an article is about too, best first, each with a reason in words: a draft's candidates.

What the author's links teach (`enrich.links.training`) is left out: it leads to the notes that the author links from
anywhere, and what a new note is about is decided by its article. Three likenesses of words of the same weight count:
that of title and lead, and two of the whole text. Each is a share of what a note with the article's words alone would
have, so that a limit holds for any article, and one that is like nothing in the vault is offered nothing. A note whose
name stands in the article is alike in words in any case. Where a model tells how near texts are in meaning, a note has
to be among the first by words and by meaning, whichever is worse.
"""

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice, takewhile

from msgspec import Struct
from msgspec.structs import replace

from enrich.links.document import Document, read_document
from enrich.links.features import gather_features
from enrich.links.likeness import Article, Compare
from enrich.links.note_index import NoteIndex
from enrich.links.query import Query
from enrich.links.reason import Reasons, shared_terms
from enrich.links.subject import read_subject
from enrich.vault.candidate import Candidate
from enrich.vault.link_text import LinkText
from enrich.vault.linkable import link_targets, may_be_linked
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault

_COMPARED = 30
"""Notes that are read and compared word by word, a bound of time: with 60 the judged pages of docs/ranking.md are
offered the same."""
_LIKE, _STEEPNESS = 0.038, 5.0
"""The likeness of a note that every second judge would link, and how fast the odds grow with its logarithm.

Fitted to the judged notes of docs/ranking.md, where it is reported for pages that it was not fitted to.
"""
_EMBEDDED = 200
"""Notes, the nearest by words, that are compared by meaning, a bound of time: of more, hardly one is among the first
by words too."""
_AGREED = 13
"""Place, by words and by meaning, of the last note that is offered. As `_LIKE` (docs/ranking.md)."""
_ALIKE = 0.09
"""Likeness of words and of meaning, their geometric mean, without which a note is offered in no place.

By articles that have nothing to do with a vault, half of which are offered nothing (docs/ranking.md).
"""


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


def rank_notes(
    query: Query,
    vault: Vault,
    note_type: NoteType,
    resolver: Resolver,
    index: NoteIndex | None = None,
    compare: Compare | None = None,
) -> Ranking:
    """The notes of ``vault`` by how likely they are about what ``query`` is about.

    Only notes of the types that ``note_type`` allows (all where the vault hardly has these types), no drafts, no lists
    of links, and none of ``query.exclude``. Without an ``index`` the vault is indexed in memory; without ``compare``
    words alone count.
    """
    targets = link_targets(note_type, Counter(note.type_name for note in vault.notes if not note.draft))
    index = index or _index_of(vault)
    article = Article(_document_of(query, note_type), index)
    features = gather_features(read_subject(article.document), index)
    allowed = {
        number: note
        for number in features.candidates
        if (note := vault.by_path.get(features.entries[number].path)) and may_be_linked(note, targets, query.exclude)
    }
    near = sorted(allowed, key=lambda number: (-article.nearness(number), number))
    likeness = {
        number: max(like, _LIKE if features.mentions.of(number) else 0.0)
        for number, like in article.likenesses({number: allowed[number] for number in near[:_COMPARED]}).items()
    }
    meaning = article.meanings({number: allowed[number] for number in near[:_EMBEDDED]}, compare) if compare else None
    scores = _score_words(likeness) if meaning is None else _score_both(likeness, meaning)
    best = sorted(scores.items(), key=lambda scored: (-scored[1], -likeness[scored[0]], scored[0]))
    scored = tuple((allowed[number], score, number) for number, score in best)
    return Ranking(scored, resolver, Reasons(features, index, query.text))


def _score_words(likeness: Mapping[int, float]) -> dict[int, float]:
    even = _LIKE**_STEEPNESS
    return {number: (odds := like**_STEEPNESS) / (odds + even) for number, like in likeness.items()}


def _score_both(likeness: Mapping[int, float], meaning: Mapping[int, float]) -> dict[int, float]:
    """By the worse of a note's places by words and by meaning; half of that for one that is not alike."""
    by_words, by_meaning = _places(likeness), _places(meaning)
    scores = {}
    for number, like in likeness.items():
        place = max(by_words[number], by_meaning[number])
        alike = math.sqrt(like * max(meaning[number], 0.0)) >= _ALIKE
        scores[number] = _AGREED / (_AGREED + place) * (1.0 if alike else 0.5)
    return scores


def _places(values: Mapping[int, float]) -> dict[int, int]:
    """The place of each number, the highest value's being 0."""
    return {number: place for place, number in enumerate(sorted(values, key=lambda number: (-values[number], number)))}


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
