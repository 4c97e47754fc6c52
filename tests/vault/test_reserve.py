"""Ids of drafts that are written at the same time."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from enrich.vault.reserve import read_drafts, reserved_note_id
from tests.vault.folders import make_vault

PROJECT = Path(__file__).resolve().parents[2]


def test_ten_processes_get_ten_ids(tmp_path: Path) -> None:
    """Ten drafts written at once by ten processes have ten different ids, after the vault's own."""
    command = [sys.executable, "-m", "tests.vault.one_draft", str(tmp_path / "vault"), str(tmp_path / "state")]
    started = [subprocess.Popen([*command, str(number)], cwd=PROJECT, stdout=subprocess.PIPE) for number in range(10)]
    ids = sorted(process.communicate()[0].decode() for process in started)
    assert ids == [f"230718TJ{number:02d}" for number in range(6, 16)]
    assert read_drafts(tmp_path / "vault").note_ids == set(ids)


def test_drafts_are_read_again_when_an_id_is_taken(tmp_path: Path) -> None:
    """What another process wrote since the vault was read counts too."""
    make_vault(tmp_path / "drafts", {"2023/a.md": "---\nnote_id: 230718TJ03\n---\n", "b.md": b"\xff"})
    with reserved_note_id(tmp_path / "drafts", tmp_path / "state", "TJ", date(2023, 7, 18), {"230718TJ02"}) as note_id:
        assert note_id == "230718TJ04"


def test_a_draft_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    """The first draft of a vault finds no airlock and no ids."""
    with reserved_note_id(tmp_path / "drafts", tmp_path / "state", "TJ", date(2023, 7, 18)) as note_id:
        assert note_id == "230718TJ01"


def test_an_id_is_held_until_its_draft_is_written(tmp_path: Path) -> None:
    """A model may take minutes: meanwhile another draft gets another id, and an id that was not used is free again."""
    drafts, state, day = tmp_path / "drafts", tmp_path / "state", date(2023, 7, 18)
    with reserved_note_id(drafts, state, "TJ", day) as first, reserved_note_id(drafts, state, "TJ", day) as second:
        assert (first, second) == ("230718TJ01", "230718TJ02")
    with reserved_note_id(drafts, state, "TJ", day) as again:
        assert again == "230718TJ01"
