"""The ledger of approvals: which bytes of which note somebody approved, on what evidence, and who had read what.

It is a file of the vault, ``.enrich/approvals.jsonl``, so that it goes where the notes go: into Git, to another
machine, to CI. A line is a JSON object and is never changed; what came later stands below. Paths are the vault's own.

What an approval is bound to is the digest of the note's bytes: a note may get another name or folder, and is the same.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from enrich.errors import EnrichError
from enrich.text.json_text import mend_halves, read_json
from enrich.text.typed import take_apart
from enrich.vault.disk import Disk
from enrich.vault.file import decode_text, read_file
from enrich.vault.prose import prose_of
from enrich.vault.undo_log import Change
from enrich.vault.write import explain_disk, find_place, vault_lock

LEDGER = ".enrich/approvals.jsonl"
_LARGEST = 256 * 2**20
"""Bytes. By hand: sixteen times what any other file may have, since a line is added with every approval and none
goes."""
_DISK = Disk()
Act = Literal["approve", "relink", "withdraw"]
"""Somebody approved the note; enrich changed links and no prose of an approved note; the approval was taken back."""


class ReadSentence(Struct, frozen=True):
    """A sentence of an approved note, and who had read it beside its evidence."""

    text: str
    """As read: no marks, citation, brackets or escapes."""
    evidence: str
    """SHA-256 of the source's words that it was read beside; empty when there were none."""
    verdict: str
    """The check's: ``unsupported``, ``doubtful``, ``unread``, ``supported``; ``human`` for a person's own."""
    read: Mapping[str, str]
    """Reader, a person or a model → what they did or said: ``keep``, ``vouch``, ``edit``; ``follows``."""


class Entry(Struct, frozen=True):
    """One line of the ledger."""

    act: Act
    at: str
    """ISO 8601 with the time zone."""
    who: str
    """The person; ``enrich`` for edits of its own."""
    note: str
    """The note's path in the vault then."""
    digest: str
    """SHA-256 of the note's bytes: those approved, those before the edit, those whose approval goes."""
    note_id: str = ""
    became: str = ""
    """SHA-256 of the bytes after the edit of links."""
    edit: str = ""
    """The edit's id in the undo log of whoever made it."""
    page: str = ""
    """Address of the page that the note is about."""
    evidence: str = ""
    """SHA-256 of the source's text."""
    sentences: tuple[ReadSentence, ...] = ()


class Approval(Struct, frozen=True):
    """An approval that stands."""

    entry: Entry
    digests: frozenset[str]
    """The bytes that it holds for: those approved, and those with other links and the same prose."""


class Ledger(Struct, frozen=True):
    """The ledger of the vault at ``root``; its lock lies in the user's ``state`` folder."""

    root: Path
    state: Path

    @property
    def path(self) -> Path:
        """The file."""
        return self.root / LEDGER

    def append(self, entries: Sequence[Entry]) -> None:
        """Add a line an entry, whole or, where the disk fails, so that the next one begins a line of its own.

        RefusedError when the file leads out of the vault, EnrichError when it cannot be written.
        """
        data = b"".join(map(_line, entries))
        if not data:
            return
        with vault_lock(self.root, self.state):
            place = find_place(self.root, self.path)
            try:
                place.parent.mkdir(exist_ok=True)
                _append(place, data)
            except OSError as error:
                raise explain_disk(error, str(self.path)) from error
            _DISK.flush_folder(place.parent)

    def read(self) -> "Lines":
        """All of it; a line that is torn, or no line of a ledger, is counted and passed over."""
        if not self.path.exists():
            return Lines(())
        place = find_place(self.root, self.path)
        try:
            lines = [line for line in read_file(place, _LARGEST).split(b"\n") if line.strip()]
        except OSError as error:
            why = error.strerror or error
            raise EnrichError(f"{LEDGER}: {why}; what was approved cannot be read, mend the file") from error
        entries = tuple(entry for line in lines if (entry := _entry(line)) is not None)
        return Lines(entries, len(lines) - len(entries))


class Lines(Struct, frozen=True):
    """What a ledger holds."""

    entries: tuple[Entry, ...]
    unreadable: int = 0

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """The approvals that stand: the last of each note, with what was done to its links since."""
        standing: dict[str, Approval] = {}
        for entry in self.entries:
            if entry.act == "approve":
                name = entry.note_id or entry.note
                standing.pop(name, None)
                standing[name] = Approval(entry, frozenset({entry.digest}))
            else:
                standing = dict(_changed(standing, entry))
        return tuple(standing.values())

    def approval_of(self, digest: str) -> Approval | None:
        """The approval that holds for these bytes."""
        return next((row for row in self.approvals if digest in row.digests), None)


def digest_of(data: bytes) -> str:
    """What tells one state of a file from another."""
    return sha256(data).hexdigest()


def relinks(lines: Lines, changes: Iterable[Change], edit: str, at: str, root: Path) -> Iterator[Entry]:
    """A line for each approved note whose prose an edit of enrich leaves as it was: only links changed."""
    for change in changes if lines.entries else ():
        if change.before is None or change.after is None:
            continue
        before = digest_of(change.before)
        approval = lines.approval_of(before)
        if approval is not None and _same_prose(change.before, change.after):
            path = os.path.relpath(os.path.realpath(change.path), root.resolve()).replace(os.sep, "/")
            note_id, after = approval.entry.note_id, digest_of(change.after)
            yield Entry("relink", at, "enrich", path, before, note_id, after, edit)


def _same_prose(before: bytes, after: bytes) -> bool:
    return prose_of(decode_text(before)) == prose_of(decode_text(after))


def withdrawal(digest: str, note: str, at: str, who: str) -> Entry:
    """The line of an approval that was taken back: of the note at ``note`` with the bytes ``digest``."""
    return Entry("withdraw", at, who, note, digest)


def _changed(standing: Mapping[str, Approval], entry: Entry) -> Iterable[tuple[str, Approval]]:
    """The approvals after an edit of links, or after one was taken back."""
    for name, row in standing.items():
        if entry.digest not in row.digests:
            yield name, row
        elif entry.act == "relink":
            yield name, replace(row, digests=row.digests | {entry.became})


def _append(place: Path, data: bytes) -> None:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(place, flags, 0o644), "r+b", buffering=0) as file:
        if file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) and file.read(1) != b"\n":
            data = b"\n" + data  # a line that was torn stays as it is
        while data:
            data = data[file.write(data) :]
        os.fsync(file.fileno())


def _line(entry: Entry) -> bytes:
    row = {key: value for key, value in take_apart(entry).items() if value not in ("", [])}
    return json.dumps(mend_halves(row), ensure_ascii=False).encode() + b"\n"


def _entry(line: bytes) -> Entry | None:
    """The entry of a line; None for a line that this program does not write."""
    try:
        row: Any = read_json(line)
        sentences = tuple(_sentence(value) for value in row.pop("sentences", ()))
        entry = Entry(**row, sentences=sentences) if all(isinstance(value, str) for value in row.values()) else None
    except (ValueError, TypeError, AttributeError):
        return None
    return entry if entry is not None and entry.act in ("approve", "relink", "withdraw") else None


def _sentence(row: Any) -> ReadSentence:
    found = ReadSentence(**row)
    texts = (found.text, found.evidence, found.verdict, *found.read, *found.read.values())
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("no sentence")
    return found
