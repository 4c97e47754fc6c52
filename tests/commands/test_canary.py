"""The key of the endpoint is in nothing that a command writes or says, wherever the endpoint repeats it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from enrich.cli import app
from enrich.errors import EnrichError
from tests.draft.parts import TEXT
from tests.links.garden import garden, write_vault
from tests.llm.misbehaving import ECHOES, Fault, Wire, misbehaving, spellings

KEY = "sk-CANARY-7f3e9a1c55d2b8"
NOTE = "Notes/law story 0.md"
TYPE = Path(__file__).parents[2] / "prompts"
URL = "https://news.example.com/2023/09/02/outage"
# What is tried again takes its time between two tries, and is tried in tests/llm/test_misbehaving.py.
AT_ONCE = {
    name: fault
    for name, fault in ECHOES.items()
    if name
    not in {
        "in an error behind 200",
        "in an error of a stream",
        "in an event that is no JSON",
        "in a bad status line",
        "in a header",
        "in a bad header",
        "in a chunk's size",
    }
}
HIDDEN = {
    f"in the answer, {way}": lambda wire, way=way: wire.body(
        {"choices": [{"message": {"content": wire.answer(f"Law said {spellings(wire.key)[way]} on Tuesday")}}]}
    )
    for way in spellings(KEY)
}


SPELLED = [spelled.lower() for spelled in spellings(KEY).values()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small vault, a text and its source; the commands of all tests of this file leave what they write here."""
    folder = tmp_path_factory.mktemp("canary")
    write_vault(folder / "vault", garden(3))
    (folder / "source.txt").write_text(TEXT, "utf-8")
    (folder / "said.txt").write_text("Calder Motion released the Heron 2 controller on Tuesday.", "utf-8")
    return folder


def run(place: Path, url: str, *arguments: str, **env: str) -> str:
    """A command's exit, output and message."""
    named = {"ENRICH_HOME": str(place / "home"), "ENRICH_BASE_URL": url, "ENRICH_API_KEY": KEY, **env}
    done = CliRunner().invoke(app, arguments, env=named)
    assert done.exception is None or isinstance(done.exception, EnrichError | SystemExit), done.exception
    return f"{done.output}{done.stderr}{done.exception!r}"


def commands(place: Path) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """Every command that asks an endpoint."""
    vault = ("--vault", str(place / "vault"))
    model = {"ENRICH_MODEL": "m"}
    article = ("--text", str(place / "source.txt"), "--url", URL, "--title", "Heron 2 is out")
    yield ("draft", *article, *vault, "--again"), model
    yield ("suggest-links", str(place / "vault" / NOTE), *vault, "--llm", "--apply", "--min-score", "0"), model
    yield ("check", "--text", str(place / "said.txt"), "--source", str(place / "source.txt"), "--llm"), model
    yield ("suggest-links", str(place / "vault" / NOTE), *vault), {"ENRICH_EMBEDDINGS": "e"}


@pytest.mark.parametrize("name", [*AT_ONCE, *HIDDEN])
def test_no_byte_that_is_written_or_shown_holds_the_key(place: Path, name: str) -> None:
    """Vault, run folders, index, undo log, standard output and error are searched, for the key in every spelling."""
    shutil.rmtree(place / "vault" / "AI_Sandbox", ignore_errors=True)
    fault: Fault = {**AT_ONCE, **HIDDEN}[name]
    shown = ""
    with misbehaving(fault) as url:
        # What is hidden in words shows where a note is made of them; the other commands take no markup.
        for arguments, env in list(commands(place))[: 1 if name in HIDDEN else None]:
            shown += run(place, url, *arguments, **env)
    written = [path for path in place.rglob("*") if path.is_file()]
    found = [str(path) for path in written if _holds_key(path.read_bytes().decode("utf-8", "replace"))]
    assert not found
    assert not _holds_key(shown)
    shutil.rmtree(place / "home" / "state", ignore_errors=True)  # searched, and not to be searched again


def test_a_draft_is_written_where_the_endpoint_obeys(place: Path) -> None:
    """The search above is one of notes and run folders, not of an empty folder."""
    with misbehaving(lambda wire: _obey(wire)) as url:
        (arguments, env), *_ = commands(place)
        shown = run(place, url, *arguments, **env)
    notes = list((place / "vault" / "AI_Sandbox").rglob("*.md"))
    assert notes, shown
    assert any("‹key›" in path.read_text("utf-8") for path in (place / "home").rglob("completions/*.json"))


def _obey(wire: Wire) -> None:
    wire.body({"choices": [{"message": {"content": wire.answer(f"Law said {wire.key} on Tuesday")}}]})


def _holds_key(text: str) -> bool:
    low = text.lower()
    return any(spelled in low for spelled in SPELLED)
