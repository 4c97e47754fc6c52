"""Three questions for the human's own section, drawn from the note. They are asked beside the field, never in it."""

from collections.abc import Iterator, Sequence
from itertools import islice

from enrich.check.note_check import SentenceCheck
from enrich.source.source import Source

_FIGURE = frozenset("0123456789")
_LONGEST = 110
"""Characters of a sentence that a question quotes. By hand: the question stays two lines."""


def take_questions(sentences: Sequence[SentenceCheck], linked: Sequence[str], source: Source | None) -> tuple[str, ...]:
    """Three questions about this note: its cost, its likeness to an earlier note, its figure, else its source."""
    return tuple(islice(_questions(sentences, linked, source), 3))


def _questions(sentences: Sequence[SentenceCheck], linked: Sequence[str], source: Source | None) -> Iterator[str]:
    read = [row for row in sentences if row.verdict == "supported"]  # what nobody has read is not asked about as a fact
    risks = [row.text for row in read if "risk" in row.section]
    if risks:
        yield f"“{_short(risks[0])}” Who pays for that, and would you?"
    if linked:
        yield f"You link to {linked[0]}: what is different this time?"
    figures = [row.text for row in read if row.section == "lead" and _FIGURE & set(row.text)]
    if figures:
        yield f"“{_short(figures[0])}” Is that the number that matters, or which one is?"
    asked = [row.text for row in read if row.text.endswith(("?", "？"))]
    if asked:
        yield f"“{_short(asked[0])}” What is your bet?"
    yield f"What does {source.site if source and source.site else 'the source'} leave out?"
    yield "What will you look for in a year to see whether this mattered?"
    yield "What would change your mind about it?"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"
