"""``enrich init``: a vault made ready for drafts."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enrich.commands.opening import open_workspace, read_input
from enrich.commands.page_options import AllowPrivate, Html
from enrich.commands.types_look import Vault
from enrich.console import Console, printable, standard_console
from enrich.text.count import counted
from enrich.text.shell import quote_path
from enrich.workspace.options import DraftOptions, Given, LearnOptions

if TYPE_CHECKING:
    from enrich.workspace.workspace import Workspace


def init(
    vault: Vault = None,
    note_type: Annotated[
        str | None,
        typer.Option("--type", "-t", metavar="TYPE", help="Of drafts [default: asked, else that of most notes]."),
    ] = None,
    learn: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Learn the type from this folder’s notes [default: asked]."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", metavar="MODEL", help='Who writes drafts; "" for nobody [default: asked].'),
    ] = None,
    draft: Annotated[
        str | None, typer.Option(metavar="URL", help="Make the first draft, about this article [default: asked].")
    ] = None,
    html: Html = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Make a vault ready for drafts: the type of notes, who writes them, and a first draft.

    The type goes into .enrich/config.toml, the model into your own config.toml. A file that is there
    stays as it is.
    """
    console = standard_console()
    ask = _Ask(sys.stdin.isatty() and sys.stderr.isatty())
    workspace = open_workspace(console, vault)
    for row in workspace.list_types():
        star = "*" if row.is_usual else " "
        console.say(f"{star} {row.name}: {row.fault or f'{row.notes} of the vault’s notes'}")
    chosen = note_type or _learned(workspace, console, learn, ask) or ask.word("The type of drafts", _usual(workspace))
    named = model if model is not None else ask.model(workspace)
    for line in workspace.init(chosen, named):
        console.result(line)
    _say_how_it_stands(console, vault, workspace)
    url = draft if draft is not None else ask.word("The address of an article for a first draft (empty: later)")
    if not url:
        console.say("next: enrich draft URL drafts a note, enrich review NOTE shows it; the rest: enrich --help")
        return
    page = None if html is None else Given(html, read_input(html, "page", console))
    drafting = open_workspace(console, vault, type=chosen or None, model=named)
    _draft(drafting, console, url, DraftOptions(page=page, allow_private=allow_private))


class _Ask:
    """The person at the terminal; where there is none, nobody is asked."""

    def __init__(self, is_there: bool) -> None:
        self.is_there = is_there

    def word(self, question: str, default: str = "") -> str:
        """What was said; empty without a terminal."""
        if not self.is_there:
            return ""
        said: str = typer.prompt(printable(question), default=default, show_default=bool(default), err=True)
        return said.strip()

    def model(self, workspace: "Workspace") -> str | None:
        """Who writes drafts; None where nobody can be asked, or somebody is set already."""
        if not self.is_there or workspace.settings.model:
            return None
        return self.word("The model that writes drafts, such as gpt-4o-mini (empty: none; drafts quote the article)")


def _usual(workspace: "Workspace") -> str:
    return workspace.usual_type.name


def _learned(workspace: "Workspace", console: Console, folder: str | None, ask: _Ask) -> str:
    """The type that most notes of a folder are of, learned now; empty where none is wanted."""
    wanted = folder if folder is not None else ask.word("Learn the type from a folder of notes? Which (empty: no)")
    if not wanted:
        return ""
    found = workspace.learn_types((), LearnOptions(wanted))
    if not found.types:
        console.say(f"{wanted}: nothing was learned; too few of its notes are alike, or nothing tells them from others")
        return ""
    for one in found.types:
        console.say(f"{one.name}: learned from {counted(len(one.learned.shapes), 'note')}")
    return found.types[0].name


def _say_how_it_stands(console: Console, vault: Path | None, workspace: "Workspace") -> None:
    from enrich.commands.start import start_lines

    for line in start_lines(console, vault or workspace.root)[1:2]:
        console.say(line)


def _draft(workspace: "Workspace", console: Console, url: str, options: DraftOptions) -> None:
    drafted = workspace.draft(url, options)
    for line in drafted.brief:
        console.say(line)
    if drafted.file is not None:
        console.result(str(drafted.file))
        console.say(f"next: enrich review {quote_path(drafted.file)}")
