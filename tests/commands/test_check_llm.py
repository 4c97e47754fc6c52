"""``enrich check --llm``: a model as second reader, over real HTTP."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from enrich.check.note_check import sentence_key
from enrich.cli import app
from enrich.reader.request import build_requests
from enrich.reader.statement import Statement
from enrich.vault.note_type import prompt_folders
from enrich.workspace.sources import text_source
from tests.draft.parts import TEXT
from tests.llm.endpoint import Answer, endpoint, streamed

SWAPPED = "Calder Motion released the Heron 2 controller on Tuesday."


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A text with a swapped name, and its source."""
    (tmp_path / "said.txt").write_text(SWAPPED, "utf-8")
    (tmp_path / "source.txt").write_text(TEXT, "utf-8")
    return tmp_path


def run(files: Path, *arguments: str, **env: str) -> Result:
    """Check the text with ``--llm``."""
    named = ["check", "--text", str(files / "said.txt"), "--source", str(files / "source.txt"), "--llm", *arguments]
    return CliRunner().invoke(app, named, env={"ENRICH_HOME": str(files / "home"), **env})


def answer(verdict: str, *words: str) -> Answer:
    """What the endpoint says of the one sentence; of the two that are wrong on purpose it says so."""
    source = text_source(TEXT)
    (request,) = build_requests([Statement(sentence_key(SWAPPED), SWAPPED)], source, prompt_folders(None))
    rows = [
        {
            "id": name,
            "words": words if name not in request.controls else [],
            "quote": "Calder Motion, still sells",
            "verdict": verdict if name not in request.controls else "contradicted",
        }
        for name in request.statements
    ]
    return streamed(json.dumps({"readings": rows}))


def test_what_the_model_finds_fails_the_check(files: Path) -> None:
    """A swap that no rule sees is exit 6 once a model has read it."""
    with endpoint(answer("contradicted", "Calder Motion")) as scripted:
        done = run(files, "-m", "writer", ENRICH_READER="reader", ENRICH_BASE_URL=scripted.url, ENRICH_API_KEY="k")
    assert done.exit_code == 6, done.stderr
    assert "“Calder Motion”: contradicted, as m-2026 reads it" in done.stdout
    assert "m-2026 read 1 sentence in 1 request" in done.stderr
    assert scripted.requests[0].body["model"] == "reader"


def test_a_model_that_nods_is_not_believed(files: Path) -> None:
    """It called a planted error right: nothing that it said counts, and the user is told."""
    words = streamed(json.dumps({"readings": [
        {"id": f"s{number}", "words": [], "quote": "released the Heron 2", "verdict": "follows"} for number in (1, 2, 3)
    ]}))  # fmt: skip
    with endpoint(words) as scripted:
        done = run(files, "-m", "reader", ENRICH_BASE_URL=scripted.url, ENRICH_API_KEY="k")
    assert "is not believed, for it passed over a planted error" in done.stderr
    assert "as m-2026 reads it" not in done.stdout


def test_without_a_model_it_says_so(files: Path) -> None:
    """Nothing is asked of nobody."""
    assert "no model is set" in str(run(files).exception)
    assert "no API key" in str(run(files, "-m", "reader", ENRICH_API_KEY="", OPENAI_API_KEY="").exception)
    only = run(files, ENRICH_READER="reader", ENRICH_API_KEY="", OPENAI_API_KEY="")
    assert "model reader: no API key" in str(only.exception)
