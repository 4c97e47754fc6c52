"""``enrich check --llm``: a model as second reader, over real HTTP."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from enrich.cli import app
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
    """What the endpoint says of the one sentence."""
    return streamed(json.dumps({"verdicts": [{"id": "s0", "verdict": verdict, "words": words, "quote": None}]}))


def test_what_the_model_finds_fails_the_check(files: Path) -> None:
    """A swap that no rule sees is exit 6 once a model has read it."""
    with endpoint(answer("contradicted", "Calder Motion")) as scripted:
        done = run(files, "-m", "reader", ENRICH_BASE_URL=scripted.url, ENRICH_API_KEY="k")
    assert done.exit_code == 6, done.stderr
    assert "“Calder Motion”: contradicted, as a model reads it" in done.stdout
    assert "reader read 1 sentence in 1 request" in done.stderr


def test_without_a_model_it_says_so(files: Path) -> None:
    """Nothing is asked of nobody."""
    assert "no model is set" in str(run(files).exception)
    assert "no API key" in str(run(files, "-m", "reader", ENRICH_API_KEY="", OPENAI_API_KEY="").exception)
