"""Suggested links for one note: mentions where its words name a note, and related notes with a place for each."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from enrich.links.document import Document, read_document
from enrich.links.form import in_format, link_form, with_heading
from enrich.links.index import Index
from enrich.links.link_list import RELATED, ListHeading
from enrich.links.loose_resolver import LooseResolver, link_words, resolve_links
from enrich.links.mention import FoundMentions, Mention, read_mentions
from enrich.links.model import Model
from enrich.links.note_index import Entry
from enrich.links.place import LinkPlace, place_mention, place_related
from enrich.links.reason import NO_OTHER, Reasons
from enrich.links.store import Store
from enrich.links.subject import Subject, name_key
from enrich.text.span import Span
from enrich.vault.app_settings import AppSettings
from enrich.vault.link_text import link_text
from enrich.vault.linkable import may_be_linked
from enrich.vault.note import Note, stem_of
from enrich.vault.vault import open_note

if TYPE_CHECKING:
    from enrich.vault.note_type import NoteType  # its TOML reader is not needed here

LinkKind = Literal["mention", "related"]


def _of_no_type() -> None:
    """The type of a note that has none."""


class Suggestion(Struct, frozen=True):
    """A link that the vault's author would probably make."""

    target: str
    """What stands between the brackets."""
    path: str
    """The path of the note it leads to."""
    score: float
    """How likely the author would make it, from 0 to 1."""
    kind: LinkKind
    span: Span | None
    """The words that become the link; None for a related note."""
    place: LinkPlace | None
    """The edit that makes the link; None when no place is left for it."""
    reason: str
    further: tuple[Span, ...] = ()
    """Where else the words stand."""
    heading: str = ""
    """Of the note's part that the link leads to; empty for the whole note."""


class Wishes(Struct, frozen=True):
    """What the caller wants suggested."""

    limit: int = 10
    min_score: float = 0.0
    kind: LinkKind | None = None
    """None: both."""
    dismissed: frozenset[str] = frozenset()
    """Paths that are never suggested for this note."""
    rules: AppSettings = field(default_factory=AppSettings)
    """Which notes the vault's owner leaves out everywhere."""
    only: frozenset[str] = frozenset()
    """Paths to which suggestions are confined; empty: all."""
    only_older: bool = False
    """Only notes that were created before this one."""
    note_type: "Callable[[], NoteType | None]" = _of_no_type
    """Of the note that is linked from, for the place of its lists. Asked only when a link is likely enough: to read the
    vault's types takes a tenth of an answer, which for most notes is that there is none."""
    link_targets: Callable[[], tuple[str, ...]] = tuple
    """Types of notes that may be linked; empty: all. See `enrich.vault.linkable.link_targets`; asked as late."""
    heading: ListHeading = RELATED
    """Of the list that a related note goes to in a note that has none yet."""


def suggest_links(note: Note, index: Index, wishes: Wishes = Wishes()) -> tuple[Suggestion, ...]:
    """Links for ``note``, which may lie outside of the vault, with a path that leads out of it.

    Best first; each target once, as a mention where its name stands in the text. Never the note itself, a draft, or
    what the note links to already in any form.
    """
    if note.opted_out:
        return ()
    document = read_document(note)
    number = index.store.number_of(note.path)
    subject, models = index.learned.read(document, number)
    linked, words = _links_of(document, subject, index)
    entry = index.store.entries([number]).get(number)
    own_words = words if entry is not None and not entry.draft else ()  # what was not counted is not taken off
    found = read_mentions(note, subject, index.store, models.related.model, own_words, wishes.min_score)
    reasons = Reasons(found.features, index.store, note.text)
    search = _Search(index.root, index.store, found, models.mentions.model, linked | {number}, wishes, reasons)
    mentions = [] if wishes.kind == "related" else list(search.mentions())
    named = {suggestion.path for suggestion in mentions}
    related = [] if wishes.kind == "mention" else list(islice(search.related(), wishes.limit))
    every = [*mentions, *(suggestion for suggestion in related if suggestion.path not in named)]
    every.sort(key=lambda suggestion: (-suggestion.score, suggestion.path))
    return tuple(every[: wishes.limit])


def _links_of(document: Document, subject: Subject, index: Index) -> tuple[set[int], set[tuple[str, int]]]:
    """What the text links to, in whatever form, and the words its links show."""
    resolver = LooseResolver(index.store.postings, index.store.path_of)
    linked, words = resolve_links(link_words(document.links), resolver, subject.number, document.folder)
    return {*linked, *index.store.drawn_from(document.path)}, words


class _Search(Struct, frozen=True):
    """What was found for one text, and which of it may be suggested."""

    root: Path
    store: Store
    found: FoundMentions
    model: Model
    """For mentions."""
    barred: set[int]
    wishes: Wishes
    reasons: Reasons

    def mentions(self) -> Iterator[Suggestion]:
        """Words that may become links, the likeliest first; no two overlap."""
        taken: set[Span] = set()
        pairs = zip(self.found.mentions, self.found.rows, strict=True)
        scored = [(self.model.probability(row), mention) for mention, row in pairs]
        scored.sort(key=lambda pair: (-pair[0], pair[1].spans[0], pair[1].target))
        for score, mention in scored:
            entry = self.store.entries([mention.target])[mention.target]
            if self._has_nearer_namesake(mention, entry):
                continue
            span = _free_span(mention, taken)
            link = self._link_to(entry, score)
            heading = self._heading_of(entry, mention) if link and mention.phrase.of_heading else ""
            if span is not None and link is not None and heading is not None:
                link = with_heading(link, heading)
                taken.add(span)
                place = place_mention(self.reasons.text, span, link)
                reason = "; ".join(self.reasons.mention(mention, span.of(self.reasons.text), entry))
                further = tuple(other for other in mention.spans if other.start > span.start)
                yield Suggestion(link, entry.path, score, "mention", span, place, reason, further, heading)

    def _heading_of(self, entry: Entry, mention: Mention) -> str | None:
        """The heading that the words are, as its note writes it; None where a link cannot hold it."""
        note = open_note(self.root, entry.path)
        headings = (
            [heading.text for heading in note.headings if name_key(heading.text) == mention.phrase.key] if note else []
        )
        return headings[0] if headings and link_text(headings[0]) else None

    def _has_nearer_namesake(self, mention: Mention, entry: Entry) -> bool:
        """Whether a note of the same file name lies in the text's own folder: that one is meant."""
        own = self.reasons.features.subject.folder
        if entry.folder == own or len(mention.phrase.targets) == 1:
            return False
        stem = stem_of(entry.path).lower()
        others = self.store.entries(mention.phrase.targets - {entry.number}).values()
        return any(other.folder == own and stem_of(other.path).lower() == stem for other in others)

    def related(self) -> Iterator[Suggestion]:
        """Related notes, the likeliest first; those that nothing in the text speaks for only where all are wanted."""
        for number, score in sorted(self.found.related.items(), key=lambda pair: (-pair[1], pair[0])):
            entry = self.found.features.entries[number]
            if number in self.found.everyday and not self.reasons.has_linking_neighbours(number):
                continue
            link = self._link_to(entry, score)
            reason = "; ".join(self.reasons.related(number)) if link else ""
            if link is not None and not (reason == NO_OTHER and self.wishes.min_score):
                note_type, heading = self.wishes.note_type(), self.wishes.heading
                place = place_related(self.reasons.text, link, entry.title_terms, note_type, heading)
                yield Suggestion(link, entry.path, score, "related", None, place, reason)

    def _link_to(self, entry: Entry, score: float) -> str | None:
        """What stands between the brackets; None for a note that is not to be suggested."""
        if score < self.wishes.min_score or entry.number in self.barred or not self._is_wanted(entry):
            return None
        link = link_form(entry, self.store)
        folder = self.reasons.features.subject.folder
        return link and in_format(link, entry.path, folder, self.wishes.rules.link_format)

    def _is_wanted(self, entry: Entry) -> bool:
        wishes = self.wishes
        if (wishes.only and entry.path not in wishes.only) or wishes.rules.leaves_out(entry.path, entry.tags):
            return False
        if not may_be_linked(entry, wishes.link_targets(), wishes.dismissed):
            return False
        created = self.found.features.subject.created
        return not (wishes.only_older and created and entry.created >= created)


def _free_span(mention: Mention, taken: set[Span]) -> Span | None:
    """The first occurrence that no better suggestion has taken."""
    for span in mention.spans:
        if not any(span.start < other.end and other.start < span.end for other in taken):
            return span
    return None
