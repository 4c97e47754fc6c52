"""The Batch API of an endpoint: many requests in one file, answered within a day at half the price.

A request is sent with those of other drafts, and its answer is read when it is there: `BatchEngine` asks a prompt
through the same conversation as `enrich.llm.client.LiveEngine`, and raises `WaitingError` where the answer is not there
yet. So a refused parameter, an invalid answer and a second reader mean what they mean live; each takes one batch more.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

import httpx2
from msgspec import Struct
from openai import APIError, Omit

from enrich.errors import UsageError
from enrich.llm.budget import ANSWER_TOKENS, Meter
from enrich.llm.capabilities import CapabilityStore
from enrich.llm.clock import Clock
from enrich.llm.completion import Completion, EndpointError, Exchange, Failure, Prompt, Usage, WaitingError
from enrich.llm.conversation import hold_conversation
from enrich.llm.diagnosis import Stop, describe_failure, diagnose
from enrich.llm.endpoint import Endpoint
from enrich.llm.failure import failure_of, said_error
from enrich.llm.kept import Replies, ask_once
from enrich.llm.transport import Collected, HttpTransport, NotJsonError
from enrich.text.json_text import mend_halves

Read = TypeVar("Read")
HALF = 0.5
"""Of the price: what providers ask for a batch (OpenAI's and its kin's price lists, 2026)."""
MOST_REQUESTS = 200
"""Of one batch. By hand: providers take 50,000, but the answers come as one file, which is read as a whole."""
_WHAT = "/v1/chat/completions"
_WITHIN = "24h"
"""The only window that there is."""
_OVER = ("completed", "expired", "cancelled", "failed")
_LISTED = 100
"""Batches that are looked through for one whose number was lost: as many as a page of the list has."""


class Answers(Protocol):
    """Where requests wait and answers are kept, for one entry."""

    def answer(self, key: str) -> Mapping[str, Any] | None:
        """The line of the batch's output for the request ``key``; None when there is none yet."""
        ...

    def want(self, key: str, request: Mapping[str, Any]) -> None:
        """Have the request asked with the next batch."""
        ...


class BatchEngine:
    """Answers prompts from batches (implements `Engine`)."""

    def __init__(
        self, endpoint: Endpoint, memory: Path | None, answers: Answers, meter: Meter, replies: Replies | None = None
    ) -> None:
        """``replies``: where what was read is kept, with what a live engine was answered.

        Answers are bounded whether or not a budget is given: days lie between asking and reading, and who collects
        without one would otherwise ask for something else.
        """
        self.endpoint = replace(endpoint, max_tokens=ANSWER_TOKENS)
        self.memory, self.answers, self.meter = memory, answers, meter
        self.replies = replies

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """The model's answer; WaitingError where a batch is to bring it. Else raises what `LiveEngine` raises."""
        clock = Clock()
        store = CapabilityStore(self.memory, date.fromtimestamp(clock.now())) if self.memory else None
        transport = _Answered(self.endpoint, self.answers, self.meter)
        return ask_once(
            prompt,
            self.replies,
            transport,
            lambda through: hold_conversation(prompt, self.endpoint, store, through, on_text),
            self.meter,
            HALF,
        )


class _Answered(Struct, frozen=True):
    """Gives what was answered in place of asking (implements `Transport`)."""

    endpoint: Endpoint
    answers: Answers
    meter: Meter

    def begin(self) -> None:
        """Nothing: the answer is there or not."""

    def sleep(self, seconds: float) -> None:
        """Nothing: what failed was tried again in batches already."""

    def chance(self) -> float:
        """No jitter."""
        return 0.0

    def may_go_on(self, seconds: float) -> bool:  # noqa: ARG002 - of the protocol
        """Never: a second try would be given the same."""
        return False

    def send(self, request: Mapping[str, Any], waited: float, on_text: Callable[[str], None]) -> Exchange:
        """What came back for the request; WaitingError where that is still to come, BudgetError where it may not be."""
        asked = {key: value for key, value in request.items() if key not in ("stream", "stream_options")}
        key = key_of(asked)
        line = self.answers.answer(key)
        ticket = self.meter.admit(asked, HALF)
        if line is None:
            self.meter.settle(ticket, None, Usage(), {})
            self.answers.want(key, asked)
            raise WaitingError("its answer is asked for in a batch; enrich inbox collect fetches it")
        collected = Collected(on_text)
        failure = _failure_of(line)
        if failure is None:
            collected.absorb(line["response"]["body"])
            failure = collected.failure
        reply = None if failure and collected.is_empty else collected.reply()
        self.meter.settle(ticket, failure, collected.usage, {})
        secret = self.endpoint.secret
        return Exchange(asked, secret.remove(reply), secret.remove(failure), 0.0, waited, self.endpoint.host)


def key_of(request: Mapping[str, Any]) -> str:
    """The same for the same request, whichever model it goes to: its answer is paid for, though the setting changes."""
    asked = {name: value for name, value in request.items() if name != "model"}
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _failure_of(line: Mapping[str, Any]) -> Failure | None:
    """Why a line of a batch's files holds no answer; None for one that does."""
    response = line.get("response")
    body = response.get("body") if isinstance(response, Mapping) else None
    status = response.get("status_code") if isinstance(response, Mapping) else None
    if isinstance(body, Mapping) and status == httpx2.codes.OK and "choices" in body:
        return None
    said = line.get("error") or (body.get("error") if isinstance(body, Mapping) else None) or "gives no answer"
    failure = said_error("status", said)
    return Failure("status", failure.message, status if isinstance(status, int) else None, failure.code, failure.param)


def is_passing(line: Mapping[str, Any]) -> bool:
    """Whether the same request may be answered in another batch: the batch expired, or the server had no room."""
    failure = _failure_of(line)
    if failure is None:
        return False
    status = failure.status
    return failure.code in ("batch_expired", "batch_cancelled") or status is None or status >= 500 or status == 429


class BatchState(Struct, frozen=True):
    """How far a batch is."""

    status: str
    """As the endpoint calls it: ``in_progress``, ``completed``, ``expired`` …"""
    files: tuple[str, ...] = ()
    """Ids of the files with answers and errors."""
    told: str = ""
    """What went wrong with the whole of it."""
    done: int = 0
    total: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.status in _OVER


class UnknownError(EndpointError):
    """The endpoint has nothing under that address."""


class BatchTransport(HttpTransport):
    """Files and batches of an endpoint. Everything raises EndpointError where the endpoint does not do it."""

    def submit(self, requests: Mapping[str, Mapping[str, Any]], token: str) -> str:
        """Send requests by their names as one batch; its id. ``token`` is kept with it, to find it by."""
        lines = (
            json.dumps({"custom_id": name, "method": "POST", "url": _WHAT, "body": mend_halves(request)})
            for name, request in requests.items()
        )
        data = "\n".join(lines).encode() + b"\n"
        files, batches = self._client.files.with_streaming_response, self._client.batches.with_streaming_response
        file = self._ask(files.create, self._id, file=(f"{token}.jsonl", data, "application/jsonl"), purpose="batch")
        return self._ask(
            batches.create,
            self._id,
            input_file_id=file,
            endpoint=_WHAT,
            completion_window=_WITHIN,
            metadata={"enrich": token},
        )

    def state(self, batch: str) -> BatchState:
        """How far the batch is; UsageError where the endpoint knows none of that id."""
        try:
            return self._ask(self._client.batches.with_streaming_response.retrieve, self._state, batch_id=batch)
        except UnknownError as error:
            raise UsageError(
                f"batch {batch}: {self.endpoint.host} knows none of that name; set ENRICH_BASE_URL and the key to "
                "those that it was submitted with"
            ) from error

    def find(self, token: str) -> str:
        """The id of the batch that was sent with ``token``; empty where there is none among the newest."""

        def read(response: httpx2.Response) -> str:
            rows = self._object(response).get("data")
            found = (row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, Mapping))
            mine = (row for row in found if (row.get("metadata") or {}).get("enrich") == token)
            return next((str(row.get("id", "")) for row in mine), "")

        return self._ask(self._client.batches.with_streaming_response.list, read, limit=_LISTED)

    def lines(self, file: str) -> Sequence[Mapping[str, Any]]:
        """The lines of a file with answers; those that are no JSON objects are left out."""

        def read(response: httpx2.Response) -> list[Mapping[str, Any]]:
            rows = []
            for line in response.read().splitlines():
                try:
                    row = self._read(line)
                except ValueError:
                    continue
                if isinstance(row, Mapping):
                    rows.append(row)
            return rows

        return self._ask(self._client.files.with_streaming_response.content, read, file_id=file)

    def _ask(self, create: Callable[..., Any], read: Callable[[httpx2.Response], Read], **given: Any) -> Read:
        self.begin()
        headers: dict[str, Any] = {"Accept-Encoding": "identity"}  # as for a chat
        if not self.endpoint.api_key:
            headers["Authorization"] = Omit()
        try:
            with create(**given, extra_headers=headers) as response:
                return read(response.http_response)
        except NotJsonError as error:
            raise EndpointError(
                f"{self.endpoint.host}: {error}; it has no Batch API, so draft without --batch"
            ) from error
        except (APIError, httpx2.HTTPError) as error:
            failure = self.endpoint.secret.remove(failure_of(error, self.clock.now()))
            found = diagnose(failure, {})
            if isinstance(found, Stop) and failure.status not in (404, 405, 501):
                raise EndpointError(f"{self.endpoint.host}: {found.fact}; {found.remedy}") from error
            remedy = "run the command again later, or draft without --batch where it has no Batch API"
            kind = UnknownError if failure.status == httpx2.codes.NOT_FOUND else EndpointError
            raise kind(f"{self.endpoint.host}: {describe_failure(failure)}; {remedy}") from error

    def _object(self, response: httpx2.Response) -> Mapping[str, Any]:
        try:
            body = self._read(response.read())
        except ValueError:
            body = None
        if not isinstance(body, Mapping):
            raise NotJsonError("answers with something that is no JSON object")
        return body

    def _id(self, response: httpx2.Response) -> str:
        found = self._object(response).get("id")
        if not isinstance(found, str) or not found:
            raise NotJsonError("gives a file or a batch no id")
        return found

    def _state(self, response: httpx2.Response) -> BatchState:
        body = self._object(response)
        files = (body.get("output_file_id"), body.get("error_file_id"))
        errors, counts = body.get("errors"), body.get("request_counts")
        rows = errors.get("data") if isinstance(errors, Mapping) else None
        told = [said_error("status", row).message for row in (rows if isinstance(rows, list) else ())]
        counts = counts if isinstance(counts, Mapping) else {}
        numbers = [
            value if isinstance(value := counts.get(key), int) else 0 for key in ("completed", "failed", "total")
        ]
        return BatchState(
            str(body.get("status", "")),
            tuple(file for file in files if isinstance(file, str) and file),
            "; ".join(told),
            numbers[0] + numbers[1],
            numbers[2],
        )
