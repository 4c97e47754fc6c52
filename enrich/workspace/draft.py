"""Draft a note: a new one, one replayed from its run folder, or one recorded again."""

import re
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from enrich.config import require_key
from enrich.draft.context import DraftContext, SeeAlsoMode
from enrich.draft.draft_note import Rules, Watch
from enrich.draft.draft_note import draft_note as make_draft
from enrich.draft.gather import Options, gather_context, refuse_known_address, refuse_known_title
from enrich.draft.prune import prune_runs
from enrich.draft.run import RecordedRun, RunFolder, create_run, read_context, read_run, renew_run
from enrich.draft.section import title_for
from enrich.draft.title import Naming
from enrich.errors import EnrichError, UsageError
from enrich.links.markdown_form import write_candidates
from enrich.llm.budget import Account
from enrich.llm.completion import WaitingError
from enrich.llm.secret import Secret
from enrich.source.dates import is_plausible
from enrich.source.source import Page, Source
from enrich.vault.file_name import title_fault
from enrich.vault.note import Note
from enrich.vault.note_id import next_note_id
from enrich.vault.note_type import NoteType
from enrich.vault.reserve import reserved_note_id
from enrich.workspace.deliver import By, Making, airlock_of
from enrich.workspace.drafted import Drafted
from enrich.workspace.making import (
    differing,
    recorded_engines,
    recorded_rules,
    run_path,
    vault_rules,
)
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import DraftOptions
from enrich.workspace.read_source import read_source

if TYPE_CHECKING:
    from enrich.links.index import Index


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
        _ = airlock_of(opened).path  # one that leads out of the vault is told before anything is spent
    page, source = read_source(url, options, today, tell)
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
        with opened.comparing() as compare:
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
        making = Making(opened, options, context, note_type, note_id, account, by or By())
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
            making = Making(opened, options, context, note_type, note_id, account)
            made = make_draft(context, note_type, making.engines(), note_id, _rules_of(opened, options), Watch())
            return making.deliver(making.secret.remove(made), None)


def replay_draft(opened: OpenVault, folder: Path, options: DraftOptions) -> Drafted:
    """The draft of a run folder, made again from its context and completions; nothing is asked, nothing fetched."""
    recorded = read_run(folder)
    context = recorded.context
    note_type = opened.type_of_context(context)
    making = Making(opened, options, context, note_type, recorded.note_id)
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
    making = Making(opened, options, context, opened.type_of_context(context), recorded.note_id)
    return making.draft(recorded_rules(recorded), run)


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
    airlock = airlock_of(opened)
    return reserved_note_id(airlock.path, airlock.state, code, created, vault.note_ids, airlock.warn)
