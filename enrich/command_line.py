"""The command line over typer: commands that start quickly, and mistakes in the form of every other message.

typer hands each value to pydantic, whose import takes longer than a whole search for links, and an editor waits for
that. Text, numbers, paths, lists of them and a choice of words need none of it.
"""

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args, get_origin

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from enrich.errors import UsageError
from enrich.text.pattern import lazy_pattern

_EXTRA = lazy_pattern(r"extra argument\S* \((.*)\)\Z", re.DOTALL)


class QuickCommand(TyperCommand):
    """Reads the values of its options itself; everything else is typer's."""

    def get_params(self, ctx: Any) -> Any:
        """The options, ``--help`` included."""
        return _reading_quickly(super().get_params(ctx))


class QuickGroup(TyperGroup):
    """The same for the options before a command; the commands are imported when they are asked for."""

    later: ClassVar[Mapping[str, str]] = {}
    """``module:function`` of each command, or of its own `typer.Typer`, in the order of the help."""

    def get_params(self, ctx: Any) -> Any:
        """The options, ``--help`` included."""
        return _reading_quickly(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands."""
        return [*self.later, *(name for name in super().list_commands(ctx) if name not in self.later)]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that ``args`` begin with; UsageError, with the nearest, when there is none of that name."""
        word = args[0]
        if word.startswith("-") or self.get_command(ctx, word) is not None:
            return super().resolve_command(ctx, args)
        if "://" in word or word.endswith(".md"):
            meant = f"did you mean enrich {'draft' if '://' in word else 'review'} {word}?"
        else:
            from enrich.text.nearest import did_you_mean  # difflib: only a mistake waits for it

            meant = did_you_mean(word, self.list_commands(ctx), "see enrich --help")
        raise UsageError(f"{word}: is no command; {meant}")

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name; None when there is none."""
        if cmd_name in self.later and cmd_name not in self.commands:
            self.commands[cmd_name] = _build_command(cmd_name, self.later[cmd_name])
        return super().get_command(ctx, cmd_name)


def _build_command(name: str, place: str) -> Any:
    module, _, function = place.partition(":")
    made = getattr(import_module(module), function)
    if isinstance(made, typer.Typer):  # a command of commands
        return get_command(made)
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.command(name, cls=QuickCommand)(made)
    return get_command(alone)


def _reading_quickly(params: Any) -> Any:
    for param in params:
        param.get_runtime_param = QuickReader
    return params


class QuickReader:
    """Stands in for the reader that typer would build for a parameter."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value in the type that the command's function asks for; `typer.BadParameter` when it is not one."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        asked = param.type_descriptor.annotation
        try:
            if get_origin(asked) is list:
                return [_read(item, get_args(asked)[0], param.type_descriptor) for item in value]
            return _read(value, asked, param.type_descriptor)
        except ValueError as error:
            raise typer.BadParameter(str(error), ctx=ctx, param=param) from None


def _read(value: Any, asked: Any, descriptor: Any) -> Any:
    if get_origin(asked) is Literal:
        if value not in get_args(asked):
            raise ValueError(f"{value!r} is not one of {', '.join(get_args(asked))}; choose one of them")
        return value
    if asked in (int, float):
        return _read_number(value, asked, descriptor.parameter_info)
    if asked in (str, bool, Path):
        return asked(value)
    raise TypeError(f"{asked}: is no type that a quick command reads")


def _read_number(value: Any, asked: type[int] | type[float], limits: Any) -> int | float:
    whole = "a whole number" if asked is int else "a number"
    try:
        number = asked(value)
    except ValueError:
        raise ValueError(f"{value!r} is not {whole}; write {_range(whole, limits)}") from None
    if (limits.min is not None and not number >= limits.min) or (limits.max is not None and not number <= limits.max):
        raise ValueError(f"{value} is out of range; write {_range(whole, limits)}")
    return number


def _range(whole: str, limits: Any) -> str:
    """``a number from 0 to 1``, ``a whole number, 1 or more``."""
    if limits.min is None:
        return whole
    return (
        f"{whole}, {limits.min:g} or more" if limits.max is None else f"{whole} from {limits.min:g} to {limits.max:g}"
    )


def describe_mistake(error: TyperException) -> str:
    """What typer found wrong, as *object: fact; remedy*. Its classes are private, so what they carry is looked at."""
    from enrich.text.nearest import did_you_mean  # difflib: only a mistake waits for it

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
