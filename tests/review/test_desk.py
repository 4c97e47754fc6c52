"""A review on a real disk: conflicts, undo, approval."""

from pathlib import Path

import pytest

from enrich.errors import EnrichError, ExistsError, FindingsError, UsageError
from enrich.review.action import Action, Edit, Keep, SetTake, SetTitle, Vouch
from enrich.review.desk import ConflictError, Desk
from enrich.review.record import read_entries
from enrich.review.session import Session
from enrich.review.view import session_view, version_of
from enrich.vault.journal import Journal, list_edits, undo
from tests.review.desks import make_desk, with_incoming
from tests.review.drafted import DOUBTFUL, SOUND, STEM
from tests.review.sessions import number_of
from tests.review.test_session import TAKE


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Ada's desk."""
    return make_desk(tmp_path)


def do(desk: Desk, action: Action) -> Session:
    """The action on the state that is on disk."""
    return desk.act(version(desk), action)


def version(desk: Desk) -> str:
    """The state that is on disk."""
    return version_of(desk.session().text)


def number(desk: Desk, start: str = "Shipments") -> int:
    """The number of the sentence that starts with ``start``."""
    return number_of(desk.session(), start)


def finish(desk: Desk) -> None:
    """Everything that is in the way of approval, done."""
    do(desk, Edit(number(desk), SOUND))
    do(desk, SetTake(TAKE))


def test_an_action_is_on_disk_at_once(desk: Desk) -> None:
    """Closing the page loses nothing."""
    do(desk, Edit(number(desk), SOUND))
    assert SOUND in desk.place.path.read_text("utf-8")


def test_every_action_is_recorded_with_who_and_when(desk: Desk) -> None:
    """Later somebody asks who let this sentence through."""
    do(desk, Vouch(number(desk)))
    [entry] = read_entries(desk.place.record)
    assert (entry.who, entry.action, entry.about) == ("ada", "vouch", DOUBTFUL)
    assert entry.at == "2023-07-19T12:00:00+00:00"


def test_undo_brings_every_byte_back(desk: Desk) -> None:
    """A slip of the finger costs nothing."""
    before = desk.place.path.read_bytes()
    finish(desk)
    desk.undo()
    desk.undo()
    assert desk.place.path.read_bytes() == before
    with pytest.raises(UsageError, match="nothing was done"):
        desk.undo()


def test_undo_of_a_vouch_makes_the_sentence_doubtful_again(desk: Desk) -> None:
    """The record is taken back with the words."""
    assert not do(desk, Vouch(number(desk))).check.unsupported
    assert [row.text for row in desk.undo().check.unsupported] == [DOUBTFUL]


def test_a_kept_sentence_stays_kept_after_a_restart(desk: Desk, tmp_path: Path) -> None:
    """A review can be interrupted and gone on with tomorrow."""
    do(desk, Keep(number(desk, "Buyers could")))
    tomorrow = make_desk(tmp_path)
    view = session_view(tomorrow.session())
    assert [row["text"] for row in view["sentences"] if row["kept"]] == [
        "Buyers could wait nine weeks for spare boards."
    ]


def test_an_edit_made_meanwhile_is_never_overwritten(desk: Desk) -> None:
    """Obsidian is open beside the review."""
    seen = version(desk)
    meanwhile = desk.place.path.read_text("utf-8").replace("spare boards", "spare parts")
    desk.place.path.write_text(meanwhile, "utf-8", newline="\n")
    with pytest.raises(ConflictError, match="changed meanwhile"):
        desk.act(seen, Edit(number(desk), SOUND))
    assert desk.place.path.read_text("utf-8") == meanwhile


def test_undo_does_not_take_back_somebody_elses_edit(desk: Desk) -> None:
    """Undo is of one's own steps."""
    do(desk, Edit(number(desk), SOUND))
    meanwhile = desk.place.path.read_text("utf-8").replace("spare boards", "spare parts")
    desk.place.path.write_text(meanwhile, "utf-8", newline="\n")
    with pytest.raises(ConflictError):
        desk.undo()
    assert desk.place.path.read_text("utf-8") == meanwhile


def test_the_slower_of_two_reviewers_is_told(desk: Desk, tmp_path: Path) -> None:
    """Two people take up the same draft; the second sees the first one's work before adding to it."""
    other = make_desk(tmp_path, "bob")
    seen = version(other)
    do(desk, Edit(number(desk), SOUND))
    with pytest.raises(ConflictError):
        other.act(seen, SetTake(TAKE))
    do(other, SetTake(TAKE))
    text = desk.place.path.read_text("utf-8")
    assert SOUND in text
    assert TAKE in text
    assert [entry.who for entry in read_entries(desk.place.record)] == ["ada", "bob"]


def test_approval_is_refused_and_says_why(desk: Desk) -> None:
    """An unsupported sentence, a todo or a must finding keeps the note in the airlock."""
    with pytest.raises(FindingsError) as refusal:
        desk.approve(version(desk))
    assert "Shipments to 13" in str(refusal.value)
    assert "still to be written: my take" in str(refusal.value)
    assert desk.place.path.is_file()


def test_an_approved_note_moves_to_the_folder_of_its_type(desk: Desk) -> None:
    """It leaves the airlock, links and words as they are."""
    finish(desk)
    text = desk.place.path.read_text("utf-8")
    target = desk.approve(version(desk))
    assert target == desk.place.root / "Notes" / "Tech_Journal" / "2023" / f"{STEM}.md"
    assert target.read_text("utf-8") == text
    assert "\ndraft: true\n" in text
    assert not desk.place.path.exists()


def test_an_approval_is_taken_back_whole(desk: Desk) -> None:
    """A note approved by mistake is in the airlock again, byte for byte, and can be worked on."""
    finish(desk)
    before = desk.place.path.read_bytes()
    target = desk.approve(version(desk))
    assert desk.undo_label == "approve"
    assert desk.approval
    session = desk.undo()
    assert desk.place.path.read_bytes() == before == session.text.encode()
    assert not target.exists()
    assert desk.approved is None
    assert desk.approval == ""
    assert [entry.action for entry in read_entries(desk.place.record)][-2:] == ["approve", "undo approve"]
    assert desk.approve(version(desk)) == target


def test_an_approved_note_that_was_changed_is_not_taken_back(desk: Desk) -> None:
    """What somebody wrote into the approved note is worth more than an undo."""
    finish(desk)
    target = desk.approve(version(desk))
    target.write_bytes(target.read_bytes() + b"more\n")
    with pytest.raises(ConflictError):
        desk.undo()
    assert target.read_bytes().endswith(b"more\n")
    assert not desk.place.path.exists()


def test_a_publishing_approval_is_one_edit_of_the_journal(tmp_path: Path) -> None:
    """`enrich undo` takes back the move and the front matter together."""
    desk = make_desk(tmp_path, publish=True)
    finish(desk)
    before = desk.place.path.read_bytes()
    target = desk.approve(version(desk))
    journal = Journal(desk.place.root, tmp_path / "journal")
    newest = list_edits(journal)[0]
    assert newest.label.startswith("review: approve")
    assert undo(journal).id == newest.id == desk.approval
    assert desk.place.path.read_bytes() == before
    assert not target.exists()


def test_publishing_is_asked_for(tmp_path: Path) -> None:
    """Only ``--publish`` lets the site show the note."""
    desk = make_desk(tmp_path, publish=True)
    finish(desk)
    assert "\ndraft: false\n" in desk.approve(version(desk)).read_text("utf-8")


def test_a_new_title_is_the_new_name(desk: Desk) -> None:
    """Title, heading and file are one."""
    finish(desk)
    do(desk, SetTitle("norwick sells a cheap board to everyone"))
    assert desk.approve(version(desk)).name == "norwick sells a cheap board to everyone.md"


def test_approval_never_overwrites(desk: Desk) -> None:
    """A note of that name is there already: both stay."""
    finish(desk)
    taken = desk.place.root / "Notes" / "Tech_Journal" / "2023" / f"{STEM}.md"
    taken.parent.mkdir(parents=True)
    taken.write_text("an older note", "utf-8")
    with pytest.raises(ExistsError):
        desk.approve(version(desk))
    assert taken.read_text("utf-8") == "an older note"
    assert desk.place.path.is_file()


def test_links_from_other_notes_are_named_before_they_break(desk: Desk) -> None:
    """A note that is linked by its path cannot just move."""
    finish(desk)
    with pytest.raises(FindingsError, match="links to it as"):
        with_incoming(desk, "a.md links to it as [[AI_Sandbox/x]]: change that link first").approve(version(desk))


def test_a_state_that_is_out_of_date_is_not_approved(desk: Desk) -> None:
    """What is approved is what was seen."""
    finish(desk)
    seen = version(desk)
    do(desk, Keep(number(desk, "Buyers could")))
    with desk.place.path.open("a") as file:
        file.write("\n")
    with pytest.raises(ConflictError):
        desk.approve(seen)


def test_a_note_that_is_gone_says_so(desk: Desk) -> None:
    """The other reviewer approved it."""
    desk.place.path.unlink()
    with pytest.raises(EnrichError, match="is gone"):
        desk.session()


@pytest.mark.parametrize("data", [b"a\r\nb", b"\xff\xfe", b"\xef\xbb\xbfa"])
def test_a_file_that_would_not_come_back_whole_is_refused(desk: Desk, data: bytes) -> None:
    """Offsets and bytes must agree before anything is rewritten."""
    desk.place.path.write_bytes(data)
    with pytest.raises(EnrichError):
        desk.session()
    assert desk.place.path.read_bytes() == data
