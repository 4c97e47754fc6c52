"""What a new draft and a part of a note are made with: who is asked, who watches, what is kept, what is refused."""

import os
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft, Engines, Rules, Watch
from enrich.draft.run import RecordedRun, RunFolder
from enrich.draft.section import clean_title
from enrich.draft.title import Naming
from enrich.errors import FindingsError
from enrich.llm.completion import AnswerError, EndpointError
from enrich.llm.extractive import ExtractiveEngine, tell_limits
from enrich.reader.read import SecondReader
from enrich.reader.request import NAME as READ
from enrich.text.count import counted
from enrich.vault.note_type import NoteType
from enrich.workspace.answer_progress import AnswerProgress
from enrich.workspace.open_vault import OpenVault


def choose_engines(
    opened: OpenVault,
    context: DraftContext,
    note_type: NoteType,
    said: str = "",
    *,
    reader: bool = True,
) -> Engines:
    """The configured model, with a second reader where one is wanted; else the no-model engine.

    ``said``: what the note says already.
    """
    if opened.settings.model:
        return Engines(opened.asked(), opened.second_reader() if reader else None)
    for line in tell_limits(context.source, note_type):
        opened.reporter.say(line)
    return Engines(ExtractiveEngine(context.source, context.candidates, note_type, context.known_tags, said))


def watch_run(opened: OpenVault, run: RunFolder) -> Watch:
    """Progress for whoever waits; prompts and completions for the run folder, those that failed too."""
    settings = opened.settings
    writer = settings.model or "the no-model engine"
    answer = AnswerProgress(opened.reporter)
    return Watch(
        step=opened.reporter.progress,
        asks=lambda what, tokens: answer.begin(writer, what, tokens),
        reads=lambda tokens: answer.begin(settings.reader or writer, "a second reading", tokens),
        text=answer.count,
        asked=lambda prompt, completion: run.save_asked(prompt, completion.exchanges, completion),
        failed=lambda prompt, error: run.save_asked(prompt, error.exchanges, None),
    )


def with_way_out(opened: OpenVault, error: AnswerError | EndpointError, run: RunFolder) -> AnswerError | EndpointError:
    """``error``, and where a person finds what was answered, and how a draft is had all the same."""
    if not opened.settings.model:
        return error
    kept = f"What was asked and answered is in {run.path}; " if run.kept else ""
    return type(error)(f'{error}. {kept}-m "" drafts without a model', error.exchanges)


def refuse_unfit(made: Draft, run: RunFolder | None, strict: bool) -> None:
    """FindingsError for a note with the markup of strangers, and with ``strict`` for one that fails."""
    if made.note.intruders:
        kept = f"; {run.path} keeps the note" if run is not None and run.kept else ""
        raise FindingsError(
            f"{made.note.title}: no file written, it would hold {made.note.intruders}{kept}; this is a bug of "
            "enrich, please report the page"
        )
    if strict and made.failures:
        raise FindingsError(_refusal(made))


def vault_rules(opened: OpenVault, naming: Naming | None = None, own_id: str = "") -> Rules:
    """The style check of a note of the vault; ``own_id`` is no other note's."""
    vault = opened.vault
    linkable = any(not note.draft for note in vault.notes)
    return Rules(opened.resolves, vault.note_ids - {own_id}, linkable, naming or Naming())


def recorded_rules(recorded: RecordedRun) -> Rules:
    """The style check of a replay: the links that the context holds resolved when it was gathered."""
    links = {candidate.link.partition("|")[0] for candidate in recorded.context.candidates}
    return Rules(lambda target: (target in links, target in links), naming=Naming(chosen=recorded.title))


def recorded_engines(opened: OpenVault, recorded: RecordedRun) -> Engines:
    """Who answers what was asked then: nobody but the run folder."""
    from enrich.llm.replay import ReplayEngine  # with what reads a model's answers: a tenth of a second

    engine = ReplayEngine(recorded.recordings, recorded.path)
    was_read = any(recording.prompt == READ for recording in recorded.recordings)
    return Engines(engine, SecondReader(engine, opened.prompts) if was_read else None)


def differing(recorded: RecordedRun, text: str) -> str:
    """Where a note that was made again is not the run's."""
    pairs = zip_longest(text.splitlines(), recorded.note.splitlines())
    line = next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 0)
    return f"{recorded.path}: the note made again differs from note.md in line {line}"


def run_path(opened: OpenVault, title: str) -> Path:
    """A new folder under the user's state folder: when, what, and which process."""
    short = clean_title(title)[:40].replace(" ", "-")
    return opened.runs / "-".join((f"{datetime.now():%Y%m%d-%H%M%S-%f}", short, str(os.getpid())))


def _refusal(made: Draft) -> str:
    said = "; ".join(f"{finding.named} in {finding.section}: {finding.message}" for finding in made.failures)
    count = counted(len(made.failures), "must rule is", "must rules are")
    return (
        f"{made.note.title}: {count} not kept, so that no file was written: {said}; draft without --strict to review it"
    )
