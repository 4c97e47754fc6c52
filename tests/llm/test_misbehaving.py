"""Endpoints that break every rule: each ends in an answer or in an error with a remedy, soon, and without the key."""

import json
from pathlib import Path

import pytest
from msgspec.structs import asdict

from enrich.errors import ModelError
from enrich.llm.completion import AnswerError, Completion, EndpointError
from enrich.llm.embedding import ask_vectors
from enrich.llm.endpoint import Endpoint, Patience
from tests.llm.misbehaving import ECHOES, FAULTS, LATE, Wire, chunk, misbehaving, spellings, whole
from tests.llm.samples import KEY, PROMPT, Naps, engine

SHORT = Patience(tries=2, total=5.0, connect=2.0, read=2.0, answer=2.0)
BRIEF = Patience(tries=2, total=5.0, connect=0.5, read=0.5, answer=0.4)


def held(url: str, patience: Patience, memory: Path | None = None) -> Completion | AnswerError | EndpointError:
    """What a conversation with the endpoint comes to."""
    try:
        return engine(url, patience=patience, memory=memory).complete(PROMPT, lambda _: None)
    except (AnswerError, EndpointError) as error:
        return error


def told(outcome: Completion | AnswerError | EndpointError) -> str:
    """Everything of it that is shown or written."""
    rows = [json.dumps(asdict(exchange), ensure_ascii=False, default=str) for exchange in outcome.exchanges]
    answer = json.dumps(outcome.answer, ensure_ascii=False) if isinstance(outcome, Completion) else str(outcome)
    return "\n".join([*rows, answer, repr(outcome)])


@pytest.mark.parametrize("name", LATE)
def test_one_deadline_ends_whatever_drips(name: str) -> None:
    """From the first byte of the headers on, no sign of life is waited for longer than an answer may take."""
    with misbehaving(LATE[name]) as url:
        outcome = held(url, BRIEF)
    assert isinstance(outcome, AnswerError)
    assert "no answer in time" in str(outcome)


@pytest.mark.parametrize("name", FAULTS)
def test_what_breaks_the_rules_is_an_error_with_a_remedy(name: str) -> None:
    """No answer of a server is a traceback, and none is longer than a message may be."""
    with misbehaving(FAULTS[name]) as url:
        outcome = held(url, SHORT)
    assert isinstance(outcome, AnswerError | EndpointError)
    assert "; " in str(outcome)
    assert len(str(outcome)) < 1_500
    assert str(outcome).isprintable()


@pytest.mark.parametrize("name", [*LATE, *FAULTS, *ECHOES])
def test_vectors_come_to_an_end_as_well(name: str) -> None:
    """What misbehaves when it is asked for vectors ends in a message too, without the key."""
    fault = {**LATE, **FAULTS, **ECHOES}[name]
    with misbehaving(fault) as url, pytest.raises(ModelError) as caught:
        ask_vectors(["x"], Endpoint(url, "e", KEY, patience=BRIEF if name in LATE else SHORT), Naps().clock())
    assert KEY.lower() not in str(caught.value).lower()
    assert len(str(caught.value)) < 1_500


@pytest.mark.parametrize("name", ECHOES)
def test_a_key_that_comes_back_goes_no_further(name: str, tmp_path: Path) -> None:
    """In whichever place an endpoint repeats the key, it is in no text, no recording, no error and no memory."""
    memory = tmp_path / "endpoints.json"
    with misbehaving(ECHOES[name]) as url:
        text = told(held(url, SHORT, memory))
    text += memory.read_text("utf-8") if memory.exists() else ""
    assert not [way for way, spelled in spellings(KEY).items() if spelled.lower() in text.lower()]


@pytest.mark.parametrize("way", spellings(KEY))
@pytest.mark.parametrize("place", ["answer", "reasoning_content", "refusal", "finish", "model", "error"])
def test_a_key_in_disguise_goes_no_further(place: str, way: str) -> None:
    """Escapes, encodings and characters that do not show do not carry the key past us."""
    spelled = spellings(KEY)[way]

    def fault(wire: Wire) -> None:
        said = f"before {spelled} after"
        if place == "error":
            wire.body({"error": {"message": said, "code": spelled, "param": spelled}}, "400 No")
        elif place == "finish":
            wire.body(whole(wire.answer(), said))
        elif place == "model":
            wire.events(chunk(content=wire.answer(), model=said), chunk("stop", model=said))
        else:
            text = wire.answer(said if place == "answer" else "x")
            wire.events(chunk(content=text, **({} if place == "answer" else {place: said})), chunk("stop"))

    with misbehaving(fault) as url:
        text = told(held(url, SHORT))
    assert spelled.lower() not in text.lower()
    assert KEY.lower() not in text.lower()
    assert "‹key›" in text


def test_tries_share_the_time_of_an_answer() -> None:
    """A server that fails slowly, again and again, is not given the time anew with each try."""
    asked: list[int] = []

    def fault(wire: Wire) -> None:
        asked.append(1)
        LATE["a header in drops"](wire)

    with misbehaving(fault) as url:
        outcome = held(url, Patience(tries=9, total=99.0, read=0.3, answer=0.3))
    assert "given up after 1 try" in str(outcome)
    assert len(asked) == 1
