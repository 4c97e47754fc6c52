"""The review store: a note on disk under review. Each state is read from the file; each write is compared first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from threading import RLock

from msgspec import Struct

from enrich.errors import EnrichError, ExistsError, FindingsError, UsageError, reason_of
from enrich.review.action import Action
from enrich.review.approval import approval_of
from enrich.review.record import Decisions, Entry, append_entry, read_decisions, read_entries
from enrich.review.session import Change, Context, Session, apply_action, carried_looks
from enrich.review.view import version_of
from enrich.text.count import counted
from enrich.vault.approvals import Ledger, digest_of, withdrawal
from enrich.vault.file import read_file
from enrich.vault.file_name import title_fault
from enrich.vault.note import parse_note


class ConflictError(ExistsError):
    """The note is not what the reviewer saw: somebody edited it meanwhile. Nothing was written."""


class Place(Struct, frozen=True):
    """Where the note and what is known of it are."""

    path: Path
    """The note's file."""
    root: Path
    """The vault; for a note outside of one, its folder."""
    record: Path
    """The review's record."""

    @property
    def relative(self) -> str:
        """The note's path in the vault."""
        return self.path.relative_to(self.root).as_posix()


class Edges(Struct, frozen=True):
    """Disk, clock and person."""

    replace: Callable[[Path, bytes, bytes, str], str]
    """(file, bytes before, bytes after, label) -> id of the edit; ExistsError when the file holds other bytes."""
    take_back: Callable[[str], object]
    """(id of an edit): undoes it; ExistsError when the file was changed since."""
    move: Callable[[Path, str, bytes, bytes, str], tuple[Path, str]]
    """(file, new path in the vault, bytes before, bytes after, label) -> (new file, id of the edit), or ExistsError."""
    now: Callable[[], datetime]
    who: str
    incoming: Callable[[str], tuple[str, ...]] = lambda _stem: ()
    """Links of other notes to this one that would lead nowhere once it is called ``stem``, in words."""
    ledger: Ledger | None = None
    """Where approvals are kept; None for a note outside of a vault."""


class Step(Struct, frozen=True):
    """One action that can be taken back."""

    change: Change
    edit: str
    """The id of its edit in the journal; empty when it changed nothing but the record."""


@dataclass
class ReviewStore:
    """One reviewer's view of a note. Two stores may be open on one note: the slower one is told, and loses nothing."""

    place: Place
    context: Context
    edges: Edges
    steps: list[Step] = field(default_factory=list)
    approved: Path | None = None
    """Where the note went; None until it is approved, and again when that was taken back."""
    _lock: RLock = field(default_factory=RLock, repr=False)

    def session(self) -> Session:
        """The note as it is on disk now. EnrichError when it is gone or cannot be reviewed."""
        return Session(self.context, self._read(), self._decisions())

    def act(self, version: str, action: Action) -> Session:
        """Do ``action`` on the state called ``version``. ConflictError when the note is no longer in it."""
        with self._lock:
            session = self._current(version)
            change = apply_action(session, action)
            edit = self._write(session.text, change.text, change.action)
            self.steps.append(Step(change, edit))
            self._record(change.action, change.about, change.became)
            return self._carry(session) if change.action.endswith(" link") else self.session()

    def undo(self) -> Session:
        """Take the last step back, approval too. ConflictError when the note was changed since by somebody else."""
        with self._lock:
            if not self.steps:
                raise UsageError("undo: nothing was done here yet")
            step = self.steps[-1]
            self._take_back(step.edit)
            self.steps.pop()
            if self.approved is not None:
                self._withdraw(step.change)
            self.approved = None
            self._record(f"undo {step.change.action}", step.change.about, step.change.became)
            return self.session()

    def approve(self, version: str) -> Path:
        """Move the note out of the airlock, marks removed: one edit. FindingsError names what is in the way.

        The new file is there before the old one goes; a note that was edited in between stays, and the copy goes.
        """
        with self._lock:
            session = self._current(version)
            waiting = [*(row.message for row in session.blockers), *self.edges.incoming(session.stem)]
            if session.unlooked:
                waiting.append(f"{counted(len(session.unlooked), 'sentence')} that nobody has looked at")
            if waiting:
                raise FindingsError(f"{session.stem}: cannot be approved yet; {'; '.join(waiting)}")
            relative = self._destination(session)
            if relative == self.place.relative:
                path, edit = self.place.path, self._write(session.text, session.moved_text, "approve")
            else:
                path, edit = self._move(session, relative)
            self._enter(session, relative, edit)
            self.approved = path
            self.steps.append(Step(Change(session.moved_text, "approve", session.stem, relative), edit))
            self._record("approve", session.stem, relative)
            return path

    @property
    def approval(self) -> str:
        """The id of the edit that approved the note; empty when it is not approved, or nothing had to be written."""
        return self.steps[-1].edit if self.approved is not None else ""

    @property
    def undo_label(self) -> str:
        """What undo would take back; empty when there is nothing."""
        return self.steps[-1].change.action if self.steps else ""

    def _enter(self, session: Session, relative: str, edit: str) -> None:
        """The approval in the ledger; where it cannot be kept there, the note goes back into the airlock."""
        if self.edges.ledger is None:
            return
        try:
            self.edges.ledger.append([approval_of(session, relative, self._now(), self.edges.who, edit)])
        except EnrichError:
            self._take_back(edit)
            raise

    def _withdraw(self, approval: Change) -> None:
        """The approval that was taken back, in the ledger."""
        if self.edges.ledger is not None:
            digest = digest_of(approval.text.encode())
            self.edges.ledger.append([withdrawal(digest, approval.became, self._now(), self.edges.who)])

    def _take_back(self, edit: str) -> None:
        if edit:
            try:
                self.edges.take_back(edit)
            except ExistsError as error:
                raise ConflictError(str(error)) from error

    def _carry(self, before: Session) -> Session:
        """The state after a link was changed: who had looked at its sentence has looked at it still."""
        after = self.session()
        for how, words in carried_looks(before, after):
            self._record(how, words)
        return self.session()

    def _current(self, version: str) -> Session:
        session = self.session()
        if version_of(session.text) != version:
            raise ConflictError(
                f"{self.place.path.name}: was changed meanwhile, in Obsidian or by another reviewer; "
                "nothing was written, look at it again"
            )
        return session

    def _read(self) -> str:
        path = self.place.path
        try:
            text = read_file(path).decode("utf-8")
        except FileNotFoundError:
            raise EnrichError(f"{path.name}: is gone; it was moved, renamed or approved meanwhile") from None
        except OSError as error:
            raise EnrichError(f"{path.name}: {reason_of(error)}; check the file's rights") from error
        except UnicodeDecodeError as error:
            raise EnrichError(f"{path.name}: is not UTF-8; save it as UTF-8 first") from error
        if "\r" in text or text.startswith("\ufeff"):
            raise EnrichError(f"{path.name}: has carriage returns or a byte order mark; run enrich check --fix first")
        return text

    def _decisions(self) -> Decisions:
        return read_decisions(read_entries(self.place.record))

    def _write(self, before: str, after: str, label: str) -> str:
        """Replace the file and give the edit's id; nothing is written when nothing changes."""
        if before == after:
            return ""
        try:
            return self.edges.replace(self.place.path, before.encode(), after.encode(), f"review: {label}")
        except ExistsError as error:
            raise ConflictError(str(error)) from error

    def _record(self, action: str, about: str = "", became: str = "") -> None:
        append_entry(self.place.record, Entry(self._now(), self.edges.who, action, about, became))

    def _now(self) -> str:
        return self.edges.now().isoformat(timespec="seconds")

    def _destination(self, session: Session) -> str:
        """The folder that the type names, for the day on which the note was created."""
        note_type, created = self.context.note_type, parse_note(self.place.relative, session.text).created
        if created is None and note_type.dated:
            raise FindingsError(f"{session.stem}: has no date in 'created'; add one, since the folder goes by it")
        if fault := title_fault(session.stem):
            raise FindingsError(f"{session.stem}: {fault}; set another title")
        folder = note_type.approved_folder(created or date.min)
        return str(PurePosixPath(folder, f"{session.stem}.md"))

    def _move(self, session: Session, relative: str) -> tuple[Path, str]:
        before, after = session.text.encode(), session.moved_text.encode()
        label = f"review: approve, moved to {PurePosixPath(relative).parent}"
        try:
            return self.edges.move(self.place.path, relative, before, after, label)
        except ExistsError as error:
            if self._read() == session.text:
                raise
            name = self.place.path.name
            raise ConflictError(f"{name}: was changed meanwhile; it stays where it is, look at it again") from error
