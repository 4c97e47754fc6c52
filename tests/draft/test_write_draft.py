"""Writing a draft: only into the airlock, under a number of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from enrich.draft.checked import check_answer
from enrich.draft.compose import compose_note
from enrich.draft.draft_note import Draft
from enrich.draft.section import parse_answer
from enrich.draft.write_draft import Airlock, write_draft
from enrich.errors import EnrichError, ExistsError, RefusedError
from enrich.vault.vault import read_vault
from tests.draft.parts import CANDIDATES, journal_type, make_answer, make_context

Warn = Callable[[str], None] | None


def write(
    root: Path, airlock: str = "AI_Sandbox", folder: str = "Tech_Journal/{year}", warn: Warn = None
) -> tuple[str, str]:
    """Write the example draft below ``root``; its path and id."""
    note_type, context = replace(journal_type(), folder=folder), make_context()
    checked = check_answer(parse_answer(make_answer(), note_type, CANDIDATES), context.source)
    draft = Draft(compose_note(checked, context, note_type, "230214TJ00"), checked, (), ())
    root.mkdir(exist_ok=True)
    written = write_draft(draft, context, note_type, Airlock(read_vault(root), airlock, root.parent / "state", warn))
    return written.path, written.note.note_id


def test_path_and_number(tmp_path: Path) -> None:
    """The draft lies in the airlock by type and year, and its id is the one in its front matter."""
    path, note_id = write(tmp_path / "vault")
    assert path == "AI_Sandbox/Tech_Journal/2023/norwick undercuts rivals with a cheap servo controller.md"
    assert f"\nnote_id: {note_id}\n" in (tmp_path / "vault" / path).read_text("utf-8")
    assert note_id == "230214TJ00"


def test_an_id_that_another_draft_has_by_now_is_not_used_twice(tmp_path: Path) -> None:
    """A draft that came from another device meanwhile keeps its id, and this one gets the next."""
    other = tmp_path / "vault/AI_Sandbox/Tech_Journal/2023/other.md"
    other.parent.mkdir(parents=True)
    other.write_text("---\nnote_id: 230214TJ00\n---\n")
    path, note_id = write(tmp_path / "vault")
    assert note_id == "230214TJ01"
    assert f"\nnote_id: {note_id}\n" in (tmp_path / "vault" / path).read_text("utf-8")


def test_a_second_draft_of_one_page_is_refused(tmp_path: Path) -> None:
    """A draft that exists is never written over, nor is a page drafted twice by two processes."""
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


NAME = "norwick undercuts rivals with a cheap servo controller"


@pytest.mark.parametrize(
    "taken",
    [
        f"AI_Sandbox/Tech_Journal/2023/{NAME}.md",
        f"AI_Sandbox/Tech_Journal/2023/{NAME.upper()}.md",
        f"AI_Sandbox/old/{NAME}.md",
        f"Notes/{NAME}.md",
        f"Notes/{NAME.title()}.md",
        f"AI_Sandbox/Tech_Journal/2023/{NAME}.md/x.txt",
    ],
)
def test_a_title_that_another_note_has_falls_back(tmp_path: Path, taken: str) -> None:
    """A draft is written under another name, and the other note stays as it is."""
    other = tmp_path / "vault" / taken
    other.parent.mkdir(parents=True)
    other.write_text("another note")
    path, note_id = write(tmp_path / "vault")
    assert not path.endswith(f"/{NAME}.md")
    assert f"\nnote_id: {note_id}\n" in (tmp_path / "vault" / path).read_text("utf-8")
    assert other.read_text() == "another note"


def test_a_state_folder_that_holds_no_lock_costs_no_draft(tmp_path: Path) -> None:
    """Where the lock cannot be made the draft is written all the same, and that is said."""
    (tmp_path / "state").write_text("a file")
    told: list[str] = []
    path, _ = write(tmp_path / "vault", warn=told.append)
    assert (tmp_path / "vault" / path).is_file()
    assert "can hold no lock" in told[0]


@pytest.mark.parametrize("where", ["AI_Sandbox", "AI_Sandbox/Tech_Journal", "AI_Sandbox/Tech_Journal/2023"])
def test_an_airlock_that_is_a_link_away(tmp_path: Path, where: str) -> None:
    """A linked folder on the way must not carry a draft out of the vault: exit 7, and nothing is written."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "vault" / where).parent.mkdir(parents=True)
    (tmp_path / "vault" / where).symlink_to(tmp_path / "outside")
    with pytest.raises(RefusedError):
        write(tmp_path / "vault")
    assert list((tmp_path / "outside").iterdir()) == []
