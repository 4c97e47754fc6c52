"""One run of ``enrich draft``: a new one, one replayed from its folder, or one recorded again."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import cast

from enrich.commands.draft_progress import Answer
from enrich.commands.draft_source import doubt_date, read_source, tell_source
from enrich.commands.edges import Setup, live_engine, open_vault, open_vectors, require_vault
from enrich.commands.request import Request
from enrich.config import hint_model, require_key
from enrich.console import Console
from enrich.draft.draft_note import Draft, Rules, Watch, draft_note
from enrich.draft.gather import Options, gather_material, refuse_known_address, refuse_known_title
from enrich.draft.material import Material, SeeAlsoMode
from enrich.draft.prune import prune_runs
from enrich.draft.report import brief_lines, claim_rows, make_envelope, report_lines
from enrich.draft.run import RecordedRun, RunFolder, create_run, read_run, renew_run
from enrich.draft.section import clean_title
from enrich.draft.write_draft import Airlock, Written, write_draft
from enrich.errors import EnrichError, FindingsError, UsageError
from enrich.links.index import ask_index
from enrich.llm.completion import AnswerError, EndpointError, Engine
from enrich.llm.extractive import ExtractiveEngine, tell_limits
from enrich.llm.replay import ReplayEngine
from enrich.llm.secret import Secret
from enrich.text.count import counted
from enrich.text.shell import quote_path
from enrich.vault.file_name import title_fault
from enrich.vault.note_id import next_note_id
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type
from enrich.vault.resolve import Resolver
from enrich.vault.root import find_vault
from enrich.vault.vault import Vault
from enrich.vault.write import create_note


def run_drafts(requests: Sequence[Request], setup: Setup, console: Console) -> int:
    """Draft one page after the other; a page that fails is said and does not stop the rest. The worst exit code."""
    require_vault(setup)
    require_key(setup.settings)
    read_note_type(setup.settings.type, prompt_folders(setup.vault))
    failed: dict[str, int] = {}
    hint = hint_model(setup.settings)
    for number, request in enumerate(requests):
        console.session.waiting = tuple(row.url for row in requests[number:])
        try:
            _Drafting(request, setup, console, hint="" if number else hint, several=True).draft_new()
        except EnrichError as error:
            failed[request.url] = error.exit_code
            console.warn(f"enrich: {error}")
            if request.as_json:
                console.result(json.dumps({"url": request.url, "error": str(error), "exit_code": error.exit_code}))
    console.session.waiting = ()
    console.say(f"{len(requests) - len(failed)} of {counted(len(requests), 'page')} drafted")
    return max(failed.values(), default=0)


def run_draft(request: Request, setup: Setup, console: Console) -> None:
    """Make the draft, deliver it where the request says, and report on it."""
    drafting = _Drafting(request, setup, console, hint_model(setup.settings))
    if request.replay is None:
        drafting.draft_new()
    elif request.record is None:
        drafting.replay(read_run(request.replay))
    else:
        drafting.record_again(read_run(request.replay), request.record)


@dataclass(frozen=True)
class _Drafting:
    """What every kind of run has: the request, where it runs, and where its words go."""

    request: Request
    setup: Setup
    console: Console
    hint: str = ""
    """How to name a model, for the report; empty: there is nothing to say."""
    several: bool = False
    """One of several: an envelope takes one line."""

    @property
    def secret(self) -> Secret:
        """The key that is sent to the model."""
        return Secret(self.setup.settings.api_key)

    def draft_new(self) -> None:
        """Page → source → material → draft, in a run folder that is written as it goes."""
        request, setup = self.request, self.setup
        doubt_date(request.created, date.today(), self.console)
        root = require_vault(setup)
        require_key(setup.settings)
        title = self.given_title()
        note_type = self.note_type(setup.settings.type)
        self.console.progress("reading the vault")
        vault = open_vault(root, self.console)
        self.refuse_known(vault, request.url)
        if request.into_vault:
            _ = self.airlock(vault).path  # one that leads out of the vault is told before anything is spent
        page, source = read_source(request, self.console)
        self.refuse_known(vault, source.url)
        tell_source(page, source, self.console)
        self.console.progress("choosing link candidates")
        resolver = Resolver(vault, setup.settings.quartz_ignore)
        see_also = cast(SeeAlsoMode, setup.settings.see_also)
        options = Options(date.today(), request.created, title, see_also)
        with open_vectors(setup, self.console) as vectors:
            material = ask_index(
                root,
                setup.places.cache,
                lambda index: gather_material(source, vault, resolver, note_type, options, index.learned),
                self.console.progress,
                vectors,
                self.console.warn_once,
            )
        rules = Rules(
            lambda target: (resolver.obsidian(target) is not None, resolver.quartz(target) is not None),
            vault.note_ids,
            any(not note.draft for note in vault.notes),
        )
        note_id = next_note_id(note_type.code, material.created, vault.note_ids)
        place = request.record or self.run_path(source.title)
        run = create_run(
            place, options.today, self.console.warn_once, named=request.record is not None, secret=self.secret
        )
        run.save_page(page)
        self.make(material, note_type, rules, run, vault, note_id)
        prune_runs(setup.places.state / "runs", setup.settings.keep_runs)

    def record_again(self, recorded: RecordedRun, target: Path) -> None:
        """The material of an earlier run, asked of the model anew: templates or schema have changed since."""
        require_key(self.setup.settings)
        same = target.resolve() == recorded.path.resolve()
        today, warn = date.today(), self.console.warn_once
        if same:
            run = renew_run(target, today, warn, secret=self.secret)
        else:
            run = create_run(target, today, warn, named=True, secret=self.secret)
        material = recorded.material
        note_type = self.note_type(material.note_type)
        self.make(material, note_type, _rules_of(material), run, self.named_vault(), recorded.note_id)

    def make(
        self,
        material: Material,
        note_type: NoteType,
        rules: Rules,
        run: RunFolder,
        vault: Vault | None,
        note_id: str,
    ) -> None:  # fmt: skip
        """Ask the engine, keep everything in ``run``, deliver the draft."""
        for candidate in material.candidates:
            self.console.detail(f"candidate {candidate.score:.2f} {candidate.path}: {'; '.join(candidate.reasons)}")
        run.save_material(material)
        run.save_about(url=material.source.url, note_type=note_type.name, note_id=note_id)
        try:
            made = draft_note(material, note_type, self.engine(material, note_type), note_id, rules, self.watch(run))
        except (AnswerError, EndpointError) as error:
            raise self.with_way_out(error, run) from error
        made = self.secret.remove(made)  # only a note shows what a model hid in markup
        run.save_text("note.md", made.note.text)
        run.save_json("claims.json", {"claims": claim_rows(made)})
        self.deliver(made, material, note_type, vault, note_id, run)

    def with_way_out(self, error: AnswerError | EndpointError, run: RunFolder) -> AnswerError | EndpointError:
        """``error``, and where a person finds what was answered, and how a draft is had all the same."""
        if not self.setup.settings.model:
            return error
        kept = f"What was asked and answered is in {run.path}; " if run.kept else ""
        return type(error)(f'{error}. {kept}-m "" drafts without a model', error.exchanges)

    def replay(self, recorded: RecordedRun) -> None:
        """The recorded draft, made again from its material and completions; nothing is asked and nothing fetched."""
        material = recorded.material
        note_type = self.note_type(material.note_type)
        engine = ReplayEngine(recorded.recordings, recorded.path)
        made = self.secret.remove(
            draft_note(material, note_type, engine, recorded.note_id, _rules_of(material), Watch())
        )
        if recorded.note and made.note.text != recorded.note:
            raise EnrichError(
                f"{recorded.path}: the note made again differs from note.md in line "
                f"{_first_difference(made.note.text, recorded.note)}; record it again with "
                f"enrich draft --replay {recorded.path} --record {recorded.path}"
            )
        self.deliver(made, material, note_type, self.named_vault(), recorded.note_id, None)

    def deliver(
        self,
        made: Draft,
        material: Material,
        note_type: NoteType,
        vault: Vault | None,
        note_id: str,
        run: RunFolder | None,
    ) -> None:  # fmt: skip
        """Write the draft where it belongs, then say so: the result on stdout, the report on stderr."""
        lines = report_lines(made, material, note_type)
        if run is not None:
            run.save_text("report.txt", "\n".join(lines) + "\n")
        self.refuse_unfit(made, run)
        path: str | None = None
        new_folder: Path | None = None
        if self.request.into_vault and vault is not None:
            written = self.write(made, material, note_type, vault, run)
            path, note_id = written.path, written.note_id
            if written.note.title != made.note.title:
                material = replace(material, note_title=written.note.title)
            made = replace(made, note=written.note)
            self.console.wrote(path)
        elif self.request.output not in (None, "-"):
            new_folder = self.write_output(made.note.text)
            self.console.wrote(str(self.request.output))
        if run is not None:
            run.save_material(material)
            run.save_text("note.md", made.note.text)
            about = {"url": material.source.url, "note_type": note_type.name, "note_id": note_id, "path": path}
            run.save_about(**about, **self._whose(vault))
        kept = run is not None and run.kept
        where = {"path": path, "note_id": note_id, "run": str(run.path) if run is not None and kept else None}
        self.show(made, material, where, vault)
        self.report(lines if self.console.verbose else brief_lines(made, material, self.hint), run)
        if new_folder is not None:
            self.console.say(f"folder: {new_folder} was not there and was made")
        if (file := self.file_of(path, vault)) is not None:
            self.console.say(f"next: {self.review_command(file)}")
        if run is not None and run.named and not run.kept:
            raise EnrichError(f"{run.path}: holds no whole run, for the reason above; the draft itself is made")

    def refuse_unfit(self, made: Draft, run: RunFolder | None) -> None:
        """FindingsError for a note with the markup of strangers, and with ``--strict`` for one that fails."""
        if made.note.intruders:
            kept = f"; {run.path} keeps the note" if run is not None and run.kept else ""
            raise FindingsError(
                f"{made.note.title}: no file written, it would hold {made.note.intruders}{kept}; this is a bug of "
                "enrich, please report the page"
            )
        if self.request.strict and made.failures:
            raise FindingsError(_refusal(made))

    def report(self, lines: Sequence[str], run: RunFolder | None) -> None:
        """What there is to say of the draft, and with ``--verbose`` where its run is kept."""
        for line in lines:
            self.console.say(line)
        if run is not None and run.kept:
            self.console.detail(f"run: {run.path}")

    def file_of(self, path: str | None, vault: Vault | None) -> Path | None:
        """Where the draft was written; None when it was only shown."""
        if path is not None and vault is not None:
            return vault.root / path
        return Path(self.request.output) if self.request.output not in (None, "-") else None

    def review_command(self, file: Path) -> str:
        """What to type next. The vault is named where `review` would not find it by itself."""
        near = find_vault(file.resolve().parent)
        root = self.setup.vault
        found = root is None or (near is not None and near.resolve() == root.resolve())
        return f"enrich review {quote_path(file)}" + ("" if found or root is None else f" --vault {quote_path(root)}")

    def write(
        self, made: Draft, material: Material, note_type: NoteType, vault: Vault, run: RunFolder | None
    ) -> Written:
        """Write the draft into the airlock. Where that fails, the error says where the draft is: it may have cost."""
        try:
            written = write_draft(made, material, note_type, self.airlock(vault), self.request.again)
        except EnrichError as error:
            if run is None:
                raise
            remedy = f"the draft is kept: enrich draft --replay {run.path} --vault {vault.root} writes it"
            if not run.kept:
                self.show(made, material, {"path": None, "note_id": None, "run": None}, vault)
                remedy = "the draft stands on standard output, because it could be kept nowhere"
            raise type(error)(f"{error}; {remedy}") from error
        if made.note.title != made.checked.title and not material.note_title:
            self.console.warn(f"title {made.checked.title!r}: is no name for a note; used {made.note.title!r}")
        if written.note.title != made.note.title:
            self.console.warn(f"title {made.note.title!r}: another note has it; used {written.note.title!r}")
        return written

    def _whose(self, vault: Vault | None) -> dict[str, str]:
        """The vault of a run in the state folder; a folder that the user named may be given away, and does not say."""
        named = self.request.record is not None or vault is None
        return {} if named or vault is None else {"vault": str(vault.root.resolve())}

    def show(self, made: Draft, material: Material, where: dict[str, str | None], vault: Vault | None) -> None:
        """The one result on stdout: the envelope, the note, or the path."""
        path = where["path"]
        if self.request.as_json:
            envelope = make_envelope(made, material, where)
            if path is None and self.request.output in (None, "-"):
                envelope["note"] = made.note.text
            self.console.result(json.dumps(envelope, ensure_ascii=False, indent=None if self.several else 1))
        elif path is not None and vault is not None:
            self.console.result(str(vault.root / path))
        elif self.request.output not in (None, "-"):
            self.console.result(str(self.request.output))
        else:
            self.console.result(made.note.text)

    def write_output(self, text: str) -> Path | None:
        """The note at ``--output``, never over a file, and never into the vault beside the airlock.

        The folder that had to be made for it; None when it was there.
        """
        target = Path(str(self.request.output))
        root = self.setup.vault
        if root is not None and target.resolve().is_relative_to(root.resolve()):
            airlock = (root / self.setup.settings.airlock).resolve()
            if not target.resolve().is_relative_to(airlock):
                raise UsageError(
                    f"{target}: is in the vault, outside its airlock {airlock.name}; write it there or elsewhere"
                )
        new_folder = None if target.parent.is_dir() else target.parent
        create_note(target.parent, target.name, text.encode())
        return new_folder

    def refuse_known(self, vault: Vault, url: str) -> None:
        """Stop before anything is spent when the vault has this page, or a note of the given title."""
        if self.request.again:
            return
        refuse_known_address(vault, url)
        if title := self.given_title():
            refuse_known_title(vault, title)

    def engine(self, material: Material, note_type: NoteType) -> Engine:
        """The configured model, else the no-model engine."""
        settings = self.setup.settings
        if not settings.model:
            for line in tell_limits(material.source, note_type):
                self.console.say(line)
            return ExtractiveEngine(material.source, material.candidates, note_type, material.known_tags)
        return live_engine(self.setup)

    def watch(self, run: RunFolder) -> Watch:
        """Progress for the terminal; prompts and completions for the run folder, those that failed too."""
        answer = Answer(self.setup.settings.model or "the no-model engine", self.console)
        return Watch(
            step=self.console.progress,
            asks=answer.begin,
            text=answer.count,
            asked=lambda prompt, completion: run.save_asked(prompt, completion.exchanges, completion),
            failed=lambda prompt, error: run.save_asked(prompt, error.exchanges, None),
        )

    def note_type(self, name: str) -> NoteType:
        """The note type from the vault's own prompts, else from ours."""
        return read_note_type(name, prompt_folders(self.setup.vault))

    def named_vault(self) -> Vault | None:
        """The vault that a replayed draft is to be written into; None when the note goes elsewhere."""
        return open_vault(require_vault(self.setup), self.console) if self.request.into_vault else None

    def given_title(self) -> str:
        """``--note-title`` in the form of a title; UsageError when nothing is left of it, or it is no name."""
        given = self.request.note_title
        title = clean_title(given)
        if given and not title:
            raise UsageError(f"--note-title {given!r}: has no letter a to z or digit; a title is made of [a-z0-9 ]")
        if title and (fault := title_fault(title)):
            raise UsageError(f"--note-title {given!r}: {fault}; choose another")
        return title

    def airlock(self, vault: Vault) -> Airlock:
        """The folder that drafts go to."""
        return Airlock(vault, self.setup.settings.airlock, self.setup.places.state, self.console.warn_once)

    def run_path(self, title: str) -> Path:
        """A new folder under the user's state folder: when, what, and which process."""
        name = "-".join(
            (f"{datetime.now():%Y%m%d-%H%M%S-%f}", clean_title(title)[:40].replace(" ", "-"), str(os.getpid()))
        )
        return self.setup.places.state / "runs" / name


def _rules_of(material: Material) -> Rules:
    """The style check of a replay: the links that the material holds resolved when it was gathered."""
    links = {candidate.link.partition("|")[0] for candidate in material.candidates}
    return Rules(lambda target: (target in links, target in links))


def _refusal(made: Draft) -> str:
    said = "; ".join(f"{finding.named} in {finding.section}: {finding.message}" for finding in made.failures)
    count = counted(len(made.failures), "must rule is", "must rules are")
    return (
        f"{made.note.title}: {count} not kept, so that no file was written: {said}; draft without --strict to review it"
    )


def _first_difference(one: str, other: str) -> int:
    pairs = zip_longest(one.splitlines(), other.splitlines())
    return next((number for number, (left, right) in enumerate(pairs, 1) if left != right), 0)
