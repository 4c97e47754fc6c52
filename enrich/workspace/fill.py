"""Fill a note that is there: the parts that it lacks, or that the user names, from the page that it cites."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.echo import find_echoes
from enrich.config import hint_model, require_key
from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft, Engines, Watch
from enrich.draft.fill import Filling, Original, carried_claims, said_elsewhere
from enrich.draft.fill import fill_note as write_parts
from enrich.draft.report import brief_lines, claim_rows, make_envelope, report_lines
from enrich.draft.run import RecordedRun, RunFolder, create_run, read_claim_rows, read_context, read_run
from enrich.draft.section import is_tag_of
from enrich.draft.section_place import place_section
from enrich.draft.wish import Named, Wish, choose_parts, read_wish
from enrich.errors import EnrichError, UsageError
from enrich.links.patch import unified_patch
from enrich.llm.budget import Account, Spent
from enrich.llm.completion import AnswerError, EndpointError
from enrich.llm.secret import Secret
from enrich.source.source import Page, Source
from enrich.source.unknown_address import UNKNOWN_ADDRESS
from enrich.vault.approvals import digest_of
from enrich.vault.file import decode_text
from enrich.vault.note import Note, parse_note, stem_of
from enrich.vault.note_type import NoteType
from enrich.vault.undo_log import Change, EditRecord
from enrich.vault.write import find_place
from enrich.workspace.check import finder_of
from enrich.workspace.draft import choose_language, gather, replay_draft, require_language
from enrich.workspace.drafted import Drafted
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
from enrich.workspace.open_notes import read_named
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import CheckOptions, DraftOptions, FillOptions
from enrich.workspace.read_source import read_source
from enrich.workspace.sources import Finder, cited_address


class Filled(Struct, frozen=True):
    """A note with the parts that were written, and what was found about these."""

    path: str
    """The note's path in the vault."""
    file: Path
    parts: tuple[str, ...]
    """What was wished for; empty: nothing was missing."""
    before: bytes
    after: bytes
    drafted: Drafted | None = None
    """The parts as a draft has them: findings, evidence, links, what they took. None where nobody was asked."""
    edit: EditRecord | None = None
    """None: nothing was written."""

    @property
    def patch(self) -> str:
        """What changes, as a unified diff; empty when nothing does."""
        return unified_patch(self.path, decode_text(self.before), decode_text(self.after))

    @property
    def report(self) -> tuple[str, ...]:
        """As of a draft, about the parts alone."""
        made = self.drafted
        return () if made is None else tuple(report_lines(made.draft, made.context, made.note_type, made.spent))

    @property
    def brief(self) -> tuple[str, ...]:
        """The same in six lines at most."""
        made = self.drafted
        return () if made is None else tuple(brief_lines(made.draft, made.context, made.hint, made.spent))

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON values."""
        written = "" if self.edit is None else self.edit.id
        row: dict[str, object] = {"path": self.path, "parts": list(self.parts), "patch": self.patch, "edit": written}
        made = self.drafted
        if made is None:
            return row
        where = {"path": self.path, "note_id": made.note_id, "run": None if made.run is None else str(made.run)}
        return row | make_envelope(made.draft, made.context, where, made.spent) | {"title": stem_of(self.path)}


def fill_note(opened: OpenVault, file: Path, options: FillOptions) -> Filled:
    """The parts of the note in ``file`` that are missing or named, written from its source; see `Workspace.fill`.

    What was shown before is written as it was shown, and not asked for again, as long as note, source and model are the
    same.
    """
    opened.meter.require_price(opened.settings.model, options.allowance)
    with opened.meter.account(options.allowance, "these parts") as account:
        return _fill(opened, _file_in(opened, file), options, account)


def replay_run(opened: OpenVault, folder: Path, options: DraftOptions) -> Drafted:
    """The note of a run folder made again, be it of a draft or of parts of a note."""
    recorded = read_run(folder)
    if recorded.filled is None:
        return replay_draft(opened, folder, options)
    if options.into_vault or options.output is not None:
        path = recorded.filled.path
        raise UsageError(f"{folder}: is a run of enrich fill; enrich fill {path} --apply writes it")
    job = _recorded_job(opened, recorded)
    made, after = job.again(recorded)
    text = after.decode("utf-8", "surrogateescape")
    if recorded.note and text != recorded.note:
        raise EnrichError(f"{differing(recorded, text)}; run enrich fill again")
    return Drafted(replace(made, note=replace(made.note, text=decode_text(after))), recorded.context, job.note_type)


def _fill(opened: OpenVault, file: Path, options: FillOptions, account: Account) -> Filled:
    require_key(opened.settings)
    require_language(options.language)
    data = read_named(file)
    note = parse_note(opened.path_of(file), data.decode("utf-8", "surrogateescape"))
    note_type = _type_of(opened, note, options)
    original = Original(note.stem, data)
    wish = choose_parts(_named(options), original.outline(note_type), note_type)
    if not wish:
        return Filled(note.path, file, (), data, data)
    if options.apply:
        find_place(opened.folder, file)  # rather before the work, which may cost, than after it
    job = _Job(opened, note, note_type, original, wish, options, account)
    drafted, after = job.do()
    filled = Filled(note.path, file, wish.names, data, after, drafted)
    return _written(opened, filled) if options.apply and after != data else filled


def _written(opened: OpenVault, filled: Filled) -> Filled:
    """The note as one edit. An approval does not hold for what nobody has approved, and that is said."""
    approved = opened.ledger.path.exists() and opened.ledger.read().approval_of(digest_of(filled.before))
    label = f"fill {', '.join(filled.parts)} in {filled.file.name}"
    edit = opened.write([Change(filled.file, filled.before, filled.after)], label, keeps_prose=False)
    if approved:
        opened.reporter.warn(f"{filled.path}: was approved, and is changed now; approve it again with enrich review")
    return replace(filled, edit=edit)


class _Job(Struct, frozen=True, dict=True):
    """Parts on their way into one note."""

    opened: OpenVault
    note: Note
    note_type: NoteType
    original: Original
    wish: Wish
    options: FillOptions
    account: Account | None = None

    def do(self) -> tuple[Drafted, bytes]:
        """The parts and the note's bytes with them; the run is kept."""
        page, source = self._read_source()
        earlier = replace(self._finder, source="").run_of(self.note)
        shown = self._shown(earlier, source)
        if shown is not None:
            made, after = self.again(shown)
            made = self._with_echoes(made)
            refuse_unfit(made, None, self.options.strict)
            return self._drafted(made, shown.context, shown.path), after
        opened = self.opened
        context = self._gather(source, earlier)
        secret = Secret(opened.settings.api_key)
        run = create_run(run_path(opened, self.note.stem), date.today(), opened.reporter.warn_once, secret=secret)
        self._begin(run, page, context)
        said = said_elsewhere(self.original.outline(self.note_type), self.wish)
        kind = self.note_type.in_language(context.language)
        engines = choose_engines(opened, context, kind, said, reader=self.options.reader)
        try:
            made, after = self._make(context, engines, watch_run(opened, run))
        except (AnswerError, EndpointError) as error:
            raise with_way_out(opened, error, run) from error
        made = self._with_echoes(made)
        self._keep(run, self._drafted(made, context, None), after, read_claim_rows(earlier) if earlier else [])
        opened.forget_runs()
        refuse_unfit(made, run, self.options.strict)
        return self._drafted(made, context, run.path if run.kept else None), after

    def again(self, recorded: RecordedRun) -> tuple[Draft, bytes]:
        """The same from a run folder: nothing is asked."""
        return self._make(recorded.context, recorded_engines(self.opened, recorded), Watch(), recorded)

    def _make(
        self, context: DraftContext, engines: Engines, watch: Watch, recorded: RecordedRun | None = None
    ) -> tuple[Draft, bytes]:
        opened = self.opened
        rules = recorded_rules(recorded) if recorded else vault_rules(opened, own_id=self.note.note_id)
        kind = self.note_type.in_language(context.language)
        places = recorded.filled.places if recorded and recorded.filled else self._places
        filling = Filling(context, kind, self.original, self.wish, rules, places)
        made = Secret(opened.settings.api_key).remove(write_parts(filling, engines, watch, opened.prompts))
        return made, self.original.edited(made.note.edits)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where the missing sections stand in notes of the vault that are like this one."""
        outline = self.original.outline(self.note_type)
        missing = [row for row in self.wish.sections if row.heading and outline.place_of(row) is None]
        notes = [note for note in self.opened.vault.notes if not note.draft and note.path != self.note.path]
        others = [[row.text for row in note.headings] for note in notes] if missing else []
        places = {
            section.name: place_section(
                section.heading,
                [row.text for row in outline.headings if row.level == (outline.level or section.level)],
                self.note_type.headings,
                others,
            )
            for section in missing
        }
        return {name: number for name, number in places.items() if number is not None}

    def _with_echoes(self, made: Draft) -> Draft:
        """With a finding for each sentence of the parts that many notes of the vault have."""
        stem, kind, count = self.note.stem, self.note_type, self.opened.count_echoes
        before = Counter(row.message for row in find_echoes(self.original.cleaned.text, stem, kind, count))
        found = find_echoes(made.note.text, stem, kind, count)
        new = [row for row in found if before[row.message] == 0]
        return replace(made, findings=(*made.findings, *new))

    def _drafted(self, made: Draft, context: DraftContext, run: Path | None) -> Drafted:
        spent: Spent | None = None if self.account is None else self.account.spent
        made = replace(made, note=replace(made.note, note_id=self.note.note_id))
        return Drafted(made, context, self.note_type, run=run, spent=spent, hint=hint_model(self.opened.settings))

    def _read_source(self) -> tuple[Page | Path | None, Source]:
        """The page that the note rests on, or the run folder that has it, and its article."""
        options, address = self.options, self.options.url or cited_address(self.note)
        if options.page is not None or options.text is not None:
            given = DraftOptions(
                headline=options.headline, page=options.page, text=options.text, allow_private=options.allow_private
            )
            return read_source(address or UNKNOWN_ADDRESS, given, date.today(), self.opened.reporter)
        finder = self._finder
        folder = finder.run_of(self.note)
        if folder is not None:
            return folder, read_context(folder).source
        if options.stored:
            raise UsageError(
                f"{self.note.path}: no run of it is kept here; enrich fill --section reads the page that it cites"
            )
        if options.source:
            return None, finder.read(options.source, address)
        if not address:
            raise UsageError(f"{self.note.path}: cites no page; name its source with --html FILE or --source")
        fetched = DraftOptions(allow_private=options.allow_private)
        return read_source(address, fetched, date.today(), self.opened.reporter)

    @property
    def _finder(self) -> Finder:
        wanted = CheckOptions(self.options.source, allow_private=self.options.allow_private)
        return finder_of(self.opened, wanted)

    def _shown(self, folder: Path | None, source: Source) -> RecordedRun | None:
        """The run that showed just this before; None when there is none, or something of it has changed."""
        if not self.options.apply or folder is None or not (folder / "fill.json").is_file():
            return None
        try:
            run = read_run(folder)
        except EnrichError:
            return None
        filled, settings = run.filled, self.opened.settings
        if run.context.language != choose_language(self.note_type, self._language(folder), source):
            return None
        asked = None if filled is None else (filled.before, filled.parts, filled.model)
        same = asked == (self.original.data, self.wish.names, settings.model) and run.context.source.text == source.text
        return run if same and run.note and run.context.note_type == self.note_type.name else None

    def _language(self, earlier: Path | None) -> str:
        """What was asked for, else the language of the run that made the note."""
        return self.options.language or ("" if earlier is None else read_context(earlier).language)

    def _gather(self, source: Source, earlier: Path | None) -> DraftContext:
        """What of the vault belongs to the note; its date and its tags are its own."""
        note, name = self.note, self.note_type.name
        wanted = DraftOptions(created=note.created, language=self._language(earlier))
        context = gather(self.opened, source, wanted, note_type=self.note_type, own=note)
        tags = (tag for tag in note.tags if tag != name and not tag.isdigit())
        return replace(context, topics=tuple(tag for tag in tags if is_tag_of(tag, self.note_type)))

    def _begin(self, run: RunFolder, page: Page | Path | None, context: DraftContext) -> None:
        """What the run begins with, before anybody is asked."""
        if isinstance(page, Page):
            run.save_page(page)
        elif page is not None:
            run.copy_page(page)
        run.save_about(**self._about(context))
        run.save_bytes("before.md", self.original.data)
        parts = {"path": self.note.path, "parts": list(self.wish.names), "model": self.opened.settings.model}
        run.save_json("fill.json", parts | {"places": dict(self._places)})
        run.save_context(context)

    def _about(self, context: DraftContext) -> Mapping[str, str]:
        opened = self.opened
        url = cited_address(self.note) or context.source.url
        about = {"url": url, "note_type": self.note_type.name, "note_id": self.note.note_id}
        return about | {"vault": str(opened.folder.resolve()), "airlock": opened.settings.airlock}

    def _keep(self, run: RunFolder, drafted: Drafted, after: bytes, earlier: list[dict[str, Any]]) -> None:
        """The note as it becomes, and its claims: what it says elsewhere rests on those of its ``earlier`` run."""
        run.save_bytes("note.md", after)
        run.save_json(
            "claims.json", {"title": self.note.stem, "claims": carried_claims(earlier, claim_rows(drafted.draft))}
        )
        run.save_text("report.txt", "\n".join(drafted.report) + "\n")


def _recorded_job(opened: OpenVault, recorded: RecordedRun) -> _Job:
    filled, note_type = recorded.filled, opened.type_named(recorded.context.note_type)
    if filled is None:
        raise UsageError(f"{recorded.path}: is no run of enrich fill")
    note = parse_note(filled.path, filled.before.decode("utf-8", "surrogateescape"))
    original = Original(note.stem, filled.before)
    return _Job(opened, note, note_type, original, read_wish(filled.parts, note_type), FillOptions())


def _type_of(opened: OpenVault, note: Note, options: FillOptions) -> NoteType:
    found = opened.type_named(options.note_type) if options.note_type else opened.type_of(note)
    if found is None:
        raise UsageError(f"{note.path}: is of no note type that is known; name one with --type")
    return found


def _named(options: FillOptions) -> Named:
    fields = {"keywords": options.keywords, "description": options.description}
    named = (*(name for name, wanted in fields.items() if wanted), *options.properties)
    return Named(options.sections, named, options.see_also, options.linkage)


def _file_in(opened: OpenVault, file: Path) -> Path:
    """The file from here, else from the vault's folder."""
    inside = opened.folder / file
    return inside if not file.exists() and inside.exists() else file
