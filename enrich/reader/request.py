"""One request to the second reader: sentences with their passages, and two controls among them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from msgspec import Struct

from enrich.check.evidence.judgement import Meaning
from enrich.check.evidence.prepared_source import prepare
from enrich.llm.completion import Message, Prompt
from enrich.llm.prompt import make_fence
from enrich.reader.control import make_controls, mix
from enrich.reader.passage import Passages
from enrich.reader.statement import Statement
from enrich.source.source import Source
from enrich.vault.prompt_file import find_folder
from enrich.vault.render import render_in

T = TypeVar("T")
MOST = 16
"""Sentences of a note in one request, besides the controls: few enough that each is read."""
FOLDER = "second-reader"
"""Of the templates, in a folder of prompts."""
NAME = "read"
"""Of the prompt: a recording is looked up by it."""


class Request(Struct, frozen=True):
    """A prompt, and which statement each of its ids stands for."""

    prompt: Prompt
    statements: dict[str, Statement]
    controls: frozenset[str]
    """The ids of those that are wrong on purpose."""


def build_requests(statements: Sequence[Statement], source: Source, folders: Sequence[Path]) -> Iterator[Request]:
    """The statements in balanced parts. SettingsError when none of ``folders`` has the templates."""
    passages = Passages(prepare(source))
    for part in split_evenly(statements, MOST):
        yield build_request(part, source, passages, folders)


def split_evenly(statements: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """As few parts of at most ``most`` as there can be, none more than one longer than another."""
    parts = -(-len(statements) // most)
    for number in range(parts):
        yield statements[number * len(statements) // parts : (number + 1) * len(statements) // parts]


def build_request(
    statements: Sequence[Statement], source: Source, passages: Passages, folders: Sequence[Path]
) -> Request:
    """One request about these statements."""
    folder = find_folder(FOLDER, folders)
    salt = "\n".join(statement.text for statement in statements)
    controls = make_controls(prepare(source), salt)
    shown = {f"s{number}": each for number, each in enumerate(mix(statements, controls, salt), 1)}
    items = [
        {
            "id": name,
            "sentence": " ".join(statement.text.split()),
            "form": statement.form,
            "passage": passages.of(statement),
            "linked": " ".join(statement.linked.split()),
        }
        for name, statement in shown.items()
    ]
    system = render_in(folder, "system.md.j2", {})
    fence = make_fence("\n".join((source.title, source.site, source.author, source.text, *_texts(items))))
    request = render_in(folder, "request.md.j2", {"items": items, "source": source, "fence": fence})
    schema = _schema(list(shown))
    parts = {"system": system, "request": request, "schema": json.dumps(schema, sort_keys=True)}
    prompt = Prompt(NAME, (Message("system", system), Message("user", request)), schema, "readings", parts)
    return Request(prompt, shown, frozenset(name for name, each in shown.items() if each in controls))


def _texts(items: Sequence[dict[str, str]]) -> Iterator[str]:
    return (text for item in items for text in item.values())


def _schema(ids: Sequence[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "id": {"type": "string", "enum": list(ids)},
        "words": {"type": "array", "items": {"type": "string"}},
        "quote": {"type": ["string", "null"]},
        "verdict": {"type": "string", "enum": list(get_args(Meaning))},
    }
    entry = _object(properties)
    return _object({"readings": {"type": "array", "items": entry}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
