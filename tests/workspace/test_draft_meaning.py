"""Drafts make no use of the model that ENRICH_EMBEDDINGS names: it is not known how far apart its texts lie."""

from pathlib import Path

import pytest

from enrich import DraftOptions, Given, LinkOptions, Workspace
from enrich.workspace.reporter import Silence
from tests.fixture_vault import copy_fixture_vault

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGE = FIXTURES / "cases" / "outage" / "page.html"


class Warnings(Silence):
    """Keeps what a person has to know."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def warn(self, text: str) -> None:
        """Keep it."""
        self.told.append(text)


def test_a_draft_has_no_note_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent or computed for a draft that it makes no use of; `suggest-links` still asks for the model."""
    vault = copy_fixture_vault(tmp_path)
    monkeypatch.setenv("ENRICH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ENRICH_EMBEDDINGS", str(tmp_path / "no model"))
    monkeypatch.chdir(tmp_path)
    reporter = Warnings()
    workspace = Workspace.open(vault, model="", reporter=reporter)
    drafted = workspace.draft("https://news.example.com/outage", DraftOptions(page=Given(PAGE.name, PAGE.read_bytes())))
    assert drafted.file is not None
    assert not [text for text in reporter.told if "no model" in text]
    workspace.suggest_links(str(drafted.file), LinkOptions())
    assert [text for text in reporter.told if "no model" in text]
