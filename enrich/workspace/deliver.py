"""A draft on its way from its context to its file: asked for, kept in its run folder, written where it belongs."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.echo import find_echoes
from enrich.config import hint_model
from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft, Engines, Rules, Watch
from enrich.draft.draft_note import draft_note as make_draft
from enrich.draft.known_runs import PLACE, remember_run
from enrich.draft.report import claim_rows, report_lines, title_reading
from enrich.draft.run import RunFolder
from enrich.draft.title import Naming
from enrich.draft.write_draft import Airlock, write_draft
from enrich.errors import EnrichError, UsageError
from enrich.llm.budget import Account, Spent
from enrich.llm.completion import AnswerError, EndpointError
from enrich.llm.secret import Secret
from enrich.vault.note_type import NoteType
from enrich.vault.write import create_note
from enrich.workspace.drafted import Drafted, UnwrittenError
from enrich.workspace.making import (
    choose_engines,
    refuse_unfit,
    run_path,
    watch_run,
    with_way_out,
)
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import DraftOptions

Make = Callable[[DraftContext, NoteType, Engines, str, Rules, Watch], Draft]


class By(Struct, frozen=True):
    """Who makes a draft."""

    make: Make = make_draft
    """Here, or by the workers of an executor."""


class Making(Struct, frozen=True):
    """A draft on its way from its context to its file."""

    opened: OpenVault
    options: DraftOptions
    context: DraftContext
    note_type: NoteType
    note_id: str
    account: Account | None = None
    by: By = By()

    @property
    def spent(self) -> Spent | None:
        """What was asked so far; None where nothing was."""
        return None if self.account is None else self.account.spent

    @property
    def secret(self) -> Secret:
        """The key that is sent to the model."""
        return Secret(self.opened.settings.api_key)

    def draft(self, rules: Rules, run: RunFolder) -> Drafted:
        """Ask the engine, keep everything in ``run``, deliver the draft."""
        context, note_type = self.context, self.note_type
        for candidate in context.candidates:
            reasons = "; ".join(candidate.reasons)
            self.opened.reporter.detail(f"candidate {candidate.score:.2f} {candidate.path}: {reasons}")
        whose = self.whose() if self.options.record is None else {}
        run.save_about(**self.about(self.note_id), **whose)
        run.save_context(context)
        try:
            made = self.by.make(context, note_type, self.engines(), self.note_id, rules, watch_run(self.opened, run))
        except (AnswerError, EndpointError) as error:
            raise with_way_out(self.opened, error, run) from error
        return self.deliver(self.secret.remove(made), run)  # only a note shows what a model hid in markup

    def engines(self) -> Engines:
        """Who writes the draft and who reads it."""
        options = self.options
        return choose_engines(self.opened, self.context, self.note_type, reader=options.reader)

    def deliver(self, made: Draft, run: RunFolder | None) -> Drafted:
        """Keep the draft in ``run`` and write it where it belongs."""
        if self.opened.root is not None:
            echoes = find_echoes(made.note.text, made.note.title, self.note_type, self.opened.count_echoes)
            made = replace(made, findings=(*made.findings, *echoes))
        self.keep(made, run)
        refuse_unfit(made, run, self.options.strict)
        drafted = Drafted(made, self.context, self.note_type, hint=hint_model(self.opened.settings), spent=self.spent)
        if self.options.into_vault:
            drafted = self.write(drafted, run)
            if run is not None and not drafted.note_id:
                run.save_json(PLACE, {"vault": str(self.opened.folder.resolve()), "path": drafted.path})
            self.opened.reporter.wrote(str(drafted.path))
        elif self.options.output is not None:
            drafted = self.write_output(drafted, self.options.output)
            self.opened.reporter.wrote(str(self.options.output))
        if run is not None and run.named and run.kept and drafted.file is not None:
            self.remember(run, drafted)
        if run is None or run.kept:
            return replace(drafted, run=None if run is None else run.path)
        lost = f"{run.path}: holds no whole run, for the reason above; the draft itself is made"
        return replace(drafted, failure=lost if run.named else "")

    def keep(self, made: Draft, run: RunFolder | None) -> None:
        """The draft in its run folder, before it is written: it may have cost something."""
        if run is not None:
            run.save_text("note.md", made.note.text)
            run.save_json("claims.json", {"title": made.note.title, **title_reading(made), "claims": claim_rows(made)})
            run.save_text("report.txt", "\n".join(report_lines(made, self.context, self.note_type, self.spent)) + "\n")

    def remember(self, run: RunFolder, drafted: Drafted) -> None:
        """Where the user had the run kept, so that `check` and `review` find it; what hinders that is told."""
        opened = self.opened
        about = self.about(drafted.note_id) | self.whose()
        try:
            remember_run(opened.runs, run_path(opened, self.context.source.title).name, run.path, about)
        except EnrichError as error:
            opened.reporter.warn(f"enrich: {error}; check and review find the run with --source {run.path}")

    def about(self, note_id: str) -> dict[str, str]:
        """What a run is about."""
        return {"url": self.context.source.url, "note_type": self.note_type.name, "note_id": note_id}

    def whose(self) -> dict[str, str]:
        """Where the draft goes. Only the state folder says it: a run folder that was named may be given away."""
        root = self.opened.root
        if root is None or not self.options.into_vault:
            return {}
        return {"vault": str(root.resolve()), "airlock": self.opened.settings.airlock}

    def write(self, drafted: Drafted, run: RunFolder | None) -> Drafted:
        """Write the draft into the airlock. Where that fails, the error says where the draft is: it may have cost."""
        made, opened = drafted.draft, self.opened
        try:
            written = write_draft(made, self.context, self.note_type, airlock_of(opened), self.options.again)
        except EnrichError as error:
            if run is None:
                raise
            if run.kept:
                remedy = f"the draft is kept: enrich draft --replay {run.path} --vault {opened.folder} writes it"
                raise type(error)(f"{error}; {remedy}") from error
            remedy = "the draft stands on standard output, because it could be kept nowhere"
            raise UnwrittenError(f"{error}; {remedy}", error.exit_code, drafted) from error
        opened.forget_notes()
        if written.note is not made.note:
            made = replace(made, note=written.note)
            self.keep(made, run)
        return replace(
            drafted,
            draft=made,
            path=written.path,
            file=opened.folder / written.path,
            warnings=self.title_warnings(made),
        )

    def title_warnings(self, made: Draft) -> tuple[str, ...]:
        """What became of the title that the model gave, or the user."""
        wanted = Naming().choose(made.checked.title, self.context, self.note_type)
        warnings = []
        if wanted != made.checked.title and not self.context.note_title:
            warnings.append(f"title {made.checked.title!r}: is no name for a note; used {wanted!r}")
        if made.note.stem != self.note_type.stem(wanted, self.context.created, made.note.note_id):
            warnings.append(f"title {wanted!r}: another note has it; used {made.note.stem!r}")
        return tuple(warnings)

    def write_output(self, drafted: Drafted, target: Path) -> Drafted:
        """The note at ``target``, never over a file, and never into the vault beside the airlock."""
        root = self.opened.root
        if root is not None and target.resolve().is_relative_to(root.resolve()):
            airlock = (root / self.opened.settings.airlock).resolve()
            if not target.resolve().is_relative_to(airlock):
                raise UsageError(
                    f"{target}: is in the vault, outside its airlock {airlock.name}; write it there or elsewhere"
                )
        new_folder = None if target.parent.is_dir() else target.parent
        create_note(target.parent, target.name, drafted.text.encode())
        return replace(drafted, file=target, new_folder=new_folder)


def airlock_of(opened: OpenVault) -> Airlock:
    """The folder that drafts go to."""
    return Airlock(opened.vault, opened.settings.airlock, opened.places.state, opened.reporter.warn_once)
