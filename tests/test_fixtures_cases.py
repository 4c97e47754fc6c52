"""Every recorded case: a folder dropped into fixtures/cases becomes a test."""

import json
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parents[1] / "fixtures" / "cases"
RECORDED = sorted(path.parent for path in CASES.glob("*/completions"))


@cache
def replays() -> dict[str, dict[str, Any]]:
    """What a replay of each case gives, all from one process without network."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.replay_all", *map(str, RECORDED)],
        capture_output=True,
        text=True,
        check=True,
        cwd=CASES.parents[1],
    )
    return {row["case"]: row for row in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case.name)
def test_replay_is_byte_identical_and_offline(case: Path) -> None:
    """A reviewer who replays a run gets the same note, or the same failure, without a socket being opened."""
    about = tomllib.loads((case / "case.toml").read_text("utf-8"))
    done = replays()[case.name]
    assert done["code"] == about.get("exit", 0), done["err"]
    note = case / "note.md"
    assert done["out"] == (note.read_text("utf-8") if note.is_file() else "")


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case.name)
def test_recordings_say_where_they_come_from(case: Path) -> None:
    """No completion that was written by hand passes for a provider's."""
    for path in (case / "completions").glob("*.json"):
        assert json.loads(path.read_text("utf-8"))["origin"] in ("loopback", "extractive")


def test_a_changed_template_is_named(tmp_path: Path) -> None:
    """When a prompt template was edited, the replay says which part no longer matches and how to record again."""
    case = next(path for path in RECORDED if (path / "note.md").is_file())
    own = tmp_path / ".enrich" / "prompts" / "tech-journal"
    shutil.copytree(CASES.parents[1] / "prompts" / "tech-journal", own)
    lead = own / "sections" / "lead.md.j2"
    lead.write_text(lead.read_text("utf-8") + "\nOne more wish.\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "enrich", "draft", "--replay", str(case), "--vault", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "section lead" in done.stderr
    assert "--record" in done.stderr
