"""A draft as a pure function: from what was saved and what was answered to a note, or to what must be asked next.

It is run by any `concurrent.futures.Executor`: threads, processes, the workers of a scheduler. What goes there and what
comes back are bytes; nothing is fetched, asked or written where it runs. A job that lacks an answer says which prompt
it wants, and is run again with it, so that a worker that dies costs its work and nothing else.
"""

import pickle
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft, Engines, Rules, Watch, draft_note
from enrich.draft.title import Naming
from enrich.errors import EnrichError
from enrich.llm.completion import AnswerError, Completion, EndpointError, Prompt
from enrich.llm.kept import hash_prompt
from enrich.reader.read import SecondReader
from enrich.reader.request import NAME as READ
from enrich.vault.note_type import NoteType, prompt_folders
from enrich.vault.prompt_file import is_shipped

TRIES = 3
"""How often a job is given out before what keeps breaking its workers is an error."""


class Job(Struct, frozen=True):
    """Everything that a draft is made from."""

    context: DraftContext
    note_type: NoteType
    note_id: str
    links: dict[str, tuple[bool, bool]]
    """Whether the candidates' links resolve in Obsidian and in Quartz."""
    taken_ids: frozenset[str]
    linkable: bool
    templates: dict[str, bytes]
    """The files of a note type that did not ship with enrich: the worker may be on another machine."""
    read: bool = False
    """Whether a second reader reads it, with the prompts that ship with enrich."""
    answers: tuple[tuple[str, Completion], ...] = ()
    """By `hash_prompt`."""


class WantedError(Exception):
    """An answer is wanted that the job has not got."""

    def __init__(self, prompt: Prompt) -> None:
        super().__init__(prompt.name)
        self.prompt = prompt


class _Answers(Struct, frozen=True):
    answers: dict[str, Completion]

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:  # noqa: ARG002
        asked = hash_prompt(prompt)
        if asked not in self.answers:
            raise WantedError(prompt)
        return self.answers[asked]


def run_job(data: bytes) -> bytes:
    """The draft, or the prompt that is wanted, of a pickled `Job`, pickled."""
    job: Job = pickle.loads(data)  # noqa: S301 - of the coordinator
    with TemporaryDirectory() as folder:
        note_type = _with_templates(job, Path(folder))
        rules = Rules(lambda target: job.links.get(target, (False, False)), job.taken_ids, job.linkable, Naming())
        answers = _Answers(dict(job.answers))
        engines = Engines(answers, SecondReader(answers, prompt_folders(None)) if job.read else None)
        try:
            made: object = draft_note(job.context, note_type, engines, job.note_id, rules, Watch())
        except WantedError as wanted:
            made = wanted.prompt
        except EnrichError as error:
            made = error
    return pickle.dumps(made)


def _with_templates(job: Job, folder: Path) -> NoteType:
    for name, data in job.templates.items():
        (folder / name).write_bytes(data)
    return replace(job.note_type, directory=folder) if job.templates else job.note_type


class Distributed(Struct, frozen=True):
    """Makes drafts with an executor; stands in for `draft_note`."""

    executor: Executor

    def draft_note(
        self, context: DraftContext, note_type: NoteType, engines: Engines, note_id: str, rules: Rules, watch: Watch
    ) -> Draft:
        """What `draft_note` gives. The engines are asked here; checks and composing happen where the job runs."""
        targets = {candidate.link.partition("|")[0] for candidate in context.candidates}
        pairs = [name for pair in (context.concepts or {}).values() for name in pair]
        job = Job(
            context=context,
            note_type=note_type,
            note_id=note_id,
            links={str(target): rules.resolves(target) for target in (*targets, *pairs)},
            taken_ids=frozenset(rules.taken_ids),
            linkable=rules.linkable,
            templates={} if is_shipped(note_type.directory) else _files(note_type.directory),
            read=engines.reader is not None,
        )
        while True:
            made = self._run(job)
            if isinstance(made, Draft):
                return made
            if isinstance(made, EnrichError):
                raise made
            assert isinstance(made, Prompt)
            job = self._answered(job, made, engines, watch)

    def _answered(self, job: Job, prompt: Prompt, engines: Engines, watch: Watch) -> Job:
        """The job with the answer that it wants; a second reader that gives none is done without."""
        watch.asks(prompt.name, 0)
        by_reader = prompt.name == READ and engines.reader is not None
        engine = engines.reader.engine if by_reader and engines.reader is not None else engines.writer
        try:
            completion = engine.complete(prompt, watch.text)
        except (AnswerError, EndpointError) as error:
            watch.failed(prompt, error)
            if not by_reader:
                raise
            return replace(job, read=False)
        watch.asked(prompt, completion)
        return replace(job, answers=(*job.answers, (hash_prompt(prompt), completion)))

    def _run(self, job: Job) -> object:
        """One run of the job, given out again when its worker dies."""
        data = pickle.dumps(job)
        for number in range(1, TRIES + 1):
            try:
                return pickle.loads(self.executor.submit(run_job, data).result())  # noqa: S301 - of our own worker
            except (BrokenProcessPool, CancelledError, OSError) as error:
                if number == TRIES:
                    raise EnrichError(f"a worker: broke {TRIES} times ({error}); run the command again") from error
        raise AssertionError  # the last try returns or raises


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
