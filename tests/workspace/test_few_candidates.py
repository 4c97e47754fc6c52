"""A draft for which the vault had too few candidates: one rule for `draft`, `check` and `review`."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from enrich import Workspace
from enrich.draft.run import RunFolder, read_context
from tests.review.drafted import make_drafted


@pytest.mark.parametrize(("candidates", "level"), [(5, "must"), (2, "should"), (0, "should")])
def test_a_draft_may_lack_links_where_too_few_notes_were_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, candidates: int, level: str
) -> None:
    """What `draft` excuses, `check` and `review` do not hold against the note: its run's candidates decide for all."""
    drafted = make_drafted(tmp_path, doubtful=False)
    context = read_context(drafted.run)
    RunFolder(drafted.run, date(2023, 2, 14)).save_context(replace(context, candidates=context.candidates[:candidates]))
    unlinked = re.sub(r"\*see also:\*.*\n\n", "", drafted.note.read_text("utf-8"))
    drafted.note.write_text(unlinked, "utf-8")
    monkeypatch.setenv("ENRICH_HOME", str(drafted.home))
    workspace = Workspace.open(drafted.vault, model="")
    for found in (workspace.check(drafted.note).found, workspace.review(drafted.note).store.session().check):
        assert [row.level for row in found.findings if row.rule == "M11"] == [level]
