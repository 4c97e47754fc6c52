"""Old run folders: the newest are kept, and every one whose note still waits in an airlock."""

import shutil
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from enrich.draft.known_runs import read_place
from enrich.text.json_text import read_json
from enrich.text.pattern import lazy_pattern
from enrich.vault.reserve import read_drafts

_RUN_NAME = lazy_pattern(r"\d{8}-\d{6}-.+")


def prune_runs(runs: Path, keep: int) -> int:
    """Remove the oldest run folders of ``runs`` beyond the newest ``keep``; how many went.

    One stays when its note is in the airlock still, under whatever name, and when that cannot be told: the run does
    not say which vault it was for, or the vault is not there. Only folders that `enrich draft` named are looked at.
    """
    folders = sorted(path for path in runs.glob("*") if _RUN_NAME.fullmatch(path.name) and path.is_dir())
    ids_in = cache(_ids_in)
    old = [folder for folder in folders[: max(0, len(folders) - keep)] if _is_done(folder, ids_in)]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _is_done(folder: Path, ids_in: Any) -> bool:
    """Whether no note in an airlock rests on the run: it made none, or the note has left."""
    try:
        about: dict[str, Any] = read_json((folder / "run.json").read_bytes())
        vault, note_id = about.get("vault"), str(about.get("note_id"))
        airlock = (
            PurePosixPath(about.get("airlock") or "").parts or PurePosixPath(about.get("path") or "").parts[:1]
        )  # the path: in older runs
    except (OSError, ValueError, AttributeError):
        return False
    if not airlock:
        return True  # a dry run
    if not vault or not Path(vault).is_dir():
        return False
    if not note_id:
        where = read_place(folder)
        return bool(where[0]) and not Path(*where).exists()
    return note_id not in ids_in(Path(vault, *airlock))


def _ids_in(airlock: Path) -> frozenset[str]:
    """The ids of the notes below ``airlock``."""
    return read_drafts(airlock).note_ids
