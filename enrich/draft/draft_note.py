"""The pipeline: a context becomes a prompt, a completion, checked sections, and a draft for a person to review."""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from enrich.check.evidence.copying import longest_shared_run
from enrich.check.finding import Finding
from enrich.check.style.lint import check_style, excuse_links
from enrich.draft.checked import CheckedAnswer, check_answer
from enrich.draft.compose import Note, compose_note
from enrich.draft.context import DraftContext
from enrich.draft.expect import READ_TOKENS, expect_tokens
from enrich.draft.revision import find_faults
from enrich.draft.second_reading import add_readings, statements_of
from enrich.draft.section import parse_answer
from enrich.draft.title import Naming
from enrich.errors import BudgetError, ModelError
from enrich.llm.completion import AnswerError, Completion, EndpointError, Engine, Prompt
from enrich.llm.prompt import build_prompt, build_revision
from enrich.reader.read import UNREAD, ReadThrough, SecondReader
from enrich.source.source import Source
from enrich.vault.note_type import COPIED_WORDS, NoteType

Resolves = Callable[[str], tuple[bool, bool]]
"""Whether a link's target resolves under Obsidian's and under Quartz's rules."""


class Rules(Struct, frozen=True):
    """What the name and the style check of a draft must know of the vault."""

    resolves: Resolves
    taken_ids: Collection[str] = ()
    linkable: bool = True
    """Whether the vault has a note that could be linked to."""
    naming: Naming = field(default_factory=Naming)


class Engines(Struct, frozen=True):
    """Who is asked."""

    writer: Engine
    reader: SecondReader | None = None
    """None: nobody reads what the writer wrote."""


class Watch(Struct, frozen=True):
    """Edges that see the pipeline at work: progress, and what a run folder keeps."""

    step: Callable[[str], None] = lambda _: None
    asks: Callable[[str, int], None] = lambda _what, _tokens: None
    """A round begins: what is asked for, and about how many tokens that will be."""
    reads: Callable[[int], None] = lambda _tokens: None
    """The second reader begins; about how many tokens it will say."""
    text: Callable[[str], None] = lambda _: None
    asked: Callable[[Prompt, Completion], None] = lambda _prompt, _completion: None
    failed: Callable[[Prompt, AnswerError | EndpointError], None] = lambda _prompt, _error: None


class Draft(Struct, frozen=True):
    """A composed note with everything that was found about it."""

    note: Note
    checked: CheckedAnswer
    findings: tuple[Finding, ...]
    completions: tuple[Completion, ...]
    """The writer's."""
    through: ReadThrough = UNREAD
    """What the second reader said."""
    warnings: tuple[str, ...] = ()

    @property
    def model(self) -> str:
        """Who wrote it; empty where nobody was asked."""
        return self.completions[0].model if self.completions else ""

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings that ``--strict`` refuses."""
        return tuple(finding for finding in self.findings if finding.level == "must")


def draft_note(
    context: DraftContext, note_type: NoteType, engines: Engines, note_id: str, rules: Rules, watch: Watch
) -> Draft:
    """Ask for all sections, check them, have them read, and ask once more for those that failed.

    Raises ModelError when the first answer is not whole. When only the second one is not, the first is kept with its
    findings, and a warning says so. A second reader that fails costs its reading, not the draft.
    """
    exemplars = [exemplar.text for exemplar in context.exemplars]
    prompt = build_prompt(note_type, context.source, context.candidates, exemplars, context.known_tags)
    watch.asks("the sections", expect_tokens(note_type.written_by_model, head=True))
    return write_answer(prompt, NewNote(context, note_type, note_id, rules), engines, watch)


class Sheet(Protocol):
    """What an answer is written on: a new note, or one that is there already."""

    @property
    def context(self) -> DraftContext:
        """What the note is made from."""

    @property
    def note_type(self) -> NoteType:
        """The note's type."""

    def compose(self, checked: CheckedAnswer, model: str = "") -> Note:
        """The note with the answer of ``model`` in it."""

    def check(self, note: Note) -> Iterable[Finding]:
        """What the composed note does not keep of its type's rules, as far as the answer is to blame."""


def write_answer(prompt: Prompt, sheet: Sheet, engines: Engines, watch: Watch) -> Draft:
    """Ask for what ``prompt`` wants, check it, have it read, and ask once more for what failed; see `draft_note`."""
    context, note_type = sheet.context, sheet.note_type
    completion = _ask(engines.writer, prompt, watch)
    assessment = _Assessment(sheet, watch)
    reader = None if completion.origin == "extractive" else engines.reader
    checked = assessment.check(completion.answer)
    through = assessment.read(checked, reader)
    draft = assessment.draft(checked, (completion,), through)

    wanted = find_faults(draft.findings, draft.checked, draft.note, note_type, completion.answer, context)
    if not wanted or completion.origin == "extractive":
        return draft
    rows = [section for section in note_type.written_by_model if section.key in wanted]
    watch.asks(f"{', '.join(wanted)} again", expect_tokens(rows, head=False))
    revision = build_revision(note_type, prompt, completion, wanted, context.candidates)
    try:
        second = _ask(engines.writer, revision, watch)
    except (ModelError, BudgetError) as error:
        return replace(draft, warnings=(f"second answer: {error}; the first one was kept",))
    checked_again = assessment.check({**completion.answer, **second.answer})
    through = assessment.read(checked_again, reader, through)
    revised = assessment.draft(checked_again, (completion, second), through)
    if len(revised.failures) <= len(draft.failures):
        return revised
    kept = assessment.draft(checked, (completion, second), through)
    return replace(kept, warnings=("second answer: broke more rules than the first; the first one was kept",))


class NewNote(Struct, frozen=True):
    """A note that is not there yet (implements `Sheet`)."""

    context: DraftContext
    note_type: NoteType
    note_id: str
    rules: Rules

    def compose(self, checked: CheckedAnswer, model: str = "") -> Note:
        """The whole note."""
        return compose_note(checked, self.context, self.note_type, self.note_id, self.rules.naming, model)

    def check(self, note: Note) -> Iterable[Finding]:
        """All that it does not keep."""
        style = check_style(
            note.text,
            note.stem,
            self.note_type,
            taken_ids=self.rules.taken_ids,
            resolves=self.rules.resolves,
            allow_unresolved=note.see_also if note.by_convention else (),
        )
        if self.rules.linkable and self.context.offers_links_of(self.note_type):
            return style
        return excuse_links(style, self.note_type)


class _Assessment(Struct, frozen=True):
    """Where an answer is parsed, checked, read, composed and held to the style."""

    sheet: Sheet
    watch: Watch

    def check(self, answer: Any) -> CheckedAnswer:
        self.watch.step("checking the answer against the source")
        context = self.sheet.context
        return check_answer(parse_answer(answer, self.sheet.note_type, context.candidates), context.source)

    def read(self, checked: CheckedAnswer, reader: SecondReader | None, before: ReadThrough = UNREAD) -> ReadThrough:
        """What the reader says, of what it has not read ``before``; one that failed is asked no more."""
        if reader is None or not before.is_sound:
            return before
        new = [statement for statement in statements_of(checked) if statement.key not in before.asked]
        if not new:
            return before
        self.watch.reads(READ_TOKENS * len(new))
        try:
            return before + reader.read(new, self.sheet.context.source, partial(_ask, watch=self.watch))
        except (AnswerError, EndpointError, BudgetError) as error:
            return replace(before, failure=str(error))

    def draft(self, checked: CheckedAnswer, completions: tuple[Completion, ...], through: ReadThrough) -> Draft:
        checked = add_readings(checked, through.readings)
        note = self.sheet.compose(checked, completions[0].model)
        findings = (
            *checked.findings,
            *_copied(checked, self.sheet.context.source),
            *(finding for finding in self.sheet.check(note) if finding.rule != "E1"),  # said above, with its reason
        )
        return Draft(note, checked, findings, completions, through)


def _ask(engine: Engine, prompt: Prompt, watch: Watch) -> Completion:
    try:
        completion = engine.complete(prompt, watch.text)
    except (AnswerError, EndpointError) as error:
        watch.failed(prompt, error)
        raise
    watch.asked(prompt, completion)
    return completion


def _copied(checked: CheckedAnswer, source: Source) -> Iterable[Finding]:
    for section in (part for part in checked.sections if part.type.shape != "quotes"):
        for sentence in section.sentences:
            text = sentence.sentence.reading
            run = longest_shared_run(text, source.text)
            if run.words > COPIED_WORDS:
                yield Finding(
                    "C1",
                    "should",
                    section.type.name,
                    f"{run.span.of(text)!r}: {run.words} words in a row from the source outside quotation marks; "
                    f"at most {COPIED_WORDS}",
                )
