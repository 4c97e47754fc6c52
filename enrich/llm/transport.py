"""Requests over HTTP with the openai client: the only place of enrich that talks to a model.

Everything that comes back is read as plain JSON, not as the client's types: servers that call themselves compatible
leave out, add and misspell. It is read in one place, bounded and without the key; what is not an answer becomes a
`Failure`. Nothing of the client's own errors gets out.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self

import httpx2
from msgspec import Struct, field
from msgspec.structs import replace
from openai import APIError, APIResponse, APIStatusError, Omit, OpenAI

from enrich.llm.answer import MOST_CHARACTERS
from enrich.llm.budget import Meter, Ticket
from enrich.llm.clock import Clock as Clock
from enrich.llm.completion import Exchange, Failure, Reply, Usage
from enrich.llm.endpoint import Endpoint
from enrich.llm.failure import TooLargeError, failure_of, said_error
from enrich.llm.network import MOST_OF_BODY, BoundedTransport, Bounds, is_stream
from enrich.source.deadline import Deadline, OutOfTimeError
from enrich.text.json_text import mend_halves, read_json
from enrich.text.quoted import quote

LONGEST_NAME = 100
"""Characters of what an endpoint calls its model, or why an answer ended."""
MOST_TOKENS = 10**9
"""A count of more is none."""
_NOTHING = Usage(0, 0)
"""Of a request that costs nothing."""


class HttpTransport:
    """Sends requests to an endpoint. A context manager: connections are kept for the length of it."""

    def __init__(self, endpoint: Endpoint, clock: Clock, meter: Meter | None = None) -> None:
        """``meter`` paces the requests and counts them; without one there is nothing to share."""
        patience = endpoint.patience
        self.endpoint, self.clock, self.meter = endpoint, clock, meter or Meter()
        self._bounds = Bounds()
        self.begin()
        self._http = httpx2.Client(
            timeout=httpx2.Timeout(patience.read, connect=patience.connect),
            follow_redirects=False,
            transport=BoundedTransport(endpoint.base_url, self._bounds, endpoint.secret),
        )
        # The client fills what is None from the environment; enrich reads the environment in one place only.
        self._client = OpenAI(
            api_key=endpoint.api_key,
            admin_api_key="",
            base_url=endpoint.base_url,
            organization="",
            project="",
            webhook_secret="",
            max_retries=0,
            http_client=self._http,
            default_headers={"Authorization": f"Bearer {endpoint.api_key}"} if endpoint.api_key else {},
            _enforce_credentials=False,
        )
        self._client.organization = self._client.project = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._http.close()

    def begin(self) -> None:
        """From here on the time counts that an answer may take, however often it is asked for."""
        self._bounds.deadline = Deadline(self.endpoint.patience.answer, self.clock.monotonic)

    def sleep(self, seconds: float) -> None:
        """Wait between two tries."""
        self.clock.sleep(seconds)

    def chance(self) -> float:
        """A number in ``[0, 1)`` for the jitter."""
        return self.clock.chance()

    def may_go_on(self, seconds: float) -> bool:
        """Whether the answer's time is longer than the wait."""
        try:
            return self._bounds.deadline.remaining() > seconds
        except OutOfTimeError:
            return False

    def send(self, request: Mapping[str, Any], waited: float, on_text: Callable[[str], None]) -> Exchange:
        """One request for a chat's answer, however it ends."""
        collected = Collected(on_text)
        chat = self._client.chat.completions.with_streaming_response.create

        def receive(response: httpx2.Response) -> Usage:
            self._receive(response, collected)
            return collected.usage

        failure, seconds = self._exchange(chat, request, receive)
        failure = failure or collected.failure
        reply = None if failure and collected.is_empty else collected.reply()
        return self._clean(Exchange(request, reply, failure, seconds, round(waited, 3), self.endpoint.host))

    def send_texts(self, request: Mapping[str, Any], waited: float, on_body: Callable[[object], None]) -> Exchange:
        """One request for the vectors of texts, however it ends; ``on_body`` is given the JSON that came back.

        It raises `NotJsonError` when that is not what was asked for.
        """
        embeddings = self._client.embeddings.with_streaming_response.create

        def receive(response: httpx2.Response) -> Usage:
            body = self._json_of(response)
            on_body(body)
            return _usage(_mapping(body).get("usage"))

        failure, seconds = self._exchange(embeddings, request, receive)
        return self._clean(Exchange(request, None, failure, seconds, round(waited, 3), self.endpoint.host))

    def list_models(self) -> tuple[Failure | None, tuple[str, ...]]:
        """One request for the names of the endpoint's models."""
        names: list[str] = []

        def read(response: httpx2.Response) -> Usage:
            body = self._json_of(response)
            rows = body.get("data") if isinstance(body, Mapping) else None
            if not isinstance(rows, list):
                raise NotJsonError("answers with JSON that is no list of models")
            names.extend(
                quote(str(row["id"]), LONGEST_NAME) for row in rows if isinstance(row, Mapping) and "id" in row
            )
            return _NOTHING

        failure, _ = self._exchange(self._client.models.with_streaming_response.list, {}, read)
        return self.endpoint.secret.remove(failure), tuple(names)

    def _exchange(
        self, create: Any, request: Mapping[str, Any], read: Callable[[httpx2.Response], Usage]
    ) -> tuple[Failure | None, float]:
        """Send when it may be sent, and read what comes back; why that failed, and the seconds it took.

        BudgetError when it may not be sent at all.
        """
        ticket = self._admit(request)
        started = self.clock.monotonic()
        headers: dict[str, Any] = {"Accept-Encoding": "identity"}  # a compressed answer can be any size
        if not self.endpoint.api_key:
            headers["Authorization"] = Omit()
        failure, usage, said = None, Usage() if request else _NOTHING, httpx2.Headers()
        try:
            opened: AbstractContextManager[APIResponse[Any]] = create(**mend_halves(request), extra_headers=headers)
            with opened as response:
                said = response.http_response.headers
                usage = read(response.http_response)
        except NotJsonError as error:
            failure = Failure("stream", str(error), code="not_json")
        except (APIError, httpx2.HTTPError) as error:
            failure = failure_of(error, self.clock.now())
            said = error.response.headers if isinstance(error, APIStatusError) else said
        finally:
            self.meter.settle(ticket, failure, usage, said)
        return failure, round(self.clock.monotonic() - started, 3)

    def _admit(self, request: Mapping[str, Any]) -> Ticket:
        """Wait for the meter. That is no time of the answer's."""
        try:
            left = self._bounds.deadline.remaining()
        except OutOfTimeError:
            return self.meter.admit(request)
        ticket = self.meter.admit(request)
        if ticket.admission.waited:
            self._bounds.deadline = Deadline(left, self.clock.monotonic)
        return ticket

    def _receive(self, response: httpx2.Response, collected: "Collected") -> None:
        """Read a response with status 200 into ``collected``; a stream that ends early leaves a failure there."""
        if is_stream(response.headers.get("content-type", "")):
            for chunk in self._chunks(response):
                collected.absorb(chunk)
                if collected.failure:
                    return
            if not collected.finish_reason:
                collected.failure = Failure("stream", "the stream ended before the answer did")
            return
        body = self._json_of(response)
        if not isinstance(body, Mapping):
            raise NotJsonError("answers with JSON that is not an object")
        if not body.get("error") and "choices" not in body:
            raise NotJsonError("answers with JSON that is not a chat completion")
        collected.absorb(body)

    def _json_of(self, response: httpx2.Response) -> object:
        try:
            return self._read(response.read())
        except ValueError as error:
            kind = quote(response.headers.get("content-type", "")) or "something"
            raise NotJsonError(f"answers with {kind} that is not JSON ({quote(str(error))})") from None

    def _chunks(self, response: httpx2.Response) -> Iterator[Mapping[str, Any]]:
        for event in httpx2.EventSource(response, max_event_size=MOST_OF_BODY):
            if event.data.startswith("[DONE]"):
                return
            if not event.data:  # an event of a name alone
                continue
            try:
                chunk = self._read(event.data)
            except ValueError as error:
                raise httpx2.RemoteProtocolError(f"the stream holds something that is not JSON: {error}") from None
            if isinstance(chunk, Mapping):
                yield chunk

    def _read(self, data: str | bytes) -> Any:
        """The one place where what an endpoint says becomes values."""
        return self.endpoint.secret.remove(read_json(data))

    def _clean(self, exchange: Exchange) -> Exchange:
        """Once more, for what only came together afterwards: the pieces of a stream, the words of an error."""
        secret = self.endpoint.secret
        return replace(exchange, reply=secret.remove(exchange.reply), failure=secret.remove(exchange.failure))


class NotJsonError(Exception):
    """What came back with status 200 is not what an endpoint answers."""


class Collected(Struct):
    """An answer as it arrives, in one piece or in many."""

    on_text: Callable[[str], None]
    text: list[str] = field(default_factory=list)
    reasoning: list[str] = field(default_factory=list)
    refusal: list[str] = field(default_factory=list)
    finish_reason: str = ""
    model: str = ""
    usage: Usage = field(default_factory=Usage)
    failure: Failure | None = None
    size: int = 0

    def absorb(self, body: Mapping[str, Any]) -> None:
        """Take in a chunk of a stream or a whole response body."""
        if body.get("error") and not self.failure:
            self.failure = said_error("stream", body["error"])
        self.model = _name(body.get("model")) or self.model
        usage = body.get("usage") or _mapping(body.get("x_groq")).get("usage")
        if isinstance(usage, Mapping):
            self.usage = _usage(usage)
        choices = body.get("choices")
        for choice in choices if isinstance(choices, list) else ():
            if isinstance(choice, Mapping) and not choice.get("index"):
                self._absorb_choice(choice)

    def _absorb_choice(self, choice: Mapping[str, Any]) -> None:
        message = _mapping(choice.get("delta") or choice.get("message"))
        content = message.get("content")
        for part in content if isinstance(content, list) else [{"type": "text", "text": content}]:
            part = _mapping(part)
            if part.get("type") == "text":
                self._add(self.text, part.get("text"))
        self._add(self.reasoning, message.get("reasoning_content") or message.get("reasoning"))
        self._add(self.refusal, message.get("refusal"))
        self.finish_reason = _name(choice.get("finish_reason")) or self.finish_reason

    def _add(self, pieces: list[str], piece: object) -> None:
        if isinstance(piece, str) and piece:
            self.size += len(piece)
            if self.size > 2 * MOST_CHARACTERS:
                raise TooLargeError(f"the answer is longer than {2 * MOST_CHARACTERS:,} characters")
            pieces.append(piece)
            self.on_text(piece)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has arrived."""
        return self.reply() == Reply()

    def reply(self) -> Reply:
        """What has arrived so far."""
        return Reply(
            text=mend_halves("".join(self.text)),
            reasoning=mend_halves("".join(self.reasoning)),
            refusal=mend_halves("".join(self.refusal)),
            finish_reason=self.finish_reason,
            model=self.model,
            usage=self.usage,
        )


def _usage(counts: object) -> Usage:
    counts = _mapping(counts)
    return Usage(_count(counts.get("prompt_tokens")), _count(counts.get("completion_tokens")))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _name(value: object) -> str:
    return quote(value, LONGEST_NAME) if isinstance(value, str) else ""


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= MOST_TOKENS else None
