"""Recordings and replay: the same answer again, offline, or the reason why not."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from enrich.llm.completion import AnswerError, Completion, EndpointError, Exchange, Message, Prompt, Usage
from enrich.llm.recording import (
    Recording,
    RecordingError,
    exchange_from_dict,
    exchange_to_dict,
    read_recordings,
    recording_from_dict,
    recording_to_dict,
)
from enrich.llm.replay import ReplayEngine
from tests.llm.endpoint import DONE, Answer, chunk, endpoint, refused, streamed, whole
from tests.llm.samples import ANSWER, KEY, PROMPT, TEXT, ask

BUSY = Answer(503, {"error": {"message": "busy"}}, headers={"retry-after": "2"})
NO_SCHEMA = refused(400, "This response_format type is unavailable now")


def record(*script: Answer, prompt: Prompt = PROMPT) -> tuple[Completion | AnswerError | EndpointError, Recording]:
    """What came of asking an endpoint with ``script``, and its recording after a way through JSON text."""
    outcome: Completion | AnswerError | EndpointError
    with endpoint(*script) as server:
        try:
            outcome = ask(server.url)
        except (AnswerError, EndpointError) as error:
            outcome = error
    return outcome, _saved(prompt, outcome.exchanges, outcome if isinstance(outcome, Completion) else None)


def _saved(prompt: Prompt, exchanges: tuple[Exchange, ...], completion: Completion | None) -> Recording:
    recording = Recording.of(prompt, exchanges, completion, date(2024, 5, 1))
    return recording_from_dict(json.loads(json.dumps(recording_to_dict(recording))))


@pytest.mark.parametrize(
    "script",
    [
        [streamed(TEXT)],
        [whole(TEXT)],
        [NO_SCHEMA, NO_SCHEMA, streamed(f"Sure: {TEXT}")],
        [BUSY, BUSY, streamed(TEXT)],
        [Answer(events=[chunk({"content": "{"})], breaks=True), streamed(TEXT)],
        [streamed("no JSON"), streamed(TEXT)],
        [refused(400, "bad", param="stream_options"), BUSY, streamed("no"), BUSY, streamed(TEXT)],
    ],
)
def test_replay_gives_the_recorded_completion(script: Sequence[Answer]) -> None:
    """A reviewer gets the same draft without a model, however the endpoint behaved when it was made."""
    completion, recording = record(*script)
    assert isinstance(completion, Completion)
    pieces: list[str] = []
    assert ReplayEngine([recording]).complete(PROMPT, pieces.append) == completion
    assert TEXT in "".join(pieces)


@pytest.mark.parametrize(
    "script",
    [
        [whole(None, refusal="I won't.")],
        [streamed(TEXT, finish_reason="length")],
        [whole("")],
        [streamed("no"), streamed("still no")],
        [BUSY, BUSY, BUSY, BUSY],
        [Answer(429, {"error": {"message": "daily limit"}}, headers={"retry-after": "9999"})],
        [Answer(events=[chunk({"content": "{"}), DONE])] * 4,
        [refused(401, "bad key")],
        [refused(404, "The model does not exist", code="model_not_found")],
        [NO_SCHEMA, NO_SCHEMA, refused(400, "I do not like this prompt")],
    ],
)
def test_replay_fails_as_the_recorded_prompt_failed(script: Sequence[Answer]) -> None:
    """A bug report about a failed draft shows its error again, with the same words and exit code."""
    error, recording = record(*script)
    assert isinstance(error, AnswerError | EndpointError)
    with pytest.raises((AnswerError, EndpointError)) as caught:
        ReplayEngine([recording]).complete(PROMPT, lambda _: None)
    assert type(caught.value) is type(error)
    assert str(caught.value) == str(error)
    assert caught.value.exchanges == error.exchanges


def test_completion_survives_its_json() -> None:
    """Nothing of what came back is lost in the state of an inbox."""
    completion, _ = record(BUSY, streamed("no"), streamed(TEXT))
    assert isinstance(completion, Completion)
    for exchange in completion.exchanges:
        text = json.dumps(exchange_to_dict(exchange), ensure_ascii=False)
        assert exchange_from_dict(json.loads(text)) == exchange


def test_recording_tells_a_reader_who_was_asked_and_when() -> None:
    """Whoever opens a fixture sees first where it comes from, and never a key."""
    _, recording = record(streamed(TEXT))
    content = recording_to_dict(recording)
    assert list(content)[:5] == ["format", "prompt", "origin", "model", "host"]
    assert (content["origin"], content["model"], content["recorded"]) == ("loopback", "m-1", "2024-05-01")
    assert content["host"].startswith("127.0.0.1:")
    assert KEY not in json.dumps(content)


def test_prompts_are_matched_by_name_and_order() -> None:
    """A draft with a revision replays both rounds."""
    revise = replace(PROMPT, name="revise")
    second = json.dumps(ANSWER | {"title": "second"})
    engine = ReplayEngine(
        [
            record(streamed(TEXT), prompt=revise)[1],
            record(streamed(TEXT))[1],
            record(streamed(second))[1],
        ]
    )
    titles = [engine.complete(prompt, lambda _: None).answer["title"] for prompt in (PROMPT, PROMPT, revise)]
    assert titles == ["acme opens its model", "second", "acme opens its model"]
    with pytest.raises(RecordingError, match="nothing \\(more\\) is recorded"):
        engine.complete(revise, lambda _: None)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"parts": {**PROMPT.parts, "article": "It says Y."}}, "in article;"),
        ({"parts": {**PROMPT.parts, "exemplar 1": "A note."}}, "in exemplar 1 \\(new\\);"),
        ({"parts": {"system": "Write a note."}}, "in article \\(gone\\);"),
        ({"parts": {"system": "Write two.", "article": "It says Y."}}, "in system, article;"),
        ({"schema": {"type": "object"}}, "in schema;"),
        ({"messages": (Message("user", "The article says X."),)}, "in messages;"),
    ],
)
def test_replay_says_which_part_of_the_prompt_changed(changed: dict[str, object], named: str) -> None:
    """Who edits a template learns which recordings it outdates, and the command that renews them."""
    _, recording = record(streamed(TEXT))
    prompt = replace(PROMPT, **changed)
    with pytest.raises(RecordingError, match=named) as caught:
        ReplayEngine([recording], Path("cases/acme")).complete(prompt, lambda _: None)
    assert "enrich draft --replay cases/acme --record cases/acme" in str(caught.value)


def test_recording_that_ends_too_early_says_so() -> None:
    """A recording whose repair round is missing is not replayed as if it had one."""
    _, recording = record(streamed("no"), streamed(TEXT))
    short = replace(recording, exchanges=recording.exchanges[:1])
    with pytest.raises(RecordingError, match="ends before the answer"):
        ReplayEngine([short]).complete(PROMPT, lambda _: None)


def test_completion_of_the_embedded_engine_is_replayed_as_it_was() -> None:
    """A draft that no model wrote replays too."""
    made = Completion(TEXT, ANSWER, "extractive", Usage(), "stop", "embedded", "extractive")
    recording = _saved(PROMPT, (), made)
    assert recording.origin == "extractive"
    assert ReplayEngine([recording]).complete(PROMPT, lambda _: None) == made


def test_recordings_of_a_folder_are_read_in_order(tmp_path: Path) -> None:
    """A fixture is a folder of numbered files."""
    for number, title in ((2, "second"), (1, "first")):
        _, recording = record(streamed(json.dumps(ANSWER | {"title": title})))
        text = json.dumps(recording_to_dict(recording))
        (tmp_path / f"{number:02d}-draft.json").write_text(text, "utf-8")
    (tmp_path / "notes.json").write_text("{}", "utf-8")
    engine = ReplayEngine(read_recordings(tmp_path))
    assert [engine.complete(PROMPT, lambda _: None).answer["title"] for _ in range(2)] == ["first", "second"]


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"format": 9}', '{"format": 1, "prompt": "draft"}', '{"format": 1, "x": 1}']
)
def test_damaged_recordings_are_named(tmp_path: Path, content: str) -> None:
    """A broken fixture is told by its file's name, not by a traceback."""
    (tmp_path / "01-draft.json").write_text(content, "utf-8")
    with pytest.raises(RecordingError, match=r"01-draft\.json: is not a recording"):
        read_recordings(tmp_path)


def test_folder_without_recordings_is_named(tmp_path: Path) -> None:
    """A wrong folder after --replay is told at once."""
    with pytest.raises(RecordingError, match="holds no recording"):
        read_recordings(tmp_path)
