"""``enrich types``: the note types of a vault."""

import typer

from enrich.command_line import QuickCommand
from enrich.commands.types_learn import learn
from enrich.commands.types_look import check, list_, show
from enrich.commands.types_make import new, try_
from enrich.commands.types_migrate import migrate

types = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)


@types.callback()
def _types() -> None:
    """Look at note types, make them, try them, learn them from your notes, and make notes of one those of another."""


types.command("list", cls=QuickCommand)(list_)
types.command("show", cls=QuickCommand)(show)
types.command("check", cls=QuickCommand)(check)
types.command("new", cls=QuickCommand)(new)
types.command("try", cls=QuickCommand)(try_)
types.command("learn", cls=QuickCommand)(learn)
types.command("migrate", cls=QuickCommand)(migrate)
