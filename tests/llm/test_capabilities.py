"""Capabilities: what is asked of an endpoint, and what is remembered about it."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from enrich.llm.capabilities import Capabilities, CapabilityStore, build_request, capabilities_at_first, capabilities_of
from tests.llm.samples import PROMPT

TODAY = date(2024, 5, 1)
LESS = Capabilities(mode="json_object", stream_options=False, temperature=False)


def test_what_is_remembered_is_recalled(tmp_path: Path) -> None:
    """Each endpoint and model has its own row."""
    store = CapabilityStore(tmp_path / "new" / "endpoints.json", TODAY)
    store.remember("a", LESS)
    store.remember("b", Capabilities(stream=False))
    assert store.recall("a") == LESS
    assert store.recall("b") == Capabilities(stream=False)
    assert store.recall("c") is None


def test_old_knowledge_is_forgotten(tmp_path: Path) -> None:
    """A server that was updated gets another chance to take a schema."""
    path = tmp_path / "endpoints.json"
    CapabilityStore(path, date(2024, 3, 1)).remember("a", LESS)
    assert CapabilityStore(path, TODAY).recall("a") is None
    CapabilityStore(path, TODAY).remember("b", LESS)
    assert list(json.loads(path.read_text("utf-8"))["endpoints"]) == ["b"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"endpoints": []}',
        '{"endpoints": {"a": 7}}',
        '{"endpoints": {"a": {"learned": "soon"}}}',
        '{"endpoints": {"a": {"learned": "2024-05-01", "mode": "json_object"}}}',
        '{"version": 2, "endpoints": {"a": {"learned": "2024-05-01", "mode": "json_object"}}}',
        "\x00\xff",
    ],
)
def test_damaged_memory_starts_over(tmp_path: Path, content: str) -> None:
    """A damaged file costs one refused request and is mended by the next run."""
    path = tmp_path / "endpoints.json"
    path.write_text(content, "latin-1")
    store = CapabilityStore(path, TODAY)
    assert store.recall("a") is None
    store.remember("a", LESS)
    assert store.recall("a") == LESS


def test_what_an_earlier_version_learned_is_learned_anew(tmp_path: Path) -> None:
    """It did not know JSON mode with a schema, so what it fell back to was less than the endpoint takes."""
    path = tmp_path / "endpoints.json"
    store = CapabilityStore(path, TODAY)
    store.remember("a", LESS)
    path.write_text(path.read_text("utf-8").replace('"version": 2', '"version": 1'), "utf-8")
    assert store.recall("a") is None


def test_values_of_a_wrong_kind_are_not_believed(tmp_path: Path) -> None:
    """A row that somebody edited by hand cannot make nonsense requests."""
    path = tmp_path / "endpoints.json"
    store = CapabilityStore(path, TODAY)
    store.remember("a", LESS)
    for wrong in ({"mode": "xml"}, {"stream": "no"}, {"limit": "max_words"}):
        content = json.loads(path.read_text("utf-8"))
        content["endpoints"]["a"] |= wrong
        path.write_text(json.dumps(content), "utf-8")
        assert store.recall("a") is None
        store.remember("a", LESS)


def test_memory_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """A draft is made although the state folder is a file."""
    (tmp_path / "state").write_text("", "utf-8")
    store = CapabilityStore(tmp_path / "state" / "endpoints.json", TODAY)
    store.remember("a", LESS)
    assert store.recall("a") is None


LEARNER = """
import sys
from datetime import date
from pathlib import Path
from enrich.llm.capabilities import Capabilities, CapabilityStore

CapabilityStore(Path(sys.argv[1]), date(2024, 5, 1)).remember(sys.argv[2], Capabilities(stream=False))
"""


def test_processes_that_learn_at_once_keep_all_of_it(tmp_path: Path) -> None:
    """Two drafts made at the same time do not overwrite each other's knowledge."""
    path = tmp_path / "endpoints.json"
    names = ["one", "two", "three"]
    learners = [subprocess.Popen([sys.executable, "-c", LEARNER, str(path), name]) for name in names]
    assert [learner.wait(60) for learner in learners] == [0, 0, 0]
    assert all(CapabilityStore(path, TODAY).recall(name) == Capabilities(stream=False) for name in names)
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".json", ".lock"]


def test_newer_services_are_asked_with_the_newer_name_of_the_limit() -> None:
    """OpenAI and Azure refuse the old name, most others know no other."""
    assert capabilities_at_first("api.openai.com").limit == "max_completion_tokens"
    assert capabilities_at_first("me.openai.azure.com").limit == "max_completion_tokens"
    assert capabilities_at_first("api.mistral.ai").limit == "max_tokens"


@pytest.mark.parametrize(
    "capabilities",
    [
        Capabilities(),
        LESS,
        Capabilities(mode="json_object_schema"),
        Capabilities(mode="text", stream=False, system=False, limit=""),
    ],
)
def test_request_tells_what_it_was_made_for(capabilities: Capabilities) -> None:
    """A replay knows from the recorded request how it was asked."""
    request = build_request(PROMPT, PROMPT.messages, capabilities, model="m", temperature=0.1, max_tokens=5)
    found = capabilities_of(request)
    assert (found.mode, found.stream, found.temperature, found.limit) == (
        capabilities.mode,
        capabilities.stream,
        capabilities.temperature,
        capabilities.limit,
    )
