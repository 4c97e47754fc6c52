"""``enrich review``: a draft beside its source, sentence by sentence, until it can be approved."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from enrich.commands.opening import open_workspace
from enrich.commands.page_options import AllowPrivate
from enrich.console import Console, standard_console
from enrich.errors import UsageError, reason_of
from enrich.vault.root import find_vault_of
from enrich.workspace.options import ReviewOptions


def review(
    note: Annotated[
        Path,
        typer.Argument(metavar="NOTE|FOLDER", help="A draft, or a folder: its drafts, riskiest first."),
    ],
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
    allow_private: AllowPrivate = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No report, only errors.")] = False,
) -> None:
    """Review a draft, or those of a folder: what rests on which words of the source, and what on nothing.

    A page opens on this machine only; every action is written to the note at once and can be undone. An approved note
    moves to the folder that its type names, and its new path goes to stdout.
    """
    if terminal and html is not None:
        raise UsageError("--terminal and --html: one is a review, the other a report; leave one out")
    if note.is_dir() and (source or html is not None):
        raise UsageError(f"{note}: is a folder, and --source and --html are for one note; name the note")
    options = ReviewOptions(source or "", publish, reviewer, not offline, allow_private, llm, writes=html is None)
    console = standard_console(quiet)
    workspace = open_workspace(console, vault, find_vault_of(note / note.name if note.is_dir() else note), model=model)
    opened = workspace.review(note, options)
    if html is not None:
        _write_report(html, opened.report())
        console.result(str(html))
        return
    if terminal:
        opened.talk(console.warn, sys.stdin)
    else:
        console.say(opened.serve(lambda address: _show_page(address, console, not no_browser), idle * 60))
    for path, approval in opened.approvals:
        console.result(str(path))
        if approval:
            console.say(f"enrich undo {approval} takes the approval back, as long as the note is not changed")
    if opened.remaining:
        console.say(opened.remaining)


def _show_page(address: str, console: Console, browser: bool) -> None:
    console.warn(f"review: {address}")
    console.say("the page is open on this machine only; Ctrl-C ends it, and what was done stays done")
    if browser:
        import webbrowser

        webbrowser.open(address)


def _write_report(path: Path, html: str) -> None:
    try:
        path.write_text(html, "utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{path}: {reason_of(error)}; name another file for the report") from error
