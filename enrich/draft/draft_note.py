"""The pipeline: a context becomes a prompt, a completion, checked sections, and a draft for a person to review."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from enrich.check.evidence.copying import longest_shared_run
from enrich.check.finding import Finding
from enrich.check.style.lint import check_style, excuse_links
from enrich.draft.checked import CheckedAnswer, check_answer
from enrich.draft.compose import Note, compose_note
from enrich.draft.context import DraftContext
from enrich.draft.expect import expect_tokens
from enrich.draft.section import parse_answer
from enrich.draft.title import Naming
from enrich.errors import BudgetError, ModelError
from enrich.llm.completion import AnswerError, Completion, EndpointError, Engine, Prompt
from enrich.llm.prompt import build_prompt, build_revision
from enrich.source.source import Source
from enrich.vault.note_type import COPIED_WORDS, NoteType

Resolves = Callable[[str], tuple[bool, bool]]
"""Whether a link's target resolves under Obsidian's and under Quartz's rules."""

_HEAD_RULES = {"M3": "title", "M4": "title", "M5": "topics", "M6": "keywords", "M7": "description", "E2": "keywords"}
"""Rules whose finding is about a key of the answer that is not a section."""


@dataclass(frozen=True)
class Rules:
    """What the name and the style check of a draft must know of the vault."""

    resolves: Resolves
    taken_ids: Collection[str] = ()
    linkable: bool = True
    """Whether the vault has a note that could be linked to."""
    naming: Naming = field(default_factory=Naming)


@dataclass(frozen=True)
class Watch:
    """Edges that see the pipeline at work: progress, and what a run folder keeps."""

    step: Callable[[str], None] = lambda _: None
    asks: Callable[[str, int], None] = lambda _what, _tokens: None
    """A round begins: what is asked for, and about how many tokens that will be."""
    text: Callable[[str], None] = lambda _: None
    asked: Callable[[Prompt, Completion], None] = lambda _prompt, _completion: None
    failed: Callable[[Prompt, AnswerError | EndpointError], None] = lambda _prompt, _error: None


@dataclass(frozen=True)
class Draft:
    """A composed note with everything that was found about it."""

    note: Note
    checked: CheckedAnswer
    findings: tuple[Finding, ...]
    completions: tuple[Completion, ...]
    warnings: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings that ``--strict`` refuses."""
        return tuple(finding for finding in self.findings if finding.level == "must")


def draft_note(
    context: DraftContext, note_type: NoteType, engine: Engine, note_id: str, rules: Rules, watch: Watch
) -> Draft:
    """Ask for all sections, check them, and ask once more for those that failed.

    Raises ModelError when the first answer is not whole. When only the second one is not, the first is kept with its
    findings, and a warning says so.
    """
    exemplars = [exemplar.text for exemplar in context.exemplars]
    prompt = build_prompt(note_type, context.source, context.candidates, exemplars, context.known_tags)
    watch.asks("the sections", expect_tokens(note_type.written_by_model, head=True))
    completion = _ask(engine, prompt, watch)
    watch.step("checking the answer against the source")
    read = _Reader(context, note_type, note_id, rules)
    draft = read.draft(completion.answer, (completion,))

    wanted = _findings_by_key(draft.findings, note_type, completion.answer, context)
    if not wanted or completion.origin == "extractive":
        return draft
    rows = [section for section in note_type.written_by_model if section.key in wanted]
    watch.asks(f"{', '.join(wanted)} again", expect_tokens(rows, head=False))
    revision = build_revision(note_type, prompt, completion, wanted, context.candidates)
    try:
        second = _ask(engine, revision, watch)
    except (ModelError, BudgetError) as error:
        return replace(draft, warnings=(f"second answer: {error}; the first one was kept",))
    revised = read.draft({**completion.answer, **second.answer}, (completion, second))
    if len(revised.failures) <= len(draft.failures):
        return revised
    kept = "second answer: broke more rules than the first; the first one was kept"
    return replace(draft, completions=(completion, second), warnings=(kept,))


@dataclass(frozen=True)
class _Reader:
    """Reads an answer: parse, check, compose, lint."""

    context: DraftContext
    note_type: NoteType
    note_id: str
    rules: Rules

    def draft(self, answer: Any, completions: tuple[Completion, ...]) -> Draft:
        context, note_type = self.context, self.note_type
        checked = check_answer(parse_answer(answer, note_type, context.candidates), context.source)
        note = compose_note(checked, context, note_type, self.note_id, self.rules.naming)
        style = check_style(
            note.text,
            note.title,
            note_type,
            taken_ids=self.rules.taken_ids,
            resolves=self.rules.resolves,
            allow_unresolved=note.see_also if note.by_convention else (),
        )
        if not self.rules.linkable or len(context.candidates) < note_type.fewest_links:
            style = excuse_links(style, note_type)
        findings = (
            *checked.findings,
            *_copied(checked, context.source),
            *(finding for finding in style if finding.rule != "E1"),  # said above, with its reason
        )
        return Draft(note, checked, findings, completions)


def _ask(engine: Engine, prompt: Prompt, watch: Watch) -> Completion:
    try:
        completion = engine.complete(prompt, watch.text)
    except (AnswerError, EndpointError) as error:
        watch.failed(prompt, error)
        raise
    watch.asked(prompt, completion)
    return completion


def _copied(checked: CheckedAnswer, source: Source) -> Iterable[Finding]:
    for section in checked.sections:
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


def _findings_by_key(
    findings: Iterable[Finding], note_type: NoteType, answer: Any, context: DraftContext
) -> dict[str, list[str]]:
    """What to send back, by key of the answer, in the answer's order; findings that no rewording mends are left out."""
    keys = {section.name: section.key for section in note_type.written_by_model}
    wanted: dict[str, list[str]] = {}
    for finding in findings:
        key = _HEAD_RULES.get(finding.rule) or keys.get(finding.section) or finding.section
        mendable = key in answer and not (key == "title" and context.note_title)
        if mendable and (finding.level == "must" or finding.rule == "C1"):
            wanted.setdefault(key, []).append(f"{finding.rule}: {finding.message}")
    return {key: wanted[key] for key in answer if key in wanted}
