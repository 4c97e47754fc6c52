"""The command line of one check, as data."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CheckRequest:
    """What the user asked `enrich check` for."""

    notes: tuple[Path, ...]
    source: str
    """A file, an address or a run folder; empty: the note's own run, else its page."""
    text: Path | None
    whole_vault: bool
    note_type: str
    """Empty: each note's own."""
    llm: bool
    """Let a model read every sentence too."""
    fix: bool
    as_json: bool
    fetch: bool
    """Whether a page may be fetched again."""
    allow_private: bool
    wishes: bool
    """Show should rules too."""
