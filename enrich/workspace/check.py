"""Check notes: sentences against their sources, form against the note's type, links against the vault."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.check_note import check_note as check_parts
from enrich.check.check_note import check_text as check_prose
from enrich.check.finding import Finding
from enrich.check.note_check import Against, NoteCheck, Surroundings
from enrich.draft.context import DraftContext
from enrich.errors import SourceError, UsageError, reason_of
from enrich.reader.kept import kept_readings
from enrich.review.record import read_decisions, read_entries, record_path
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.undo_log import Change, EditRecord
from enrich.workspace.approvals import vouched_in_ledger
from enrich.workspace.open_notes import read_named
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import CheckOptions
from enrich.workspace.second_reader import read_by_model, readings_path
from enrich.workspace.sources import Finder


class CheckedNote(Struct, frozen=True):
    """A note and all that was found in it."""

    note: Note
    note_type: NoteType | None
    """The type that it was held to; None: it belongs to none."""
    found: NoteCheck
    unsourced: str = ""
    """Why it could not be compared with its source."""

    @property
    def is_clean(self) -> bool:
        """No sentence is unsupported, and every must rule is kept."""
        return self.found.is_clean


class CheckedVault(Struct, frozen=True):
    """Every note of a type that we know."""

    notes: tuple[CheckedNote, ...]
    left_out: int
    """Notes of no known type."""


class MendedNote(Struct, frozen=True):
    """A note, and what was mended in it."""

    file: Path
    findings: tuple[Finding, ...] = ()
    has_type: bool = True
    """Nothing is mended in a note of no type."""


class Mended(Struct, frozen=True):
    """What was mended, as one edit."""

    notes: tuple[MendedNote, ...]
    edit: EditRecord | None = None
    """None: there was nothing to mend."""
    refused: int = 0
    """Notes that may not be written."""


def check_note(opened: OpenVault, file: Path, options: CheckOptions | None = None) -> CheckedNote:
    """Check the note in ``file``. UsageError when it cannot be read."""
    return check_read_note(opened, opened.read_note(file), options or CheckOptions())


def check_vault(opened: OpenVault, options: CheckOptions | None = None) -> CheckedVault:
    """Check every note of a known type; drafts with their saved sources. Nothing is fetched."""
    options = replace(options or CheckOptions(), fetch=False)
    notes = list(_ours(opened, options))
    _ = opened.every_echo
    checked = []
    for number, note in enumerate(notes, 1):
        if number % 50 == 0:
            opened.reporter.progress(f"checking note {number} of {len(notes)}")
        checked.append(check_read_note(opened, note, replace(options, llm=False)))
    return CheckedVault(tuple(checked), len(opened.vault.notes) - len(notes))


def check_text(opened: OpenVault, file: Path, options: CheckOptions) -> tuple[str, NoteCheck]:
    """Check the text in ``file``, which is no note, against ``options.source``: the text, and what was found."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: {reason_of(error)}; name a file with text") from error
    source = finder_of(opened, options).read(options.source)
    found = check_prose(text, source, {})
    return text, check_prose(text, source, {}, read_by_model(opened, found, source)) if options.llm else found


def mend_notes(opened: OpenVault, files: Iterable[Path], options: CheckOptions | None = None) -> Mended:
    """Mend what needs no person in ``files``, as one edit."""
    notes = [(file, opened.read_note(file)) for file in files]
    rows, changes = _mend(opened, notes, options or CheckOptions())
    return Mended(rows, _write(opened, changes))


def mend_vault(opened: OpenVault, options: CheckOptions | None = None) -> Mended:
    """Mend what needs no person in every note of a known type; notes that may not be written are left out."""
    options = options or CheckOptions()
    notes = [(opened.folder / note.path, note) for note in _ours(opened, options)]
    rows, changes = _mend(opened, notes, options)
    allowed = opened.leave_out_refused(changes)
    return Mended(rows, _write(opened, allowed), len(changes) - len(allowed))


def check_read_note(opened: OpenVault, note: Note, options: CheckOptions) -> CheckedNote:
    """Check a note that was read already."""
    note_type = opened.type_of(note, options.note_type)
    against, made_from, unsourced = _find_evidence(opened, note, options)
    around = surroundings_of(opened, note, note_type, made_from)
    found = check_parts(note.text, note.stem, note_type, against, around)
    if options.llm:
        readings = {**against.readings, **read_by_model(opened, found, against.source, note)}
        found = check_parts(note.text, note.stem, note_type, replace(against, readings=readings), around)
    return CheckedNote(note, note_type, _with_old_markup_excused(note, note_type, found), unsourced)


def finder_of(opened: OpenVault, options: CheckOptions) -> Finder:
    """Where sources may come from."""
    return Finder(opened.known_runs, options.source, options.fetch, options.allow_private)


def surroundings_of(
    opened: OpenVault, note: Note, note_type: NoteType | None, made_from: DraftContext | None
) -> Surroundings:
    """What the vault, and the run that the note was made in, know of the note's links and id."""
    if opened.root is None:
        return Surroundings()
    taken = [note.note_id] if opened.note_ids[note.note_id] > 1 else []
    linkable = any(not other.draft and other.path != note.path for other in opened.vault.notes)
    if made_from is not None and note_type is not None:
        linkable = linkable and made_from.offers_links_of(note_type)
    leads_nowhere = any(not all(opened.resolves(target)) for target in note.see_also)
    concepts = opened.concepts if leads_nowhere else ()  # every note is looked into for them
    return Surroundings(opened.resolves_from(note.path), taken, concepts, linkable, opened.count_echoes)


def _ours(opened: OpenVault, options: CheckOptions) -> Iterator[Note]:
    """The notes whose type's rules we know."""
    return (note for note in opened.vault.notes if options.note_type or opened.is_of_a_type(note))


def _find_evidence(opened: OpenVault, note: Note, options: CheckOptions) -> tuple[Against, DraftContext | None, str]:
    """What the note rests on with what people vouch for, what it was made from, and why that could not be had."""
    record = record_path(opened.places.state, opened.root, note.note_id, note.path)
    try:
        against, made_from = finder_of(opened, options).find(note)
        vouched = {**vouched_in_ledger(opened, note), **read_decisions(read_entries(record)).vouched}
        readings = {**against.readings, **kept_readings(readings_path(opened, note), against.source)}
        return replace(against, readings=readings, vouched=vouched), made_from, ""
    except SourceError as error:
        return Against(), None, str(error)


def _mend(
    opened: OpenVault, notes: Iterable[tuple[Path, Note]], options: CheckOptions
) -> tuple[tuple[MendedNote, ...], list[Change]]:
    """What is mechanical in ``notes``, mended; nothing is written."""
    from enrich.check.style.autofix import mend  # ruamel.yaml, which only a mend waits for

    rows: list[MendedNote] = []
    changes: list[Change] = []
    for file, note in notes:
        note_type = opened.type_of(note, options.note_type)
        if note_type is None:
            rows.append(MendedNote(file, has_type=False))
            continue
        before = read_named(file)
        mended = mend(before.decode("utf-8", "surrogateescape"), note.stem, note_type)
        rows.append(MendedNote(file, tuple(mended.findings)))
        after = mended.text.encode("utf-8", "surrogateescape")
        if after != before:
            changes.append(Change(file, before, after))
    return tuple(rows), changes


def _write(opened: OpenVault, changes: list[Change]) -> EditRecord | None:
    if not changes:
        return None
    names = f"{len(changes)} notes" if len(changes) > 1 else changes[0].path.name
    return opened.write(changes, f"check --fix: {names}")


def _with_old_markup_excused(note: Note, note_type: NoteType | None, found: NoteCheck) -> NoteCheck:
    """A link that leads nowhere (M26) is a must where we add it: an old one of a published note is a wish.

    So is HTML (M23) where the house does not forbid it.
    """
    if note.draft:
        return found
    excused = {"M26"} if note_type is None or note_type.house else {"M26", "M23"}
    findings = (replace(finding, level="should") if finding.rule in excused else finding for finding in found.findings)
    return replace(found, findings=tuple(findings))
