"""The ledger of approvals."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from enrich.errors import EnrichError, RefusedError
from enrich.vault.approvals import LEDGER, Entry, Ledger, ReadSentence, digest_of, relinks, withdrawal
from enrich.vault.undo_log import Change

NOW = "2026-11-28T12:00:00+00:00"
BEFORE, LINKED, OTHER = b"Acme sells boards.\n", b"[[acme|Acme]] sells boards.\n", b"Acme buys boards.\n"
SENTENCE = ReadSentence(
    'Says “yes”\u2028\n{"act": "approve"}\ud83d', "", "doubtful", {"ada": "vouch", "gpt": "follows"}
)


def approve(data: bytes = BEFORE, note: str = "Notes/a note.md", note_id: str = "230718TJ04") -> Entry:
    """Ada's approval."""
    return Entry("approve", NOW, "ada", note, digest_of(data), note_id, edit="1-a", sentences=(SENTENCE,))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """The ledger of an empty vault."""
    (tmp_path / "vault").mkdir()
    return Ledger(tmp_path / "vault", tmp_path / "state")


def test_entries_come_back_and_are_a_line_each(ledger: Ledger) -> None:
    """Whatever a page or a model says stays the text of one line."""
    ledger.append([approve()])
    ledger.append([withdrawal(digest_of(BEFORE), "Notes/a note.md", NOW, "ada")])
    data = (ledger.root / LEDGER).read_bytes()
    assert data.count(b"\n") == 2
    read = ledger.read()
    assert [entry.act for entry in read.entries] == ["approve", "withdraw"]
    assert read.entries[0].sentences[0].text == 'Says “yes”\u2028\n{"act": "approve"}\ufffd'
    assert read.entries[0].sentences[0].read == {"ada": "vouch", "gpt": "follows"}
    assert not read.approvals


def test_a_torn_or_foreign_line_loses_only_itself(ledger: Ledger) -> None:
    """A disk that was full, a merge with its marks, a line of somebody else: the rest still counts."""
    ledger.append([approve()])
    for damage in (b'{"act": "approve", "at": "20', b"<<<<<<< HEAD", b"[" * 500, b"\xff\xfe", b'{"act": "burn"}', b"7"):
        path = ledger.root / LEDGER
        path.write_bytes(path.read_bytes() + damage)
        ledger.append([approve(OTHER, "Notes/b.md", damage.hex())])
    for line in ('{"sentences": [1]}', '{"sentences": [{"text": 1}]}', json.dumps({"act": ["approve"], "at": NOW})):
        path.write_bytes(path.read_bytes() + line.encode() + b"\n")
    read = ledger.read()
    assert (len(read.entries), read.unreadable) == (7, 9)
    assert read.approval_of(digest_of(BEFORE)) is not None


def test_an_edit_of_links_keeps_the_approval(ledger: Ledger) -> None:
    """Links that enrich adds, and the undo of them, leave the note as approved; words that change do not."""
    file = ledger.root / "Notes" / "a note.md"
    ledger.append([approve()])
    linked = [Change(file, BEFORE, LINKED), Change(ledger.root / "b.md", OTHER, LINKED), Change(file, None, LINKED)]
    ledger.append(list(relinks(ledger.read(), linked, "2-b", NOW, ledger.root)))
    assert ledger.read().entries[-1] == Entry(
        "relink", NOW, "enrich", "Notes/a note.md", digest_of(BEFORE), "230718TJ04", digest_of(LINKED), "2-b"
    )
    assert {digest_of(BEFORE), digest_of(LINKED)} == ledger.read().approvals[0].digests
    assert not list(relinks(ledger.read(), [Change(file, LINKED, OTHER)], "3-c", NOW, ledger.root))
    ledger.append([withdrawal(digest_of(LINKED), "Notes/a note.md", NOW, "ada")])
    assert not ledger.read().approvals


def test_the_last_approval_of_a_note_counts(ledger: Ledger) -> None:
    """A note that was changed and approved again is what was approved last, under whatever name."""
    ledger.append([approve(), approve(OTHER, "Notes/another name.md")])
    assert [row.digests for row in ledger.read().approvals] == [{digest_of(OTHER)}]
    ledger.append(
        [replace(approve(BEFORE), note_id="", note="x.md"), replace(approve(LINKED), note_id="", note="y.md")]
    )
    assert len(ledger.read().approvals) == 3


def test_a_ledger_that_leads_out_of_the_vault_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    """A vault can hold a link to anything; nothing outside is read or written."""
    outside = tmp_path / "outside.jsonl"
    outside.write_text("mine\n", "utf-8")
    (ledger.root / ".enrich").mkdir()
    (ledger.root / LEDGER).symlink_to(outside)
    with pytest.raises(RefusedError):
        ledger.append([approve()])
    with pytest.raises(RefusedError):
        ledger.read()
    assert outside.read_text("utf-8") == "mine\n"


def test_a_folder_in_the_ledgers_place_is_told(ledger: Ledger) -> None:
    """An error with a remedy, no traceback."""
    (ledger.root / LEDGER).mkdir(parents=True)
    for work in (ledger.read, lambda: ledger.append([approve()])):
        with pytest.raises(EnrichError, match=r"approvals\.jsonl"):
            work()
