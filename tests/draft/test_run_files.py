"""Run folders that somebody edited, or that are none."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from enrich.draft.run import create_run, read_run
from enrich.errors import EnrichError
from enrich.llm.secret import Secret

CASE = Path(__file__).parents[2] / "fixtures" / "cases"
FILES = ("run.json", "material.json", "source.json", "completions")


def recorded() -> Path:
    """A run folder that ships with the tests."""
    return next(path.parent for path in sorted(CASE.glob("*/run.json")))


def copied(tmp_path: Path, name: str) -> tuple[Path, Path]:
    """A copy of the run folder, and its file of this name (the first completion for ``completions``)."""
    run = Path(shutil.copytree(recorded(), tmp_path / "run"))
    file = run / name
    return run, next(iter(sorted(file.glob("*.json")))) if file.is_dir() else file


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"9" * 5_000,
        b"1e400",
        b"NaN",
        b"\xff",
        b"",
        b"[]",
        b"null",
        b"{}",
        b"\x00" * 99,
    ],
)
def test_a_run_folder_that_was_damaged_is_a_message(tmp_path: Path, name: str, data: bytes) -> None:
    """Whatever stands in a file of a run folder, replaying it ends with a remedy."""
    run, file = copied(tmp_path, name)
    file.write_bytes(data)
    with pytest.raises(EnrichError, match="; "):
        read_run(run)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("value", [5, True, ["\ud800"], {"a": 1}])
def test_a_run_folder_that_was_edited_is_a_message(tmp_path: Path, name: str, value: object) -> None:
    """A value of another type is noticed when it is read, not where it is used."""
    run, file = copied(tmp_path, name)
    content: dict[str, Any] = json.loads(file.read_text("utf-8"))
    for key in ("note_id",) if name == "run.json" else ("note_type", "title", "exchanges"):
        if key in content:
            file.write_text(json.dumps({**content, key: value}), "utf-8")
            with pytest.raises(EnrichError, match="; "):
                read_run(run)


def test_a_folder_in_place_of_a_file_is_a_message(tmp_path: Path) -> None:
    """A run folder that was put together by hand may hold anything."""
    run, file = copied(tmp_path, "run.json")
    file.unlink()
    file.mkdir()
    with pytest.raises(EnrichError, match="; "):
        read_run(run)


def test_no_file_of_a_run_holds_the_key(tmp_path: Path) -> None:
    """The folder is a wall of its own, whatever came through those before it."""
    from datetime import date

    key = "sk-CANARY-7f3e9a1c55d2b8"
    run = create_run(tmp_path / "run", date(2026, 1, 2), secret=Secret(key))
    run.save_json("claims.json", {key: [key]})
    run.save_text("note.md", f"It said {key}.\n")
    assert all(key not in path.read_text("utf-8") for path in run.path.iterdir())
    assert (run.path / "note.md").read_text("utf-8") == "It said ‹key›.\n"
