"""The undo log: what was in a file before and after, so that an edit can be taken back.

An edit is a folder, named by its id: ``edit.json`` and for each file its bytes ``0.before`` and ``0.after``, of which
one is missing for a file that the edit made or removed. It is complete on the disk before the first note changes; a
process killed in between leaves an edit that undo can still take back, because undo looks at what each file holds.

What the log says is not trusted: a path must lie in the vault, a kept copy must have the digest that its record
names, and a record that is damaged is named and passed over.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enrich.errors import EnrichError, ExistsError, RefusedError, UsageError
from enrich.text.json_text import read_json
from enrich.text.pattern import lazy_pattern
from enrich.text.typed import take_apart
from enrich.vault.disk import Disk
from enrich.vault.file import LARGEST, read_file
from enrich.vault.write import create_file, explain_disk, find_place, remove_file, replace_file

_DISK = Disk()
_RECORD = "edit.json"
_ID = lazy_pattern(r"(\d{6,})-\d{8}-\d{6}-[0-9a-f]{4}")
_DIGEST = lazy_pattern(r"(?:[0-9a-f]{64})?")
KEPT_EDITS = 500
"""Edits of a vault that can be taken back; with each new one the oldest beyond them go."""


class UndoLog(Struct, frozen=True):
    """Where the edits of a vault are kept."""

    root: Path
    """The vault: what lies outside of it is neither written nor taken back."""
    folder: Path


class Change(Struct, frozen=True):
    """One file of an edit, and its bytes on both sides of it; None where there is no such file."""

    path: Path
    before: bytes | None
    after: bytes | None


class FileRecord(Struct, frozen=True):
    """What the log's table says of one file."""

    path: str
    """Absolute, symbolic links followed."""
    before: str
    """SHA-256 of the bytes before the edit, in hexadecimal; empty when there was no file."""
    after: str


class EditRecord(Struct, frozen=True):
    """One edit: everything that one command changed."""

    id: str
    """``000012-20260718-101502-3f2a``: its place in the order of edits, then when it was made."""
    label: str
    """What was done, in words: ``2 links in a note.md``."""
    at: str
    """When, in ISO 8601, UTC."""
    files: tuple[FileRecord, ...]
    undone: str = ""
    """When it was taken back; empty when it was not."""


class Edits(Struct, frozen=True):
    """All that a log holds."""

    records: tuple[EditRecord, ...]
    """The newest first."""
    damaged: tuple[tuple[str, str], ...] = ()
    """Folders whose record cannot be read, each with the reason."""


def write_edit(path: Path, before: bytes, after: bytes, log: UndoLog, label: str, *, disk: Disk = _DISK) -> EditRecord:
    """Put ``after`` in the place of ``before`` in the file at ``path``, and note both in the ``log``.

    ExistsError when the file does not hold ``before`` any more, up to the instant of the exchange; RefusedError when it
    lies outside of the vault or is read-only.
    """
    return write_edits([Change(path, before, after)], log, label, disk=disk)


def write_edits(changes: Sequence[Change], log: UndoLog, label: str, *, disk: Disk = _DISK) -> EditRecord:
    """All of ``changes`` as one edit. When one fails, those before it are taken back and the error goes on."""
    changes = [_located(change, log.root) for change in changes]
    for change in changes:
        _demand(change)
    record = _record(changes, log, label, disk)
    try:
        _exchange_all(changes, log.root, disk)
    except EnrichError:
        with suppress(EnrichError):
            _save(replace(record, undone=_time(disk)), log, disk)
        raise
    return record


def moving(path: Path, target: Path, before: bytes, after: bytes) -> tuple[Change, Change]:
    """The changes that move a note as one edit: ``target`` is made before ``path`` goes, and undo does the reverse."""
    return Change(target, None, after), Change(path, before, None)


def read_edits(log: UndoLog) -> Edits:
    """Every edit of the log; those whose record is damaged are named and leave the others usable."""
    records: list[EditRecord] = []
    damaged: list[tuple[str, str]] = []
    for folder in reversed(_folders(log)):
        try:
            records.append(_load(folder))
        except FileNotFoundError:
            damaged.append((folder.name, f"has no {_RECORD}: it was cut off before it changed a note, or lost it"))
        except OSError as error:
            damaged.append((folder.name, error.strerror or str(error)))
        except ValueError:
            damaged.append((folder.name, "is no record of an edit"))
    return Edits(tuple(records), tuple(damaged))


def list_edits(log: UndoLog) -> tuple[EditRecord, ...]:
    """Every edit that can be read, the newest first."""
    return read_edits(log).records


def changes_of(log: UndoLog, record: EditRecord) -> tuple[Change, ...]:
    """What the edit did to each file; EnrichError when the log's copy of one is damaged."""
    sides = ([_kept(log, record, number, side) for side in ("before", "after")] for number in range(len(record.files)))
    return tuple(Change(Path(file.path), *both) for file, both in zip(record.files, sides, strict=True))


def undo(log: UndoLog, edit_id: str = "", *, disk: Disk = _DISK) -> EditRecord:
    """Take back the edit called ``edit_id``, else the newest that was not taken back yet.

    No file is touched unless all can be taken back. ExistsError when one of them has changed since, or is gone;
    RefusedError when one lies outside of the vault or is read-only; EnrichError when the log's copy is damaged, or
    the disk fails. UsageError when there is no such edit, or it was taken back already.
    """
    record = _choose(list_edits(log), edit_id)
    changes = (_change_back(number, record, log) for number in range(len(record.files)))
    back = [change for change in changes if change is not None]
    _exchange_all(list(reversed(back)), log.root, disk)  # what was removed is there again before what was made goes
    record = replace(record, undone=_time(disk))
    try:
        _save(record, log, disk)
    except EnrichError as error:
        raise EnrichError(f"{record.id}: was taken back, but this could not be noted: {error}") from error
    return record


def _change_back(number: int, record: EditRecord, log: UndoLog) -> Change | None:
    """What takes one file of the edit back; None when it holds already what it held before."""
    file = record.files[number]
    find_place(log.root, Path(file.path))
    current = _digest_of(Path(file.path))
    if current not in (file.before, file.after):
        what = "has changed since" if current else "is gone since"
        raise ExistsError(f"{file.path}: {what} the edit {record.id}; nothing was taken back, mend it by hand")
    if current == file.before:
        return None
    before, after = (_kept(log, record, number, side) for side in ("before", "after"))
    return Change(Path(file.path), after, before)


def _kept(log: UndoLog, record: EditRecord, number: int, side: str) -> bytes | None:
    """The log's copy of a file on one side of the edit, held against its digest."""
    file = record.files[number]
    digest = file.before if side == "before" else file.after
    copy = log.folder / record.id / f"{number}.{side}"
    if not digest and not os.path.lexists(copy):  # there was no file; else the record has lost its digest
        return None
    try:
        data = read_file(copy)
        fault = "" if _digest(data) == digest else "damaged"
    except OSError as error:
        data, fault = b"", error.strerror or str(error)
    if fault:
        raise EnrichError(
            f"{file.path}: what the edit {record.id} kept of it is no good ({fault}); nothing was taken back, "
            "mend the note by hand, or take another edit back by its id (undo --list)"
        )
    return data


def _located(change: Change, root: Path) -> Change:
    """The change with the real path of its file; what is made gets its name in a real folder."""
    if change.before is None:
        return replace(change, path=find_place(root, change.path.parent) / change.path.name)
    return replace(change, path=find_place(root, change.path))


def _exchange_all(changes: Sequence[Change], root: Path, disk: Disk) -> None:
    """All of the changes, or none: when one fails, those before it are taken back and the error goes on."""
    done: list[Change] = []
    try:
        for change in changes:
            _exchange(change, root, disk)
            done.append(change)
    except EnrichError:
        for change in reversed(done):
            with suppress(EnrichError):
                _exchange(Change(change.path, change.after, change.before), root, disk)
        raise


def _exchange(change: Change, root: Path, disk: Disk) -> None:
    """Make the file, remove it, or put the one in the place of the other; ExistsError when it is not as expected."""
    if change.before is None and change.after is not None:
        create_file(root, change.path, change.after, disk)
    elif change.before is not None and change.after is not None:
        replace_file(root, change.path, change.after, disk, expected=change.before)
    elif change.before is not None:
        remove_file(root, change.path, change.before, disk)


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


def _demand(change: Change) -> None:
    if len(change.after or b"") > LARGEST:
        raise RefusedError(f"{change.path}: would be larger than {LARGEST // 2**20} MB; nothing was written, split it")
    if change.before is None:
        if change.path.exists():
            raise ExistsError(f"{change.path}: is there already; nothing was written, choose another title")
        return
    try:
        current = read_file(change.path)
    except OSError as error:
        raise EnrichError(f"{change.path}: {error.strerror}; nothing was changed, check the file") from error
    if current != change.before:
        raise ExistsError(f"{change.path}: has changed meanwhile; nothing was written, run the command again")


def _record(changes: Sequence[Change], log: UndoLog, label: str, disk: Disk) -> EditRecord:
    files = tuple(FileRecord(str(change.path), _digest(change.before), _digest(change.after)) for change in changes)
    folder = log.folder / _next_id(log, disk)
    record = EditRecord(folder.name, label, _time(disk), files)
    try:
        folder.mkdir(parents=True)
        for number, change in enumerate(changes):
            for side, data in (("before", change.before), ("after", change.after)):
                if data is not None:
                    disk.store(folder / f"{number}.{side}", data)
        disk.store(folder / _RECORD, _to_json(record))
        disk.flush_folder(folder)
        disk.flush_folder(log.folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise explain_disk(error, f"{folder}, where the edit is kept so that it can be taken back") from error
    for old in _folders(log)[:-KEPT_EDITS]:
        shutil.rmtree(old, ignore_errors=True)
    return record


def _next_id(log: UndoLog, disk: Disk) -> str:
    """After every id there is: a clock that was set back must not make the newest edit the oldest."""
    order = max((_order(folder)[0] for folder in _folders(log)), default=0) + 1
    return f"{order:06d}-{datetime.fromtimestamp(disk.now(), UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def _folders(log: UndoLog) -> list[Path]:
    """The folders of edits, the oldest first."""
    try:
        return sorted((path for path in log.folder.iterdir() if path.is_dir()), key=_order)
    except OSError:
        return []


def _order(folder: Path) -> tuple[int, str]:
    """The place of an edit; those of earlier versions, which have only a time, come before all others."""
    found = _ID.fullmatch(folder.name)
    return (int(found[1]) if found else 0, folder.name)


def _save(record: EditRecord, log: UndoLog, disk: Disk) -> None:
    replace_file(log.folder, log.folder / record.id / _RECORD, _to_json(record), disk)


def _to_json(record: EditRecord) -> bytes:
    return json.dumps(take_apart(record), indent=2).encode() + b"\n"


def _load(folder: Path) -> EditRecord:
    """The record in ``folder``; OSError when there is none, ValueError when it is damaged."""
    values = read_json(read_file(folder / _RECORD))
    match values:
        case {"id": folder.name, "label": str(label), "at": str(at), "undone": str(undone), "files": [_, *_] as files}:
            return EditRecord(folder.name, label, at, tuple(map(_file_record, files)), undone)
    raise ValueError("no record")


def _file_record(value: Any) -> FileRecord:
    match value:
        case {"path": str(path), "before": str(before), "after": str(after)} if _is_path(path) and before + after:
            if _DIGEST.fullmatch(before) and _DIGEST.fullmatch(after):
                return FileRecord(path, before, after)
    raise ValueError("no file")


def _is_path(text: str) -> bool:
    """Whether ``text`` can be asked of the disk at all; UnicodeEncodeError, a ValueError, where it is no name."""
    return b"\0" not in os.fsencode(text) and Path(text).is_absolute()


def _digest(data: bytes | None) -> str:
    return "" if data is None else sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    """The digest of what the file holds now; empty when it cannot be read."""
    try:
        return _digest(read_file(path))
    except OSError:
        return ""


def _time(disk: Disk) -> str:
    return datetime.fromtimestamp(disk.now(), UTC).isoformat(timespec="seconds")
