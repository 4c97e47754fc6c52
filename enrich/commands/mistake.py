"""A mistake on the command line, in the form of every other message: *object: fact; remedy*."""

import re
from typing import Any

from typer.exceptions import TyperException

from enrich.text.nearest import did_you_mean

_EXTRA = re.compile(r"extra argument\S* \((.*)\)\Z", re.DOTALL)


def describe_mistake(error: TyperException) -> str:
    """What typer found wrong. Its classes are private, so that what they carry is looked at instead."""
    known: Any = error
    command = known.ctx.command_path if getattr(known, "ctx", None) else "enrich"
    see = f"see {command} --help"
    if hasattr(known, "possibilities"):
        return f"{known.option_name}: is no option of {command}; {did_you_mean(*_options(known), see)}"
    if hasattr(known, "option_name"):
        fact = "needs a value after it" if "requires" in error.message else "takes no value"
        return f"{known.option_name}: {fact}; {see}"
    if param := getattr(known, "param", None):
        name = param.opts[0] if param.param_type_name == "option" else param.metavar or param.name
        if hasattr(known, "param_type"):
            return f"{name}: is missing; write {command} {name}"
        return f"{name}: {error.message}" + ("" if "; " in error.message else f"; {see}")
    if extra := _EXTRA.search(error.message):
        return f"{extra[1]}: is more than {command} takes; {see}"
    return f"{command}: {error.format_message().rstrip('.')}; {see}"


def _options(error: Any) -> tuple[str, list[str]]:
    """The word that was written, and the options that the command has."""
    names = [name for param in error.ctx.command.get_params(error.ctx) for name in param.opts if name.startswith("--")]
    return error.option_name, names if len(error.option_name) > 2 else []
