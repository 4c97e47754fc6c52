"""How long an answer is expected to be."""

import json
from pathlib import Path

import pytest

from enrich.draft.expect import expect_tokens
from enrich.vault.note_type import prompt_folders, read_note_type

CASES = Path(__file__).parents[2] / "fixtures" / "cases"


@pytest.mark.parametrize("case", ["model-release", "general-note", "chinese-page", "outage"])
def test_a_recorded_answer_is_about_as_long_as_was_expected(case: str) -> None:
    """Whoever waits sees how far the answer is: not twice as far, and not half."""
    kind = json.loads((CASES / case / "run.json").read_text("utf-8"))["note_type"]
    recorded = json.loads((CASES / case / "completions" / "01-draft.json").read_text("utf-8"))
    written = len(recorded["exchanges"][-1]["reply"]["text"]) / 4
    sections = read_note_type(kind, prompt_folders(None)).written_by_model
    assert 0.7 < written / expect_tokens(sections, head=True) < 1.4


def test_a_second_round_is_as_short_as_its_sections() -> None:
    """Only what is asked for again is expected."""
    sections = read_note_type("tech-journal", prompt_folders(None)).written_by_model
    assert expect_tokens(sections[:1], head=False) < 0.3 * expect_tokens(sections, head=True)
