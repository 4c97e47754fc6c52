"""Vectors of texts from an OpenAI-compatible endpoint: what lets notes be compared by meaning."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from enrich.errors import ModelError
from enrich.llm.budget import Meter
from enrich.llm.completion import Exchange, Failure
from enrich.llm.diagnosis import Stop, describe_failure, diagnose
from enrich.llm.endpoint import Endpoint
from enrich.llm.retry import try_patiently
from enrich.llm.transport import Clock, HttpTransport, NotJsonError
from enrich.text.quoted import quote

LONGEST_TEXT = 4_000
"""Characters: models read a few thousand tokens at most, and in Chinese a character is one."""
TEXTS_AT_ONCE = 32
"""In one request. By hand: a failure costs no more than that, and servers limit what they take at once."""


def ask_vectors(
    texts: Sequence[str], endpoint: Endpoint, clock: Clock, meter: Meter | None = None
) -> list[Sequence[float]]:
    """A vector for each text, in order. ModelError when the endpoint gives none; long texts are cut."""
    vectors: list[Sequence[float]] = []
    with HttpTransport(endpoint, clock, meter) as transport:
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            vectors += _ask(transport, [text[:LONGEST_TEXT] for text in texts[start : start + TEXTS_AT_ONCE]])
    return vectors


def _ask(transport: HttpTransport, texts: Sequence[str]) -> list[Sequence[float]]:
    endpoint = transport.endpoint
    request = {"model": endpoint.model, "input": list(texts), "encoding_format": "float"}
    vectors: list[Sequence[float]] = []

    def read(body: object) -> None:
        vectors[:] = read_vectors(body, len(texts))

    def send(waited: float) -> Exchange:
        return transport.send_texts(request, waited, read)

    transport.begin()
    exchange = try_patiently(send, endpoint.patience, transport)[-1]
    if exchange.failure is not None:
        raise ModelError(f"embeddings of {quote(endpoint.model, 80)}: {_words(exchange.failure, request)}")
    return vectors


def read_vectors(body: object, count: int) -> list[Sequence[float]]:
    """The vectors of a response by their index. NotJsonError when they are not ``count`` of one length."""
    rows = body.get("data") if isinstance(body, Mapping) else None
    vectors = dict(_rows(rows)) if isinstance(rows, list) else {}
    if sorted(vectors) != list(range(count)):
        raise NotJsonError(f"answers with {len(vectors)} vectors for {count} texts")
    if len({len(vector) for vector in vectors.values()}) != 1 or not vectors[0]:
        raise NotJsonError("answers with vectors that are not of one length")
    return [vectors[number] for number in range(count)]


def _rows(rows: Sequence[Any]) -> Iterator[tuple[int, Sequence[float]]]:
    for place, row in enumerate(rows):
        vector = row.get("embedding") if isinstance(row, Mapping) else None
        if isinstance(vector, list) and all(map(_is_number, vector)):
            number = row.get("index")
            yield number if isinstance(number, int) else place, vector


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _words(failure: Failure, request: Mapping[str, Any]) -> str:
    """What went wrong and what helps, in words that fit an endpoint that is asked for vectors."""
    found = diagnose(failure, request)
    if isinstance(found, Stop) and found.setting:
        return f"{found.fact}; {found.remedy.replace('ENRICH_MODEL', 'ENRICH_EMBEDDINGS')}"
    return f"{describe_failure(failure)}; try again later, or choose another model (ENRICH_EMBEDDINGS)"
