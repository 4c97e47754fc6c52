"""One run of ``enrich check``. A hook waits for it, so that what only some checks need is imported where it is used."""

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enrich.check.check_note import Grounds, NoteCheck, Surroundings, check_note, check_text
from enrich.check.report import check_lines, check_to_dict, count_line, rule_lines
from enrich.commands.check_request import CheckRequest
from enrich.commands.edges import Setup, live_engine, open_vault, read_named, require_vault
from enrich.commands.grounds import Finder, read_note
from enrich.commands.journal import leave_out_refused, open_journal
from enrich.config import require_key
from enrich.console import Console
from enrich.errors import FindingsError, RefusedError, SettingsError, SourceError, UsageError, reason_of
from enrich.review.record import read_decisions, read_entries, record_path
from enrich.source.source import Source
from enrich.text.count import counted
from enrich.vault.habits import concept_pairs, has_shape
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type, read_note_types
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault

if TYPE_CHECKING:
    from enrich.vault.journal import Change

CONCEPT_LINES = 10
"""See-also lines that must use a concept before it counts as the vault's own."""


def run_check(request: CheckRequest, setup: Setup, console: Console) -> int:
    """Check what the request names, print it, and give the exit code."""
    checking = Checking(request, setup, console)
    if request.text is not None:
        return checking.check_text(request.text)
    if request.whole_vault:
        return checking.check_vault()
    return checking.check_notes()


@dataclass(frozen=True)
class Checking:
    """What every kind of check has: the request, where it runs, and where its words go."""

    request: CheckRequest
    setup: Setup
    console: Console

    def check_notes(self) -> int:
        """The named notes, each with its source."""
        done: list[tuple[Note, NoteCheck]] = []
        codes = []
        if self.request.fix:
            notes = [(path, read_note(path, self.name_in_vault(path))) for path in self.request.notes]
            self._write(self._mend(notes))
        for path in self.request.notes:
            note = read_note(path, self.name_in_vault(path))
            self.console.progress(f"checking {path}")
            grounds, code = self._grounds(note)
            found = check_note(note.text, note.stem, self.type_of(note), grounds, self.around(note))
            found = _with_old_links_excused(note, self.read_by_model(found, grounds.source, note))
            done.append((note, found))
            codes.append(code if found.is_clean else FindingsError.exit_code)
            self._show(str(path), note.text, found)
            self._tell_type(str(path), note)
        if self.request.as_json:
            rows = [{"path": note.path, **check_to_dict(found)} for note, found in done]
            self._print(rows[0] if len(rows) == 1 else {"notes": rows})
        return max(codes)

    def check_vault(self) -> int:
        """Every note of a type that we know; drafts with their saved sources."""
        root = require_vault(self.setup)
        refused = 0
        if self.request.fix:
            whole = open_vault(root, self.console)
            changes = self._mend([(root / note.path, note) for note in whole.notes if self._is_ours(note)])
            allowed = leave_out_refused(changes, root, self.console.warn)
            refused = len(changes) - len(allowed)
            self._write(allowed)
        notes = [note for note in self.vault.notes if self._is_ours(note)]
        done: list[tuple[Note, NoteCheck]] = []
        for number, note in enumerate(notes, 1):
            if number % 50 == 0:
                self.console.progress(f"checking note {number} of {len(notes)}")
            grounds, _ = self._grounds(note)
            found = check_note(note.text, note.stem, self.type_of(note), grounds, self.around(note))
            done.append((note, _with_old_links_excused(note, found)))
        self._show_vault(done)
        if refused:
            return RefusedError.exit_code
        return 0 if all(found.is_clean for _, found in done) else FindingsError.exit_code

    def check_text(self, path: Path) -> int:
        """Text that is no note."""
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {reason_of(error)}; name a file with text") from error
        source = self.finder.read(self.request.source)
        found = self.read_by_model(check_text(text, source, {}), source)
        self._show(str(path), text, found)
        if self.request.as_json:
            self._print({"path": str(path), **check_to_dict(found)})
        return 0 if found.is_clean else FindingsError.exit_code

    @cached_property
    def vault(self) -> Vault:
        """The vault, read once; an empty one where there is none."""
        return open_vault(self.setup.vault, self.console) if self.setup.vault is not None else Vault(Path(), ())

    @cached_property
    def finder(self) -> Finder:
        """Where sources may come from."""
        request = self.request
        runs = self.setup.places.state / "runs"
        return Finder(runs, request.source, request.fetch, request.allow_private)

    def around(self, note: Note) -> Surroundings:
        """What the vault knows of the note's links and id."""
        if self.setup.vault is None:
            return Surroundings()
        taken = [note.note_id] if self._ids[note.note_id] > 1 else []
        linkable = any(not other.draft and other.path != note.path for other in self.vault.notes)
        return Surroundings(self.resolves, taken, self._concepts, linkable)

    @cached_property
    def _ids(self) -> Counter[str]:
        return Counter(note.note_id for note in self.vault.notes if note.note_id)

    @cached_property
    def _concepts(self) -> frozenset[str]:
        return frozenset(name for pair in concept_pairs(self.vault, CONCEPT_LINES).values() for name in pair)

    @cached_property
    def resolves(self) -> Callable[[str], tuple[bool, bool]]:
        """Whether Obsidian and Quartz find a link's target."""
        resolver = Resolver(self.vault, self.setup.settings.quartz_ignore)
        return cache(lambda target: (resolver.obsidian(target) is not None, resolver.quartz(target) is not None))

    def type_of(self, note: Note) -> NoteType | None:
        """The type that the user named, else the note's own, else the usual one where the note has its shape."""
        own = self._types.get(self.request.note_type or note.type_name)
        if own is not None:
            return own
        return self.usual_type if self.request.note_type or has_shape(note, self.usual_type) else None

    @cached_property
    def _types(self) -> dict[str, NoteType]:
        return {row.name: row for row in read_note_types(prompt_folders(self.setup.vault))}

    @cached_property
    def usual_type(self) -> NoteType:
        """The type that the settings name."""
        return read_note_type(self.setup.settings.type, prompt_folders(self.setup.vault))

    def name_in_vault(self, path: Path) -> str:
        """The note's path in the vault, else its file's name."""
        root = self.setup.vault.resolve() if self.setup.vault is not None else None
        resolved = Path(os.path.realpath(path))
        inside = root is not None and resolved.is_relative_to(root)
        return resolved.relative_to(root).as_posix() if inside and root is not None else path.name

    def read_by_model(self, found: NoteCheck, source: Source | None, note: Note | None = None) -> NoteCheck:
        """With ``--llm``: the check after a model read every sentence; what it said of a note's is kept for review."""
        if not self.request.llm or source is None:
            return found
        from enrich.llm.completion import Usage
        from enrich.review.opinion import keep_opinions
        from enrich.review.verify import verify

        settings = self.setup.settings
        if not settings.model:
            raise SettingsError("--llm: no model is set; name one with -m MODEL or ENRICH_MODEL")
        require_key(settings)
        folders = prompt_folders(self.setup.vault)
        verified = verify(found, source, folders, live_engine(self.setup), self._tell_batch)
        usage = sum((completion.usage for completion in verified.completions), Usage(0, 0))
        self.console.say(
            f"model: {settings.model} read {counted(len(found.sentences), 'sentence')} in "
            f"{counted(len(verified.completions), 'request')}, {usage.total_tokens or 'unknown'} tokens"
            + (f"; it said nothing of {verified.unread}" if verified.unread else "")
        )
        if note is not None:
            keep_opinions(self.opinions_path(note), verified.opinions, source)
        return verified.check

    def opinions_path(self, note: Note) -> Path:
        """Where what a model said of the note's sentences is kept, beside the record of its review."""
        record = record_path(self.setup.places.state, self.setup.vault, note.note_id, note.path)
        return record.with_suffix(".model.json")

    def _tell_batch(self, done: int, of: int) -> None:
        self.console.progress(f"the model reads sentence {done + 1} of {of}")

    def _is_ours(self, note: Note) -> bool:
        """Whether we know the rules of the note's type."""
        return bool(self.request.note_type) or note.type_name in self._types

    def _mend(self, notes: list[tuple[Path, Note]]) -> "list[Change]":
        """What is mechanical in ``notes``, mended; nothing is written."""
        from enrich.check.style.autofix import mend
        from enrich.vault.journal import Change

        changes: list[Change] = []
        for path, note in notes:
            note_type = self.type_of(note)
            if note_type is None:
                self.console.warn(f"{path}: belongs to no note type, so nothing was repaired; name one with -t TYPE")
                continue
            before = read_named(path)
            mended = mend(before.decode("utf-8", "surrogateescape"), note.stem, note_type)
            for finding in mended.findings:
                self.console.say(f"{path}: mended {finding.named} in {finding.section}: {finding.message}")
            after = mended.text.encode("utf-8", "surrogateescape")
            if after != before:
                changes.append(Change(path, before, after))
        return changes

    def _write(self, changes: "list[Change]") -> None:
        """All of the changes as one edit, which one undo takes back."""
        from enrich.vault.journal import write_edits

        if changes:
            root = self.setup.vault or Path(os.path.commonpath([change.path.absolute().parent for change in changes]))
            notes = counted(len(changes), "note")
            label = f"check --fix: {notes if len(changes) > 1 else changes[0].path.name}"
            edit = write_edits(changes, open_journal(self.setup.places.state, root), label)
            self.console.wrote(f"{notes} (enrich undo takes it back)")
            self.console.say(f"{notes} repaired; enrich undo {edit.id} takes it back")

    def _grounds(self, note: Note) -> tuple[Grounds, int]:
        """What the note rests on with what people vouch for, and the exit code when that could not be had."""
        record = record_path(self.setup.places.state, self.setup.vault, note.note_id, note.path)
        try:
            grounds = self.finder.find(note)[0]
            return replace(grounds, vouched=read_decisions(read_entries(record)).vouched), 0
        except SourceError as error:
            self.console.warn(f"enrich: {note.path}: was not compared with its source; {error}")
            return Grounds(), SourceError.exit_code

    def _show(self, path: str, text: str, found: NoteCheck) -> None:
        if self.request.as_json:
            return
        for line in check_lines(path, text, found, self.request.wishes):
            self.console.result(line)
        self.console.say(f"{path}: {count_line(found)}")

    def _tell_type(self, path: str, note: Note) -> None:
        """Say of a note of no type what was checked all the same."""
        if self.type_of(note) is None:
            own = f", {note.type_name} is not known" if note.type_name else ""
            self.console.say(
                f"{path}: belongs to no note type{own}, so its form was not checked, only links, front matter, "
                f"hidden characters and evidence; -t TYPE holds it to one of {', '.join(self._types)}"
            )

    def _show_vault(self, done: list[tuple[Note, NoteCheck]]) -> None:
        checks = [found for _, found in done]
        skipped = len(self.vault.notes) - len(done)
        if self.request.as_json:
            rows = [{"path": note.path, **check_to_dict(found)} for note, found in done]
            self._print({"notes": rows, "skipped": skipped})
            return
        for note, found in done:
            for line in check_lines(note.path, note.text, found, wishes=False):
                self.console.detail(line)
        for line in rule_lines(checks):
            self.console.result(line)
        clean = sum(found.is_clean for found in checks)
        grounded = sum(bool(found.sentences) for found in checks)
        self.console.say(
            f"{counted(len(done), 'note')} checked, {clean} clean; {grounded} compared with a saved source; "
            f"{counted(skipped, 'note')} of no known type left out"
        )

    def _print(self, value: dict[str, Any]) -> None:
        self.console.result(json.dumps(value, ensure_ascii=False, indent=1))


def _with_old_links_excused(note: Note, found: NoteCheck) -> NoteCheck:
    """M26 is a must for links that we add: an old one of a published note is a wish."""
    if note.draft:
        return found
    findings = (replace(finding, level="should") if finding.rule == "M26" else finding for finding in found.findings)
    return replace(found, findings=tuple(findings))
