"""A run folder that cannot be kept: said once, and the draft goes on."""

from datetime import date
from pathlib import Path

import pytest

from enrich.draft.run import RunFolder, create_run
from enrich.errors import EnrichError

TODAY = date(2023, 7, 18)


def test_a_run_that_cannot_be_made_is_told_once(tmp_path: Path) -> None:
    """A state folder that is a file, full or read-only must not cost a draft that was paid for."""
    (tmp_path / "state").write_text("a file")
    told: list[str] = []
    run = create_run(tmp_path / "state" / "runs" / "x", TODAY, told.append)
    run.save_about(url="https://example.org/")
    run.save_text("prompts/01-draft.md", "text")
    assert not run.kept
    assert len(told) == 1
    assert "the run is not kept" in told[0]


def test_half_a_run_is_removed(tmp_path: Path) -> None:
    """A run without its material would mislead a check; its room may be what the draft needs."""
    told: list[str] = []
    run = create_run(tmp_path / "x", TODAY, told.append)
    run.save_text("a.txt", "text")
    (tmp_path / "x" / "b.txt").mkdir()
    run.save_text("b.txt", "text")
    assert not (tmp_path / "x").exists()
    assert (run.kept, len(told)) == (False, 1)


def test_a_folder_that_the_user_named(tmp_path: Path) -> None:
    """It is an error before anything is spent; what fails later removes nothing of it."""
    (tmp_path / "file").write_text("a file")
    with pytest.raises(EnrichError):
        create_run(tmp_path / "file" / "x", TODAY, named=True)
    run = RunFolder(tmp_path / "x", TODAY, named=True)
    run.save_text("a.txt", "text")
    (tmp_path / "x" / "b.txt").mkdir()
    run.save_text("b.txt", "text")
    assert not run.kept
    assert (tmp_path / "x" / "a.txt").is_file()
