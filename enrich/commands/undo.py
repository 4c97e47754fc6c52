"""``enrich undo``: take back what a command wrote into notes of the vault."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enrich.commands.opening import open_workspace
from enrich.console import standard_console
from enrich.errors import UsageError
from enrich.text.quoted import quote

if TYPE_CHECKING:
    from enrich.workspace.results import EditRecord


def undo(
    edit: Annotated[str, typer.Argument(metavar="ID", help="The edit's id, or its end [default: the last].")] = "",
    show_list: Annotated[
        bool, typer.Option("--list", help="List the edits, the newest first; change nothing.")
    ] = False,
    vault: Annotated[Path | None, typer.Option(metavar="DIR", help="The vault [default: as for draft].")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an edit, each on its line.")] = False,
) -> None:
    """Take back the last edit of the vault's notes, or one by its id.

    Refused with exit 7, and nothing touched, when one of its files has changed since.
    """
    if show_list and edit:
        raise UsageError("--list: shows all edits; leave the id out")
    console = standard_console()
    workspace = open_workspace(console, vault)
    root = workspace.folder
    if show_list:
        edits = workspace.edits()
        records = edits.records
        if not records and not edits.damaged:
            console.say(f"{root.name}: has no edits yet")
    else:
        records = (workspace.undo(edit),)
        console.wrote(f"what it was before: {quote(records[0].label)}")
    for record in records:
        console.result(json.dumps(_to_dict(record, root)) if as_json else "\n".join(_lines(record, root, show_list)))


def _lines(record: "EditRecord", root: Path, in_list: bool) -> list[str]:
    label, at, undone = map(quote, (record.label, record.at, record.undone))
    state = f"  (taken back {undone})" if undone and in_list else ""
    head = f"{record.id}  {at}  {label}{state}" if in_list else f"taken back: {label}"
    names = (_name(file.path, root) for file in record.files)
    return [head, *(f"  {name if name.isprintable() else quote(name, 1_000)}" for name in names)]


def _to_dict(record: "EditRecord", root: Path) -> dict[str, object]:
    files = [_name(file.path, root) for file in record.files]
    return {"id": record.id, "at": record.at, "label": record.label, "undone": record.undone, "files": files}


def _name(path: str, root: Path) -> str:
    """The path in the vault where it is there."""
    inside = Path(path).is_relative_to(root.resolve())
    return Path(path).relative_to(root.resolve()).as_posix() if inside else path
