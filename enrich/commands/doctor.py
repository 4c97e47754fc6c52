"""``enrich doctor``: what enrich works with here, and whether it works."""

import json
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import asdict

from enrich.commands.opening import open_workspace
from enrich.console import standard_console
from enrich.errors import SettingsError

_SIGNS = {"ok": "ok  ", "note": "note", "bad": "BAD "}


def doctor(
    vault: Annotated[Path | None, typer.Option(metavar="DIR", help="The vault [default: as for draft].")] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", metavar="MODEL", help="Model to look for [default: ENRICH_MODEL]."),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask the endpoint.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Look at vault, index, note types, folders, key and endpoint, and say what does not work.

    The endpoint is asked which models it has; the key's value is never shown. Exit 3 when something will not work.
    """
    console = standard_console()
    rows = open_workspace(console, vault, model=model).examine(not offline)
    for row in rows:
        console.result(
            json.dumps(asdict(row), ensure_ascii=False)
            if as_json
            else f"{_SIGNS[row.state]} {row.name + ':':<14} {row.said}"
        )
    if any(row.state == "bad" for row in rows):
        raise typer.Exit(SettingsError.exit_code)
