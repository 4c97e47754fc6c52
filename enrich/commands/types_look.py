"""``enrich types list``, ``show`` and ``check``: which note types there are, what they say, what is wrong with them."""

import json
from pathlib import Path
from typing import Annotated

import typer

from enrich.commands.opening import open_workspace
from enrich.console import standard_console
from enrich.errors import SettingsError
from enrich.text.count import counted

Vault = Annotated[Path | None, typer.Option(metavar="DIR", help="The vault [default: as for draft].")]


def list_(
    vault: Vault = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a type, each on its line.")] = False,
) -> None:
    """List the note types: name, where each is from, how many notes of the vault are of it.

    The star is the type of drafts.
    """
    console = standard_console()
    rows = open_workspace(console, vault).list_types()
    width = max((len(row.name) for row in rows), default=0)
    for row in rows:
        origin = "ships" if row.is_shipped else "vault"
        if as_json:
            about = {"name": row.name, "from": origin, "notes": row.notes, "usual": row.is_usual, "fault": row.fault}
            console.result(json.dumps(about, ensure_ascii=False))
        else:
            said = row.fault or counted(row.notes, "note")
            console.result(f"{'*' if row.is_usual else ' '} {row.name:<{width}}  {origin}  {said}")
    if any(row.fault for row in rows):
        raise typer.Exit(SettingsError.exit_code)


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The type.")],
    vault: Vault = None,
) -> None:
    """Print a type's table with everything that it leaves out, as a type.toml."""
    console = standard_console()
    console.result(open_workspace(console, vault).show_type(name).rstrip("\n"))


def check(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The type [default: all of the vault's own].")] = "",
    vault: Vault = None,
) -> None:
    """List every mistake of a type, or of the vault's own types: file, line, key and what to do.

    Exit 3 when there is one.
    """
    console = standard_console()
    rows = open_workspace(console, vault).check_types(name)
    for mistake in (mistake for row in rows for mistake in row.mistakes):
        console.result(mistake)
    for row in rows:
        console.say(f"{row.name}: {counted(len(row.mistakes), 'mistake') if row.mistakes else 'nothing is wrong'}")
    if not rows:
        console.say("the vault has no types of its own; enrich types new makes one")
    if any(row.mistakes for row in rows):
        raise typer.Exit(SettingsError.exit_code)
