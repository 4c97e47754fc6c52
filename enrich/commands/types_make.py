"""``enrich types new`` and ``try``: a note type of one's own, and a draft of it beside a note of the vault."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from enrich.commands.opening import open_workspace, parse_date, read_input
from enrich.commands.page_options import AllowPrivate, Html
from enrich.commands.types_look import Vault
from enrich.console import Console, printable, standard_console
from enrich.errors import UsageError
from enrich.workspace.options import DraftOptions, Given, NewType

if TYPE_CHECKING:
    from enrich.workspace.workspace import Workspace


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The type's name: letters, digits and hyphens.")],
    like: Annotated[str, typer.Option("--from", metavar="TYPE", help="Copy this type.")] = "",
    vault: Vault = None,
) -> None:
    """Write a note type into the vault, a copy of another or one of the sections that you name when asked.

    Its folder goes to stdout. Nothing is ever overwritten.
    """
    console = standard_console()
    workspace = open_workspace(console, vault)
    wanted = NewType(name, like) if like or not sys.stdin.isatty() else _ask(name, workspace)
    folder = workspace.new_type(wanted)
    console.result(str(folder))
    console.say(f"next: enrich types try URL --type {name} shows a draft; the keys: docs/note-types.md")


def _ask(name: str, workspace: "Workspace") -> NewType:
    """The person's answers at a terminal."""
    known = [row.name for row in workspace.list_types() if not row.fault]
    like = _answer(f"A copy of which type? ({', '.join(known)}; empty: one of your own sections)")
    if like:
        return NewType(name, like)
    headings = _answer("The headings of its sections, with commas between them")
    folder = _answer("The folder of its notes, from the vault's root (empty: Notes)")
    language = _answer("The language of its notes", "en")
    parts = tuple(part.strip() for part in headings.split(",") if part.strip())
    return NewType(name, "", parts, folder.strip("/"), language)


def _answer(question: str, default: str = "") -> str:
    said: str = typer.prompt(printable(question), default=default, show_default=bool(default), err=True)
    return said.strip()


def try_(
    source: Annotated[str, typer.Argument(metavar="URL|RUN", help="The article's address, or a run folder.")],
    note_type: Annotated[
        str | None, typer.Option("--type", "-t", metavar="TYPE", help="The type [default: that of drafts].")
    ] = None,
    html: Html = None,
    day: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of the note.")] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", metavar="MODEL", help='Model to ask; "" for none [default: ENRICH_MODEL].'),
    ] = None,
    allow_private: AllowPrivate = False,
    vault: Vault = None,
) -> None:
    """Show a draft of a type beside a note of the vault that is of it. No file is written.

    Both go to stdout, what the draft does not keep of its type to stderr.
    """
    console = standard_console()
    page = None if html is None else Given(html, read_input(html, "page", console))
    created: date | None = parse_date(day)
    workspace = open_workspace(console, vault, type=note_type, model=model)
    tried = workspace.try_type(source, DraftOptions(page=page, created=created, allow_private=allow_private))
    _show(console, "the draft", tried.drafted.text)
    if tried.path:
        _show(console, tried.path, tried.text)
    else:
        console.say(f"the vault has no note of the type {tried.drafted.note_type.name} to stand beside it")
    for line in tried.drafted.brief:
        console.say(line)


def _show(console: Console, head: str, text: str) -> None:
    if "\0" in text:
        raise UsageError(f"{head}: holds a character that no terminal shows; open it in an editor")
    console.result(f"===== {head}\n{text.rstrip()}\n")
