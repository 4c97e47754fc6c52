"""Fill a template of a note type: Jinja2, sandboxed, and loud when a variable is missing."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enrich.errors import SettingsError
from enrich.vault.prompt_file import read_prompt

if TYPE_CHECKING:
    from jinja2 import Environment

    from enrich.vault.section_type import Limits


def fill(folder: Path, name: str, variables: Mapping[str, Any]) -> str:
    """Fill a template in this process. SettingsError as for `render_in`; an error that its code raises as it is."""
    import jinja2

    text = read_prompt(folder, name)
    if text is None:
        raise SettingsError(f"{folder.name}/{name}: is missing; restore it from the type that ships with enrich")
    environment = _environment(folder)
    try:
        return environment.get_template(name).render(variables)
    except jinja2.TemplateError as error:
        from enrich.vault.template_fault import explain_fault  # only a mistake needs it

        written = getattr(error, "name", None) if isinstance(error, jinja2.TemplateSyntaxError) else None
        line, fault = explain_fault(error, environment, text, name, variables)
        raise SettingsError(f"{folder.name}/{written or name}{f', line {line}' if line else ''}: {fault}") from error


@cache
def _environment(folder: Path) -> "Environment":
    """One a folder, so that a template is compiled once: a draft fills its note's several times."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FunctionLoader(lambda name: _load(folder, name)),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["limits"] = say_limits
    environment.filters["yaml"] = _to_yaml
    return environment


def _load(folder: Path, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The text of a template, the name that errors show, and whether the file still holds that text."""
    text = read_prompt(folder, name)
    return None if text is None else (text, name, lambda: read_prompt(folder, name) == text)


def _to_yaml(text: str) -> str:
    from enrich.vault.yaml_scalar import yaml_scalar  # two YAML readers, which prompts do not need

    return yaml_scalar(text)


def say_limits(limits: "Limits", noun: str = "") -> str:
    """Limits in words: ``3``, ``1 or 2``, ``24 to 38``; with a noun ``1 word``, ``24 to 38 words``."""
    low, high = limits
    said = str(low) if low == high else f"{low} or {high}" if high == low + 1 else f"{low} to {high}"
    return f"{said} {noun if high == 1 and low == 1 else f'{noun}s'}" if noun else said
