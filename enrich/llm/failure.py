"""The openai client's errors as `Failure`: what the endpoint said, in whichever of many shapes it said it."""

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError

from enrich.llm.completion import Failure, FailureKind
from enrich.text.json_text import read_json
from enrich.text.pattern import lazy_pattern
from enrich.text.quoted import quote

LONGEST_MESSAGE = 2_000
"""Characters of what an endpoint said. By hand: providers put the cause behind a page of advice; a recording keeps
it."""
LONGEST_CODE = 100
"""Characters of a code and of the parameter that is meant. By hand: both are names."""
_NUMBER = lazy_pattern(r"\[Errno -?\d+\] ?")


class TooLargeError(httpx2.ReadError):
    """More bytes or characters than any answer has."""


class CompressedError(httpx2.ReadError):
    """A body that can be of any size once it is unpacked."""


def failure_of(error: APIError | httpx2.HTTPError, now: float) -> Failure:
    """What ``error`` says. ``now`` (seconds since 1970) is what a date in `Retry-After` is counted from."""
    if isinstance(error, APIStatusError):
        return _refused(error, now)
    cause = error.__cause__ if isinstance(error, APIConnectionError) and error.__cause__ else error
    words = quote(_NUMBER.sub("", str(cause)), LONGEST_MESSAGE) or type(cause).__name__
    if isinstance(cause, TooLargeError | httpx2.SSEError):
        return Failure("size", words)
    if isinstance(cause, CompressedError):
        return Failure("stream", words, code="not_json")
    if isinstance(error, APITimeoutError) or isinstance(cause, httpx2.TimeoutException):
        return Failure("timeout", f"no answer in time ({words})")
    if isinstance(error, APIError) and not isinstance(error, APIConnectionError):
        return said_error("stream", error.body or error.message)
    if isinstance(cause, httpx2.ReadError | httpx2.RemoteProtocolError):
        return Failure("stream", f"the connection broke ({words})")
    code = "certificate" if "CERTIFICATE" in words else ""
    return Failure("connection", f"no connection ({words})", code=code)


def _refused(error: APIStatusError, now: float) -> Failure:
    status, response = error.status_code, error.response
    said = said_error("status", _body_of(response) or response.reason_phrase)
    where = response.extensions.get("moved_to", "")
    message = f"moved to {where}" if 300 <= status < 400 and where else said.message
    return Failure(
        "status",
        message,
        status=status,
        code=said.code,
        param=said.param,
        retry_after=retry_after(response.headers, now),
    )


def _body_of(response: httpx2.Response) -> object:
    """What an error is told in: an object of the body, under ``error`` or as it is, or the body's text."""
    try:
        body = read_json(response.content)
    except ValueError:
        return response.text.strip()
    return (body.get("error") or body) if isinstance(body, Mapping) else body


def said_error(kind: FailureKind, body: object) -> Failure:
    """The error object (or text) of a response or a stream; a code that is an HTTP status counts as one."""
    if not isinstance(body, Mapping):
        return Failure(kind, quote(_flat(body), LONGEST_MESSAGE))
    code = body.get("code") or body.get("type") or ""
    status = int(code) if len(str(code)) == 3 and str(code).isdecimal() else 0
    return Failure(
        kind,
        _words(body),
        status=status if 400 <= status <= 599 else None,
        code=quote(str(code), LONGEST_CODE),
        param=quote(str(body.get("param") or ""), LONGEST_CODE),
    )


def _words(body: Mapping[str, Any]) -> str:
    """The human part of an error object; what an upstream provider said follows it."""
    said = next((body[key] for key in ("message", "detail", "error", "msg") if body.get(key)), body)
    upstream = body["metadata"].get("raw") if isinstance(body.get("metadata"), Mapping) else None
    parts = [said, upstream, body.get("innererror"), body.get("failed_generation")]
    return quote(" ".join(_flat(part) for part in parts if part), LONGEST_MESSAGE)


def _flat(part: object) -> str:
    return part if isinstance(part, str) else json.dumps(part, ensure_ascii=False)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds to wait by `Retry-After-Ms` or `Retry-After` (seconds or a date); None when neither can be read."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * unit
        except ValueError:
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    try:
        return max(0.0, parsedate_to_datetime(headers.get("retry-after", "")).timestamp() - now)
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return None
