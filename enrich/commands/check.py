"""``enrich check``: what the source does not say, which rules a note does not keep, which links lead nowhere."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct

from enrich.commands.opening import open_workspace, read_input
from enrich.commands.page_options import AllowPrivate
from enrich.console import Console, standard_console
from enrich.errors import FindingsError, RefusedError, SourceError, UsageError
from enrich.output.approvals import approval_count, approval_lines, approvals_to_dict
from enrich.output.check import check_lines, check_to_dict, count_line, rule_lines
from enrich.output.claims import claim_lines, claims_as_json
from enrich.text.count import counted
from enrich.text.nearest import did_you_mean
from enrich.vault.root import find_vault_of
from enrich.workspace.options import CheckOptions

if TYPE_CHECKING:
    from enrich.workspace.results import CheckedNote, CheckedVault, Mended, NoteCheck
    from enrich.workspace.workspace import Workspace


def check(
    notes: Annotated[list[Path] | None, typer.Argument(metavar="NOTE", help="Notes to check.")] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL|RUN",
            help="Check against this page or text [default: the draft's run folder, else the cited page, fetched].",
        ),
    ] = None,
    text: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Check a text that is not a note, against --source.")
    ] = None,
    claims: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|-", help="Check sentences given as JSON lines of {text, quote, kind}, against --source."
        ),
    ] = None,
    whole_vault: Annotated[
        bool, typer.Option("--all", help="Check every note of the vault, with a summary a rule; fetches nothing.")
    ] = False,
    approved: Annotated[
        bool, typer.Option("--approved", help="Say which approved notes were changed since; check nothing else.")
    ] = False,
    vault: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The vault [default: the nearest parent of the first note, then as for draft]."
        ),
    ] = None,
    note_type: Annotated[
        str | None,
        typer.Option("--type", "-t", metavar="TYPE", help="Note type to hold the notes to [default: each note's own]."),
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="CODE|all", help="Say what a rule asks for, such as M10; check nothing.")
    ] = None,
    llm: Annotated[bool, typer.Option("--llm", help="Let a model read every sentence too.")] = False,
    model: Annotated[
        str | None, typer.Option("--model", "-m", metavar="MODEL", help="Model for --llm [default: ENRICH_MODEL].")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Repair what needs no person to decide, then check.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout; a line a claim.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Fetch nothing: check evidence only where the source is saved.")
    ] = False,
    allow_private: AllowPrivate = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only what fails.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more about each note.")] = False,
) -> None:
    """Check notes against their sources and against the rules of their type.

    Exit 0: clean. Exit 6: a sentence is unsupported, a must rule is not kept, or an approved note was changed.
    """
    console = standard_console(quiet, verbose)
    if explain is not None:
        _explain(explain, open_workspace(console, vault, type=note_type), note_type or "", console)
        return
    if approved:
        _refuse_beside_approved(
            {"NOTE": notes, "--text": text, "--claims": claims, "--all": whole_vault, "--fix": fix, "--llm": llm}
        )
        raise typer.Exit(_check_approvals(open_workspace(console, vault), console, as_json))
    options = CheckOptions(source or "", note_type or "", llm, not (offline or whole_vault), allow_private)
    files = tuple(notes or ())
    asked = _Asked(files, text, claims, whole_vault, fix)
    _refuse_contradictions(asked, options)
    _refuse_unsourced(asked, options, offline)
    near = find_vault_of(files[0]) if files else None
    workspace = open_workspace(console, vault, near, type=note_type, model=model)
    checking = _Checking(workspace, options, console, as_json, fix, wishes=not quiet)
    if claims is not None:
        raise typer.Exit(checking.claims(claims))
    if text is not None:
        raise typer.Exit(checking.text(text))
    raise typer.Exit(checking.vault() if whole_vault else checking.notes(files))


class _Asked(Struct, frozen=True):
    """What is to be checked."""

    files: tuple[Path, ...]
    text: Path | None
    claims: str | None
    whole_vault: bool
    fix: bool


class _Checking(Struct, frozen=True):
    """One check: what is asked of the workspace, and how the answer is printed."""

    workspace: "Workspace"
    options: CheckOptions
    console: Console
    as_json: bool
    fix: bool
    wishes: bool

    def notes(self, files: Sequence[Path]) -> int:
        """The named notes; the worst exit code."""
        if self.fix:
            self.tell_mended(self.workspace.mend(files, self.options))
        rows, codes = [], []
        for file in files:
            self.console.progress(f"checking {file}")
            checked = self.workspace.check(file, self.options)
            codes.append(exit_code(checked))
            rows.append({"path": checked.note.path, **check_to_dict(checked.found)})
            self.print(str(file), checked.note.text, checked.found)
            self.tell_type(str(file), checked)
            if checked.unsourced:
                self.console.warn(f"enrich: {checked.note.path}: was not compared with its source; {checked.unsourced}")
        if self.as_json:
            self.print_json(rows[0] if len(rows) == 1 else {"notes": rows})
        return max(codes)

    def vault(self) -> int:
        """Every note of a known type, with a summary a rule."""
        refused = 0
        if self.fix:
            mended = self.workspace.mend_vault(self.options)
            self.tell_mended(mended)
            refused = mended.refused
        checked = self.workspace.check_vault(self.options)
        if self.as_json:
            rows = [{"path": row.note.path, **check_to_dict(row.found)} for row in checked.notes]
            self.print_json({"notes": rows, "skipped": checked.left_out})
        else:
            self.print_vault(checked)
        if refused:
            return RefusedError.exit_code
        return 0 if all(row.is_clean for row in checked.notes) else FindingsError.exit_code

    def text(self, file: Path) -> int:
        """Text that is no note."""
        text, found = self.workspace.check_text(file, self.options)
        self.print(str(file), text, found)
        if self.as_json:
            self.print_json({"path": str(file), **check_to_dict(found)})
        return 0 if found.is_clean else FindingsError.exit_code

    def claims(self, name: str) -> int:
        """Sentences of another tool."""
        from enrich.workspace.claims import read_claims

        claims = read_claims(read_input(name, "claims", self.console), name)
        checked = self.workspace.check_claims(claims, self.options)
        if self.as_json:
            lines = claims_as_json(checked.claims, checked.source.text)
        else:
            lines = claim_lines(name, checked.claims, self.wishes)
        for line in lines:
            self.console.result(line)
        self.console.say(f"{name}: {checked.counts}")
        return FindingsError.exit_code if checked.unsupported else 0

    def print(self, path: str, text: str, found: "NoteCheck") -> None:
        """What was found, line by line, and a summary on stderr."""
        if self.as_json:
            return
        for line in check_lines(path, text, found, self.wishes):
            self.console.result(line)
        self.console.say(f"{path}: {count_line(found)}")

    def print_vault(self, checked: "CheckedVault") -> None:
        """A line a rule; with ``--verbose`` each note's lines too."""
        for row in checked.notes:
            for line in check_lines(row.note.path, row.note.text, row.found, wishes=False):
                self.console.detail(line)
        for line in rule_lines(row.found for row in checked.notes):
            self.console.result(line)
        clean = sum(row.is_clean for row in checked.notes)
        grounded = sum(bool(row.found.sentences) for row in checked.notes)
        self.console.say(
            f"{counted(len(checked.notes), 'note')} checked, {clean} clean; {grounded} compared with a saved source; "
            f"{counted(checked.left_out, 'note')} of no known type left out"
        )

    def print_json(self, value: dict[str, Any]) -> None:
        """The one object on stdout."""
        self.console.result(json.dumps(value, ensure_ascii=False, indent=1))

    def tell_type(self, path: str, checked: "CheckedNote") -> None:
        """Say of a note of no type what was checked all the same."""
        if checked.note_type is None:
            name = checked.note.type_name
            own = f", {name} is not known" if name else ""
            self.console.say(
                f"{path}: belongs to no note type{own}, so its form was not checked, only links, front matter, "
                f"hidden characters and evidence; -t TYPE holds it to one of {', '.join(self.workspace.types)}"
            )

    def tell_mended(self, mended: "Mended") -> None:
        """What was repaired in each note, and how to take it back."""
        for row in mended.notes:
            if not row.has_type:
                self.console.warn(
                    f"{row.file}: belongs to no note type, so nothing was repaired; name one with -t TYPE"
                )
            for finding in row.findings:
                self.console.say(f"{row.file}: mended {finding.named} in {finding.section}: {finding.message}")
        if mended.edit is not None:
            notes = counted(len(mended.edit.files), "note")
            self.console.say(f"{notes} repaired; enrich undo {mended.edit.id} takes it back")


def _check_approvals(workspace: "Workspace", console: Console, as_json: bool) -> int:
    """Hold the vault's notes against its ledger; 6 when one is not what was approved."""
    found = workspace.check_approvals()
    if as_json:
        console.result(json.dumps(approvals_to_dict(found), ensure_ascii=False, indent=1))
    else:
        for line in approval_lines(found):
            console.result(line)
    console.say(approval_count(found))
    return FindingsError.exit_code if found.changed else 0


def _refuse_beside_approved(given: Mapping[str, object]) -> None:
    for name, value in given.items():
        if value:
            raise UsageError(f"--approved: holds every approved note against the ledger; leave {name} out")


def _explain(code: str, workspace: "Workspace", note_type: str, console: Console) -> None:
    """Print what the rule ``code`` asks for; of ``all`` a line each."""
    rows = workspace.rules(note_type)
    chosen = [row for row in rows if code.casefold() in ("all", row.code.casefold())]
    if not chosen:
        meant = did_you_mean(code.upper(), [row.code for row in rows], "see enrich check --explain all")
        raise UsageError(f"{code}: is no rule of the type; {meant}")
    for row in chosen:
        console.result(f"{row.code:<4} {row.level:<6} {row.asks}")


def exit_code(checked: "CheckedNote") -> int:
    """What is wrong with the note, else that it could not be compared with its source."""
    if not checked.is_clean:
        return FindingsError.exit_code
    return SourceError.exit_code if checked.unsourced else 0


def _refuse_contradictions(asked: _Asked, options: CheckOptions) -> None:
    given = [bool(asked.files), asked.text is not None, asked.claims is not None, asked.whole_vault]
    if not any(given):
        raise UsageError("check: no note was named; give one or more, or --text FILE, --claims FILE or --all")
    if sum(given) > 1:
        raise UsageError("check: notes, --text, --claims and --all exclude each other; keep one of them")
    if options.source and len(asked.files) > 1:
        raise UsageError("--source: belongs to one note; check the others without it")
    if options.llm and asked.whole_vault:
        raise UsageError("--llm: reads single notes, not a whole vault; name them instead of --all")
    if options.llm and asked.claims is not None:
        raise UsageError("--llm: reads notes and texts; check --claims without it")
    if asked.fix and not (asked.files or asked.whole_vault):
        raise UsageError(f"--fix: repairs notes, and {_named(asked)} is not one; leave one out")


def _refuse_unsourced(asked: _Asked, options: CheckOptions, offline: bool) -> None:
    """Text and claims have no page of their own, and a page is not to be had without a network."""
    if asked.text is None and asked.claims is None:
        return
    if not options.source:
        raise UsageError(f"{_named(asked)}: needs something to be checked against; name it with --source FILE or URL")
    if offline and options.source.startswith(("http://", "https://")):
        raise UsageError("--offline: fetches nothing; name a saved page or text as --source")


def _named(asked: _Asked) -> str:
    return "--text" if asked.text is not None else "--claims"
