"""``enrich check``: what the source does not say, which rules a note does not keep, which links lead nowhere."""

from pathlib import Path
from typing import Annotated

import typer

from enrich.commands.check_request import CheckRequest
from enrich.commands.edges import read_setup
from enrich.console import standard_console
from enrich.errors import UsageError
from enrich.vault.root import find_vault_of


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
    whole_vault: Annotated[
        bool, typer.Option("--all", help="Check every note of the vault, with a summary a rule; fetches nothing.")
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
    llm: Annotated[bool, typer.Option("--llm", help="Let a model read every sentence too.")] = False,
    model: Annotated[
        str | None, typer.Option("--model", "-m", metavar="MODEL", help="Model for --llm [default: ENRICH_MODEL].")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Repair what needs no person to decide, then check.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Fetch nothing: check evidence only where the source is saved.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow addresses of this machine and its network.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only what fails.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more about each note.")] = False,
) -> None:
    """Check notes against their sources and against the rules of their type.

    Exit 0: clean. Exit 6: a sentence is unsupported or a must rule is not kept.
    """
    request = CheckRequest(
        notes=tuple(notes or ()),
        source=source or "",
        text=text,
        whole_vault=whole_vault,
        note_type=note_type or "",
        llm=llm,
        fix=fix,
        as_json=as_json,
        fetch=not (offline or whole_vault),
        allow_private=allow_private,
        wishes=not quiet,
    )
    _refuse_contradictions(request)
    near = find_vault_of(request.notes[0]) if request.notes else None
    setup = read_setup(vault or near, {"type": note_type, "model": model})
    # the checks bring lxml and YAML along: `enrich --help` must not wait for them
    from enrich.commands.check_run import run_check

    raise typer.Exit(run_check(request, setup, standard_console(quiet, verbose)))


def _refuse_contradictions(request: CheckRequest) -> None:
    given = [bool(request.notes), request.text is not None, request.whole_vault]
    if not any(given):
        raise UsageError("check: no note was named; give one or more, or --text FILE, or --all")
    if sum(given) > 1:
        raise UsageError("check: notes, --text and --all exclude each other; keep one of the three")
    if request.text is not None and not request.source:
        raise UsageError("--text: needs something to be checked against; name it with --source FILE or URL")
    if request.source and len(request.notes) > 1:
        raise UsageError("--source: belongs to one note; check the others without it")
    if request.llm and request.whole_vault:
        raise UsageError("--llm: reads single notes, not a whole vault; name them instead of --all")
    if request.fix and request.text is not None:
        raise UsageError("--fix: repairs notes, and --text is not one; leave one out")
