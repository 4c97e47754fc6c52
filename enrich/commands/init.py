"""``enrich init``: a vault made ready for drafts."""

import sys
from typing import Annotated

import typer

from enrich.commands.opening import open_workspace
from enrich.commands.types_look import Vault
from enrich.console import printable, standard_console


def init(
    vault: Vault = None,
    note_type: Annotated[
        str | None,
        typer.Option("--type", "-t", metavar="TYPE", help="Of drafts [default: asked, else that of most notes]."),
    ] = None,
) -> None:
    """Make a vault ready for drafts: choose the type of notes, write .enrich/config.toml, tell the next step.

    A settings file that is there stays as it is.
    """
    from enrich.commands.start import start_lines

    console = standard_console()
    workspace = open_workspace(console, vault)
    for row in workspace.list_types():
        star = "*" if row.is_usual else " "
        console.say(f"{star} {row.name}: {row.fault or f'{row.notes} of the vault’s notes'}")
    chosen = note_type or ""
    if note_type is None and sys.stdin.isatty():
        usual = workspace.usual_type.name
        question = "The type of drafts (or end here, and learn one: enrich types learn)"
        chosen = typer.prompt(printable(question), default=usual, err=True).strip()
    for line in workspace.init(chosen):
        console.result(line)
    for line in start_lines(console, workspace.root)[1:]:
        console.say(line)
