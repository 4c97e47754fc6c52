"""The command line of one review, as data."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ReviewRequest:
    """What the user asked `enrich review` for."""

    note: Path
    source: str
    """A file, an address or a run folder; empty: the note's own run, else its page."""
    terminal: bool
    html: Path | None
    publish: bool
    reviewer: str
    """Empty: the user's name."""
    browser: bool
    idle: float
    """Seconds without a key or a click after which the page's server ends."""
    fetch: bool
    allow_private: bool
    llm: bool = False
    """A model reads every sentence before the review begins."""
