"""The journal of edits: what was in a file before and after, so that an edit can be taken back.

An edit is a folder, named by its id: ``edit.json`` and for each file its bytes ``0.before`` and ``0.after``, of which
one is missing for a file that the edit made or removed. It is complete on the disk before the first note changes; a
process killed in between leaves an edit that undo can still take back, because undo looks at what each file holds.
"""

import json
import secrets
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from enrich.errors import EnrichError, ExistsError, UsageError
from enrich.vault.disk import Disk
from enrich.vault.write import create_note, remove_file, replace_file

_DISK = Disk()
_RECORD = "edit.json"
KEPT_EDITS = 500
"""Edits of a vault that can be taken back; with each new one the oldest beyond them go."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file of an edit, and its bytes on both sides of it; None where there is no such file."""

    path: Path
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the journal's table says of one file."""

    path: str
    """Absolute, symbolic links followed."""
    before: str
    """SHA-256 of the bytes before the edit, in hexadecimal; empty when there was no file."""
    after: str


@dataclass(frozen=True, slots=True)
class EditRecord:
    """One edit: everything that one command changed."""

    id: str
    """``20260718-101502-123456-3f2a``: sorts by time."""
    label: str
    """What was done, in words: ``2 links in a note.md``."""
    at: str
    """When, in ISO 8601, UTC."""
    files: tuple[FileRecord, ...]
    undone: str = ""
    """When it was taken back; empty when it was not."""


def write_edit(path: Path, before: bytes, after: bytes, journal: Path, label: str, *, disk: Disk = _DISK) -> EditRecord:
    """Put ``after`` in the place of ``before`` in the file at ``path``, and note both in the ``journal`` folder.

    ExistsError when the file does not hold ``before`` any more, up to the instant of the exchange.
    """
    return write_edits([Change(path, before, after)], journal, label, disk=disk)


def write_edits(changes: Sequence[Change], journal: Path, label: str, *, disk: Disk = _DISK) -> EditRecord:
    """All of ``changes`` as one edit. When one fails, those before it are taken back and the error goes on."""
    changes = [replace(change, path=change.path.resolve()) for change in changes]
    for change in changes:
        _demand(change.path, change.before)
    record = _record(changes, journal, label, disk)
    done: list[Change] = []
    try:
        for change in changes:
            _exchange(change, disk)
            done.append(change)
    except EnrichError:
        for change in reversed(done):
            with suppress(EnrichError):
                _exchange(_reversed(change), disk)
        _save(replace(record, undone=_time(disk)), journal, disk)
        raise
    return record


def moving(path: Path, target: Path, before: bytes, after: bytes) -> tuple[Change, Change]:
    """The changes that move a note as one edit: ``target`` is made before ``path`` goes, and undo does the reverse.

    Where ``target`` may lie is for `place_in` to say.
    """
    return Change(target, None, after), Change(path, before, None)


def list_edits(journal: Path) -> tuple[EditRecord, ...]:
    """Every edit of the journal, the newest first; a folder that is no complete edit is left out."""
    folders = sorted(journal.iterdir(), reverse=True) if journal.is_dir() else []
    return tuple(record for folder in folders if (record := _load(folder)) is not None)


def undo(journal: Path, edit_id: str = "", *, disk: Disk = _DISK) -> EditRecord:
    """Take back the edit called ``edit_id``, else the newest that was not taken back yet.

    ExistsError when one of its files has changed since, or is gone; then no file is touched. UsageError when there is
    no such edit, or it was taken back already.
    """
    record = _choose(list_edits(journal), edit_id)
    back: list[Change] = []
    for number, file in enumerate(record.files):
        current = _digest_of(Path(file.path))
        if current not in (file.before, file.after):
            what = "has changed since" if current else "is gone since"
            raise ExistsError(f"{file.path}: {what} the edit {record.id}; nothing was taken back, mend it by hand")
        if current == file.after:
            back.append(_reversed(_change(journal / record.id, number, file)))
    for change in reversed(back):  # what was removed is there again before what was made goes
        _exchange(change, disk)
    record = replace(record, undone=_time(disk))
    _save(record, journal, disk)
    return record


def _change(folder: Path, number: int, file: FileRecord) -> Change:
    """What the edit's ``folder`` keeps of one file."""
    before = (folder / f"{number}.before").read_bytes() if file.before else None
    after = (folder / f"{number}.after").read_bytes() if file.after else None
    return Change(Path(file.path), before, after)


def _reversed(change: Change) -> Change:
    return Change(change.path, change.after, change.before)


def _exchange(change: Change, disk: Disk) -> None:
    """Make the file, remove it, or put the one in the place of the other; ExistsError when it is not as expected."""
    if change.before is None and change.after is not None:
        create_note(change.path.parent, change.path.name, change.after, disk)
    elif change.before is not None and change.after is not None:
        replace_file(change.path, change.after, disk, expected=change.before)
    elif change.before is not None:
        remove_file(change.path, change.before, disk)


def _choose(records: Iterable[EditRecord], edit_id: str) -> EditRecord:
    if not edit_id:
        found = next((record for record in records if not record.undone), None)
        if found is None:
            raise UsageError("undo: there is no edit to take back; nothing was changed")
        return found
    found = next((record for record in records if record.id == edit_id), None)
    if found is None:
        raise UsageError(f"{edit_id}: is no edit of this vault; enrich undo --list shows them")
    if found.undone:
        raise UsageError(f"{edit_id}: was taken back already, {found.undone}; enrich undo --list shows the others")
    return found


def _demand(path: Path, expected: bytes | None) -> None:
    if expected is None:
        if path.exists():
            raise ExistsError(f"{path}: is there already; nothing was written, choose another title")
        return
    try:
        current = path.read_bytes()
    except OSError as error:
        raise EnrichError(f"{path}: {error.strerror}; nothing was changed, check the file") from error
    if current != expected:
        raise ExistsError(f"{path}: has changed meanwhile; nothing was written, run the command again")


def _record(changes: Sequence[Change], journal: Path, label: str, disk: Disk) -> EditRecord:
    files = tuple(FileRecord(str(change.path), _digest(change.before), _digest(change.after)) for change in changes)
    moment = datetime.fromtimestamp(disk.now(), UTC)
    record = EditRecord(f"{moment:%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}", label, _time(disk), files)
    folder = journal / record.id
    try:
        folder.mkdir(parents=True)
        for number, change in enumerate(changes):
            for side, data in (("before", change.before), ("after", change.after)):
                if data is not None:
                    disk.store(folder / f"{number}.{side}", data)
        disk.store(folder / _RECORD, _to_json(record))
        disk.flush_folder(folder)
        disk.flush_folder(journal)
    except OSError as error:
        raise EnrichError(f"{folder}: {error.strerror or error}; nothing was changed, check the disk") from error
    _prune(journal)
    return record


def _prune(journal: Path) -> None:
    """Remove the oldest edits beyond `KEPT_EDITS`; an id sorts by time."""
    for folder in sorted(path for path in journal.iterdir() if path.is_dir())[:-KEPT_EDITS]:
        shutil.rmtree(folder, ignore_errors=True)


def _save(record: EditRecord, journal: Path, disk: Disk) -> None:
    replace_file(journal / record.id / _RECORD, _to_json(record), disk)


def _to_json(record: EditRecord) -> bytes:
    return json.dumps(asdict(record), indent=2).encode() + b"\n"


def _load(folder: Path) -> EditRecord | None:
    try:
        values: dict[str, Any] = json.loads((folder / _RECORD).read_bytes())
        files = tuple(FileRecord(**file) for file in values.pop("files"))
        return EditRecord(files=files, **values)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _digest(data: bytes | None) -> str:
    return "" if data is None else sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    """The digest of what the file holds now; empty when it cannot be read."""
    try:
        return _digest(path.read_bytes())
    except OSError:
        return ""


def _time(disk: Disk) -> str:
    return datetime.fromtimestamp(disk.now(), UTC).isoformat(timespec="seconds")
