"""``enrich types learn``: note types made of the notes that are there."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enrich.commands.opening import open_workspace
from enrich.console import printable, standard_console
from enrich.text.count import counted
from enrich.workspace.options import LearnOptions

if TYPE_CHECKING:
    from enrich.shapes.questions import Question


def learn(
    notes: Annotated[list[str] | None, typer.Argument(metavar="NOTE", help="Notes that show what you mean.")] = None,
    folder: Annotated[str, typer.Option(metavar="DIR", help="Instead: every note of this folder but drafts.")] = "",
    name: Annotated[str, typer.Option(metavar="X", help="The type's name [default: after what its notes share].")] = "",
    vault: Annotated[Path | None, typer.Option(metavar="DIR", help="The vault [default: as for draft].")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the files; write nothing, ask nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; what is unclear is a comment.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No report, only results and errors.")] = False,
) -> None:
    """Make note types of your own notes: one for each kind that is found among them.

    What the notes have in common becomes the type: properties, sections and their order are musts, limits are wishes.
    At a terminal you are asked what the notes do not tell. Nothing is overwritten; enrich undo takes the types away.
    """
    console = standard_console(quiet)
    asks = not (dry_run or yes) and sys.stdin.isatty() and sys.stderr.isatty()
    options = LearnOptions(folder, name, dry_run, _ask if asks else None)
    found = open_workspace(console, vault).learn_types(notes or (), options)
    for one in found.types:
        console.say(f"{one.name}: learned from {counted(len(one.learned.shapes), 'note')}")
        for remark in one.unclear:
            console.say(f"  {printable(remark)}")
        if dry_run:
            console.result(f"# {one.name}/type.toml\n{one.table}\n{{# {one.name}/note.md.j2 #}}\n{one.template}")
        else:
            console.result(str(found.folder / one.name))
    if found.left:
        console.say(f"{counted(found.left, 'note')}: of no type; too few are alike, or nothing tells them from others")
    if found.edit is not None:
        console.say(f"try one: enrich draft -t {found.types[0].name} URL")


def _ask(question: "Question") -> str:
    """Ask at the terminal; an empty answer is the default."""
    if not question.choices:
        return str(typer.prompt(printable(question.text), default=question.default, err=True))
    shown = f"{printable(question.text)} ({', '.join(question.choices)})"
    while True:
        answer = str(typer.prompt(shown, default=question.default, err=True))
        if answer in question.choices:
            return answer
