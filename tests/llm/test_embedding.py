"""Vectors of texts from an endpoint on loopback, over real HTTP."""

from collections.abc import Sequence

import pytest

from enrich.errors import ModelError
from enrich.llm.embedder import EndpointEmbedder, Vector
from enrich.llm.embedding import LONGEST_TEXT, TEXTS_AT_ONCE
from enrich.llm.endpoint import Endpoint, Patience
from tests.llm.endpoint import Answer, endpoint, refused
from tests.llm.samples import KEY, Naps


def vectors(*rows: Sequence[float]) -> Answer:
    """An endpoint's answer with these vectors, the last one first: their order is not promised."""
    data = [{"object": "embedding", "index": number, "embedding": list(row)} for number, row in enumerate(rows)]
    return Answer(body={"object": "list", "model": "e", "data": data[::-1], "usage": {"prompt_tokens": 9}})


def embed(url: str, texts: Sequence[str], naps: Naps | None = None) -> list[Vector]:
    """Ask the endpoint, without waiting in earnest."""
    asked = Endpoint(url, "e-small", KEY, patience=Patience(tries=3, total=60.0))
    return EndpointEmbedder(asked, (naps or Naps()).clock()).embed(texts)


def test_texts_become_vectors_in_their_order() -> None:
    """Each text gets its own vector, and the request holds the model, the texts and the key."""
    with endpoint(vectors([1.0, 0.0], [0.0, 2.0])) as server:
        assert embed(server.url, ["one", "two"]) == [[1.0, 0.0], [0.0, 2.0]]
    (request,) = server.requests
    assert request.path == "/v1/embeddings"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body == {"model": "e-small", "input": ["one", "two"], "encoding_format": "float"}


def test_many_texts_go_in_several_requests_and_long_ones_are_cut() -> None:
    """No request is larger than endpoints take."""
    count = TEXTS_AT_ONCE + 2
    with endpoint(vectors(*([1.0],) * TEXTS_AT_ONCE), vectors([2.0], [3.0])) as server:
        found = embed(server.url, ["x" * 2 * LONGEST_TEXT] * count)
    assert found[-2:] == [[2.0], [3.0]]
    assert len(found) == count
    assert {len(text) for request in server.requests for text in request.body["input"]} == {LONGEST_TEXT}


def test_a_busy_endpoint_is_asked_again() -> None:
    """A limit on requests passes by itself."""
    naps = Naps()
    with endpoint(refused(429, "slow down"), vectors([1.0])) as server:
        assert embed(server.url, ["one"], naps) == [[1.0]]
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (refused(401, "Incorrect API key provided"), "ENRICH_API_KEY"),
        (refused(404, "The model `e-small` does not exist"), "set ENRICH_EMBEDDINGS to a model that the endpoint has"),
        (refused(400, f"bad request with {KEY}"), "‹key›"),
        (vectors([1.0], [2.0]), "2 vectors for 1 texts"),
        (Answer(body={"data": [{"embedding": "AACAPw=="}]}), "0 vectors for 1 texts"),
        (Answer(body={"data": [{"index": 0, "embedding": [float("nan")]}]}), "NaN is not JSON"),
        (Answer(body={"data": [{"index": 0, "embedding": []}]}), "not of one length"),
        (Answer(body=[]), "0 vectors for 1 texts"),
        (Answer(body="<html>", headers={"content-type": "text/html"}), "not JSON"),
    ],
)
def test_what_is_no_answer_is_an_error_with_a_remedy(answer: Answer, said: str) -> None:
    """Nothing but vectors of one length gets in, and the message says what to set; the key is never in it."""
    with endpoint(answer) as server, pytest.raises(ModelError, match=said) as raised:
        embed(server.url, ["one"])
    assert str(raised.value).startswith("embeddings of e-small: ")
    assert KEY not in str(raised.value)


def test_an_endpoint_that_is_not_there() -> None:
    """A local server that was not started is tried a few times and then told."""
    naps = Naps()
    with pytest.raises(ModelError, match="no connection"):
        embed("http://127.0.0.1:9/v1", ["one"], naps)


def test_where_the_texts_go() -> None:
    """A host elsewhere is named; this machine is none."""
    assert EndpointEmbedder(Endpoint("https://api.example.org/v1", "e")).destination == "api.example.org"
    assert EndpointEmbedder(Endpoint("http://localhost:11434/v1", "e")).destination == ""
