"""Draft a note: a new one, one replayed from its run folder, or one recorded again."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.echo import find_echoes
from enrich.config import hint_model, require_key
from enrich.draft.context import DraftContext, SeeAlsoMode
from enrich.draft.draft_note import Draft, Engines, Rules, Watch
from enrich.draft.draft_note import draft_note as make_draft
from enrich.draft.gather import Options, gather_context, refuse_known_address, refuse_known_title
from enrich.draft.known_runs import PLACE, remember_run
from enrich.draft.prune import prune_runs
from enrich.draft.report import brief_lines, claim_rows, count_evidence, make_envelope, report_lines, title_reading
from enrich.draft.run import RecordedRun, RunFolder, create_run, read_context, read_run, renew_run
from enrich.draft.section import title_for
from enrich.draft.title import Naming
from enrich.draft.write_draft import Airlock, write_draft
from enrich.errors import EnrichError, UsageError
from enrich.links.markdown_form import write_candidates
from enrich.llm.budget import Account, Spent
from enrich.llm.completion import AnswerError, EndpointError, WaitingError
from enrich.llm.secret import Secret
from enrich.source.dates import is_plausible
from enrich.source.source import Page, Source
from enrich.vault.file_name import title_fault
from enrich.vault.note import Note
from enrich.vault.note_id import next_note_id
from enrich.vault.note_type import NoteType
from enrich.vault.reserve import reserved_note_id
from enrich.vault.write import create_note
from enrich.workspace.making import (
    choose_engines,
    differing,
    recorded_engines,
    recorded_rules,
    refuse_unfit,
    run_path,
    vault_rules,
    watch_run,
    with_way_out,
)
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import DraftOptions
from enrich.workspace.read_source import read_source

if TYPE_CHECKING:
    from enrich.links.index import Index


class Drafted(Struct, frozen=True):
    """A draft, what was found about it, and where it is."""

    draft: Draft
    context: DraftContext
    note_type: NoteType
    path: str | None = None
    """In the vault; None when it was not written there."""
    file: Path | None = None
    """Where it was written; None when it was not."""
    new_folder: Path | None = None
    """The folder that had to be made for it, outside of the vault."""
    run: Path | None = None
    """The folder that keeps everything it was made from; None when there is none."""
    spent: Spent | None = None
    """What all requests for it took; None where none was made."""
    hint: str = ""
    """How a model is named, for somebody who has set a key and no model."""
    warnings: tuple[str, ...] = ()
    """What a person should know of where it went."""
    failure: str = ""
    """The draft is made, and this is what could not be done with it."""

    @property
    def text(self) -> str:
        """The note."""
        return self.draft.note.text

    @property
    def note_id(self) -> str:
        """Its number in the vault."""
        return self.draft.note.note_id

    @property
    def report(self) -> tuple[str, ...]:
        """Source, links, evidence, rules and model, a line each and more."""
        return tuple(report_lines(self.draft, self.context, self.note_type, self.spent))

    @property
    def brief(self) -> tuple[str, ...]:
        """The same in six lines at most."""
        return tuple(brief_lines(self.draft, self.context, self.hint, self.spent))

    @property
    def evidence(self) -> str:
        """How much of it rests on the source, in a few words."""
        return count_evidence(self.draft)

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON values; the note's text only where it stands in no file."""
        run = None if self.run is None else str(self.run)
        where = {"path": self.path, "note_id": self.note_id, "run": run}
        envelope = make_envelope(self.draft, self.context, where, self.spent)
        return envelope if self.file is not None else envelope | {"note": self.text}


class UnwrittenError(EnrichError):
    """A draft is made and may have cost something, and could be written nowhere."""

    def __init__(self, message: str, exit_code: int, drafted: Drafted) -> None:
        super().__init__(message)
        self.exit_code, self.drafted = exit_code, drafted


Make = Callable[[DraftContext, NoteType, Engines, str, Rules, Watch], Draft]


class By(Struct, frozen=True):
    """Who makes a draft."""

    make: Make = make_draft
    """Here, or by the workers of an executor."""


def draft_note(opened: OpenVault, url: str, options: DraftOptions) -> Drafted:
    """A draft about the page at ``url``: source, candidates, prompt, completion, checked sections, note, file.

    The run folder is written as the work goes on, so that nothing is lost that was paid for. Every request that is made
    on the way is held to the allowance of ``options``.
    """
    opened.meter.require_price(opened.settings.model, options.allowance)
    with opened.meter.account(options.allowance, flag=options.allowance_flag) as account:
        return _draft_page(opened, url, options, account)


def _draft_page(opened: OpenVault, url: str, options: DraftOptions, account: Account) -> Drafted:
    tell, today = opened.reporter, date.today()
    _doubt_date(opened, options.created, today)
    _ = opened.folder  # a vault is needed, also where nothing is written into it
    require_key(opened.settings)
    require_language(options.language)
    title = check_title(options.note_title, opened.usual_type)  # a type that is broken is told before a fetch
    _refuse_known(opened, url, title, options)
    if options.into_vault:
        _ = _airlock(opened).path  # one that leads out of the vault is told before anything is spent
    page, source = read_source(url, options, today, tell, opened.run_worker)
    if source.url != url:
        _refuse_known(opened, source.url, title, options)
    if not options.again:
        opened.claim_page(source.url)
    context = gather(opened, source, options, title)
    return draft_context(opened, context, page, options, account)


def require_language(language: str) -> None:
    """UsageError for what is neither the tag of a language nor ``auto``."""
    if language and language != "auto" and not re.fullmatch("[a-z]{2,3}", language):
        raise UsageError(f"--language {language[:40]!r}: is no tag of a language; write it as vi, or as auto")


def gather(
    opened: OpenVault,
    source: Source,
    options: DraftOptions,
    title: str = "",
    note_type: NoteType | None = None,
    own: Note | None = None,
) -> DraftContext:
    """What of the vault belongs to ``source``: from here on nothing but the context is needed.

    For a note that is there already (``own``), no candidate is itself, or what it links to.
    """
    opened.reporter.progress("choosing link candidates")
    mode = cast(SeeAlsoMode, opened.settings.see_also)
    path, links = ("", ()) if own is None else (own.path, own.links)
    linked = (opened.resolver.obsidian(link.target, path) for link in links)
    left_out = opened.left_out | {path, *filter(None, linked)}
    wanted = Options(date.today(), options.created, title, mode, left_out - {""}, own=path)
    kind = note_type or opened.usual_type

    language = choose_language(kind, options.language, source)

    def ask(index: "Index") -> DraftContext:
        with opened.packaged_vectors() as vectors:
            compare = vectors.compare if vectors else None
            known = replace(wanted, is_hollow=index.echoes.is_hollow, compare=compare)
            found = gather_context(source, opened.vault, opened.resolver, kind, known, index.store)
        drafts = f"{opened.settings.airlock}/{kind.draft_folder(found.created)}".rstrip("/")
        folder = drafts if own is None else own.folder
        candidates = write_candidates(found.candidates, folder, opened.app_settings, index.store.habits)
        return replace(found, candidates=candidates, language=language)

    return opened.ask_index(ask, by_meaning=False)  # the article's words decide


def choose_language(note_type: NoteType, wanted: str, source: Source) -> str:
    """The language of the note where its type leaves it open, or the user says it; empty: the type's own."""
    if wanted and note_type.house and wanted != note_type.language:
        raise UsageError(
            f"--language {wanted}: notes of type {note_type.name} are in {note_type.language}; name another type with "
            "--type, article-note or one of your own"
        )
    if wanted not in ("", "auto"):
        return wanted
    own = source.language.partition("-")[0]
    return own or "en" if wanted == "auto" or not note_type.language else ""


def draft_context(
    opened: OpenVault,
    context: DraftContext,
    page: Page,
    options: DraftOptions,
    account: Account,
    by: By | None = None,
) -> Drafted:
    """The draft of a context, delivered; ``by``: who is asked and where it is made, when not as usual."""
    note_type = opened.type_of_context(context)
    place, secret = options.record or run_path(opened, context.source.title), Secret(opened.settings.api_key)
    run = create_run(place, date.today(), opened.reporter.warn_once, named=options.record is not None, secret=secret)
    run.save_page(page)
    with _reserved_note_id(opened, note_type.code, context.created, options) as note_id:
        making = _Making(opened, options, context, note_type, note_id, account, by or By())
        try:
            made = making.draft(_rules_of(opened, options), run)
        except WaitingError:
            run.discard()
            raise
    prune_runs(opened.runs, opened.settings.keep_runs)
    return made


def draft_from_source(opened: OpenVault, folder: Path, options: DraftOptions) -> Drafted:
    """A draft of the usual type about the page of a run folder; nothing is fetched, and nothing is kept."""
    source = read_context(folder).source
    require_key(opened.settings)
    with opened.meter.account(options.allowance, flag=options.allowance_flag) as account:
        context = gather(opened, source, options)
        note_type = opened.type_of_context(context)
        with _reserved_note_id(opened, note_type.code, context.created, options) as note_id:
            making = _Making(opened, options, context, note_type, note_id, account)
            made = make_draft(context, note_type, making.engines(), note_id, _rules_of(opened, options), Watch())
            return making.deliver(making.secret.remove(made), None)


def replay_draft(opened: OpenVault, folder: Path, options: DraftOptions) -> Drafted:
    """The draft of a run folder, made again from its context and completions; nothing is asked, nothing fetched."""
    recorded = read_run(folder)
    context = recorded.context
    note_type = opened.type_of_context(context)
    making = _Making(opened, options, context, note_type, recorded.note_id)
    rules, engines = recorded_rules(recorded), recorded_engines(opened, recorded)
    made = making.secret.remove(make_draft(context, note_type, engines, recorded.note_id, rules, Watch()))
    if recorded.note and made.note.text != recorded.note:
        raise EnrichError(
            f"{differing(recorded, made.note.text)}; record it again with "
            f"enrich draft --replay {recorded.path} --record {recorded.path}"
        )
    return making.deliver(made, None)


def record_again(opened: OpenVault, folder: Path, target: Path, options: DraftOptions) -> Drafted:
    """The context of an earlier run, asked of the model anew: templates or schema have changed since."""
    require_key(opened.settings)
    recorded = read_run(folder)
    run = _renewed(recorded, target, opened)
    context = recorded.context
    making = _Making(opened, options, context, opened.type_of_context(context), recorded.note_id)
    return making.draft(recorded_rules(recorded), run)


class _Making(Struct, frozen=True):
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
            written = write_draft(made, self.context, self.note_type, _airlock(opened), self.options.again)
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


def check_title(given: str, note_type: NoteType) -> str:
    """A title that the user names, in the form of a title; UsageError when nothing is left of it, or it is no name."""
    title = title_for(given, note_type)
    if given and not title:
        raise UsageError(f"--note-title {given!r}: has no letter a to z or digit; a title is made of [a-z0-9 ]")
    if title and (fault := title_fault(title)):
        raise UsageError(f"--note-title {given!r}: {fault}; choose another")
    return title


def _doubt_date(opened: OpenVault, created: date | None, today: date) -> None:
    """Ask for a second look at a date that no web page has."""
    if created and not is_plausible(created, today):
        when = "in the future" if created > today else "before there were web pages"
        opened.reporter.warn(f"--date {created}: is {when}; look again whether it is meant")


def _refuse_known(opened: OpenVault, url: str, title: str, options: DraftOptions) -> None:
    """Stop before anything is spent when the vault has this page, or a note of the given title."""
    if options.again:
        return
    refuse_known_address(opened.vault, url)
    if title:
        refuse_known_title(opened.vault, title)


def _airlock(opened: OpenVault) -> Airlock:
    """The folder that drafts go to."""
    return Airlock(opened.vault, opened.settings.airlock, opened.places.state, opened.reporter.warn_once)


def _renewed(recorded: RecordedRun, target: Path, opened: OpenVault) -> RunFolder:
    """The run folder that is recorded into: the run's own, emptied, or a new one."""
    today, warn, secret = date.today(), opened.reporter.warn_once, Secret(opened.settings.api_key)
    if target.resolve() == recorded.path.resolve():
        return renew_run(target, today, warn, secret=secret)
    return create_run(target, today, warn, named=True, secret=secret)


def _rules_of(opened: OpenVault, options: DraftOptions) -> Rules:
    """The style check of a new draft, and which titles it may have: those of notes of the vault are taken."""
    vault = opened.vault
    return vault_rules(opened, Naming(lambda title: options.into_vault and bool(vault.named(title)), options.again))


def _reserved_note_id(
    opened: OpenVault, code: str, created: date, options: DraftOptions
) -> AbstractContextManager[str]:
    """The draft's number, which no other draft gets while the block runs; one that is not written needs none.

    Empty where notes of the type have none.
    """
    vault = opened.vault
    if not code:
        return nullcontext("")
    if not options.into_vault:
        return nullcontext(next_note_id(code, created, vault.note_ids))
    airlock = _airlock(opened)
    return reserved_note_id(airlock.path, airlock.state, code, created, vault.note_ids, airlock.warn)
