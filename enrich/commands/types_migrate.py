"""``enrich types migrate``: notes of one type become notes of another, as a patch."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from enrich.commands.opening import open_workspace
from enrich.console import printable, standard_console
from enrich.errors import UsageError
from enrich.text.count import counted
from enrich.workspace.options import MigrateOptions


def migrate(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The type that the notes are of.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The type that they become.")],
    notes: Annotated[
        list[str] | None, typer.Argument(metavar="NOTE", help="Only these notes [default: all of the type].")
    ] = None,
    keys: Annotated[
        list[str] | None, typer.Option("--key", metavar="OLD=NEW", help="A property and its new name.")
    ] = None,
    headings: Annotated[
        list[str] | None, typer.Option("--heading", metavar="OLD=NEW", help="A section's heading and its new one.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write the notes; enrich undo takes all back.")] = False,
    vault: Annotated[Path | None, typer.Option(metavar="DIR", help="The vault [default: as for draft].")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No report, only the patch and errors.")] = False,
) -> None:
    """Print what notes of one type would be as notes of another, as a patch; --apply writes it.

    Properties are renamed and put in order, sections too, the see-also line and the ending exchanged. All other bytes
    stay. What only a person can give is named.
    """
    console = standard_console(quiet)
    options = MigrateOptions(_pairs(keys or (), "--key"), _pairs(headings or (), "--heading"))
    found = open_workspace(console, vault).migrate_notes(old, new, notes or (), options, apply)
    for row in found.notes:
        if row.is_changed:
            console.result(row.patch.rstrip("\n"))
        if row.migrated.refused:
            console.warn(f"{printable(row.note.path)}: {row.migrated.refused}")
        for lack in row.migrated.lacks:
            console.say(f"{printable(row.note.path)}: still: {printable(lack)}")
    if not found.changed:
        console.say(f"nothing to change in {counted(len(found.notes), 'note')} of {old}")
    elif not apply:
        console.say(f"{counted(len(found.changed), 'note')} would change; --apply writes them")


def _pairs(words: Sequence[str], option: str) -> Mapping[str, str]:
    pairs = [word.split("=", 1) for word in words]
    if wrong := next((word for word, pair in zip(words, pairs, strict=True) if len(pair) < 2 or not all(pair)), None):
        raise UsageError(f"{option} {wrong[:100]!r}: names no old and new; write it as OLD=NEW")
    return {old.strip(): new.strip() for old, new in pairs}
