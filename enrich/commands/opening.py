"""What commands share: opening the workspace, and reading what stands on the command line or on standard input."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.console import Console, printable
from enrich.errors import UsageError, reason_of

if TYPE_CHECKING:
    from enrich.workspace.workspace import Workspace


def open_workspace(console: Console, vault: Path | None, near: Path | None = None, **flags: str | None) -> "Workspace":
    """The workspace that the command line asks for; ``flags`` are settings, None where they were not given."""
    from enrich.workspace.workspace import Workspace

    return Workspace.open(vault, near=near, reporter=console, ask=_ask_consent, **flags)


def _ask_consent(file: Path, address: str) -> bool:
    """Ask at a terminal whether the address of this ``.env`` is meant; no without one."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    import typer

    said = (
        f"{file}: names the address {address}. Articles, example notes and, with ENRICH_EMBEDDINGS, all notes go there."
    )
    return typer.confirm(printable(f"{said}\nIs that meant?"), err=True)


def parse_date(text: str | None) -> date | None:
    """``YYYY-MM-DD``; UsageError for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"date {text!r}: is not a date; write it as 2023-07-18") from None


def read_input(name: str, what: str, console: Console) -> bytes:
    """The bytes of a file, or of standard input for ``-``; UsageError when the file cannot be read."""
    if name == "-":
        if sys.stdin.isatty():
            console.warn(f"reading the {what} from the terminal; end it with Ctrl-D")
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {reason_of(error)}; name a file with the {what}, or - for standard input") from error
