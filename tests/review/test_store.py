"""A review on a real disk: conflicts, undo, approval."""

from pathlib import Path

import pytest

from enrich.errors import EnrichError, ExistsError, FindingsError, UsageError
from enrich.review.action import Action, Edit, Keep, SetTake, SetTitle, Vouch
from enrich.review.record import read_entries
from enrich.review.session import Session
from enrich.review.store import ConflictError, ReviewStore
from enrich.review.view import session_view, version_of
from enrich.vault.undo_log import UndoLog, list_edits, undo
from tests.review.drafted import DOUBTFUL, SOUND, STEM
from tests.review.sessions import number_of
from tests.review.stores import make_store, with_incoming
from tests.review.test_session import TAKE


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    """Ada's desk."""
    return make_store(tmp_path)


def do(store: ReviewStore, action: Action) -> Session:
    """The action on the state that is on disk."""
    return store.act(version(store), action)


def version(store: ReviewStore) -> str:
    """The state that is on disk."""
    return version_of(store.session().text)


def number(store: ReviewStore, start: str = "Shipments") -> int:
    """The number of the sentence that starts with ``start``."""
    return number_of(store.session(), start)


def finish(store: ReviewStore) -> None:
    """Everything that is in the way of approval, done."""
    do(store, Edit(number(store), SOUND))
    do(store, SetTake(TAKE))
    look_at_all(store)


def look_at_all(store: ReviewStore) -> None:
    """Keep every sentence that approving asks for."""
    for number in store.session().unlooked:
        do(store, Keep(number))


def test_an_action_is_on_disk_at_once(store: ReviewStore) -> None:
    """Closing the page loses nothing."""
    do(store, Edit(number(store), SOUND))
    assert SOUND in store.place.path.read_text("utf-8")


def test_every_action_is_recorded_with_who_and_when(store: ReviewStore) -> None:
    """Later somebody asks who let this sentence through."""
    do(store, Vouch(number(store)))
    [entry] = read_entries(store.place.record)
    assert (entry.who, entry.action, entry.about) == ("ada", "vouch", DOUBTFUL)
    assert entry.at == "2023-07-19T12:00:00+00:00"


def test_undo_brings_every_byte_back(store: ReviewStore) -> None:
    """A slip of the finger costs nothing."""
    before = store.place.path.read_bytes()
    finish(store)
    while store.undo_label:
        store.undo()
    assert store.place.path.read_bytes() == before
    with pytest.raises(UsageError, match="nothing was done"):
        store.undo()


def test_undo_of_a_vouch_makes_the_sentence_doubtful_again(store: ReviewStore) -> None:
    """The record is taken back with the words."""
    assert not do(store, Vouch(number(store))).check.unsupported
    assert [row.text for row in store.undo().check.unsupported] == [DOUBTFUL]


def test_a_kept_sentence_stays_kept_after_a_restart(store: ReviewStore, tmp_path: Path) -> None:
    """A review can be interrupted and gone on with tomorrow."""
    do(store, Keep(number(store, "Buyers could")))
    tomorrow = make_store(tmp_path)
    view = session_view(tomorrow.session())
    assert [row["text"] for row in view["sentences"] if row["kept"]] == [
        "Buyers could wait nine weeks for spare boards."
    ]


def test_an_edit_made_meanwhile_is_never_overwritten(store: ReviewStore) -> None:
    """Obsidian is open beside the review."""
    seen = version(store)
    meanwhile = store.place.path.read_text("utf-8").replace("spare boards", "spare parts")
    store.place.path.write_text(meanwhile, "utf-8", newline="\n")
    with pytest.raises(ConflictError, match="changed meanwhile"):
        store.act(seen, Edit(number(store), SOUND))
    assert store.place.path.read_text("utf-8") == meanwhile


def test_undo_does_not_take_back_somebody_elses_edit(store: ReviewStore) -> None:
    """Undo is of one's own steps."""
    do(store, Edit(number(store), SOUND))
    meanwhile = store.place.path.read_text("utf-8").replace("spare boards", "spare parts")
    store.place.path.write_text(meanwhile, "utf-8", newline="\n")
    with pytest.raises(ConflictError):
        store.undo()
    assert store.place.path.read_text("utf-8") == meanwhile


def test_the_slower_of_two_reviewers_is_told(store: ReviewStore, tmp_path: Path) -> None:
    """Two people take up the same draft; the second sees the first one's work before adding to it."""
    other = make_store(tmp_path, "bob")
    seen = version(other)
    do(store, Edit(number(store), SOUND))
    with pytest.raises(ConflictError):
        other.act(seen, SetTake(TAKE))
    do(other, SetTake(TAKE))
    text = store.place.path.read_text("utf-8")
    assert SOUND in text
    assert TAKE in text
    assert [entry.who for entry in read_entries(store.place.record)] == ["ada", "bob"]


def test_approval_is_refused_and_says_why(store: ReviewStore) -> None:
    """An unsupported sentence, a todo or a must finding keeps the note in the airlock."""
    with pytest.raises(FindingsError) as refusal:
        store.approve(version(store))
    assert "Shipments to 13" in str(refusal.value)
    assert "still to be written: my take" in str(refusal.value)
    assert store.place.path.is_file()


def test_an_approved_note_moves_to_the_folder_of_its_type(store: ReviewStore) -> None:
    """It leaves the airlock, links and words as they are."""
    finish(store)
    text = store.place.path.read_text("utf-8")
    target = store.approve(version(store))
    assert target == store.place.root / "Notes" / "Tech_Journal" / "2023" / f"{STEM}.md"
    assert target.read_text("utf-8") == text
    assert "\ndraft: true\n" in text
    assert not store.place.path.exists()


def test_an_approval_is_taken_back_whole(store: ReviewStore) -> None:
    """A note approved by mistake is in the airlock again, byte for byte, and can be worked on."""
    finish(store)
    before = store.place.path.read_bytes()
    target = store.approve(version(store))
    assert store.undo_label == "approve"
    assert store.approval
    session = store.undo()
    assert store.place.path.read_bytes() == before == session.text.encode()
    assert not target.exists()
    assert store.approved is None
    assert store.approval == ""
    assert [entry.action for entry in read_entries(store.place.record)][-2:] == ["approve", "undo approve"]
    assert store.approve(version(store)) == target


def test_an_approved_note_that_was_changed_is_not_taken_back(store: ReviewStore) -> None:
    """What somebody wrote into the approved note is worth more than an undo."""
    finish(store)
    target = store.approve(version(store))
    target.write_bytes(target.read_bytes() + b"more\n")
    with pytest.raises(ConflictError):
        store.undo()
    assert target.read_bytes().endswith(b"more\n")
    assert not store.place.path.exists()


def test_a_publishing_approval_is_one_edit_of_the_journal(tmp_path: Path) -> None:
    """`enrich undo` takes back the move and the front matter together."""
    store = make_store(tmp_path, publish=True)
    finish(store)
    before = store.place.path.read_bytes()
    target = store.approve(version(store))
    journal = UndoLog(store.place.root, tmp_path / "journal")
    newest = list_edits(journal)[0]
    assert newest.label.startswith("review: approve")
    assert undo(journal).id == newest.id == store.approval
    assert store.place.path.read_bytes() == before
    assert not target.exists()


def test_publishing_is_asked_for(tmp_path: Path) -> None:
    """Only ``--publish`` lets the site show the note."""
    store = make_store(tmp_path, publish=True)
    finish(store)
    assert "\ndraft: false\n" in store.approve(version(store)).read_text("utf-8")


def test_a_new_title_is_the_new_name(store: ReviewStore) -> None:
    """Title, heading and file are one."""
    finish(store)
    do(store, SetTitle("norwick sells a cheap board to everyone"))
    assert store.approve(version(store)).name == "norwick sells a cheap board to everyone.md"


def test_approval_never_overwrites(store: ReviewStore) -> None:
    """A note of that name is there already: both stay."""
    finish(store)
    taken = store.place.root / "Notes" / "Tech_Journal" / "2023" / f"{STEM}.md"
    taken.parent.mkdir(parents=True)
    taken.write_text("an older note", "utf-8")
    with pytest.raises(ExistsError):
        store.approve(version(store))
    assert taken.read_text("utf-8") == "an older note"
    assert store.place.path.is_file()


def test_links_from_other_notes_are_named_before_they_break(store: ReviewStore) -> None:
    """A note that is linked by its path cannot just move."""
    finish(store)
    with pytest.raises(FindingsError, match="links to it as"):
        with_incoming(store, "a.md links to it as [[AI_Sandbox/x]]: change that link first").approve(version(store))


def test_a_state_that_is_out_of_date_is_not_approved(store: ReviewStore) -> None:
    """What is approved is what was seen."""
    finish(store)
    seen = version(store)
    do(store, Keep(number(store, "Buyers could")))
    with store.place.path.open("a") as file:
        file.write("\n")
    with pytest.raises(ConflictError):
        store.approve(seen)


def test_a_note_that_is_gone_says_so(store: ReviewStore) -> None:
    """The other reviewer approved it."""
    store.place.path.unlink()
    with pytest.raises(EnrichError, match="is gone"):
        store.session()


@pytest.mark.parametrize("data", [b"a\r\nb", b"\xff\xfe", b"\xef\xbb\xbfa"])
def test_a_file_that_would_not_come_back_whole_is_refused(store: ReviewStore, data: bytes) -> None:
    """Offsets and bytes must agree before anything is rewritten."""
    store.place.path.write_bytes(data)
    with pytest.raises(EnrichError):
        store.session()
    assert store.place.path.read_bytes() == data
