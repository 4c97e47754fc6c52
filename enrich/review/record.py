"""The record of a review: who did what, one line an action, kept in the user's state folder beside the runs.

The front matter has its nine keys and no more, so that what a person vouches for cannot stand in the note itself.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import asdict

from enrich.check.evidence.passage import Passage
from enrich.check.note_check import sentence_key
from enrich.errors import EnrichError
from enrich.text.json_text import read_json
from enrich.text.sentences import split_sentences
from enrich.text.span import Span


class Entry(Struct, frozen=True):
    """One action of one reviewer."""

    at: str
    """ISO 8601 with the time zone."""
    who: str
    action: str
    """``keep``, ``vouch``, ``edit``, ``cut`` …; ``undo vouch`` takes one back."""
    about: str = ""
    """The sentence, link or field it was done to, as read before."""
    became: str = ""


_LOOKS = ("keep", "vouch", "edit", "write", "title", "description", "my take")
"""Actions after which somebody has read the sentence as it stands, or has written it."""


class Look(NamedTuple):
    """Somebody's look at a sentence."""

    who: str
    how: str
    """The action: ``keep``, ``vouch``, ``edit`` …"""
    at: str


class Decisions(Struct, frozen=True):
    """What the record says of the sentences as they are now."""

    looks: Mapping[str, Look] = field(default_factory=dict)
    """`sentence_key` → who looked at the sentence last and left it so, or wrote it."""

    @property
    def vouched(self) -> dict[str, str]:
        """`sentence_key` → ``vouched for by ada on 2023-07-19``."""
        looks = self.looks.items()
        return {key: f"vouched for by {look.who} on {look.at[:10]}" for key, look in looks if look.how == "vouch"}


def record_path(state: Path, vault: Path | None, note_id: str, name: str) -> Path:
    """Where the record of a note is: by its id, which stays when it gets another title; by ``name`` where it has none.

    The vault is part of the name, because two vaults can hold the same id.
    """
    place = sha256(str(vault.resolve() if vault else "").encode()).hexdigest()[:8]
    stem = note_id or sha256(name.encode()).hexdigest()[:16]
    return state / "reviews" / f"{''.join(c for c in stem if c.isalnum())}-{place}.jsonl"


def append_entry(path: Path, entry: Entry) -> None:
    """Add a line; whole lines only, also when two reviewers write at once. EnrichError when it cannot be kept."""
    line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(line.encode())
    except OSError as error:
        raise EnrichError(
            f"{path}: {error.strerror or error}; what was done to the note stays, but the record does not say "
            f"{entry.action!r}; make room or check the folder, undo it and do it again"
        ) from error


def read_entries(path: Path) -> tuple[Entry, ...]:
    """The record so far; a line that cannot be read is left out."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(entry for line in lines if (entry := _entry(line)) is not None)


def read_decisions(entries: Iterable[Entry]) -> Decisions:
    """What was looked at and not taken back."""
    looks: dict[str, Look] = {}
    for entry in entries:
        action = entry.action.removeprefix("undo ")
        if action not in _LOOKS:
            continue
        for key in _keys_of(entry.about if action in ("keep", "vouch") else entry.became):
            if action == entry.action:
                if action != "keep" or key not in looks:  # to keep what was vouched for or written changes nothing
                    looks[key] = Look(entry.who, action, entry.at)
            elif key in looks and looks[key].how == action:
                del looks[key]
    return Decisions(looks)


def _keys_of(words: str) -> Iterator[str]:
    """The keys of the sentences in words as they stand in a note, or as they were read."""
    plain = Passage(words, Span(0, len(words))).text
    for span in split_sentences(plain):
        if key := sentence_key(span.of(plain)):
            yield key


def _entry(line: str) -> Entry | None:
    try:
        row: dict[str, Any] = read_json(line)
        return Entry(**{key: str(value) for key, value in row.items()})
    except (ValueError, TypeError, AttributeError):
        return None
