"""A model's text read as the JSON object that the schema asks for, or the reasons why it is not one.

Models that are not held to a schema wrap their JSON in prose, in fences or behind their reasoning. This looks through
all of that, but what it returns is only ever a whole object that is valid under the schema.
"""

import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from msgspec import Struct

from enrich.text.json_text import read_json
from enrich.text.pattern import lazy_pattern
from enrich.text.quoted import quote

MOST_CHARACTERS = 400_000
"""An answer that is longer is not read: a note has three thousand."""
MOST_PROBLEMS = 12
"""Told to the model at once. By hand: more would be one mistake made everywhere."""
LONGEST_PROBLEM = 400
"""Characters of one problem. By hand: it may show what the model wrote, which has no bound of its own."""
MOST_STARTS = 50
"""Opening braces tried in prose before giving up."""
_MISSING_NAMED = 2
"""Missing keys that a person is told, of more than three. By hand: the message stays one line."""

_THINKING = lazy_pattern(r"<(think|thinking|thought|reasoning)>", re.IGNORECASE)
_THOUGHT = lazy_pattern(r"\A.*?</(think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_FENCE = lazy_pattern(r"^[ \t]*(`{3,}|~{3,})([^\n`]*)$", re.MULTILINE)
_HALF_PAIR = lazy_pattern("[\ud800-\udfff]")


class Reading(Struct, frozen=True):
    """What a text turned out to be: an answer, or the problems that keep it from being one."""

    answer: Mapping[str, Any] | None
    problems: tuple[str, ...] = ()
    """In words that the model can act on: ``lead.sentences[0].text is missing``."""


def read_answer(text: str, schema: Mapping[str, Any]) -> Reading:
    """The object in ``text`` that is valid under ``schema``; of several objects the first valid one."""
    if len(text) > MOST_CHARACTERS:
        return Reading(None, (f"the answer has {len(text):,} characters, more than {MOST_CHARACTERS:,}",))
    validator = Draft202012Validator(schema)
    closest, length = Reading(None, ("the answer holds no JSON object",)), 0
    for piece in _pieces(text):
        reading = _read_piece(piece, validator)
        if reading.answer is not None:
            return reading
        if len(piece) > length:
            closest, length = reading, len(piece)
    return closest


def _pieces(text: str) -> Iterator[str]:
    """Places where the object may be, the likeliest first: the whole text, fenced blocks, from each brace on."""
    whole = text.strip().removeprefix("\ufeff").strip()
    if whole.startswith("{"):
        yield whole
    else:
        text = _without_thinking(text)
    yield from _fenced(text)
    yield from _objects(text)


def _fenced(text: str) -> Iterator[str]:
    """What stands between two fences of one length, the second of them bare; what was read is not opened again."""
    fences = list(_FENCE.finditer(text))
    bare: dict[str, list[int]] = defaultdict(list)
    for number, fence in enumerate(fences):
        if not fence[2].strip(" \t"):
            bare[fence[1]].append(number)
    number = 0
    while number < len(fences):
        closers = bare[fences[number][1]]
        after = bisect_right(closers, number)
        if after < len(closers):
            yield text[fences[number].end() : fences[closers[after]].start()].strip()
            number = closers[after]
        number += 1


def _without_thinking(text: str) -> str:
    """The text behind a model's reasoning; some chat templates swallow the opening tag, so the closing one decides."""
    behind = _THOUGHT.sub("", text)
    if _THINKING.match(text.lstrip()):
        return behind if behind != text else ""
    return behind if "{" in behind else text


def _objects(text: str) -> Iterator[str]:
    decoder = json.JSONDecoder(strict=False)
    position = -1
    for _ in range(MOST_STARTS):
        position = text.find("{", position + 1)
        if position < 0:
            return
        try:
            _, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            continue
        yield text[position:end]
        position = end - 1


def _read_piece(piece: str, validator: Draft202012Validator) -> Reading:
    try:
        value = _parse(piece)
    except ValueError as error:
        return Reading(None, (f"the JSON cannot be read: {quote(str(error))}",))
    if not isinstance(value, dict):
        return Reading(None, (f"the answer is a JSON {_kind(value)}, not an object",))
    problems = _problems(validator, value)
    if problems and len(value) == 1:  # some models put the answer under a key of their own
        (inner,) = value.values()
        if isinstance(inner, dict) and not _problems(validator, inner):
            return Reading(inner)
    return Reading(None, problems) if problems else Reading(value)


def _problems(validator: Draft202012Validator, value: Mapping[str, Any]) -> tuple[str, ...]:
    errors = sorted(validator.iter_errors(value), key=lambda error: error.json_path)
    found = dict.fromkeys(
        quote(describe(_deepest(error)), LONGEST_PROBLEM) for error in errors
    )  # one error a missing key, all of one wording
    return tuple(found)[:MOST_PROBLEMS]


def _parse(piece: str) -> Any:
    if _HALF_PAIR.search(piece):
        raise ValueError("it holds half a surrogate pair")
    value = read_json(piece, lenient=True, pairs=_unique)
    if "\\u" in piece and _HALF_PAIR.search(json.dumps(value, ensure_ascii=False)):
        raise ValueError("it holds half a surrogate pair")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys are all different: with a repeated key nobody knows which value was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise ValueError(f"key {next(key for key in counts if counts[key] > 1)!r} stands twice in one object")
    return found


def _deepest(error: ValidationError) -> ValidationError:
    """For a choice of shapes, the complaint about the shape that came closest."""
    while error.context:
        error = max(error.context, key=lambda inner: (len(inner.absolute_path), inner.validator != "type"))
    return error


def describe(error: ValidationError) -> str:
    """One validation error as a short sentence: where, and what is expected there."""
    where, expected, found = _where(error), error.validator_value, error.instance
    if error.validator == "required" and isinstance(found, dict):
        missing = [name for name in _names(expected) if name not in found]
        return f"{where} lacks {', '.join(map(repr, missing))}"
    if error.validator == "additionalProperties" and isinstance(error.schema, dict) and isinstance(found, dict):
        unknown = [key for key in found if key not in error.schema.get("properties", {})]
        return f"{where} has {', '.join(map(repr, unknown))}, which is not asked for"
    if error.validator == "type":
        return f"{where} is {_kind(found)}, not {' or '.join(_names(expected))}"
    if error.validator == "enum":
        return f"{where} is {_short(found)}, not one of {_short(expected)}"
    return f"{where}: {quote(error.message, 160)}"


def summarise(problems: Sequence[str]) -> str:
    """The first of ``problems`` in few words, for a person: two of many missing keys, and how many more."""
    first, *others = problems
    where, lacks, names = first.partition(" lacks ")
    missing = names.split(", ")
    if lacks and len(missing) > _MISSING_NAMED + 1:
        first = f"{where}{lacks}{', '.join(missing[:_MISSING_NAMED])} and {len(missing) - _MISSING_NAMED} more"
    return f"{first} (and {len(others)} more)" if others else first


def _names(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(name) for name in value]


def _where(error: ValidationError) -> str:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    return steps.removeprefix(".") or "the answer"


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    names = {str: "string", int: "number", float: "number", list: "array", dict: "object"}
    return names.get(type(value), type(value).__name__)


def _short(value: Any) -> str:
    return quote(json.dumps(value, ensure_ascii=False), 160)
