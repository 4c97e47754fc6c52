"""``enrich config show``: every setting with its value, and where that comes from."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from enrich.commands.opening import open_workspace
from enrich.console import standard_console


def config(
    what: Annotated[  # noqa: ARG001 - there is one thing to do yet
        Literal["show"], typer.Argument(metavar="show", help="What to do with the settings.")
    ],
    vault: Annotated[Path | None, typer.Option(metavar="DIR", help="The vault [default: as for draft].")] = None,
    origin: Annotated[bool, typer.Option("--origin", help="Say where each value was read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Show every setting as it holds here; of the API key only whether it is set."""
    console = standard_console()
    workspace = open_workspace(console, vault)
    rows = workspace.describe_settings()
    if as_json:
        console.result(json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        console.result(
            f"{row.name} = {json.dumps(row.value, ensure_ascii=False)}" + (f"  # {row.origin}" if origin else "")
        )
