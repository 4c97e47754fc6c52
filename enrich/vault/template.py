"""Fill a template of a note type: Jinja2, sandboxed, and loud when a variable is missing."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enrich.errors import SettingsError
from enrich.vault.file import read_file
from enrich.vault.note_type import Limits, NoteType
from enrich.vault.yaml_scalar import yaml_scalar

if TYPE_CHECKING:
    from jinja2 import Environment


def render(note_type: NoteType, name: str, variables: Mapping[str, Any]) -> str:
    """Fill the template ``name`` of the type's folder with ``variables``; see `render_in`."""
    return render_in(note_type.directory, name, variables)


def render_in(folder: Path, name: str, variables: Mapping[str, Any]) -> str:
    """Fill the template ``name`` of a folder of prompts with ``variables``.

    The sandbox keeps a template that came with somebody's vault from reaching Python, and nothing is escaped: the
    result is Markdown, and what goes in was made plain before. SettingsError names the template and every missing
    variable.
    """
    import jinja2
    from jinja2 import meta

    environment = _environment(folder)
    try:
        text = read_file(folder / name).decode("utf-8")
        wanted = meta.find_undeclared_variables(environment.parse(text))
        if missing := sorted(wanted - set(variables)):
            raise SettingsError(
                f"{folder.name}/{name}: no value for {', '.join(missing)}; use {', '.join(sorted(variables))}"
            )
        return environment.from_string(text).render(variables)
    except (OSError, UnicodeDecodeError, jinja2.TemplateError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(f"{folder.name}/{name}: {reason}; mend the template") from error


def _environment(folder: Path) -> "Environment":
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["limits"] = say_limits
    environment.filters["yaml"] = yaml_scalar
    return environment


def say_limits(limits: Limits) -> str:
    """Limits in words: ``3``, ``1 or 2``, ``24 to 38``."""
    low, high = limits
    if low == high:
        return str(low)
    return f"{low} or {high}" if high == low + 1 else f"{low} to {high}"
