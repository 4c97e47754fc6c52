"""The app: commands are registered and errors are caught here, once."""

import os
import sys
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from enrich import __version__
from enrich.commands.quick import QuickGroup
from enrich.console import standard_console
from enrich.errors import EnrichError

INTERRUPTED = 130

COMMANDS = {
    "draft": "enrich.commands.draft:draft",
    "check": "enrich.commands.check:check",
    "review": "enrich.commands.review:review",
    "suggest-links": "enrich.commands.suggest:suggest_links",
    "undo": "enrich.commands.undo:undo",
    "trust": "enrich.commands.trust:trust",
}
"""Each command's function; it is imported when the command, or its help, is asked for."""


class _Commands(QuickGroup):
    later = COMMANDS


app = typer.Typer(
    name="enrich",
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        standard_console().result(f"enrich {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Draft journal notes from web articles: every link real, every fact checked against the source."""


def main() -> None:
    """Run the command line; an `EnrichError` ends it with its exit code, a bug with a traceback."""
    console = standard_console()
    try:
        code = app(standalone_mode=False)
    except EnrichError as error:
        console.warn(f"enrich: {error}")
        code = error.exit_code
    except TyperException as error:
        # typer's usage errors; the class of theirs that declares show is private
        error.show()  # type: ignore[attr-defined]
        code = error.exit_code
    except (Abort, KeyboardInterrupt):
        console.warn("enrich: interrupted")
        code = INTERRUPTED
    except BrokenPipeError:
        # the reader of our results went away, as `head` does; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
