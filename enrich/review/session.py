"""A review session: a note's text, what was found about it, and what an action makes of it. No disk, no clock."""

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from enrich.check.check_note import check_note, check_style_of, stand_for
from enrich.check.evidence.judgement import PERSON, Reading, add_reading
from enrich.check.facts.stems import stems_of
from enrich.check.finding import Finding
from enrich.check.note_check import Against, NoteCheck, SentenceCheck, Surroundings, sentence_key
from enrich.check.style.active import added_active, say_active
from enrich.check.style.layout import Layout, read_layout
from enrich.check.style.linkage_tree import tree_link
from enrich.errors import FindingsError, UsageError
from enrich.review import body, front
from enrich.review.action import (
    Action,
    Cut,
    Edit,
    Keep,
    RemoveLink,
    SetDescription,
    SetKeywords,
    SetTags,
    SetTake,
    SetTitle,
    SwapLink,
    Vouch,
)
from enrich.review.record import Decisions, Look
from enrich.review.standing import ASKED, rank_of
from enrich.text.count import counted
from enrich.text.mark import remove_marks
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType
from enrich.vault.property_type import PropertyType
from enrich.vault.section_type import SectionType
from enrich.vault.wikilink import Link

_TODO = lazy_pattern(r"^(?:- )?todo:[ \t]*(.*)", re.MULTILINE | re.IGNORECASE)
_HEAD = ("title", "description")
_KEPT_CHECKS = 8
"""Checks of earlier texts that are kept: an undo finds the one of before, and most keys change no text at all."""


class Context(Struct, frozen=True, dict=True):
    """What does not change while a note is reviewed."""

    stem: str
    """The file's name without ``.md``."""
    note_type: NoteType
    against: Against
    around: Surroundings
    candidates: tuple[Candidate, ...] = ()
    moved: Callable[[str], str] = lambda text: text
    """A text of the note as it must read where it goes when it is approved: some links say the way."""
    publish: bool = False
    """Whether approving sets ``draft: false``."""

    @cached_property
    def find(self) -> Callable[[str, str], NoteCheck]:
        """(text, name of the file) → what is found about it, before people's decisions. The last ones are kept."""

        def find(text: str, stem: str) -> NoteCheck:
            return check_note(text, stem, self.note_type, self.against, self.around)

        return lru_cache(_KEPT_CHECKS)(find)

    @cached_property
    def source_stems(self) -> frozenset[str]:
        """The stems of the source's words; none without a source."""
        source = self.against.source
        return stems_of(f"{source.title} {source.text}") if source else frozenset()


class Change(Struct, frozen=True):
    """What an action makes of the note, and the line it leaves in the record."""

    text: str
    action: str
    about: str = ""
    became: str = ""
    address: str = ""
    """Where a link in Markdown's form leads that was put in, decoded."""


class Blocker(Struct, frozen=True):
    """One reason why a note cannot be approved yet."""

    message: str
    sentence: int | None = None
    """The number of the sentence it is about."""


class Session(Struct, frozen=True, dict=True):
    """One state of a reviewed note."""

    context: Context
    text: str
    decisions: Decisions = field(default_factory=Decisions)

    @cached_property
    def stem(self) -> str:
        """The name the file will have: that of a new title, where front matter and heading agree on one."""
        return front.stem_of(self.text, self.context.stem, self.context.note_type)

    @cached_property
    def layout(self) -> Layout:
        """The note's parts."""
        return read_layout(self.text, self.stem)

    @cached_property
    def check(self) -> NoteCheck:
        """What is found about the note as it is; what people decided stands above all that was found."""
        found = stand_for(self.context.find(self.text, self.stem), self.decisions.vouched)
        return replace(found, sentences=tuple(map(self._looked, found.sentences)))

    def _looked(self, row: SentenceCheck) -> SentenceCheck:
        """The sentence after a person read it: its doubts are settled, what the source lacks is not."""
        look = self.look(row)
        if look is None or look.how == "vouch" or row.verdict == "unsupported":
            return row
        return add_reading(row, Reading(PERSON, "follows"))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The numbers of the sentences in the order of a review. It stays while sentences are only looked at."""
        ranks = [rank_of(row) for row in self.context.find(self.text, self.stem).sentences]
        return tuple(sorted(range(len(ranks)), key=lambda number: (ranks[number], number)))

    @property
    def unlooked(self) -> tuple[int, ...]:
        """The numbers of the sentences that nobody has looked at, and that are not the source's own words; in order."""
        rows = self.check.sentences
        return tuple(number for number in self.order if rows[number].verdict in ASKED and not rows[number].is_refuted)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links that a reviewer decides on: see-also line and prose. The tree follows them."""
        return tuple(link for link in self.layout.note_links if link.makes_backlink)

    @cached_property
    def free_candidates(self) -> tuple[Candidate, ...]:
        """The candidates that the note does not link to yet."""
        linked = {link.target.casefold() for link in self.links}
        return tuple(row for row in self.context.candidates if row.target.casefold() not in linked)

    @cached_property
    def approved_text(self) -> str:
        """The note as it would leave the review, in its old place: no marks, published where that was asked for."""
        text = remove_marks(self.text)
        return front.set_draft(text, self.stem, False) if self.context.publish else text

    @property
    def moved_text(self) -> str:
        """The approved note as it reads in its new place."""
        return self.context.moved(self.approved_text)

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        """Why the note cannot be approved; empty when it can."""
        numbered = enumerate(self.check.sentences)
        found = [Blocker(_unsupported(row), number) for number, row in numbered if row.is_refuted]
        if not self.check.sentences:
            found.append(Blocker("no sentence was checked: the source is missing; name it with --source"))
        found += [
            Blocker(f"still to be written: {match[1].strip() or match[0]}") for match in _TODO.finditer(self.text)
        ]
        found += [Blocker(_must(row)) for row in self._failures_left if row.rule != "M27" or self.context.publish]
        return tuple({blocker.message: blocker for blocker in found}.values())

    @property
    def _failures_left(self) -> tuple[Finding, ...]:
        """The must rules that the note would break as it leaves the review."""
        if self.approved_text == self.text:
            return self.check.failures
        approved = replace(self, text=self.approved_text)
        style = check_style_of(approved.text, approved.stem, self.context.note_type, self.context.around)
        return tuple(row for row in style if row.level == "must")

    def sentence(self, number: int) -> SentenceCheck:
        """The sentence with this number; UsageError when there is none."""
        if not 0 <= number < len(self.check.sentences):
            raise UsageError(f"sentence {number}: the note has {len(self.check.sentences)}; reload the page")
        return self.check.sentences[number]

    def link(self, number: int) -> Link:
        """The link with this number; UsageError when there is none."""
        if not 0 <= number < len(self.links):
            raise UsageError(f"link {number}: the note has {len(self.links)}; reload the page")
        return self.links[number]

    def look(self, row: SentenceCheck) -> Look | None:
        """Who looked at the sentence as it is now; None when nobody did."""
        return self.decisions.looks.get(sentence_key(row.text))

    def raw(self, sentence: SentenceCheck) -> str:
        """The sentence as it stands in the note, which is what a person edits."""
        if (row := self.property_of(sentence)) is not None:
            return remove_marks(front.asked_values(self.layout, row)[self.place_of(sentence)])
        return sentence.text if sentence.section in _HEAD else self.text[sentence.start : sentence.end]

    def property_of(self, sentence: SentenceCheck) -> PropertyType | None:
        """The property that the sentence is a value of; None for prose."""
        return next((row for row in self.context.note_type.asked_properties if row.name == sentence.section), None)

    def place_of(self, sentence: SentenceCheck) -> int:
        """Which of the values of its property a sentence is."""
        return [row for row in self.check.sentences if row.section == sentence.section].index(sentence)


def apply_action(session: Session, action: Action) -> Change:
    """What ``action`` makes of the session's note; nothing is written here.

    UsageError says why it cannot be done, FindingsError which active markup its words would bring in.
    """
    change = _apply(session, action)
    if change.text == session.text:
        return change
    if added := added_active(session.text, change.text, {change.address} - {""}):
        raise FindingsError(f"{change.action}: brings in {say_active(added)}, which a reader would act on; use words")
    return replace(change, text=_with_marks(session, change))


def _apply(session: Session, action: Action) -> Change:  # one line an action, so that all of them are seen together
    text, stem = session.text, session.stem
    match action:
        case Keep(number) | Vouch(number) | Edit(number, _) | Cut(number):
            row = session.sentence(number)
            asked = session.property_of(row)
            if asked is not None and isinstance(action, Edit | Cut):
                return _on_property(session, action, row, asked)
            section = _open_section(session, row)
            return _on_open(session, action, row, section) if section else _on_sentence(session, action, row)
        case SwapLink(number, _) | RemoveLink(number):
            return _on_link(session, action, session.link(number))
        case SetTitle(title):
            return Change(front.set_title(text, stem, title, session.context.note_type), "title", stem, title)
        case SetTags(tags):
            return Change(front.set_tags(text, stem, tags), "tags", became=", ".join(tags))
        case SetKeywords(words):
            return Change(front.set_keywords(text, stem, words), "keywords", became=", ".join(words))
        case SetDescription(words):
            return Change(front.set_description(text, stem, words), "description", became=words)
        case SetTake(words):
            return Change(body.set_take(text, stem, session.context.note_type, words), "my take", became=words)


def _on_sentence(session: Session, action: Keep | Vouch | Edit | Cut, row: SentenceCheck) -> Change:
    text, stem = session.text, session.stem
    match action:
        case Keep():
            if row.is_refuted:
                raise UsageError("keep: the source does not say this sentence; edit it, cut it, or vouch for it")
            return Change(body.unmark_sentence(text, row), "keep", row.text)
        case Vouch():
            return Change(body.unmark_sentence(text, row), "vouch", row.text, "; ".join(row.reasons))
        case Edit(_, words) if row.section == "title":
            return Change(front.set_title(text, stem, words, session.context.note_type), "title", row.text, words)
        case Edit(_, words) if row.section == "description":
            whole = remove_marks(str(session.layout.values.get("description", "")))
            return Change(
                front.set_description(text, stem, whole.replace(row.text, words)), "description", row.text, words
            )
        case Edit(_, words):
            return Change(body.edit_sentence(text, stem, row, words), "edit", row.text, words)
        case Cut() if row.section in _HEAD:
            raise UsageError(f"cut: the note needs its {row.section}; edit it instead")
        case Cut():
            return Change(body.cut_sentence(text, stem, row), "cut", row.text)


def _on_property(session: Session, action: Edit | Cut, row: SentenceCheck, asked: PropertyType) -> Change:
    """One value of a property written anew, or taken out; the others stay."""
    values, place = front.asked_values(session.layout, asked), session.place_of(row)
    words = " ".join(action.words.split()) if isinstance(action, Edit) else ""
    values[place : place + 1] = [words] if words else []
    text = front.set_property(session.text, session.stem, asked, values)
    return Change(text, "edit", row.text, asked.says(words)) if words else Change(text, "cut", row.text)


def _on_open(session: Session, action: Keep | Vouch | Edit | Cut, row: SentenceCheck, section: SectionType) -> Change:
    """A ``todo:`` line can only be written over."""
    if not isinstance(action, Edit):
        raise UsageError(f"{row.text}: {row.section} is not written yet; edit the line, and your words take its place")
    text = body.write_open(session.text, session.stem, Span(row.start, row.end), section, action.words)
    return Change(text, "write", row.text, " ".join(action.words.split()))


def _open_section(session: Session, row: SentenceCheck) -> SectionType | None:
    """The section that a ``todo:`` line leaves to the person; None for any other sentence."""
    rows = (section for section in session.context.note_type.written_by_model if section.todo == row.text)
    return next(rows, None) if row.verdict == "human" else None


def _on_link(session: Session, action: SwapLink | RemoveLink, link: Link) -> Change:
    text, stem, old = session.text, session.stem, tree_link(link, session.text)
    see_also = session.layout.see_also
    match action:
        case SwapLink(_, chosen):
            candidate = next((row for row in session.free_candidates if row.id == chosen), None)
            if candidate is None:
                raise UsageError(f"candidate {chosen}: is not offered, or linked already; reload the page")
            swapped = body.swap_link(text, stem, link, candidate)
            address = candidate.target if candidate.address else ""
            return Change(swapped, "swap link", old, candidate.link, address)
        case RemoveLink():
            if see_also and see_also.start <= link.span.start < see_also.end:
                links = counted(session.context.note_type.see_also, "link")
                raise UsageError(f"[[{old}]]: the see-also line needs {links}; swap it instead")
            return Change(body.remove_link(text, stem, link), "remove link", old)


def _with_marks(session: Session, change: Change) -> str:
    """The changed text with a mark behind each sentence that the change made doubtful: the note stays honest.

    Sentences that the human had left unmarked before are left so.
    """
    old = {sentence_key(row.text) for row in session.check.sentences}
    vouched = {*session.decisions.vouched, *([sentence_key(change.about)] if change.action == "vouch" else [])}
    after = replace(session, text=change.text)
    new = [row for row in after.check.unsupported if sentence_key(row.text) not in old | vouched]
    text = change.text
    prose = (row for row in new if row.section not in _HEAD and session.property_of(row) is None)
    for row in sorted(prose, key=lambda row: -row.start):
        text = body.mark_sentence(text, row)
    return text


def carried_looks(before: Session, after: Session) -> tuple[tuple[str, str], ...]:
    """(how somebody looked, the sentence as it reads now) where another link changed no more than a link's words.

    What was vouched for stays vouched for, under whatever name the link is shown now.
    """
    rows = before.check.sentences, after.check.sentences
    if len(rows[0]) != len(rows[1]):
        return ()
    looks = before.decisions.looks
    pairs = ((looks.get(sentence_key(old.text)), old, new) for old, new in zip(*rows, strict=True))
    return tuple((look.how, new.text) for look, old, new in pairs if look and old.text != new.text)


def _unsupported(row: SentenceCheck) -> str:
    return f"{row.verdict} in {row.section}: “{row.text}” ({'; '.join(row.reasons) or 'not in the source'})"


def _must(finding: Finding) -> str:
    return f"must {finding.named} in {finding.section}: {finding.message}"
