"""A claim: a sentence that a draft says, and what the source says of it."""

from dataclasses import dataclass
from typing import Literal

from enrich.text.span import Span

Kind = Literal["fact", "inference", "none"]
Verdict = Literal["supported", "unsupported", "inferred", "human"]


@dataclass(frozen=True)
class Claim:
    """One sentence before it is checked."""

    text: str
    quote: str | None = None
    """The words of the source that the writer says the sentence rests on."""
    kind: Kind = "fact"
    """A fact must be in the source; an inference may go beyond it, but its numbers, names and quotes may not."""
    known: frozenset[str] = frozenset()
    """Names that need not be in the source: titles of linked notes, the publisher, the author."""


@dataclass(frozen=True)
class CheckedClaim:
    """One sentence after the check: a different type, so that unchecked text cannot pass for checked."""

    text: str
    verdict: Verdict
    score: float
    """Risk, 0 (says what the source says) to 1 (nothing of it is in the source)."""
    evidence: Span | None
    """Span of the source's text that supports the sentence best."""
    reasons: tuple[str, ...] = ()
    """Each names the words: ``number 7B is not in the source``."""
    unsupported: tuple[str, ...] = ()
    """The words of the sentence that the source does not say, as written: ``7B``, ``Acme``."""
    by_weight: bool = False
    """Doubted by its risk alone: no number, date, name or quotation of it was found to be missing."""
