"""A model as a second reader: it sees each sentence with its passage of the source, and nothing else.

Its word is weighed, not taken (`opinion`).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from enrich.check.check_note import NoteCheck, SentenceCheck, sentence_key
from enrich.check.facts.stems import FUNCTION_WORDS, stem
from enrich.errors import SettingsError
from enrich.llm.completion import Completion, Engine, Message, Prompt
from enrich.llm.prompt import make_fence
from enrich.review.difference import stems_of
from enrich.review.opinion import Opinion, weigh
from enrich.source.source import Source
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import split_words
from enrich.vault.render import render_in

BATCH = 12
"""Sentences in one request: few enough that each is read."""
NEIGHBOURS = 1
"""Sentences of the source before and after the evidence that go along: a swapped name stands there."""
ELSEWHERE = 6
"""Other places of the source that go along, for words that the evidence does not hold."""
_TELLING = 3
"""So many other words are worth a number or a name when those places are chosen."""
_FUNCTION_STEMS = frozenset(map(stem, FUNCTION_WORDS))


@dataclass(frozen=True)
class Verified:
    """A check after the model's reading."""

    check: NoteCheck
    completions: tuple[Completion, ...]
    opinions: Mapping[str, Opinion]
    """`sentence_key` → what the model said of the sentence."""
    unread: int
    """Sentences of which the model said nothing."""


def verify(
    check: NoteCheck, source: Source, folders: Sequence[Path], engine: Engine, on_batch: Callable[[int, int], None]
) -> Verified:
    """Let ``engine`` read every sentence that a model wrote, batch by batch. ModelError when it gives no answer.

    ``folders`` are searched for the templates in ``verify/``; ``on_batch`` is told how many of how many are done.
    """
    numbers = [number for number, row in enumerate(check.sentences) if row.verdict != "human"]
    rows = list(check.sentences)
    unread = set(numbers)
    completions: list[Completion] = []
    said: dict[str, Opinion] = {}
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        on_batch(start, len(numbers))
        prompt = build_verification([(number, rows[number]) for number in batch], source, folders)
        completion = engine.complete(prompt, lambda _piece: None)
        completions.append(completion)
        opinions = read_opinions(completion.answer)
        for number in batch:
            if (opinion := opinions.get(number)) is not None:
                said[sentence_key(rows[number].text)] = opinion
                rows[number] = weigh(rows[number], opinion, source)
                unread.discard(number)
    return Verified(replace(check, sentences=tuple(rows)), tuple(completions), said, len(unread))


def build_verification(rows: Sequence[tuple[int, SentenceCheck]], source: Source, folders: Sequence[Path]) -> Prompt:
    """One request about these sentences, each with its number in the check."""
    folder = next((path / "verify" for path in folders if (path / "verify" / "system.md.j2").is_file()), None)
    if folder is None:
        raise SettingsError("prompts/verify: has no system.md.j2; restore the folder that ships with enrich")
    sentences = split_sentences(source.text)
    items = [
        {
            "id": f"s{number}",
            "sentence": " ".join(row.text.split()),
            "passage": passage_of(row, source, sentences),
            "inference": row.kind == "inference",
        }
        for number, row in rows
    ]
    system = render_in(folder, "system.md.j2", {})
    request = render_in(folder, "request.md.j2", {"items": items, "fence": make_fence(source.text)})
    schema = _schema([f"s{number}" for number, _ in rows])
    parts = {"system": system, "request": request, "schema": json.dumps(schema, sort_keys=True)}
    return Prompt("verify", (Message("system", system), Message("user", request)), schema, "verdicts", parts)


def passage_of(row: SentenceCheck, source: Source, sentences: Sequence[Span]) -> str:
    """The evidence with the sentences around it, and those that hold what else the sentence says; gaps as ``[…]``.

    A sentence often joins facts from several places; shown one of them only, a reader would miss the others.
    """
    if not sentences:
        return source.text
    evidence = row.evidence or sentences[0]
    touched = [n for n, span in enumerate(sentences) if span.start < evidence.end and evidence.start < span.end] or [0]
    chosen = set(range(max(0, touched[0] - NEIGHBOURS), min(len(sentences), touched[-1] + NEIGHBOURS + 1)))
    stems = [stems_of(span.of(source.text)) for span in sentences]
    here = frozenset().union(*(stems[n] for n in chosen))
    worth = {stem: worth for stem, worth in _worth_of_words(row.text).items() if stem not in here}
    for _ in range(ELSEWHERE):
        gains = [sum(worth[stem] for stem in held & worth.keys()) for held in stems]
        best = max(range(len(gains)), key=lambda n: (gains[n], -n))
        if not gains[best]:
            break
        chosen.add(best)
        worth = {stem: value for stem, value in worth.items() if stem not in stems[best]}
    return _joined(sorted(chosen), source, sentences)


def _worth_of_words(text: str) -> dict[str, int]:
    """Stem of each content word → what a place that holds it is worth: a number and a name count more."""
    worth: dict[str, int] = {}
    for word in split_words(text):
        telling = word.text[0].isdigit() or any(map(str.isupper, word.text))
        worth[stem(word.text)] = _TELLING if telling else 1
    return {held: value for held, value in worth.items() if held not in _FUNCTION_STEMS}


def _joined(numbers: Sequence[int], source: Source, sentences: Sequence[Span]) -> str:
    """The sentences in the source's order; what follows one another keeps the space between."""
    parts: list[str] = []
    for number in numbers:
        start, end = sentences[number]
        if number - 1 in numbers:
            start = sentences[number - 1].end
        elif parts:
            parts.append("\n[…]\n")
        parts.append(source.text[start:end])
    return "".join(parts)


def read_opinions(answer: Mapping[str, Any]) -> dict[int, Opinion]:
    """The verdicts of an answer by sentence number; of two on one sentence the first counts."""
    opinions: dict[int, Opinion] = {}
    for row in answer["verdicts"]:
        words = tuple(str(word) for word in row["words"] if str(word).strip())
        opinions.setdefault(int(row["id"][1:]), Opinion(row["verdict"], words, row["quote"] or ""))
    return opinions


def _schema(ids: Sequence[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "id": {"type": "string", "enum": list(ids)},
        "verdict": {"type": "string", "enum": ["supported", "contradicted", "unstated"]},
        "words": {"type": "array", "items": {"type": "string"}},
        "quote": {"type": ["string", "null"]},
    }
    entry = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"verdicts": {"type": "array", "items": entry}},
        "required": ["verdicts"],
        "additionalProperties": False,
    }
