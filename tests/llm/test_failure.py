"""Failures: what endpoints say, in the many shapes in which they say it."""

from datetime import UTC, datetime

import pytest

from enrich.llm.failure import retry_after, said_error

NOW = datetime(2024, 5, 1, 12, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "7"}, 7.0),
        ({"retry-after": "Wed, 01 May 2024 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Wed, 01 May 2024 11:00:00 GMT"}, 0.0),
        ({"retry-after": "later"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_each_of_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    """An endpoint that says when to come back is asked then, and not before."""
    assert retry_after(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"message": "slow down"}, "slow down"),
        ("'response_format.type' must be 'text'", "'response_format.type' must be 'text'"),
        ({"message": {"detail": [{"loc": ["body", "max_tokens"]}]}}, '{"detail": [{"loc": ["body", "max_tokens"]}]}'),
        ({"detail": "Not Found"}, "Not Found"),
        ({"message": "Provider returned error", "metadata": {"raw": "context too long"}}, "error context too long"),
        ({"strange": 1}, '{"strange": 1}'),
    ],
)
def test_words_are_found_in_every_error_body(body: object, words: str) -> None:
    """Whatever an endpoint says reaches the user, wherever in the body it says it."""
    assert words in said_error("status", body).message


def test_code_that_is_a_status_counts_as_one() -> None:
    """An overload that is reported inside of a stream is told from a mistake in the request."""
    assert said_error("stream", {"message": "overloaded", "code": 502}).status == 502
    assert said_error("stream", {"message": "busy", "code": "429"}).status == 429
    assert said_error("stream", {"message": "no", "code": "invalid"}).status is None


def test_long_error_bodies_are_clipped() -> None:
    """An error page of a proxy does not fill the run folder."""
    assert len(said_error("status", "x" * 100_000).message) < 2_100
