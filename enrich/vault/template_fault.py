"""Why a template cannot be filled, for the person who wrote it: the line, what is wrong, the nearest right one."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.nodes import Getattr, Name, Template

from enrich.text.nearest import find_nearest
from enrich.text.quoted import quote

_STATEMENTS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "include", "macro", "endmacro", "raw")
"""What a template of a note needs between ``{%`` and ``%}``."""


def explain_fault(
    error: TemplateError, environment: Environment, text: str, name: str, variables: Mapping[str, Any]
) -> tuple[int, str]:
    """The line of the template, 0 where none is known, and *fact; remedy*; ``variables`` is what it was given."""
    if isinstance(error, UndefinedError):
        return _of_missing(environment.parse(text, name, name), variables) or (0, _mend(error.message))
    if isinstance(error, TemplateSyntaxError):
        return error.lineno, _of_syntax(error.message or "", environment)
    if isinstance(error, TemplateNotFound):
        return 0, f"there is no {quote(str(error.name))!r}; mend the template"
    return 0, _mend(error.message)


def _of_missing(template: Template, variables: Mapping[str, Any]) -> tuple[int, str] | None:
    """The names that are not there, all at once, else the first part that one of them has not."""
    missing = dict(_missing_names(template, variables))
    if missing:
        nearest = find_nearest(next(iter(missing)), variables) if len(missing) == 1 else ""
        meant = f"did you mean {nearest}? known are" if nearest else "use"
        return min(missing.values()), f"no value for {quote(', '.join(missing))}; {meant} {_listed(variables)}"
    for line, whole, known in _missing_parts(template, variables):
        nearest = find_nearest(whole.rpartition(".")[2], known)
        meant = f"did you mean {nearest}?" if nearest else "mend the template"
        return line, f"no value for {quote(whole)}; {meant} {whole.partition('.')[0]} has {_listed(known)}"
    return None


def _missing_names(template: Template, variables: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Each name that the template asks for and nobody gives, in order, with its first line."""
    from jinja2 import meta

    missing = meta.find_undeclared_variables(template) - set(variables)
    nodes = [node for node in template.find_all(Name) if node.ctx == "load" and node.name in missing]
    lines = {name: min((node.lineno for node in nodes if node.name == name), default=0) for name in missing}
    yield from sorted(lines.items())


def _missing_parts(template: Template, variables: Mapping[str, Any]) -> Iterator[tuple[int, str, Sequence[str]]]:
    """Line and name of each part that a variable has not, such as ``note.titel``, with the parts that it has."""
    for node in template.find_all(Getattr):
        whole = variables.get(node.node.name) if isinstance(node.node, Name) else None
        if isinstance(node.node, Name) and isinstance(whole, Mapping) and node.attr not in whole:
            yield node.lineno, f"{node.node.name}.{node.attr}", sorted(whole)


def _of_syntax(said: str, environment: Environment) -> str:
    """A filter or statement that is not known with the nearest that is; else the words of Jinja."""
    known: Mapping[str, Iterable[str]] = {"filter": environment.filters, "tag": _STATEMENTS}
    if said == "unexpected '}'":
        return "a '{{' is closed by one '}'; write '}}'"
    found = re.match(r"(?:No|Encountered unknown) (filter|tag) (?:named )?'(\w+)'", said)
    if found is None:
        return _mend(said)
    kind, name = found.groups()
    nearest = find_nearest(name, known[kind])
    what = "filter" if kind == "filter" else "statement"
    others = "yaml" if kind == "filter" else ", ".join(_STATEMENTS)
    remedy = f"did you mean {nearest}?" if nearest else f"use {others}"
    return f"there is no {what} {quote(name)!r}; {remedy}"


def _mend(said: str | None) -> str:
    return f"{quote(said or '').rstrip('.')}; mend the template"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
