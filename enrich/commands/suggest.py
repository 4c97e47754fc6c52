"""``enrich suggest-links``: the links that a note's author would make, each with a place and a reason."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from msgspec import Struct

from enrich.commands.opening import open_workspace, read_input
from enrich.console import Console, standard_console
from enrich.errors import RefusedError, UsageError
from enrich.output.links import backlinks_to_json, links_text, note_to_dict
from enrich.text.count import counted
from enrich.vault.root import find_vault_of
from enrich.workspace.options import LIKELY_ENOUGH, LinkOptions

if TYPE_CHECKING:
    from enrich.workspace.results import Links, Wanted
    from enrich.workspace.workspace import Workspace


def suggest_links(
    notes: Annotated[
        list[str] | None, typer.Argument(metavar="NOTE", help="Notes, or - for a note's text on standard input.")
    ] = None,
    vault: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The vault [default: the nearest parent of the first note, then as for draft]."
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-l", metavar="N", min=1, help="Most suggestions for a note.")] = 10,
    min_score: Annotated[
        float | None,
        typer.Option(
            metavar="P",
            min=0.0,
            max=1.0,
            help="Leave out less likely ones, P from 0 to 1 [default: 0.5].",
        ),
    ] = None,
    kind: Annotated[
        Literal["mention", "related"] | None, typer.Option(help="Only links in place of words, or only related notes.")
    ] = None,
    new_only: Annotated[bool, typer.Option("--new-only", help="Only targets that are older than the note.")] = False,
    backlinks: Annotated[
        bool, typer.Option("--backlinks", help="Instead: links to the note that older notes should get, as a patch.")
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the links into the notes; enrich undo takes them back.")
    ] = False,
    interactive: Annotated[
        bool,
        typer.Option(
            "--interactive", "-i", help="Ask about each link, then write the accepted ones; without NOTE: of the vault."
        ),
    ] = False,
    llm: Annotated[
        bool, typer.Option("--llm", help="Let the model choose among the best 30 and word the clause.")
    ] = False,
    model: Annotated[
        str | None, typer.Option("--model", "-m", metavar="MODEL", help="The model for --llm [default: ENRICH_MODEL].")
    ] = None,
    dismiss: Annotated[
        list[str] | None,
        typer.Option(metavar="TARGET", help="Never suggest this note for NOTE again; kept in the vault."),
    ] = None,
    everywhere: Annotated[bool, typer.Option("--everywhere", help="With --dismiss: for every note.")] = False,
    audit: Annotated[
        bool, typer.Option("--audit", help="Instead: broken links, orphans, notes worth writing, hollow notes.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="With --audit: repair the links whose repair is certain; prints the patch.")
    ] = False,
    read_as: Annotated[
        str, typer.Option("--as", metavar="NOTE", help="The note that the text on standard input belongs to.")
    ] = "",
    all_occurrences: Annotated[
        bool, typer.Option("--all-occurrences", help="Link a name wherever it stands, not only the first time.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Learn from the vault's links before answering, where that is due.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a note, each on its line.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No report, only results and errors.")] = False,
) -> None:
    """Suggest links for notes: where their words name a note, and related notes.

    Nothing is written without --apply, --interactive, --fix or --dismiss. No network, no model, except with --llm or
    where ENRICH_EMBEDDINGS is set.
    """
    request = _Request(
        notes=tuple(notes or ()),
        read_as=read_as,
        backlinks=backlinks,
        as_json=as_json,
        apply=apply,
        interactive=interactive,
        dismiss=tuple(dismiss or ()),
        everywhere=everywhere,
        audit=audit,
        fix=fix,
        llm=llm,
    )
    _refuse_contradictions(request)
    options = LinkOptions(limit, _threshold(request, min_score), kind, new_only, llm, all_occurrences, wait)
    first = request.notes[0] if request.notes else "-"
    near = None if first == "-" else find_vault_of(Path(first))
    console = standard_console(quiet)
    _Suggesting(open_workspace(console, vault, near, model=model), request, options, console).run()


class _Request(Struct, frozen=True):
    """The command line, as far as it is no option of the verbs."""

    notes: tuple[str, ...]
    read_as: str
    backlinks: bool
    as_json: bool
    apply: bool
    interactive: bool
    dismiss: tuple[str, ...]
    everywhere: bool
    audit: bool
    fix: bool
    llm: bool


def _threshold(request: _Request, min_score: float | None) -> float:
    """The lowest score that counts."""
    if min_score is not None:
        return min_score
    if request.llm and not request.apply:
        return 0.0
    return LIKELY_ENOUGH


class _Suggesting(Struct, frozen=True):
    """One call: what is asked of the workspace, and how the answer is printed."""

    workspace: "Workspace"
    request: _Request
    options: LinkOptions
    console: Console

    def run(self) -> None:
        """Do what was asked for."""
        if self.request.audit:
            self.mend() if self.request.fix else self.audit()
        elif self.request.dismiss:
            self.dismiss()
        elif self.request.backlinks:
            self.backlinks()
        elif self.request.interactive:
            from enrich.output.links_dialogue import talk  # what only a person at a terminal waits for

            self.workspace.with_links(
                self.options,
                lambda finder: talk(finder, self.wanted() or finder.order_vault(), self.console, self.none),
            )
        elif self.request.apply:
            self.apply()
        else:
            for links in self.workspace.suggest_all(self.wanted(), self.options):
                self.print(links)

    def wanted(self) -> "list[Wanted]":
        """The notes that were named; the text on standard input for ``-``."""
        from enrich.workspace.open_note import NoteText

        return [
            NoteText(read_input("-", "note", self.console), read_as=self.request.read_as) if name == "-" else name
            for name in self.request.notes
        ]

    def apply(self) -> None:
        """Write the links of all notes as one edit, and print them."""
        applied = self.workspace.apply_links(self.wanted(), self.options)
        for links in applied.links:
            self.print(links)
        for note, suggestion in applied.unplaced:
            self.console.say(f"{note.name}: no place left for [[{suggestion.target}]]")
        if applied.edit is not None:
            self.console.say(f"{counted(applied.count, 'link')} written; enrich undo takes them back")

    def dismiss(self) -> None:
        """Remember what should not be suggested, for each note or for all."""
        notes = [] if self.request.everywhere else self.wanted()
        for path, target in self.workspace.dismiss_links(notes, self.request.dismiss):
            self.console.say(f"{target}: is not suggested any more for {path or 'any note'}")

    def backlinks(self) -> None:
        """Print the patch of each note's backlinks; with ``--apply`` they are written."""
        refused = 0
        for row in self.workspace.find_backlinks(self.wanted(), self.options, self.request.apply):
            refused += row.refused
            if self.request.as_json:
                self.console.result(backlinks_to_json(row))
                continue
            for one in row.found:
                suggestion = one.backlink.suggestion
                self.console.say(f"{suggestion.score:.2f} {one.note.path}: {suggestion.reason}")
                self.console.result(one.patch)
            if not row.found:
                self.console.say(
                    f"{row.note.name}: no older note is likely enough to link to it "
                    f"({self.options.min_score:g}; see --min-score)"
                )
            if row.edit is not None:
                self.console.say(f"{counted(len(row.found), 'backlink')} written; enrich undo takes them back")
        if refused:
            raise RefusedError(f"{counted(refused, 'note')}: left without a backlink, for the reasons above")

    def audit(self) -> None:
        """Print what is wrong with the vault's links."""
        from enrich.output.audit import audit_lines, audit_to_dict

        audit = self.workspace.audit()
        if self.request.as_json:
            self.console.result(json.dumps(audit_to_dict(audit), ensure_ascii=False))
        else:
            self.console.result("\n".join(audit_lines(audit, self.options.limit)))
        if audit.concepts:
            self.console.say(f"see-also concepts are not counted as broken: {', '.join(audit.concepts)}")
        if audit.sure:
            certain = counted(len(audit.sure), "broken link has", "broken links have")
            self.console.say(f"{certain} one certain repair; --fix prints the patch and makes it")

    def mend(self) -> None:
        """Repair what has one certain repair, and print the patch."""
        from enrich.output.audit import audit_to_dict

        mended = self.workspace.mend_links()
        if self.request.as_json:
            found = audit_to_dict(mended.audit, [path for path, _ in mended.changes])
            self.console.result(json.dumps(found, ensure_ascii=False))
        else:
            for patch in mended.patches:
                self.console.result(patch)
        if mended.edit is not None:
            self.console.say(f"{mended.edit.label}; enrich undo takes them back")
        else:
            self.console.say("no broken link has one certain repair; nothing was written")
        if mended.refused:
            raise RefusedError(f"{counted(mended.refused, 'note')}: left as they were, for the reasons above")

    def print(self, links: "Links") -> None:
        """The note's suggestions on stdout; on stderr what a person may wonder about."""
        if self.request.as_json:
            self.console.result(json.dumps(note_to_dict(links.note.path, links.shown), ensure_ascii=False))
        elif links.shown:
            self.console.result(links_text(links))
        else:
            self.none(links.note.name)

    def none(self, name: str) -> None:
        """Why there is nothing to suggest for the note ``name``."""
        least = self.options.min_score
        why = f"no link is likely enough ({least:g}); --min-score 0 shows the best there are"
        self.console.say(f"{name}: {why if least else 'no note of the vault could be linked'}")


def _refuse_contradictions(request: _Request) -> None:
    if request.audit and request.notes:
        raise UsageError("--audit: looks at the whole vault; leave the notes out")
    needs_none = request.audit or request.interactive or (request.dismiss and request.everywhere)
    if not request.notes and not needs_none:
        raise UsageError("suggest-links: no note was named; give one, or - for standard input, or --audit")
    if request.fix and not request.audit:
        raise UsageError("--fix: repairs what --audit finds; add --audit")
    if request.everywhere and not request.dismiss:
        raise UsageError("--everywhere: belongs to --dismiss TARGET; add it")
    if request.interactive and (request.apply or request.as_json or request.backlinks):
        raise UsageError("--interactive: asks about each link; leave --apply, --json and --backlinks out")
    if request.llm and request.backlinks:
        raise UsageError("--llm: chooses links of the note itself; leave --backlinks out")
    if "-" in request.notes:
        _refuse_for_stdin(request)
    elif request.read_as:
        raise UsageError("--as: says which note the text on standard input is; give - as the note")


def _refuse_for_stdin(request: _Request) -> None:
    if len(request.notes) > 1:
        raise UsageError("-: standard input is one note; ask about the others in a second run")
    if request.apply or request.interactive:
        raise UsageError("-: standard input cannot be written to; name the file, or use --json and its places")
    if not request.read_as and (request.backlinks or request.dismiss):
        raise UsageError("-: needs --as NOTE here, to know which note it is")
