"""Suggested links for one note: mentions where its words name a note, and related notes with a place for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from enrich.links.card import Card, read_card
from enrich.links.form import link_form
from enrich.links.index import Index
from enrich.links.mention import FoundMentions, Mention, read_mentions
from enrich.links.naming import Naming, anchor_words, resolve_anchors
from enrich.links.place import Place, place_mention, place_related
from enrich.links.reason import Reasons
from enrich.links.shelf import Entry
from enrich.links.subject import Subject, read_subject
from enrich.text.span import Span

if TYPE_CHECKING:
    from enrich.vault.note_type import NoteType  # its TOML reader is not needed here

Kind = Literal["mention", "related"]


@dataclass(frozen=True)
class Suggestion:
    """A link that the vault's author would probably make."""

    target: str
    """What stands between the brackets."""
    path: str
    """The path of the note it leads to."""
    score: float
    """How likely the author would make it, from 0 to 1."""
    kind: Kind
    span: Span | None
    """The words that become the link; None for a related note."""
    place: Place | None
    """The edit that makes the link; None when no place is left for it."""
    reason: str


@dataclass(frozen=True)
class Wishes:
    """What the caller wants suggested."""

    limit: int = 10
    min_score: float = 0.0
    kind: Kind | None = None
    """None: both."""
    dismissed: frozenset[str] = frozenset()
    """Paths that are never suggested for this note."""
    only: frozenset[str] = frozenset()
    """Paths to which suggestions are confined; empty: all."""
    only_older: bool = False
    """Only notes that were created before this one."""
    link_targets: tuple[str, ...] = ()
    """Types (first tags) of notes that may be linked; empty: all."""
    heading: str = "related"
    """Where a related note goes in a note of no type."""


def suggest_links(
    text: str, path: str, index: Index, note_type: "NoteType | None" = None, wishes: Wishes = Wishes()
) -> tuple[Suggestion, ...]:
    """Links for the note at ``path`` (in the vault; any name for a text that is not there) that holds ``text``.

    Best first; each target once, as a mention where its name stands in the text. Never the note itself, a draft, or
    what the note links to already in any form.
    """
    card = read_card(path, text)
    number = index.store.number_of(path)
    subject = read_subject(card, number)
    linked, own_words = _links_of(card, subject, index)
    found = read_mentions(text, subject, index.store, index.related.model, own_words)
    barred = linked | {number}
    common = frozenset(note_type.link_targets) if note_type else frozenset()
    reasons = Reasons(found.evidence, index.store, text, common)
    mentions = [] if wishes.kind == "related" else list(_mentions(found, index, barred, wishes, reasons))
    named = {suggestion.path for suggestion in mentions}
    related = [] if wishes.kind == "mention" else _related(found, index, barred, wishes, note_type, reasons)
    every = [*mentions, *(suggestion for suggestion in related if suggestion.path not in named)]
    every.sort(key=lambda suggestion: (-suggestion.score, suggestion.path))
    return tuple(every[: wishes.limit])


def _links_of(card: Card, subject: Subject, index: Index) -> tuple[set[int], set[tuple[str, int]]]:
    """What the text links to, in whatever form, and the words its links show."""
    naming = Naming(index.store.postings, index.store.path_of)
    linked, words = resolve_anchors(anchor_words(card), naming, subject.number, card.folder)
    return set(linked), words


def _wanted(entry: Entry, found: FoundMentions, wishes: Wishes) -> bool:
    if entry.draft or entry.path in wishes.dismissed or (wishes.only and entry.path not in wishes.only):
        return False
    if wishes.link_targets and not set(entry.tags[:1]) & set(wishes.link_targets):
        return False
    created = found.evidence.subject.created
    return not (wishes.only_older and created and entry.created >= created)


def _mentions(
    found: FoundMentions, index: Index, barred: set[int], wishes: Wishes, reasons: Reasons
) -> Iterable[Suggestion]:
    text = reasons.text
    taken: set[Span] = set()
    scored = [(index.mentions.model.probability(row), m) for m, row in zip(found.mentions, found.rows, strict=True)]
    scored.sort(key=lambda pair: (-pair[0], pair[1].spans[0], pair[1].target))
    for score, mention in scored:
        entry = index.store.entries([mention.target])[mention.target]
        span = _free_span(mention, taken)
        link = link_form(entry, index.store)
        if score < wishes.min_score or mention.target in barred or span is None or link is None:
            continue
        if _wanted(entry, found, wishes):
            taken.add(span)
            place = place_mention(text, span, link)
            reason = "; ".join(reasons.mention(mention, span.of(text), entry))
            yield Suggestion(link, entry.path, score, "mention", span, place, reason)


def _free_span(mention: Mention, taken: set[Span]) -> Span | None:
    """The first occurrence that no better suggestion has taken."""
    for span in mention.spans:
        if not any(span.start < other.end and other.start < span.end for other in taken):
            return span
    return None


def _related(
    found: FoundMentions,
    index: Index,
    barred: set[int],
    wishes: Wishes,
    note_type: "NoteType | None",
    reasons: Reasons,
) -> list[Suggestion]:
    ranked = sorted(found.related.items(), key=lambda pair: (-pair[1], pair[0]))
    suggestions: list[Suggestion] = []
    for number, score in ranked:
        if len(suggestions) == wishes.limit or score < wishes.min_score:
            break
        entry = found.evidence.entries[number]
        link = link_form(entry, index.store)
        if number in barred or link is None or not _wanted(entry, found, wishes):
            continue
        place = place_related(reasons.text, link, entry.title_terms, note_type, wishes.heading)
        reason = "; ".join(reasons.related(number))
        suggestions.append(Suggestion(link, entry.path, score, "related", None, place, reason))
    return suggestions
