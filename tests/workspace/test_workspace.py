"""The public API, used as a program of somebody else would: `from enrich import …` and nothing else of ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from enrich import CheckOptions, DraftOptions, EnrichError, Given, LinkOptions, NoteText, ReviewOptions, Workspace
from tests.fixture_vault import copy_fixture_vault

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGE = FIXTURES / "cases" / "outage" / "page.html"
URL = "https://news.example.com/2023/09/02/outage"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A copy of the fixture vault."""
    return copy_fixture_vault(tmp_path)


@pytest.fixture
def workspace(vault: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The vault, opened by a user who has set nothing."""
    for name in ("ENRICH_MODEL", "ENRICH_API_KEY", "OPENAI_API_KEY", "ENRICH_VAULT", "ENRICH_EMBEDDINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ENRICH_HOME", str(vault.parent / "home"))
    monkeypatch.chdir(vault.parent)
    yield Workspace.open(vault, model="")


def saved() -> DraftOptions:
    """The saved page in place of the network."""
    return DraftOptions(page=Given(PAGE.name, PAGE.read_bytes()))


def test_a_program_drafts_checks_and_reviews_a_note(
    workspace: Workspace, vault: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The verbs give typed results that belong together, and print nothing."""
    drafted = workspace.draft(URL, saved())
    assert drafted.file is not None
    assert drafted.path is not None
    assert drafted.file == vault / drafted.path
    assert drafted.file.read_text("utf-8") == drafted.text
    assert drafted.run is not None
    assert workspace.replay(drafted.run).text.replace(drafted.note_id, "") == drafted.text.replace(drafted.note_id, "")

    checked = workspace.check(drafted.file)
    assert checked.note.path == drafted.path
    assert checked.note_type is not None
    assert checked.found.sentences
    assert not checked.unsourced
    assert workspace.check_vault(CheckOptions()).left_out >= 0

    review = workspace.review(drafted.file, ReviewOptions(reviewer="ada"))
    assert review.approved is None
    assert "ada" not in review.report()
    assert capfd.readouterr() == ("", "")


def test_a_draft_of_the_same_page_is_refused_as_soon_as_the_first_is_written(workspace: Workspace) -> None:
    """What a verb wrote is known to the next one, though the vault is opened once."""
    workspace.draft(URL, saved())
    with pytest.raises(EnrichError, match="already cites it"):
        workspace.draft(URL, saved())


def test_a_program_suggests_applies_and_takes_back_links(workspace: Workspace, vault: Path) -> None:
    """Suggestions of a file and of a text; what was written is taken back byte for byte."""
    name = next(path for path in sorted((vault / "Notes").rglob("*.md")) if path.stat().st_size > 1500)
    before = name.read_bytes()
    links = workspace.suggest_links(str(name), LinkOptions(min_score=0.0))
    assert links.suggestions
    as_text = workspace.suggest_links(NoteText(before, read_as=str(name)), LinkOptions(min_score=0.0))
    assert [one.path for one in as_text.suggestions] == [one.path for one in links.suggestions]

    applied = workspace.apply_links([str(name)], LinkOptions(min_score=0.0, limit=3))
    assert applied.edit is not None
    assert name.read_bytes() != before
    assert workspace.edits().records[0].id == applied.edit.id
    workspace.undo()
    assert name.read_bytes() == before


def test_an_audit_names_what_breaks(workspace: Workspace, vault: Path) -> None:
    """A link that leads nowhere is found, with the line it stands in."""
    (vault / "Notes" / "broken.md").write_text("one\n\n[[no such note anywhere]]\n", "utf-8")
    audit = workspace.audit()
    (broken,) = (one for one in audit.broken if one.target == "no such note anywhere")
    assert audit.line_of(broken) == 3


def test_an_unknown_folder_is_a_message(tmp_path: Path) -> None:
    """A program gets an error of ours with the remedy, not one of the file system."""
    with pytest.raises(EnrichError, match="is not a folder"):
        Workspace.open(tmp_path / "none")


def test_every_verb_is_documented() -> None:
    """A method that docs/python.md does not name would be found by nobody."""
    page = (FIXTURES.parent / "docs" / "python.md").read_text("utf-8")
    verbs = [name for name in vars(Workspace) if not name.startswith("_") and name not in ("open", "with_links")]
    assert [name for name in verbs if f"{name}(" not in page] == []
