"""``enrich draft``: a headline and a URL become a draft note for review."""

from pathlib import Path
from typing import Annotated

import typer

from enrich.commands.edges import parse_date, read_setup
from enrich.commands.request import Request
from enrich.console import standard_console
from enrich.errors import UsageError


def draft(
    url: Annotated[
        str, typer.Option(metavar="URL", help="Address of the article; it is cited also with --html and --text.")
    ] = "",
    title: Annotated[
        str | None, typer.Option(metavar="HEADLINE", help="The article's headline, where the page's own is wrong.")
    ] = None,
    vault: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The vault [default: ENRICH_VAULT, else the nearest parent with .obsidian or .enrich]."
        ),
    ] = None,
    html: Annotated[str | None, typer.Option(metavar="FILE|-", help="Use this saved page instead of fetching.")] = None,
    text: Annotated[str | None, typer.Option(metavar="FILE|-", help="Use this text instead of fetching.")] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", "-m", metavar="MODEL", help='Model to ask; "" for the embedded engine [default: ENRICH_MODEL].'
        ),
    ] = None,
    note_type: Annotated[
        str | None,
        typer.Option("--type", "-t", metavar="TYPE", help="Note type, a folder of prompts [default: tech-journal]."),
    ] = None,
    created: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of the note [default: the article's].")
    ] = None,
    note_title: Annotated[
        str | None, typer.Option(metavar="TITLE", help="Title of the note [default: the model's].")
    ] = None,
    see_also: Annotated[
        str | None, typer.Option(metavar="auto|notes|concepts", help="What the see-also line links to [default: auto].")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="PATH|-", help="Write the note there, not into the vault.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Note on stdout, nothing written.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 6 and no file when a must rule or evidence fails.")
    ] = False,
    record: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the run folder there.")] = None,
    replay: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Make the note of a run folder again, offline.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Go on when the vault has a note on this page already.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow addresses of this machine and its network.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No report, only errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more about each step.")] = False,
) -> None:
    """Draft a note from an article, into the vault's airlock folder.

    The draft's path goes to stdout, a report to stderr. Nothing is ever overwritten.
    """
    console = standard_console(quiet, verbose)
    request = Request(
        url=url,
        headline=title,
        html=html,
        text=text,
        created=parse_date(created),
        note_title=note_title or "",
        output=output,
        dry_run=dry_run,
        as_json=as_json,
        strict=strict,
        record=record,
        replay=replay,
        vault_named=vault is not None,
        again=again,
        allow_private=allow_private,
    )
    _refuse_contradictions(request)
    setup = read_setup(vault, {"model": model, "type": note_type, "see_also": see_also})
    # the pipeline brings jinja2, lxml and YAML along: `enrich --help` must not wait for them
    from enrich.commands.draft_run import run_draft

    run_draft(request, setup, console)


def _refuse_contradictions(request: Request) -> None:
    if not request.url and request.replay is None:
        raise UsageError(
            "--url: is missing; give the article's address, also with --html or --text, so that it can be cited"
        )
    if request.html and request.text:
        raise UsageError("--html and --text: only one of them can be the article; leave one out")
    if request.html == request.text == "-":
        raise UsageError("-: standard input can be read once; give one of --html and --text a file")
    if request.dry_run and request.output not in (None, "-"):
        raise UsageError("--dry-run and --output: one writes nothing, the other a file; leave one out")
