"""``enrich types``: the note types of a vault."""

import typer

from enrich.command_line import QuickCommand
from enrich.commands.types_learn import learn
from enrich.commands.types_migrate import migrate

types = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)


@types.callback()
def _types() -> None:
    """Look at note types, learn them from your notes, and make notes of one type those of another."""


types.command("learn", cls=QuickCommand)(learn)
types.command("migrate", cls=QuickCommand)(migrate)
