"""Fill a template of a note type: Jinja2, sandboxed, and loud when a variable is missing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enrich.errors import SettingsError
from enrich.text.nearest import did_you_mean
from enrich.text.quoted import quote
from enrich.vault.prompt_file import read_prompt

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Template

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
    except jinja2.UndefinedError as error:
        missing = sorted(_find_variables(environment, text, name) - set(variables))
        if missing:
            raise SettingsError(
                f"{folder.name}/{name}: no value for {quote(', '.join(missing))}; use {', '.join(sorted(variables))}"
            ) from error
        for line, whole, known in _find_missing_parts(environment.parse(text, name, name), variables):
            meant = did_you_mean(whole.rpartition(".")[2], known, "mend the template")
            there = f"{whole.partition('.')[0]} has {', '.join(known)}"
            raise SettingsError(
                f"{folder.name}/{name}, line {line}: no value for {quote(whole)}; {meant} {there}"
            ) from error
        raise SettingsError(f"{folder.name}/{name}: {quote(error.message or '')}; mend the template") from error
    except jinja2.TemplateSyntaxError as error:
        place = f"{folder.name}/{error.name or name}, line {error.lineno}"
        raise SettingsError(f"{place}: {quote(error.message or '')}; mend the template") from error
    except jinja2.TemplateNotFound as error:
        raise SettingsError(
            f"{folder.name}/{name}: there is no {quote(str(error.name))!r}; mend the template"
        ) from error
    except jinja2.TemplateError as error:
        raise SettingsError(f"{folder.name}/{name}: {quote(error.message or '')}; mend the template") from error


def _find_missing_parts(template: "Template", variables: Mapping[str, Any]) -> Iterator[tuple[int, str, Sequence[str]]]:
    """Line and name of each part that a variable has not, such as ``note.titel``, with the parts that it has."""
    from jinja2.nodes import Getattr, Name

    for node in template.find_all(Getattr):
        whole = variables.get(node.node.name) if isinstance(node.node, Name) else None
        if isinstance(node.node, Name) and isinstance(whole, Mapping) and node.attr not in whole:
            yield node.lineno, f"{node.node.name}.{node.attr}", sorted(whole)


def _find_variables(environment: "Environment", text: str, name: str) -> frozenset[str]:
    """What a template asks for."""
    from jinja2 import meta

    return frozenset(meta.find_undeclared_variables(environment.parse(text, name, name)))


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


def say_limits(limits: "Limits") -> str:
    """Limits in words: ``3``, ``1 or 2``, ``24 to 38``."""
    low, high = limits
    if low == high:
        return str(low)
    return f"{low} or {high}" if high == low + 1 else f"{low} to {high}"
