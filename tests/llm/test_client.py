"""The live engine against an endpoint on loopback, over real HTTP."""

import json
import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict, replace

from enrich.llm.completion import AnswerError, EndpointError, Usage
from enrich.llm.endpoint import Patience
from tests.llm.endpoint import DONE, Answer, chunk, endpoint, refused, streamed, whole
from tests.llm.samples import ANSWER, KEY, PROMPT, SCHEMA, TEXT, Naps, ask, engine


def test_streamed_answer_becomes_a_completion() -> None:
    """The everyday case: schema asked for, answer streamed, tokens counted."""
    pieces: list[str] = []
    with endpoint(streamed(TEXT)) as server:
        completion = engine(server.url).complete(PROMPT, pieces.append)
    assert completion.answer == ANSWER
    assert completion.text == "".join(pieces) == TEXT
    assert completion.usage == Usage(100, 20)
    assert completion.usage.total_tokens == 120
    assert (completion.mode, completion.finish_reason, completion.tries) == ("json_schema", "stop", 1)
    assert (completion.model, completion.origin) == ("m-2026", "loopback")
    assert completion.host.startswith("127.0.0.1:")


def test_request_says_what_the_prompt_says() -> None:
    """Messages, model, schema and key go out as they were given, and nothing is sampled by our choice."""
    with endpoint(streamed(TEXT)) as server:
        ask(server.url)
    (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body["messages"] == [
        {"role": "system", "content": "Write a note."},
        {"role": "user", "content": "The article says X."},
    ]
    form = request.body["response_format"]
    assert form == {"type": "json_schema", "json_schema": {"name": "note", "strict": True, "schema": SCHEMA}}
    assert set(request.body) == {"model", "messages", "response_format", "stream", "stream_options"}


def test_settings_of_the_endpoint_are_sent() -> None:
    """A user who sets temperature and a token limit gets them."""
    with endpoint(streamed(TEXT)) as server:
        ask(server.url, temperature=0.3, max_tokens=900)
    body = server.requests[0].body
    assert (body["temperature"], body["max_tokens"]) == (0.3, 900)


def test_endpoint_without_a_key_gets_no_authorisation() -> None:
    """A local server that wants no key is not sent an invented one."""
    with endpoint(streamed(TEXT)) as server:
        ask(server.url, key="")
    assert "authorization" not in server.requests[0].headers


def test_answer_in_one_piece_is_taken() -> None:
    """A server that does not stream although it was asked to still answers."""
    with endpoint(whole(TEXT)) as server:
        assert ask(server.url).answer == ANSWER


def test_ladder_ends_at_json_asked_for_in_words() -> None:
    """An endpoint that knows neither schemas nor JSON mode is told the schema in the instructions."""
    no = Answer(400, {"error": "'response_format.type' must be 'text'"})
    with endpoint(no, no, no, streamed(f"Sure!\n```json\n{TEXT}\n```")) as server:
        completion = ask(server.url)
    first, held, second, third = (request.body for request in server.requests)
    assert completion.mode == "text"
    assert first["response_format"]["type"] == "json_schema"
    assert held["response_format"] == {"type": "json_object", "schema": SCHEMA}
    assert second["response_format"] == {"type": "json_object"}
    assert "response_format" not in third
    for body in (held, second, third):
        assert json.dumps(SCHEMA) in body["messages"][0]["content"]
        assert body["messages"][1] == {"role": "user", "content": "The article says X."}


@pytest.mark.parametrize(
    ("refusal", "gone"),
    [
        (refused(400, "Unknown parameter: 'stream_options'.", param="stream_options"), {"stream_options"}),
        (refused(400, "Only the default is supported", param="temperature"), {"temperature"}),
        (refused(400, "verify to stream", param="stream", code="unsupported_value"), {"stream", "stream_options"}),
    ],
)
def test_refused_parameters_are_left_out(refusal: Answer, gone: set[str]) -> None:
    """A model that takes no temperature, or no streaming, drafts without."""
    answer = whole(TEXT) if "stream" in gone else streamed(TEXT)
    with endpoint(refusal, answer) as server:
        ask(server.url, temperature=0.3)
    first, second = (request.body for request in server.requests)
    assert set(first) - set(second) == gone


def test_token_limit_changes_its_name_once_then_goes() -> None:
    """Old and new servers name the limit differently; a server that knows neither name drafts without a limit."""
    no = [refused(400, "bad", param=name) for name in ("max_tokens", "max_completion_tokens")]
    with endpoint(*no, streamed(TEXT)) as server:
        ask(server.url, max_tokens=900)
    first, second, third = (set(request.body) for request in server.requests)
    assert "max_tokens" in first
    assert "max_completion_tokens" in second - first
    assert not {"max_tokens", "max_completion_tokens"} & third


def test_system_message_moves_where_the_role_is_unknown() -> None:
    """A chat template without a system role gets the instructions in front of the request."""
    with endpoint(refused(400, "System role not supported"), streamed(TEXT)) as server:
        ask(server.url)
    assert server.requests[1].body["messages"] == [{"role": "user", "content": "Write a note.\n\nThe article says X."}]


def test_what_an_endpoint_can_do_is_remembered(tmp_path: Path) -> None:
    """The second draft does not run into the same refusals again."""
    memory = tmp_path / "state" / "endpoints.json"
    no = refused(400, "This response_format type is unavailable now")
    with endpoint(no, streamed(TEXT), streamed(TEXT)) as server:
        ask(server.url, memory=memory)
        assert ask(server.url, memory=memory).tries == 1
    assert [request.body["response_format"]["type"] for request in server.requests[1:]] == ["json_object"] * 2


def test_a_local_server_is_held_to_the_schema_in_json_mode(tmp_path: Path) -> None:
    """Some servers refuse `json_schema` and hold a model to a schema that stands beside JSON mode."""
    memory = tmp_path / "endpoints.json"
    no = refused(422, "body.response_format.type: Input should be 'text' or 'json_object'")
    with endpoint(no, streamed(TEXT), streamed(TEXT)) as server:
        assert ask(server.url, memory=memory).mode == "json_object_schema"
        assert ask(server.url, memory=memory).mode == "json_object_schema"
    forms = [request.body["response_format"] for request in server.requests]
    assert forms[1:] == [{"type": "json_object", "schema": SCHEMA}] * 2


def test_a_refusal_of_a_schema_that_calls_itself_a_fault_is_not_waited_out() -> None:
    """llama-cpp-python answers 500 with its validation error: the next form is asked for at once, in every draft."""
    said = "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'input': 'json_schema'}]"
    naps = Naps()
    with endpoint(refused(500, said), streamed(TEXT)) as server:
        assert ask(server.url, naps=naps).mode == "json_object_schema"
    assert naps.slept == []


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_that_fails_over_a_schema_is_asked_with_one_again(tmp_path: Path, status: int) -> None:
    """A fault of the server, in words about the schema, may be gone tomorrow: only this answer does without."""
    memory = tmp_path / "endpoints.json"
    fault = refused(status, "json_schema: the grammar could not be compiled")
    with endpoint(fault, streamed(TEXT), streamed(TEXT)) as server:
        ask(server.url, memory=memory, patience=Patience(tries=1))
        assert ask(server.url, memory=memory).mode == "json_schema"
    assert not memory.exists()


def test_a_fault_and_a_refusal_of_one_answer_teach_nothing_about_schemas(tmp_path: Path) -> None:
    """What is refused after a fault was asked for only because of the fault; what else is refused is remembered."""
    memory = tmp_path / "endpoints.json"
    script = (
        refused(500, "json_schema: out of memory"),
        refused(400, "Unknown parameter: 'response_format.schema'.", param="response_format.schema"),
        refused(400, "Only the default is supported", param="temperature"),
        streamed(TEXT),
        streamed(TEXT),
    )
    with endpoint(*script) as server:
        assert ask(server.url, memory=memory, temperature=0.3).mode == "json_object"
        assert ask(server.url, memory=memory, temperature=0.3).mode == "json_schema"
    assert "temperature" not in server.requests[-1].body


def test_two_wrong_answers_end_with_what_was_given() -> None:
    """The message names two of the missing keys and how many more, once, and shows the answer."""
    keys = [f"key_{number}" for number in range(9)]
    schema = {"type": "object", "properties": {key: {} for key in keys}, "required": keys}
    with endpoint(streamed("{}"), streamed("{ }")) as server, pytest.raises(AnswerError) as caught:
        engine(server.url).complete(replace(PROMPT, schema=schema), lambda _: None)
    assert "the answer lacks 'key_0', 'key_1' and 7 more; the last was { }; choose another model" in str(caught.value)
    repair = server.requests[1].body["messages"][-1]["content"]
    assert repair.count("lacks") == 1
    assert all(repr(key) in repair for key in keys)


def test_nothing_is_learned_from_what_did_not_help(tmp_path: Path) -> None:
    """A refusal that asking for less did not cure is no knowledge about the endpoint."""
    memory = tmp_path / "endpoints.json"
    no = refused(400, "This response_format type is unavailable now")
    with endpoint(no, no, refused(400, "bad luck")) as server, pytest.raises(AnswerError):
        ask(server.url, memory=memory)
    assert not memory.exists()


def test_passing_failures_are_waited_out() -> None:
    """Rate limits and overload end in a draft, after the time that the endpoint asked for or a growing one."""
    naps = Naps()
    slow = Answer(429, {"error": {"message": "slow down"}}, headers={"retry-after": "3"})
    busy = Answer(503, "busy", headers={"content-type": "text/plain"})
    with endpoint(slow, busy, busy, streamed(TEXT)) as server:
        completion = ask(server.url, naps=naps)
    assert naps.slept == [3.0, 2.0, 4.0]
    assert completion.tries == 4
    assert [exchange.waited for exchange in completion.exchanges] == [0.0, 3.0, 2.0, 4.0]
    assert completion.seconds >= 9.0


def test_tries_are_bounded() -> None:
    """An endpoint that stays busy is given up, with what it said and how long it was tried."""
    busy = Answer(503, {"error": {"message": "overloaded"}})
    with endpoint(*[busy] * 9) as server, pytest.raises(AnswerError, match=r"503: overloaded \(given up after 4 tries"):
        ask(server.url)
    assert len(server.requests) == 4


def test_total_time_is_bounded() -> None:
    """Waits that would go beyond the limit are not begun."""
    naps = Naps()
    slow = Answer(429, {"error": {"message": "slow down"}}, headers={"retry-after": "40"})
    with endpoint(*[slow] * 9) as server, pytest.raises(AnswerError, match="given up after 3 tries"):
        ask(server.url, naps=naps, patience=Patience(tries=9, total=100.0))
    assert naps.slept == [40.0, 40.0]


def test_wait_beyond_the_limit_stops_at_once() -> None:
    """Nobody sits for an hour before a terminal: the wait is named instead."""
    naps = Naps()
    later = Answer(429, {"error": {"message": "daily limit"}}, headers={"retry-after": "3600"})
    with endpoint(later) as server, pytest.raises(AnswerError, match="asks to wait 3,600 s") as caught:
        ask(server.url, naps=naps)
    assert naps.slept == []
    assert len(caught.value.exchanges) == 1


def test_server_that_is_not_there_is_named() -> None:
    """A local server that was not started is told from a model that fails."""
    with endpoint() as server:
        url = server.url
    with pytest.raises(AnswerError, match=r"no connection.*ENRICH_BASE_URL") as caught:
        ask(url, patience=Patience(tries=2))
    assert "Errno" not in str(caught.value)


def test_broken_streams_never_make_an_answer() -> None:
    """A connection that breaks in mid-answer is tried again; a whole-looking half is not taken."""
    half = [chunk({"content": TEXT})]
    with endpoint(Answer(events=half, breaks=True), Answer(events=[*half, DONE]), streamed(TEXT)) as server:
        completion = ask(server.url)
    assert completion.tries == 3
    kinds = [exchange.failure and exchange.failure.kind for exchange in completion.exchanges]
    assert kinds == ["stream", "stream", None]
    assert completion.exchanges[0].reply is not None
    assert completion.exchanges[0].reply.text == TEXT


@pytest.mark.parametrize(
    "event",
    [
        {"error": {"message": "the engine died", "code": 500}},
        "data: {half a chunk\n\n",
        "data: \ud83d\n\n".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_errors_in_mid_stream_are_tried_again(event: object) -> None:
    """What goes wrong behind a status of 200 is noticed too."""
    with endpoint(Answer(events=[chunk({"content": "{"}), event]), streamed(TEXT)) as server:
        assert ask(server.url).answer == ANSWER


def test_silent_server_is_given_up() -> None:
    """A server that accepts the request and says nothing ends in a message, not in a hang."""
    release = threading.Event()
    silent = Answer(events=[chunk({"content": "{"}), DONE], release=release)
    with endpoint(silent) as server:
        try:
            with pytest.raises(AnswerError, match="no answer in time"):
                ask(server.url, patience=Patience(tries=1, read=0.2))
        finally:
            release.set()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (whole(None, refusal="I won't."), "refused: I won't."),
        (streamed(TEXT, finish_reason="length"), "cut off after 20 tokens"),
        (streamed(TEXT, finish_reason="content_filter"), "content filter"),
        (whole(""), "empty"),
        (Answer(body={"choices": []}), "empty"),
        (Answer(body={"choices": None}), "empty"),
    ],
)
def test_no_note_is_made_from_what_is_no_answer(answer: Answer, words: str) -> None:
    """Refusals, cut-off and empty answers end in exit 5, with what was said kept for the run folder."""
    with endpoint(answer) as server, pytest.raises(AnswerError, match=words) as caught:
        ask(server.url)
    assert caught.value.exit_code == 5
    assert len(caught.value.exchanges) == 1
    assert len(server.requests) == 1


def test_streamed_refusal_is_a_refusal() -> None:
    """A refusal that comes in pieces is put together and shown."""
    events = [chunk({"refusal": "I can't "}), chunk({"refusal": "help."}), chunk({}, "stop"), DONE]
    with endpoint(Answer(events=events)) as server, pytest.raises(AnswerError, match="refused: I can't help"):
        ask(server.url)


def test_wrong_json_is_repaired_once() -> None:
    """The model hears what is wrong with its answer and gets one more try."""
    with endpoint(streamed('{"title": "x", "link": "n9"}'), streamed(TEXT)) as server:
        completion = ask(server.url)
    *_, answer, request = server.requests[1].body["messages"]
    assert answer == {"role": "assistant", "content": '{"title": "x", "link": "n9"}'}
    assert 'link is "n9", not one of ["n1", "n2", null]' in request["content"]
    assert json.dumps(SCHEMA) in request["content"]
    assert completion.answer == ANSWER
    assert completion.usage == Usage(200, 40)


def test_json_that_stays_wrong_ends_the_draft() -> None:
    """Two wrong answers are enough; the reason is named and both are kept."""
    wrong = streamed('{"title": 1, "link": null}')
    with (
        endpoint(wrong, wrong) as server,
        pytest.raises(AnswerError, match="two answers are not valid: title is number") as caught,
    ):
        ask(server.url)
    assert len(caught.value.exchanges) == 2


def test_reasoning_is_kept_apart_from_the_answer() -> None:
    """What a reasoning model thinks aloud is recorded, and is no part of the note."""
    pieces: list[str] = []
    events = [chunk({"reasoning_content": "hm, "}), chunk({"reasoning": "yes"}), chunk({"content": TEXT}, "stop"), DONE]
    with endpoint(Answer(events=events)) as server:
        completion = engine(server.url).complete(PROMPT, pieces.append)
    reply = completion.exchanges[0].reply
    assert reply is not None
    assert (reply.reasoning, completion.text) == ("hm, yes", TEXT)
    assert pieces == ["hm, ", "yes", TEXT]


def test_content_in_parts_is_put_together() -> None:
    """Servers that send content as a list of parts are understood, thoughts left out."""
    parts = [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": TEXT}]
    with endpoint(whole(None, content=parts)) as server:
        assert ask(server.url).text == TEXT


def test_characters_cut_in_half_by_chunks_are_whole_again() -> None:
    """A rare character whose two halves come in different chunks does not break the run folder."""
    title = '{"title": "\\ud83d\\ude00", "link": null}'
    events: list[object] = [
        'data: {"choices": [{"delta": {"content": "\\ud83d"}}]}\n\n',
        'data: {"choices": [{"delta": {"content": "\\ude00"}}]}\n\n',
        chunk({"content": title}, "stop"),
        DONE,
    ]
    with endpoint(Answer(events=events)) as server:
        completion = ask(server.url)
    assert completion.text == "\U0001f600" + title
    assert completion.answer["title"] == "\U0001f600"


def test_usage_of_servers_with_their_own_place_for_it_is_read() -> None:
    """Tokens are reported where the endpoint counts them, wherever it puts the figures, and None where not."""
    groq = {"x_groq": {"usage": {"prompt_tokens": 7, "completion_tokens": 3}}}
    with endpoint(
        Answer(events=[chunk({"content": TEXT}, "stop", **groq), DONE]), streamed(TEXT, usage=None)
    ) as server:
        assert ask(server.url).usage == Usage(7, 3)
        assert ask(server.url).usage.total_tokens is None


@pytest.mark.parametrize(
    ("answer", "setting"),
    [
        (refused(401, f"Incorrect API key provided: {KEY}"), "ENRICH_API_KEY"),
        (refused(404, "The model `m-1` does not exist", code="model_not_found"), "ENRICH_MODEL"),
        (Answer(404, "404 page not found", headers={"content-type": "text/plain"}), "ENRICH_BASE_URL"),
        (Answer(200, "<html>hello</html>", headers={"content-type": "text/html"}), "ENRICH_BASE_URL"),
        (Answer(200, [1]), "ENRICH_BASE_URL"),
        (Answer(200, {"status": "ok"}), "ENRICH_BASE_URL"),
        (Answer(307, "", headers={"location": "https://elsewhere.example/v1"}), "ENRICH_BASE_URL"),
    ],
)
def test_wrong_settings_are_exit_3(answer: Answer, setting: str) -> None:
    """A user learns which setting is wrong after one request."""
    with endpoint(answer) as server, pytest.raises(EndpointError, match=setting) as caught:
        ask(server.url)
    assert caught.value.exit_code == 3
    assert len(server.requests) == 1


def test_environment_of_the_openai_client_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of another program on the machine do not leak into our requests."""
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "somebody-elses")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer somebody-elses")
    with endpoint(streamed(TEXT)) as server:
        ask(server.url)
    assert "somebody-elses" not in json.dumps(dict(server.requests[0].headers))
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_key_is_nowhere_but_in_the_request(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A server that repeats the key does not get it into errors, run folders, memory or logs."""
    caplog.set_level(logging.DEBUG)
    memory = tmp_path / "endpoints.json"
    echoes = [
        refused(400, f"{KEY}: unknown parameter stream_options", param="stream_options", code=KEY),
        streamed(f"no JSON but {KEY}"),
        refused(429, f"slow down, {KEY}"),
        refused(401, f"key {KEY} is bad"),
    ]
    with endpoint(*echoes) as server:
        live = engine(server.url, memory=memory)
        with pytest.raises(EndpointError) as caught:
            live.complete(PROMPT, lambda _: None)
    error = caught.value
    told: list[object] = [error, repr(error), live, live.endpoint, error.exchanges, caplog.text]
    told += [memory.read_text("utf-8"), [asdict(exchange) for exchange in error.exchanges]]
    told += [json.dumps(asdict(exchange), default=str) for exchange in error.exchanges]
    assert not any(KEY in str(thing) or KEY in repr(thing) for thing in told)
    assert KEY in server.requests[0].headers["authorization"]
    assert error.__context__ is None


def test_answer_without_end_is_stopped() -> None:
    """A model that never stops writing costs a message, not the machine's memory."""
    flood: list[object] = [chunk({"content": "x" * 100_000}) for _ in range(12)]
    with endpoint(Answer(events=flood)) as server, pytest.raises(AnswerError, match="longer than"):
        ask(server.url)
    assert len(server.requests) == 1


def test_endpoint_sees_no_compression_offered() -> None:
    """A compressed answer could be of any size, so none is asked for."""
    with endpoint(streamed(TEXT)) as server:
        ask(server.url)
    headers: Mapping[str, Any] = server.requests[0].headers
    assert headers["accept-encoding"] == "identity"
