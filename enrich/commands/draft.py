"""``enrich draft``: a headline and a URL become a draft note for review."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from enrich.commands.addresses import read_addresses
from enrich.commands.edges import parse_date, read_input, read_setup
from enrich.commands.request import Request
from enrich.console import Console, standard_console
from enrich.errors import UsageError


def draft(
    urls: Annotated[
        list[str] | None,
        typer.Argument(metavar="URL", help="Addresses of articles, one note each; - reads a list on standard input."),
    ] = None,
    url: Annotated[
        str, typer.Option(metavar="URL", help="One more address; it is cited also with --html and --text.")
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
            "--model", "-m", metavar="MODEL", help='Model to ask; "" for the no-model engine [default: ENRICH_MODEL].'
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
        str | None,
        typer.Option(metavar="notes|concepts|auto", help="What the see-also line links to [default: notes]."),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="PATH|-", help="Write the note there, not into the vault.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Note on stdout, nothing written.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object on stdout, or one a line for several addresses.")
    ] = False,
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
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="The whole report, and more about each step.")
    ] = False,
) -> None:
    """Draft notes from articles, into the vault's airlock folder.

    Each draft's path goes to stdout, a report to stderr. Nothing is ever overwritten.
    """
    console = standard_console(quiet, verbose)
    given = (*((url,) if url else ()), *(urls or ()))
    request = Request(
        url="",
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
    _refuse_contradictions(request, given)
    addresses = read_addresses(given, read_list(given, console))
    several = len(addresses) > 1 or "-" in given
    if several:
        _refuse_for_several(request)
    if given and not addresses:
        raise UsageError("-: the list on standard input has no address; write one a line")
    setup = read_setup(vault, {"model": model, "type": note_type, "see_also": see_also})
    # the pipeline brings jinja2, lxml and YAML along: `enrich --help` must not wait for them
    from enrich.commands.draft_run import run_draft, run_drafts

    if several:
        raise typer.Exit(run_drafts([replace(request, url=address) for address in addresses], setup, console))
    run_draft(replace(request, url="".join(addresses)), setup, console)


def read_list(given: Sequence[str], console: Console) -> str:
    """What stands on standard input, where ``-`` asks for it; UsageError when that is no text."""
    if "-" not in given:
        return ""
    try:
        return read_input("-", "list of addresses", console).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("-: the list is not text in UTF-8; write one address a line") from error


def _refuse_for_several(request: Request) -> None:
    """One headline, page, date or file does not fit several articles."""
    single = {
        "--html": request.html,
        "--text": request.text,
        "--title": request.headline,
        "--note-title": request.note_title,
        "--date": request.created,
        "--record": request.record,
        "--replay": request.replay,
        "--output": request.output,
    }
    for name, value in single.items():
        if value:
            raise UsageError(
                f"{name}: belongs to one article, and several were given; draft that one in a run of its own"
            )


def _refuse_contradictions(request: Request, given: Sequence[str]) -> None:
    if not given and request.replay is None:
        raise UsageError(
            "URL: is missing; give the article's address, also with --html or --text, so that it can be cited"
        )
    if given and request.replay is not None:
        raise UsageError(
            "--replay: makes the note of a run folder again, and that names its page; leave the address out"
        )
    if "-" in given and "-" in (request.html, request.text):
        raise UsageError("-: standard input can be read once; give --html or --text a file")
    if request.html and request.text:
        raise UsageError("--html and --text: only one of them can be the article; leave one out")
    if request.html == request.text == "-":
        raise UsageError("-: standard input can be read once; give one of --html and --text a file")
    if request.dry_run and request.output not in (None, "-"):
        raise UsageError("--dry-run and --output: one writes nothing, the other a file; leave one out")
