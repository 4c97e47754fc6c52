"""Approvals: which notes are still what somebody approved, and which edits of enrich leave them so."""

from datetime import datetime

from msgspec import Struct

from enrich.check.evidence.passage import Passage
from enrich.check.note_check import sentence_key
from enrich.draft.run import read_context
from enrich.errors import EnrichError
from enrich.review.approval import evidence_digest
from enrich.text.span import Span
from enrich.vault.approvals import Approval, Entry, digest_of, withdrawal
from enrich.vault.file import read_file
from enrich.vault.note import Note
from enrich.vault.undo_log import Change, EditRecord, changes_of
from enrich.workspace.open_vault import OpenVault


class ChangedNote(Struct, frozen=True):
    """A note that is not what somebody approved any more."""

    path: str
    """In the vault, where it is now."""
    approval: Entry
    lost: tuple[str, ...] = ()
    """Sentences that were approved and are not in the note as they were."""
    source_changed: bool = False
    """The note is the same; the source in its run folder is not the one that it was read beside."""


class CheckedApprovals(Struct, frozen=True):
    """The vault's notes beside its ledger."""

    kept: tuple[str, ...]
    """Paths of notes that are what was approved, by whatever name."""
    changed: tuple[ChangedNote, ...]
    gone: tuple[Entry, ...]
    """Approvals of notes that the vault does not have any more."""
    never: tuple[str, ...]
    """Published notes that the ledger knows nothing of."""
    unreadable: int
    """Lines of the ledger that were passed over."""


def check_approvals(opened: OpenVault) -> CheckedApprovals:
    """Every note that was approved, held against its approval; EnrichError when the ledger cannot be read."""
    lines = opened.ledger.read()
    rows = _Notes(opened)
    kept, changed, gone = [], [], []
    for approval in lines.approvals:
        note = rows.find(approval)
        if note is None:
            gone.append(approval.entry)
        elif change := rows.change(note, approval):
            changed.append(change)
        else:
            kept.append(note.path)
    known = {*kept, *(row.path for row in changed)}
    never = tuple(note.path for note in opened.vault.notes if note.published and note.path not in known)
    return CheckedApprovals(tuple(sorted(kept)), tuple(changed), tuple(gone), never, lines.unreadable)


class _Notes:
    """The vault's notes by name, id and bytes."""

    def __init__(self, opened: OpenVault) -> None:
        self._opened = opened
        self._digests: dict[str, str] = {}

    def find(self, approval: Approval) -> Note | None:
        """The note that was approved: by its bytes first, then by its id, then by its path."""
        entry, notes = approval.entry, self._opened.vault.notes
        there = self._opened.vault.by_path.get(entry.note)
        same_id = [note for note in notes if entry.note_id and note.note_id == entry.note_id]
        likely = [*([there] if there else []), *same_id]
        for note in (*likely, *notes):
            if self.digest(note) in approval.digests:
                return note
        return next(iter(same_id), None) or (there if not entry.note_id else None)

    def digest(self, note: Note) -> str:
        """The digest of the note's bytes; empty when it cannot be read."""
        if note.path not in self._digests:
            try:
                self._digests[note.path] = digest_of(read_file(self._opened.folder / note.path))
            except OSError:
                self._digests[note.path] = ""
        return self._digests[note.path]

    def change(self, note: Note, approval: Approval) -> ChangedNote | None:
        """What is not as it was approved; None when all is."""
        if self.digest(note) not in approval.digests:
            said = sentence_key(Passage(note.text, Span(0, len(note.text))).text)
            texts = (row.text for row in approval.entry.sentences)
            lost = tuple(text for text in texts if f" {sentence_key(text)} " not in f" {said} ")
            return ChangedNote(note.path, approval.entry, lost)
        if self._has_other_source(approval.entry):
            return ChangedNote(note.path, approval.entry, source_changed=True)
        return None

    def _has_other_source(self, entry: Entry) -> bool:
        """Whether the run folder of the note, where this machine has one, holds another source by now."""
        run = self._opened.known_runs.find(entry.note_id, entry.page) if entry.note_id and entry.evidence else None
        if run is None:
            return False
        try:
            return evidence_digest(read_context(run).source) != entry.evidence
        except EnrichError:
            return False


def note_undo(opened: OpenVault, record: EditRecord) -> None:
    """Note in the ledger what an undo did to approved notes: an approval taken back, or links as they were."""
    try:
        lines = opened.ledger.read()
        approved = [row.entry for row in lines.approvals if row.entry.edit == record.id]
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        opened.ledger.append([withdrawal(entry.digest, entry.note, now, entry.who) for entry in approved])
        changes = changes_of(opened.undo_log, record) if lines.entries and not approved else ()
    except EnrichError as error:
        opened.reporter.warn(f"enrich: {error}; enrich check --approved will not know of the undo")
    else:
        opened.keep_approvals([Change(row.path, row.after, row.before) for row in changes], record.id)


def vouched_in_ledger(opened: OpenVault, note: Note) -> dict[str, str]:
    """`sentence_key` → who vouches for a sentence of an approved note, as the vault itself remembers it."""
    if opened.root is None or not note.note_id:
        return {}
    try:
        approvals = opened.ledger.read().approvals
    except EnrichError as error:
        opened.reporter.warn_once(f"enrich: {error}")
        return {}
    entries = (row.entry for row in approvals if row.entry.note_id == note.note_id)
    return {
        sentence_key(row.text): f"vouched for by {who} on {entry.at[:10]}"
        for entry in entries
        for row in entry.sentences
        for who, how in row.read.items()
        if how == "vouch"
    }
