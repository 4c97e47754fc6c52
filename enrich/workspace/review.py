"""Review a note: what a person sees and does, over the file as it is on disk."""

import getpass
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.note_check import Against
from enrich.draft.context import DraftContext
from enrich.draft.gather import CANDIDATES
from enrich.errors import EnrichError, UsageError
from enrich.links.markdown_form import write_candidates
from enrich.links.moved import move_links
from enrich.links.query import Query
from enrich.links.rank import rank_notes
from enrich.reader.kept import kept_readings
from enrich.review.queue import Queue, Waiting, weigh_draft
from enrich.review.record import record_path
from enrich.review.session import Context, Session
from enrich.review.store import Edges, Place, ReviewStore
from enrich.vault.approvals import digest_of
from enrich.vault.candidate import Candidate
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.resolve import Resolver
from enrich.vault.undo_log import UndoLog, moving, undo, write_edit, write_edits
from enrich.vault.vault import Vault
from enrich.vault.write import find_place, place_in
from enrich.workspace.check import finder_of, surroundings_of
from enrich.workspace.open_notes import read_named
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import CheckOptions, ReviewOptions
from enrich.workspace.second_reader import read_by_model, readings_path

if TYPE_CHECKING:
    from enrich.links.index import Index


class Review(Struct, frozen=True):
    """A note beside its source, in front of a person or a program."""

    store: ReviewStore
    """Every state and every action; see `enrich.review.store`."""
    queue: Queue | None = None
    """The drafts of a folder; `store` is the first of them. None for a single note."""

    @property
    def approved(self) -> Path | None:
        """Where the note went; None until it is approved."""
        return self.store.approved

    @property
    def approvals(self) -> tuple[tuple[Path, str], ...]:
        """Every note that was approved, and the id of the edit; empty where nothing had to be written."""
        stores = self.queue.stores.values() if self.queue is not None else (self.store,)
        return tuple((store.approved, store.approval) for store in stores if store.approved is not None)

    def report(self) -> str:
        """All that is known of the note, as one HTML page that can be sent to someone."""
        from enrich.review.report import report_html

        return report_html(self.store.session())

    def serve(self, on_address: Callable[[str], None], idle: float) -> str:
        """Serve the review's page on this machine until nobody used it for ``idle`` seconds; why it ended.

        ``on_address`` is told where the page is, once it can be opened.
        """
        from enrich.review.server import Gate, listen, serve  # a web server: a report does not wait for it
        from enrich.review.server import Review as Page

        listening = listen()
        gate = Gate(f"127.0.0.1:{listening.getsockname()[1]}")
        on_address(gate.address)
        return serve(Page(self.store, gate, self.queue), listening, idle)

    def talk(self, say: Callable[[str], None], answers: TextIO) -> None:
        """Review line by line, with the reviewer's ``answers``."""
        from enrich.review.terminal import review_in_terminal

        store: ReviewStore | None = self.store
        while store is not None:
            go_on = review_in_terminal(store, say, answers)
            if self.queue is None:
                return
            store = self.queue.advance() if go_on else None
            if store is not None:
                say(f"\ndraft {self.queue.at + 1} of {len(self.queue.waiting)}: {store.place.relative}")

    @property
    def remaining(self) -> str:
        """Which drafts of the folder are still to be approved, in words; empty for a single note."""
        return self.queue.say_remaining() if self.queue is not None else ""


def open_folder(opened: OpenVault, folder: Path, options: ReviewOptions) -> Review:
    """The drafts in ``folder`` one after the other, the riskiest first; those that were approved are left out.

    UsageError when there is none. Nothing is fetched to tell the order; a draft whose page is not saved comes last.
    """
    approved = _approved_digests(opened)
    waiting: list[Waiting] = []
    for file in sorted(folder.rglob("*.md")):
        if any(part.startswith(".") for part in file.relative_to(folder).parts):
            continue
        try:
            note = opened.read_note(file)
            if note.draft and "draft" in note.front_keys and digest_of(read_named(file)) not in approved:
                opened.reporter.progress(f"looking at {note.title or file.stem}")
                asked_first = replace(options, fetch=False, llm=False)
                waiting.append(weigh_draft(file, open_review(opened, file, asked_first).store.session()))
        except EnrichError as error:
            opened.reporter.warn(f"enrich: {error}")
    if not waiting:
        raise UsageError(f"{folder}: has no draft that is to be reviewed; name a note, or the airlock's folder")
    waiting.sort(key=lambda row: row.risk, reverse=True)
    queue = Queue(waiting, lambda path: open_review(opened, path, options).store, opened.reporter.warn)
    store = queue.advance()
    if store is None:
        raise UsageError(f"{folder}: none of its drafts can be opened, for the reasons above")
    return Review(store, queue)


def _approved_digests(opened: OpenVault) -> frozenset[str]:
    """The bytes of every note that is approved: it is no draft any more, whatever its front matter says."""
    if opened.root is None:
        return frozenset()
    return frozenset().union(*(row.digests for row in opened.ledger.read().approvals))


def open_review(opened: OpenVault, file: Path, options: ReviewOptions) -> Review:
    """The note in ``file`` beside its source, ready for a reviewer.

    UsageError when it cannot be read, SourceError when its page cannot be had, RefusedError when it may not be written.
    """
    path = Path(os.path.realpath(file))
    note = opened.read_note(path)
    root = opened.root.resolve() if opened.root is not None else path.parent
    if options.writes:
        find_place(root, file)  # rather before the review than at its first action
    wanted = CheckOptions(options.source, fetch=options.fetch, allow_private=options.allow_private)
    against, recorded_with = finder_of(opened, wanted).find(note)
    note_type = made_as(opened, recorded_with) or opened.type_of(note) or opened.usual_type
    context = Context(
        stem=path.stem,
        note_type=note_type,
        against=against,
        around=surroundings_of(opened, note, note_type, recorded_with),
        candidates=_candidates(opened, note, note_type, against, recorded_with),
        moved=_mover_of_links(opened, note, note_type),
        publish=options.publish,
    )
    if options.llm:
        read_by_model(opened, Session(context, note.text).check, against.source, note)
    readings = {**against.readings, **kept_readings(readings_path(opened, note), against.source)}
    context = replace(context, against=replace(against, readings=readings))
    place = Place(path, root, record_path(opened.places.state, opened.root, note.note_id, note.path))
    return Review(ReviewStore(place, context, _edges(opened, note, root, options.reviewer)))


def _mover_of_links(opened: OpenVault, note: Note, note_type: NoteType) -> Callable[[str], str]:
    """What makes a text of the note fit for the folder of approved notes of its type."""
    if note_type.dated and note.created is None:
        return lambda text: text  # it cannot be approved
    new = note_type.approved_folder(note.created or date.min)
    vault = opened.vault
    return lambda text: move_links(text, note.folder, new, {*vault.by_path, *vault.files})


def made_as(opened: OpenVault, recorded_with: DraftContext | None) -> NoteType | None:
    """The type that a note's run says; None where it was made in none, or the type is not there any more."""
    return None if recorded_with is None else opened.known_type(recorded_with.note_type)


def _edges(opened: OpenVault, note: Note, root: Path, reviewer: str) -> Edges:
    """Disk, clock and person."""
    log = opened.undo_log_of(root)

    def write(file: Path, before: bytes, after: bytes, label: str) -> str:
        edit = write_edit(file, before, after, log, label).id
        opened.reporter.wrote(f"{label} in {file.name}")
        return edit

    return Edges(
        replace=write,
        take_back=lambda edit: undo(log, edit),
        move=_mover(root, log),
        now=lambda: datetime.now().astimezone(),
        who=reviewer or getpass.getuser(),
        incoming=lambda stem: incoming_links(opened.reread_vault(), note, stem),
        ledger=opened.ledger if opened.root is not None else None,
    )


def _mover(root: Path, log: UndoLog) -> Callable[[Path, str, bytes, bytes, str], tuple[Path, str]]:
    def move(path: Path, relative: str, before: bytes, after: bytes, label: str) -> tuple[Path, str]:
        target = place_in(root, relative)
        return target, write_edits(moving(path, target, before, after), log, label).id

    return move


def incoming_links(vault: Vault, note: Note, stem: str) -> tuple[str, ...]:
    """Links of other notes that would lead nowhere once ``note`` is in another folder and called ``stem``."""
    resolver = Resolver(vault)
    broken = []
    for other in vault.notes:
        for link in other.every_link:
            fits = link.target.casefold() == stem.casefold()
            if other.path != note.path and not fits and resolver.obsidian(link.target, other.path) == note.path:
                broken.append(f"{other.path} links to it as [[{link.target}]]: change that link first")
    return tuple(broken)


def _candidates(
    opened: OpenVault, note: Note, note_type: NoteType, against: Against, recorded_with: DraftContext | None
) -> tuple[Candidate, ...]:
    """The run's candidates whose link still resolves, else new ones for the note's source; best first."""
    if not opened.vault.notes:
        return ()
    if recorded_with is not None:
        leads = {row.path: opened.resolves(row.target) for row in recorded_with.candidates}
        return tuple(
            row
            for row in recorded_with.candidates
            if leads[row.path] == (True, True) or (row.address and leads[row.path][0])
        )
    text = against.source.text if against.source is not None else note.text[note.body_start :]
    query = Query(note.title, text, note.tags, created=note.created, exclude=frozenset({note.path}))

    def ask(index: "Index") -> tuple[Candidate, ...]:
        with opened.comparing() as compare:
            ranking = rank_notes(query, opened.vault, note_type, opened.resolver, index.store, compare)
        found = ranking.candidates(CANDIDATES)
        return write_candidates(found, note.folder, opened.app_settings, index.store.habits)

    return opened.ask_index(ask, by_meaning=False)  # as a draft does
