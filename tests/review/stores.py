"""Desks over the sample draft on a real disk, for the tests of a review."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from enrich.review.action import Keep, SetTake
from enrich.review.record import record_path
from enrich.review.store import Edges, Place, ReviewStore
from enrich.review.view import version_of
from enrich.vault.undo_log import UndoLog, moving, undo, write_edit, write_edits
from enrich.vault.write import place_in
from tests.review.drafted import NOTE_ID
from tests.review.sessions import make_session
from tests.review.test_session import TAKE

NOW = datetime(2023, 7, 19, 12, 0, tzinfo=UTC)


def make_store(folder: Path, who: str = "ada", doubtful: bool = True, publish: bool = False) -> ReviewStore:
    """A desk over the draft in ``folder``, which is made when it is not there yet."""
    existing = (folder / "vault").is_dir()
    session = make_session(folder / "again" / who if existing else folder, doubtful, publish)
    vault = folder / "vault"
    place = Place(
        path=vault / "AI_Sandbox" / "Tech_Journal" / "2023" / f"{session.context.stem}.md",
        root=vault,
        record=record_path(folder / "state", vault, NOTE_ID, ""),
    )
    journal = UndoLog(vault, folder / "journal")

    def move(file: Path, relative: str, before: bytes, after: bytes, label: str) -> tuple[Path, str]:
        target = place_in(vault, relative)
        return target, write_edits(moving(file, target, before, after), journal, label).id

    edges = Edges(
        replace=lambda file, before, after, label: write_edit(file, before, after, journal, label).id,
        take_back=lambda edit: undo(journal, edit),
        move=move,
        now=lambda: NOW,
        who=who,
    )
    return ReviewStore(place, session.context, edges)


def with_incoming(store: ReviewStore, *messages: str) -> ReviewStore:
    """The desk of a note that other notes link to."""
    store.edges = replace(store.edges, incoming=lambda _stem: messages)
    return store


def make_finished(folder: Path) -> ReviewStore:
    """A desk over a draft that may be approved: every sentence looked at, then my take written."""
    store = make_store(folder, doubtful=False)
    for number in store.session().unlooked:
        store.act(version_of(store.session().text), Keep(number))
    store.act(version_of(store.session().text), SetTake(TAKE))
    return store
