"""The command line of one draft, as data."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Request:
    """What the user asked `enrich draft` for; settings that can also come from a file are in `enrich.config`."""

    url: str
    headline: str | None
    html: str | None
    """A file with the page, ``-`` for standard input; None: fetch it."""
    text: str | None
    """A file with the article's text, ``-`` for standard input."""
    created: date | None
    note_title: str
    output: str | None
    """A path for the note, ``-`` for standard output; None: into the vault."""
    dry_run: bool
    as_json: bool
    strict: bool
    record: Path | None
    replay: Path | None
    vault_named: bool
    """Whether the vault was named on the command line: a replay writes into no other."""
    again: bool
    allow_private: bool

    @property
    def into_vault(self) -> bool:
        """Whether the draft is to be written into the airlock."""
        if self.dry_run or self.output is not None:
            return False
        return self.replay is None or self.vault_named
