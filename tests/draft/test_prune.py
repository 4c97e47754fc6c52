"""Old run folders go, those that a waiting draft needs stay."""

import json
from pathlib import Path

import pytest

from enrich.draft.prune import prune_runs


def make_run(runs: Path, number: int, **about: str | None) -> Path:
    """A run folder, the later the higher its number."""
    folder = runs / f"20230714-1200{number:02d}-a-page-{number}"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps({"note_id": f"230714TJ{number:02d}", **about}), "utf-8")
    return folder


def make_draft(vault: Path, number: int, name: str = "a note.md") -> str:
    """A draft in the airlock that the run with this number made; its path in the vault."""
    path = vault / "AI_Sandbox" / "Tech_Journal" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: a\nnote_id: 230714TJ{number:02d}\n---\n", "utf-8")
    return path.relative_to(vault).as_posix()


def names(runs: Path) -> list[str]:
    """The runs that are left, by their numbers."""
    return sorted(path.name.rpartition("-")[2] for path in runs.iterdir())


def test_the_newest_runs_stay(tmp_path: Path) -> None:
    """The state folder does not grow for ever."""
    for number in range(5):
        make_run(tmp_path / "runs", number)
    assert prune_runs(tmp_path / "runs", 2) == 3
    assert names(tmp_path / "runs") == ["3", "4"]
    assert prune_runs(tmp_path / "runs", 2) == 0


def test_a_run_whose_draft_waits_in_the_airlock_stays(tmp_path: Path) -> None:
    """The review of an old draft still finds its page, also when the draft has another name now."""
    vault, runs = tmp_path / "vault", tmp_path / "runs"
    path = make_draft(vault, 1, "another name.md")
    make_run(runs, 1, airlock="AI_Sandbox", vault=str(vault))
    make_run(runs, 2, airlock="AI_Sandbox", vault=str(vault))
    make_run(runs, 3)
    make_run(runs, 4, path="AI_Sandbox/Tech_Journal/of an older version.md", vault=str(vault))
    make_draft(vault, 4, "of an older version.md")
    assert prune_runs(runs, 0) == 2
    assert names(runs) == ["1", "4"]
    (vault / path).unlink()
    assert prune_runs(runs, 0) == 1


@pytest.mark.parametrize("vault", [None, "/no such folder"])
def test_what_cannot_be_told_stays(tmp_path: Path, vault: str | None) -> None:
    """A vault on a drive that is not there now may still need its runs."""
    make_run(tmp_path / "runs", 1, airlock="AI_Sandbox", vault=vault)
    assert prune_runs(tmp_path / "runs", 0) == 0


def test_foreign_and_damaged_folders_are_left_alone(tmp_path: Path) -> None:
    """Nothing is removed that is no run of ours."""
    (tmp_path / "notes").mkdir()
    damaged = tmp_path / "20230714-120000-x-1"
    damaged.mkdir()
    (damaged / "run.json").write_text("[]", "utf-8")
    assert prune_runs(tmp_path, 0) == 0
    assert prune_runs(tmp_path / "none", 0) == 0
    assert len(list(tmp_path.iterdir())) == 2
