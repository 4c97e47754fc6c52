"""Gather a draft's context: what of the vault belongs to a source, decided before any model is asked."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from enrich.draft.context import DraftContext, Exemplar, SeeAlsoMode
from enrich.draft.exemplar import is_exemplary, render_exemplar
from enrich.draft.section import is_tag_of
from enrich.draft.subject import Subjects
from enrich.errors import ExistsError
from enrich.links.likeness import Compare
from enrich.links.note_index import NoteIndex
from enrich.links.query import Query
from enrich.links.rank import Ranking, rank_notes
from enrich.source.address import address_key
from enrich.source.source import Source
from enrich.text.words import split_words
from enrich.vault.habits import Pair, concept_pair, count_tags, find_concepts, find_exemplars
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault

CANDIDATES = 12
"""Notes that the model may link, of which a note usually has two. By hand: each is a line of the prompt, and among the
first ten are .58 to .84 of the links that an author made (docs/measured.md)."""
EXEMPLARS = 2
"""By hand: of one, a model takes the subject for the form; two show what varies."""
EXEMPLAR_CHARACTERS = 6_000
"""Both exemplars together: about 1,500 tokens."""
EXEMPLARS_TRIED = 40
"""Notes of the type's shape, the nearest first, that are asked whether they keep every rule."""
KNOWN_TAGS = 60
"""Tags that the model chooses from. By hand: the sixty most used topics of a journal of 737 notes make four fifths of
all uses of its 140."""

_FLAGS = {
    "extractors disagree": "article: two readers of the page took different text for it; compare it in the review",
    "date guessed": "date: guessed from the page's text; compare it in the review, or set it with --date YYYY-MM-DD",
}
"""What the marks of a source mean to whoever has to look at it; the others are words already."""


class Options(Struct, frozen=True):
    """What the user said about the note."""

    today: date
    created: date | None = None
    note_title: str = ""
    see_also: SeeAlsoMode = "notes"
    left_out: frozenset[str] = frozenset()
    """Paths of notes that the vault's owner wants suggested nowhere."""
    is_hollow: Callable[[str], bool] = lambda _: False
    """Whether the note at a path says little of its own: no model is shown it, and no see-also line follows it."""
    own: str = ""
    """The path of the note that is written, where there is one: it shows nobody the form."""
    compare: Compare | None = None
    """How near texts are in meaning, where a model for that is installed."""


def gather_context(
    source: Source,
    vault: Vault,
    resolver: Resolver,
    note_type: NoteType,
    options: Options,
    index: NoteIndex | None = None,
) -> DraftContext:
    """Candidates, exemplars, tags and see-also concepts of ``vault`` for a note about ``source``.

    Without an ``index`` the vault is indexed in memory.
    """
    tags = tags_in_source(source, vault, note_type)
    created = options.created or source.published
    query = Query(title=source.title, text=source.text, tags=tags, created=created, exclude=options.left_out)
    ranking = rank_notes(query, vault, note_type, resolver, index, options.compare)
    subjects = Subjects(vault)
    used = [tag for tag, count in count_tags(vault).most_common() if count >= note_type.tag_known_after]
    warnings = [_FLAGS.get(flag, flag) for flag in source.flags if flag != "text given"]
    if created is None:
        warnings.append("date: the page names none, so today's is used; set it with --date YYYY-MM-DD")
    concepts = find_concepts(vault) if note_type.see_also else frozenset()
    pair = _near_pair(ranking, vault, concepts, options)
    candidates = ranking.candidates(CANDIDATES)
    if options.see_also == "concepts" and note_type.see_also and pair is None:
        warnings.append("see also: no concept stands in enough notes of the vault, so notes are linked")
    return DraftContext(
        source=source,
        note_type=note_type.name,
        created=created or options.today,
        candidates=tuple(replace(row, line=subjects.of(row)) for row in candidates),
        exemplars=_exemplars(ranking, vault, note_type, {options.own, *(row.path for row in candidates)}, options),
        known_tags=tuple(_topics(used, vault, note_type)[:KNOWN_TAGS]),
        concepts={} if pair is None else {"": pair},
        see_also=options.see_also,
        note_title=options.note_title,
        warnings=tuple(warnings),
    )


def refuse_known_address(vault: Vault, url: str) -> None:
    """ExistsError when a note of ``vault`` cites ``url`` already."""
    key = address_key(url)
    host = key.partition("/")[0]
    for note in vault.notes:
        if any(_may_be_of(host, cited) and address_key(cited) == key for cited in note.urls):
            raise ExistsError(f"{url}: {note.path} already cites it; read that note, or draft again with --again")


def _may_be_of(host: str, cited: str) -> bool:
    """Whether an address can be of the host: one of another, as nearly every one is, need not be taken apart."""
    return host in cited.casefold() or not cited.isascii()


def refuse_known_title(vault: Vault, title: str) -> None:
    """ExistsError when a note called ``title`` is there already: a second one would make links to it ambiguous."""
    for note in vault.named(title):
        raise ExistsError(
            f"{title}: {note.path} has that name already; choose another with --note-title, or go on with --again"
        )


def tags_in_source(source: Source, vault: Vault, note_type: NoteType) -> tuple[str, ...]:
    """Tags of the vault whose every word stands in the source, the most used first."""
    words = {word.text.casefold() for word in split_words(f"{source.title}\n{source.text}")}
    counted = [tag for tag, _ in count_tags(vault).most_common()]
    topics = _topics(counted, vault, note_type)
    last = ((tag, split_words(tag.rpartition("/")[2])) for tag in topics)  # of a nested tag its last part tells
    return tuple(tag for tag, said in last if said and {word.text.casefold() for word in said} <= words)


def _topics(tags: Sequence[str], vault: Vault, note_type: NoteType) -> list[str]:
    """``tags`` without years and note types."""
    types = {note.type_name for note in vault.notes} | {note_type.name, *note_type.link_targets}
    return [tag for tag in tags if tag not in types and not tag.isdigit() and is_tag_of(tag, note_type)]


def _near_pair(ranking: Ranking, vault: Vault, concepts: Collection[str], options: Options) -> Pair | None:
    """The pair of concepts of the article's nearest notes, each of which speaks for its own as much as it is near.

    Where none of them has one, it is the pair that the vault uses most.
    """
    votes: dict[Pair, float] = defaultdict(float)
    for note, nearness, _ in ranking.scored[:CANDIDATES]:
        if (pair := concept_pair(note, concepts)) and not options.is_hollow(note.path):
            votes[pair] += nearness
    if not votes:
        votes.update(Counter(pair for note in vault.notes if (pair := concept_pair(note, concepts))))
    return max(votes, key=votes.__getitem__, default=None)


def _exemplars(
    ranking: Ranking, vault: Vault, note_type: NoteType, offered: Collection[str], options: Options
) -> tuple[Exemplar, ...]:
    """The notes of the same shape that are nearest in topic and keep every rule, as many as the budget allows.

    None that is ``offered`` as a candidate: what a note shown whole says would be said of it. None that is hollow: a
    model writes on in its way.
    """
    shaped = {note.path: note for note in find_exemplars(vault, note_type) if note.path not in offered}
    if not shaped:
        return ()
    ranked = [note for note, _, _ in ranking.scored if note.path in shaped]
    near = (*ranked, *(note for note in shaped.values() if note not in ranked))
    full = islice((note for note in near if not options.is_hollow(note.path)), EXEMPLARS_TRIED)
    concepts = find_concepts(vault)

    chosen: list[Exemplar] = []
    budget = EXEMPLAR_CHARACTERS
    for note in full:
        if len(chosen) == EXEMPLARS:
            break
        text = _shown(note, note_type, ranking.resolver, concepts)
        if text and len(text) <= budget:
            chosen.append(Exemplar(note.path, text))
            budget -= len(text)
    return tuple(chosen)


@lru_cache(maxsize=512)  # the same notes are near many articles of a batch, and are checked as drafts are
def _shown(note: Note, note_type: NoteType, resolver: Resolver, concepts: frozenset[str]) -> str:
    """The note as an exemplar; empty where it keeps not every rule, or lacks a section."""

    def resolves(target: str) -> tuple[bool, bool]:
        return resolver.obsidian(target) is not None, resolver.quartz(target) is not None

    return render_exemplar(note, note_type) if is_exemplary(note, note_type, resolves, concepts) else ""
