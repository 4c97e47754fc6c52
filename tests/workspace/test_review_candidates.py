"""Candidates of a review whose run is gone: ranked as a draft's are."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from enrich import Workspace
from enrich.links.likeness import Compare

ARTICLE = """The lighthouse at Corran Point will be lit by a wave turbine from March. The keepers' old oil lamp goes
to the harbour museum. Engineers of the port say that the turbine gives forty kilowatts in a calm sea."""
NOTES = {
    "Wave power": "A wave turbine at sea gives power in a swell. The turbine of the port stops in high waves.",
    "Lighthouses": "The keepers of a lighthouse lit an oil lamp each night. Sailors know the light of each harbour.",
    "Bread": "Flour, water and salt, and a night of patience. The oven must be hot before the loaf goes in.",
}


class Words(Workspace, frozen=True, eq=False, dict=True):
    """Has no model that tells what is near in meaning."""

    @contextmanager
    def comparing(self) -> Iterator[Compare | None]:
        """None."""
        yield None


class Meanings(Workspace, frozen=True, eq=False, dict=True):
    """Has a model to which lighthouses alone mean what the article does."""

    @contextmanager
    def comparing(self) -> Iterator[Compare | None]:
        """The model's word."""

        def compare(text: str, others: Sequence[str]) -> list[float]:
            assert text.startswith("A lighthouse runs on waves. ")
            return [0.9 if other.startswith("Lighthouses.") else -0.5 for other in others]

        yield compare


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A draft without a run, in a vault of notes about the sea and others."""
    monkeypatch.setenv("ENRICH_HOME", str(tmp_path / "home"))
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    games = {f"Game {number}": f"Game {number} of the chess club. The knight took a pawn." for number in range(30)}
    for name, text in {**NOTES, **games}.items():
        (vault / f"{name}.md").write_text(f"---\ntitle: {name}\ntags:\n  - tech-journal\n---\n{text}\n", "utf-8")
    note = vault / "AI_Sandbox" / "A lighthouse runs on waves.md"
    note.parent.mkdir()
    note.write_text(f"---\ntitle: A lighthouse runs on waves\n---\n{ARTICLE}\n", "utf-8")
    return note


def offered(workspace: Workspace, draft: Path) -> list[tuple[str, float]]:
    """Path and score of what the review of the draft offers for links."""
    found = workspace.review(draft).store.context.candidates
    return [(row.path, row.score) for row in found]


def test_words_decide_without_a_model(draft: Path) -> None:
    """Notes that share the article's words are offered, others are not."""
    paths = [path for path, _ in offered(Words.open(draft.parents[1], model=""), draft)]
    assert set(paths) == {"Wave power.md", "Lighthouses.md"}


def test_a_review_ranks_by_meaning_too(draft: Path) -> None:
    """Where the extra is installed the note that is nearest in meaning comes first, and with another score."""
    by_words = offered(Words.open(draft.parents[1], model=""), draft)
    by_both = offered(Meanings.open(draft.parents[1], model=""), draft)
    assert by_both[0][0] == "Lighthouses.md"
    assert dict(by_both)["Lighthouses.md"] != dict(by_words)["Lighthouses.md"]
