"""``enrich suggest-links --llm``: a model chooses links and words them, over real HTTP; its word is weighed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from enrich.cli import app
from tests.fixture_vault import copy_fixture_vault
from tests.llm.endpoint import Answer, endpoint, streamed

NOTE = "Notes/Tech_Journal/2023/halden h7 ships with memory from two makers.md"
TARGET = "memory makers cut output again"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the fixture vault that all tests of this file share."""
    return copy_fixture_vault(tmp_path_factory.mktemp("llm"))


def suggest(library: Path, *arguments: str, **env: str) -> Result:
    """Ask for links with ``--llm``."""
    named = ["suggest-links", str(library / NOTE), "--vault", str(library), "--llm", *arguments]
    return CliRunner().invoke(app, named, env={"ENRICH_HOME": str(library.parent / "home"), **env})


def candidates(library: Path) -> list[str]:
    """The targets that the model is offered, in the order of their ids."""
    named = ["suggest-links", str(library / NOTE), "--vault", str(library), "--json", "--min-score", "0", "-l", "30"]
    done = CliRunner().invoke(app, named, env={"ENRICH_HOME": str(library.parent / "home")})
    return [row["target"] for row in json.loads(done.stdout)["suggestions"]]


def answer(*links: tuple[str, str | None]) -> Answer:
    """What the endpoint says: ids with clauses."""
    return streamed(json.dumps({"links": [{"id": name, "clause": clause} for name, clause in links]}))


def test_the_model_orders_the_links_and_words_them(library: Path) -> None:
    """Its first choice comes first whatever our score, and its clause stands in the bullet in place of *see*."""
    offered = candidates(library)
    ids = {target: f"n{number}" for number, target in enumerate(offered, 1)}
    other = offered[4]
    script = answer((ids[other], None), (ids[TARGET], "echoes {link} on scarce memory"))
    with endpoint(script) as scripted:
        done = suggest(library, "--json", "-m", "reader", ENRICH_BASE_URL=scripted.url, ENRICH_API_KEY="k")
    assert done.exit_code == 0, done.stderr
    rows = json.loads(done.stdout)["suggestions"]
    assert [row["target"] for row in rows] == [other, TARGET]
    assert rows[1]["place"]["text"] == f" (echoes [[{TARGET}]] on scarce memory)"
    assert "(see [[" in rows[0]["place"]["text"]
    schema = scripted.requests[0].body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["links"]["items"]["properties"]["id"]["enum"] == list(ids.values())


@pytest.mark.parametrize(
    ("clause", "why"),
    [
        ("echoes {link} from 2031", "2031"),
        ("echoes {link}, as Quentin Xavier said", "Quentin"),
        ("echoes the other note", "exactly once"),
        ("echoes {link} **loudly**", "markup"),
        ("echoes {link} and [[a private note]]", "markup"),
        ("echoes {link} " + "and so on " * 9, "words"),
    ],
)
def test_a_clause_without_evidence_is_not_written(library: Path, clause: str, why: str) -> None:
    """What neither note says, markup and foreign links stay out: the plain link is offered, and the reason told."""
    name = f"n{candidates(library).index(TARGET) + 1}"
    with endpoint(answer((name, clause))) as scripted:
        done = suggest(library, "-m", "reader", ENRICH_BASE_URL=scripted.url, ENRICH_API_KEY="k")
    assert done.exit_code == 0, done.stderr
    assert f"(see [[{TARGET}]])" in done.stdout
    assert "is not used" in done.stderr
    assert why in done.stderr


def test_apply_writes_what_the_model_chose_and_is_likely(library: Path) -> None:
    """The clause is written through the journal like any link, and undo gives every byte back."""
    before = (library / NOTE).read_bytes()
    name = f"n{candidates(library).index(TARGET) + 1}"
    with endpoint(answer((name, "echoes {link} on scarce memory"))) as scripted:
        done = suggest(library, "--apply", "-m", "reader", ENRICH_BASE_URL=scripted.url, ENRICH_API_KEY="k")
    assert done.exit_code == 0, done.stderr
    assert f"(echoes [[{TARGET}]] on scarce memory).\n".encode() in (library / NOTE).read_bytes()
    env = {"ENRICH_HOME": str(library.parent / "home")}
    assert CliRunner().invoke(app, ["undo", "--vault", str(library)], env=env).exit_code == 0
    assert (library / NOTE).read_bytes() == before


def test_without_a_model_or_key_it_says_so(library: Path) -> None:
    """Nothing is asked of nobody."""
    assert "no model is set" in str(suggest(library).exception)
    assert "no API key" in str(suggest(library, "-m", "reader", ENRICH_API_KEY="", OPENAI_API_KEY="").exception)
