"""``enrich suggest-links``: the links that a note's author would make, each with a place and a reason."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from enrich.commands.edges import read_setup
from enrich.commands.suggest_request import SuggestRequest
from enrich.console import standard_console
from enrich.errors import UsageError
from enrich.vault.root import find_vault_of


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
            help="Leave out less likely ones, P from 0 to 1 [default: 0.1; with --apply 0.5].",
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
        bool, typer.Option("--interactive", "-i", help="Ask about each link, then write the accepted ones.")
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
        bool, typer.Option("--audit", help="Instead: broken links, notes nobody links to, notes worth writing.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="With --audit: repair the links whose repair is certain; prints the patch.")
    ] = False,
    read_as: Annotated[
        str, typer.Option("--as", metavar="NOTE", help="The note that the text on standard input belongs to.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a note, each on its line.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No report, only results and errors.")] = False,
) -> None:
    """Suggest links for notes: where their words name a note, and related notes.

    Nothing is written without --apply, --interactive, --fix or --dismiss. No network, no model, except with --llm or
    where ENRICH_EMBEDDINGS is set.
    """
    request = SuggestRequest(
        notes=tuple(notes or ()),
        read_as=read_as,
        limit=limit,
        min_score=min_score,
        kind=kind,
        new_only=new_only,
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
    first = request.notes[0] if request.notes else "-"
    near = None if first == "-" else find_vault_of(Path(first))
    setup = read_setup(vault or near, {"model": model})
    console = standard_console(quiet)
    # an editor waits for this command: each import below is one that its work needs
    if audit:
        from enrich.commands.suggest_audit import run_audit

        run_audit(request, setup, console)
    else:
        from enrich.commands.suggest_run import run_suggest

        run_suggest(request, setup, console)


def _refuse_contradictions(request: SuggestRequest) -> None:
    if request.audit and request.notes:
        raise UsageError("--audit: looks at the whole vault; leave the notes out")
    if not request.audit and not request.notes and not (request.dismiss and request.everywhere):
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


def _refuse_for_stdin(request: SuggestRequest) -> None:
    if len(request.notes) > 1:
        raise UsageError("-: standard input is one note; ask about the others in a second run")
    if request.apply or request.interactive:
        raise UsageError("-: standard input cannot be written to; name the file, or use --json and its places")
    if not request.read_as and (request.backlinks or request.dismiss):
        raise UsageError("-: needs --as NOTE here, to know which note it is")
