"""Writing a draft: only into the airlock, under a number of its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from enrich.draft.checked import check_answer
from enrich.draft.compose import compose_note
from enrich.draft.draft_note import Draft
from enrich.draft.section import parse_answer
from enrich.draft.write_draft import Airlock, write_draft
from enrich.errors import EnrichError, ExistsError
from tests.draft.parts import CANDIDATES, journal_type, make_answer, make_material


def write(root: Path, airlock: str = "AI_Sandbox", folder: str = "Tech_Journal/{year}") -> tuple[str, str]:
    """Write the example draft below ``root``; its path and id."""
    note_type, material = replace(journal_type(), folder=folder), make_material()
    checked = check_answer(parse_answer(make_answer(), note_type, CANDIDATES), material.source)
    draft = Draft(compose_note(checked, material, note_type, "230214TJ00"), checked, (), ())
    _, path, note_id = write_draft(draft, material, note_type, Airlock(root, airlock, root.parent / "state", ()))
    return path, note_id


def test_path_and_number(tmp_path: Path) -> None:
    """The draft lies in the airlock by type and year, and its id is the one in its front matter."""
    path, note_id = write(tmp_path / "vault")
    assert path == "AI_Sandbox/Tech_Journal/2023/norwick undercuts rivals with a cheap servo controller.md"
    assert f"\nnote_id: {note_id}\n" in (tmp_path / "vault" / path).read_text("utf-8")
    assert note_id == "230214TJ01"


def test_a_second_draft_of_one_name_is_refused(tmp_path: Path) -> None:
    """A draft that exists is never written over."""
    path, _ = write(tmp_path / "vault")
    first = (tmp_path / "vault" / path).read_bytes()
    with pytest.raises(ExistsError):
        write(tmp_path / "vault")
    assert (tmp_path / "vault" / path).read_bytes() == first


@pytest.mark.parametrize(
    ("airlock", "folder"), [("AI_Sandbox", "../Notes"), ("..", "x"), ("AI_Sandbox", "/x"), ("../other", "x")]
)
def test_no_setting_leads_out_of_the_airlock(tmp_path: Path, airlock: str, folder: str) -> None:
    """A type or a setting that came with somebody's vault cannot put a draft among the author's notes or elsewhere."""
    (tmp_path / "vault" / "Notes").mkdir(parents=True)
    with pytest.raises(EnrichError):
        write(tmp_path / "vault", airlock, folder)
    assert list(tmp_path.rglob("*.md")) == []
