"""A judgement: what is said of a sentence, who has read it, and which verdict follows.

Three things are kept apart. *Items* (numbers, dates, names, quotations) are decided by a machine: one that the source
lacks, or has otherwise, makes a sentence unsupported. A *doubt* is a difference that a person should look at. *Meaning*
is compared by a reader alone, a model or a person: till then a sentence is unread, however much of it was found.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from enrich.text.count import counted
from enrich.text.span import Span

Kind = Literal["fact", "inference", "none"]
Verdict = Literal["unsupported", "doubtful", "unread", "supported", "human"]
"""`human` is no verdict: the sentence is a person's own, and nobody judges it."""
VERDICTS: tuple[Verdict, ...] = ("unsupported", "doubtful", "unread", "supported", "human")
"""In the order in which somebody should look at them."""
Meaning = Literal["follows", "fair inference", "goes beyond", "contradicted", "not there"]
PERSON = "a person"
"""Who reads, where it is no model."""
BORNE_OUT: frozenset[Meaning] = frozenset(("follows", "fair inference"))
"""What a reader says of a sentence that may stand."""


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody said who compared a sentence's meaning with its evidence."""

    by: str
    """The model's name, or `PERSON`."""
    meaning: Meaning
    words: tuple[str, ...] = ()
    """The words of the sentence that decide."""
    quote: str = ""
    """The words of the source that the reader names; they stand there."""


class Judgement(Struct, frozen=True, kw_only=True):
    """What was found about one sentence."""

    verdict: Verdict
    kind: Kind = "fact"
    """What it was judged as."""
    score: float
    """Risk, 0 (says what the source says) to 1 (nothing of it is in the source): an order to look at, no verdict."""
    evidence: Span | None = None
    """Span of the source's text that the sentence rests on, else the nearest one."""
    reasons: tuple[str, ...] = ()
    """Each names the words: ``number 7B is not in the source``."""
    unsupported: tuple[str, ...] = ()
    """The words of the sentence that the source does not say, as written: ``7B``, ``Acme``."""
    by_weight: bool = False
    """Doubted by its risk alone: no number, date, name or quotation of it was found to be missing."""
    reading: Reading | None = None
    """What the last reader said; None: nobody has read it."""
    thesis: bool = False
    """A thought of the writer's own: a person stands for it, or nobody does."""

    @property
    def read_by(self) -> str:
        """Who compared its meaning with the evidence; empty when nobody has."""
        return self.reading.by if self.reading else ""

    @property
    def is_refuted(self) -> bool:
        """Whether the source lacks an item of it, or says otherwise by somebody's reading."""
        contradicted = self.reading is not None and self.reading.meaning == "contradicted"
        return self.verdict == "unsupported" or (self.verdict == "doubtful" and contradicted)


J = TypeVar("J", bound=Judgement)


def add_reading(judged: J, reading: Reading) -> J:
    """The sentence after somebody read it.

    Who bears it out settles its doubts; only a person settles an item that is nowhere, or a thesis. Who does not leaves
    a doubt.
    """
    if judged.verdict == "human":
        return judged
    if reading.meaning not in BORNE_OUT:
        verdict: Verdict = "unsupported" if judged.verdict == "unsupported" else "doubtful"
        return replace(judged, verdict=verdict, reading=reading, reasons=(*judged.reasons, *_reasons(reading)))
    if (judged.verdict == "unsupported" or judged.thesis) and reading.by != PERSON:
        return replace(judged, reading=reading)
    return replace(judged, verdict="supported", reading=reading, reasons=(), by_weight=False)


def _reasons(reading: Reading) -> list[str]:
    said = f"{reading.meaning}, as {reading.by} reads it"
    return [f"“{word}”: {said}" for word in reading.words] or [said]


def count_judgements(judged: Iterable[Judgement], noun: str = "sentence") -> str:
    """What is known of a text, and of how much of it nobody knows.

    ``12 sentences: numbers, names and dates all found; 5 read by gpt-5: 4 follow, 1 goes beyond; 7 that nobody has
    read``.
    """
    rows = [row for row in judged if row.verdict != "human"]
    unsupported = sum(row.verdict == "unsupported" for row in rows)
    doubtful = sum(row.verdict == "doubtful" and row.reading is None for row in rows)
    own_words = sum(row.verdict == "supported" and row.reading is None for row in rows)
    unread = sum(row.verdict == "unread" for row in rows)
    parts = [
        f"{unsupported} unsupported" if unsupported else "numbers, names and dates all found" if rows else "",
        f"{doubtful} to look at" if doubtful else "",
        f"{own_words} in the source's own words" if own_words else "",
        *_count_readings(rows),
        f"{unread} that nobody has read" if unread else "",
    ]
    return f"{counted(len(rows), noun)}: {'; '.join(filter(None, parts)) or 'none to be judged'}"


def _count_readings(rows: Iterable[Judgement]) -> list[str]:
    """``5 read by gpt-5: 4 follow, 1 goes beyond``, a part for each reader."""
    readings = [row.reading for row in rows if row.reading]
    parts = []
    for by, number in Counter(reading.by for reading in readings).items():
        meanings = Counter(reading.meaning for reading in readings if reading.by == by)
        said = ", ".join(_SAID[meaning].format(meanings[meaning]) for meaning in _SAID if meanings[meaning])
        parts.append(f"{number} read by {by}" + ("" if by == PERSON else f": {said}"))
    return parts


_SAID: dict[Meaning, str] = {
    "follows": "{} follow",
    "fair inference": "{} fairly inferred",
    "goes beyond": "{} beyond the source",
    "contradicted": "{} contradicted",
    "not there": "{} not there",
}
