"""``enrich review``: a draft beside its source, sentence by sentence, until it can be approved."""

from pathlib import Path
from typing import Annotated

import typer

from enrich.commands.edges import read_setup
from enrich.commands.review_request import ReviewRequest
from enrich.console import standard_console
from enrich.errors import UsageError
from enrich.vault.root import find_vault_of


def review(
    note: Annotated[Path, typer.Argument(metavar="NOTE", help="The draft to review.")],
    source: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL|RUN",
            help="Review against this page or text [default: the draft's run folder, else the cited page, fetched].",
        ),
    ] = None,
    terminal: Annotated[bool, typer.Option("--terminal", help="Review in this terminal, without a browser.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a report that can be sent to someone, and stop.")
    ] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Approving sets draft: false.")] = False,
    llm: Annotated[bool, typer.Option("--llm", help="Let a model read every sentence first.")] = False,
    model: Annotated[
        str | None, typer.Option("--model", "-m", metavar="MODEL", help="Model for --llm [default: ENRICH_MODEL].")
    ] = None,
    reviewer: Annotated[str, typer.Option(metavar="NAME", help="Who vouches [default: your user name].")] = "",
    vault: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The vault [default: the nearest parent of the note, then as for draft]."),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the page's address, open nothing.")] = False,
    idle: Annotated[float, typer.Option(metavar="MINUTES", help="End after this long without a key or a click.")] = 30,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow addresses of this machine and its network.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No report, only errors.")] = False,
) -> None:
    """Review a draft: what rests on which words of the source, and what on nothing.

    A page opens on this machine only; every action is written to the note at once and can be undone. An approved note
    moves to the folder that its type names, and its new path goes to stdout.
    """
    if terminal and html is not None:
        raise UsageError("--terminal and --html: one is a review, the other a report; leave one out")
    request = ReviewRequest(
        note=note,
        source=source or "",
        terminal=terminal,
        html=html,
        publish=publish,
        reviewer=reviewer,
        browser=not no_browser,
        idle=idle * 60,
        fetch=not offline,
        allow_private=allow_private,
        llm=llm,
    )
    setup = read_setup(vault or find_vault_of(note), {"model": model})
    # the page brings a web server along, the checks lxml and YAML: `enrich --help` must not wait for them
    from enrich.commands.review_run import run_review

    run_review(request, setup, standard_console(quiet))
