"""The app: commands are registered and errors are caught here, once."""

import os
import sys
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from enrich import __version__
from enrich.command_line import QuickGroup, describe_mistake
from enrich.console import standard_console
from enrich.errors import EnrichError, UsageError

INTERRUPTED = 130
"""What shells give for a program that Ctrl-C ended: 128 and the number of SIGINT."""

COMMANDS = {
    "draft": "enrich.commands.draft:draft",
    "init": "enrich.commands.init:init",
    "inbox": "enrich.commands.inbox:inbox",
    "fill": "enrich.commands.fill:fill",
    "check": "enrich.commands.check:check",
    "review": "enrich.commands.review:review",
    "types": "enrich.commands.types:types",
    "suggest-links": "enrich.commands.suggest:suggest_links",
    "undo": "enrich.commands.undo:undo",
    "doctor": "enrich.commands.doctor:doctor",
    "config": "enrich.commands.config:config",
    "trust": "enrich.commands.trust:trust",
}
"""Each command's function; it is imported when the command, or its help, is asked for."""


class _Commands(QuickGroup):
    later = COMMANDS


app = typer.Typer(
    name="enrich",
    cls=_Commands,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    # Columns, by hand: as wide as a line of progress.
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        standard_console().result(f"enrich {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback prints it
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Draft journal notes from web articles: every link real, every fact checked against the source."""
    if context.invoked_subcommand is None:
        from enrich.commands.start import start_lines

        console = standard_console()
        for line in start_lines(console):
            console.say(line)
        raise typer.Exit(UsageError.exit_code)


def main() -> None:
    """Run the command line; an `EnrichError` ends it with its exit code, a bug with a traceback."""
    console = standard_console()
    try:
        code = app(prog_name="enrich", standalone_mode=False)
    except EnrichError as error:
        console.warn(f"enrich: {error}")
        code = error.exit_code
    except TyperException as error:
        console.warn(f"enrich: {describe_mistake(error)}")
        code = error.exit_code
    except (Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:
        # the reader of our results went away, as `head` does; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    if code == INTERRUPTED:  # typer turns Ctrl-C in a command into this code
        console.warn(f"enrich: {console.session.say_interrupted()}")
    sys.exit(code)
