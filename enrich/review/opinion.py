"""What a model said of a sentence: weighed, not taken, and kept for the review.

Wrong words must be words of the sentence, a quote must stand in the source, and what the mechanical check did not find
is cleared only by a quote that holds it.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from enrich.check.check_note import NoteCheck, SentenceCheck, sentence_key
from enrich.check.evidence.judge import locate_quote
from enrich.check.evidence.judgement import Reading, add_reading
from enrich.errors import EnrichError, reason_of
from enrich.source.source import Source
from enrich.text.json_text import read_json
from enrich.text.normal import normalise

_MODEL = "a model"
RAISED, LOWERED = 0.9, 0.5
"""Risk of a sentence that the model contradicts; what is left of the risk of one that it supports."""


@dataclass(frozen=True)
class Opinion:
    """What the model said of one sentence."""

    verdict: Literal["supported", "contradicted", "unstated"]
    words: tuple[str, ...]
    """Words of the sentence that decide."""
    quote: str
    """Words of the source that carry it; empty when none were given."""


def weigh_all(check: NoteCheck, opinions: Mapping[str, Opinion], source: Source | None) -> NoteCheck:
    """The check after the opinions, by `sentence_key`; a sentence of a person's own keeps its verdict."""
    if source is None or not opinions:
        return check
    return replace(check, sentences=tuple(_weighed(row, opinions, source) for row in check.sentences))


def _weighed(row: SentenceCheck, opinions: Mapping[str, Opinion], source: Source) -> SentenceCheck:
    opinion = opinions.get(sentence_key(row.text))
    return row if opinion is None or row.verdict == "human" else weigh(row, opinion, source)


def weigh(row: SentenceCheck, opinion: Opinion, source: Source) -> SentenceCheck:
    """The sentence after the model's opinion."""
    if opinion.verdict == "supported":
        return _supported(row, opinion.quote, source)
    said = normalise(row.text).casefold()
    words = tuple(word for word in opinion.words if normalise(word).casefold() in said)
    if not words or row.verdict == "unsupported":
        # Without words of the sentence it is a mood; of a sentence that is marked already nothing changes.
        return row
    reading = Reading(_MODEL, "contradicted" if opinion.verdict == "contradicted" else "goes beyond", words)
    return replace(add_reading(row, reading), score=max(row.score, RAISED))


def _supported(row: SentenceCheck, quote: str, source: Source) -> SentenceCheck:
    """A quote that stands in the source lowers the risk, and clears a mechanical hit when it holds the very items.

    A sentence that only its risk made doubtful is cleared by any such quote: no item of it was missing.
    """
    place = locate_quote(quote, source.text) if quote else None
    if place is None:
        return row
    held = normalise(quote).casefold()
    found = replace(row, evidence=place, quote=place.of(source.text), score=row.score * LOWERED)
    if row.verdict != "unsupported":
        return add_reading(found, Reading(_MODEL, "follows"))
    if all(normalise(word).casefold() in held for word in row.unsupported):
        return replace(add_reading(replace(found, verdict="unread"), Reading(_MODEL, "follows")), unsupported=())
    return row


def keep_opinions(path: Path, opinions: Mapping[str, Opinion], source: Source) -> None:
    """Keep ``opinions`` for later, with those that were there about the same source."""
    kept = {**kept_opinions(path, source), **opinions}
    rows = {key: asdict(opinion) for key, opinion in kept.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"source": _digest(source), "opinions": rows}, ensure_ascii=False, indent=1)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise EnrichError(f"{path}: {reason_of(error)}; the model's reading was not kept") from error


def kept_opinions(path: Path, source: Source | None) -> dict[str, Opinion]:
    """`sentence_key` → what a model said of it; empty when nothing was kept, or it was about another source."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        kept: dict[str, Any] = read_json(path.read_bytes())
        if source is not None and kept["source"] == _digest(source):
            return {key: _opinion(row) for key, row in kept["opinions"].items()}
    return {}


def _opinion(row: Mapping[str, Any]) -> Opinion:
    return Opinion(row["verdict"], tuple(map(str, row["words"])), str(row["quote"]))


def _digest(source: Source) -> str:
    return sha256(source.text.encode("utf-8", "surrogateescape")).hexdigest()
