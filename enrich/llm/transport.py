"""Requests over HTTP with the openai client: the only place of enrich that talks to a model.

Everything that comes back is read as plain JSON, not as the client's types: servers that call themselves compatible
leave out, add and misspell. What is not an answer becomes a `Failure`; nothing of the client's own errors gets out.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self

import httpx2
from openai import APIError, APIResponse, Omit, OpenAI, Stream

from enrich.llm.answer import MOST_CHARACTERS
from enrich.llm.completion import Exchange, Failure, Reply, Usage
from enrich.llm.endpoint import Endpoint, redact
from enrich.llm.failure import TooLargeError, failure_of, said_error

MOST_BYTES = 32_000_000
"""On the wire for one answer; a stream spends about 300 bytes on a token."""


@dataclass(frozen=True)
class Clock:
    """Where a transport's time and chance come from."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class HttpTransport:
    """Sends requests to an endpoint. A context manager: connections are kept for the length of it."""

    def __init__(self, endpoint: Endpoint, clock: Clock) -> None:
        patience = endpoint.patience
        self.endpoint, self.clock = endpoint, clock
        self._deadline = 0.0
        self._http = httpx2.Client(
            timeout=httpx2.Timeout(patience.read, connect=patience.connect),
            follow_redirects=False,
            event_hooks={"response": [self._bound]},
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

    def sleep(self, seconds: float) -> None:
        """Wait between two tries."""
        self.clock.sleep(seconds)

    def chance(self) -> float:
        """A number in ``[0, 1)`` for the jitter."""
        return self.clock.chance()

    def may_go_on(self) -> bool:
        """Always: another request can be sent."""
        return True

    def send(self, request: Mapping[str, Any], waited: float, on_text: Callable[[str], None]) -> Exchange:
        """One request for a chat's answer, however it ends."""
        collected = Collected(on_text)
        chat = self._client.chat.completions.with_streaming_response.create
        failure, seconds = self._exchange(chat, request, lambda response: _receive(response, collected))
        failure = failure or (self._clean_failure(collected.failure) if collected.failure else None)
        return Exchange(
            request=request,
            reply=None if failure and collected.is_empty else self._clean_reply(collected.reply()),
            failure=failure,
            seconds=seconds,
            waited=round(waited, 3),
            host=self.endpoint.host,
        )

    def send_texts(self, request: Mapping[str, Any], waited: float, on_body: Callable[[object], None]) -> Exchange:
        """One request for the vectors of texts, however it ends; ``on_body`` is given the JSON that came back.

        It raises `NotJsonError` when that is not what was asked for.
        """
        embeddings = self._client.embeddings.with_streaming_response.create
        failure, seconds = self._exchange(embeddings, request, lambda response: on_body(_json_of(response)))
        return Exchange(request, None, failure, seconds, round(waited, 3), self.endpoint.host)

    def _exchange(
        self, create: Any, request: Mapping[str, Any], read: Callable[[APIResponse[Any]], None]
    ) -> tuple[Failure | None, float]:
        """Send, and read what comes back; why that failed, and the seconds it took."""
        started = self.clock.monotonic()
        self._deadline = started + self.endpoint.patience.answer
        headers: dict[str, Any] = {"Accept-Encoding": "identity"}  # a compressed answer can be any size
        if not self.endpoint.api_key:
            headers["Authorization"] = Omit()
        failure = None
        try:
            opened: AbstractContextManager[APIResponse[Any]] = create(**request, extra_headers=headers)
            with opened as response:
                read(response)
        except NotJsonError as error:
            failure = Failure("stream", str(error), code="not_json")
        except (APIError, httpx2.HTTPError) as error:
            failure = failure_of(error, self.clock.now())
        seconds = round(self.clock.monotonic() - started, 3)
        return self._clean_failure(failure) if failure else None, seconds

    def _bound(self, response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = Bounded(response.stream, self._deadline, self.clock.monotonic)

    def _clean_reply(self, reply: Reply) -> Reply:
        return replace(
            reply,
            text=self._redact(reply.text),
            reasoning=self._redact(reply.reasoning),
            refusal=self._redact(reply.refusal),
            model=self._redact(reply.model),
        )

    def _clean_failure(self, failure: Failure) -> Failure:
        return replace(
            failure,
            message=self._redact(failure.message),
            code=self._redact(failure.code),
            param=self._redact(failure.param),
        )

    def _redact(self, text: str) -> str:
        return redact(text, self.endpoint.api_key)


class Bounded(httpx2.SyncByteStream):
    """A response body that ends in an error when it takes too long or grows too large.

    The client's own timeout is for one read; a server that sends a comment now and then never meets it.
    """

    def __init__(self, stream: httpx2.SyncByteStream, deadline: float, monotonic: Callable[[], float]) -> None:
        self._stream, self._deadline, self._monotonic = stream, deadline, monotonic

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > MOST_BYTES:
                raise TooLargeError(f"the answer is larger than {MOST_BYTES:,} bytes")
            if self._monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the answer took too long")
            yield piece

    def close(self) -> None:
        """Release the connection."""
        self._stream.close()


class NotJsonError(Exception):
    """What came back with status 200 is not what an endpoint answers."""


@dataclass
class Collected:
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
        self.model = _text(body.get("model")) or self.model
        usage = body.get("usage") or _mapping(body.get("x_groq")).get("usage")
        if isinstance(usage, Mapping):
            self.usage = Usage(_count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))
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
        self.finish_reason = _text(choice.get("finish_reason")) or self.finish_reason

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
            text=_join(self.text),
            reasoning=_join(self.reasoning),
            refusal=_join(self.refusal),
            finish_reason=self.finish_reason,
            model=self.model,
            usage=self.usage,
        )


def _join(pieces: list[str]) -> str:
    """One text; characters whose two halves came in different chunks are put together, lone halves become U+FFFD."""
    return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _receive(response: APIResponse[Any], collected: Collected) -> None:
    """Read a response with status 200 into ``collected``; a stream that ends early leaves a failure there."""
    kind = response.headers.get("content-type", "")
    if "event-stream" in kind:
        for chunk in _chunks(response):
            collected.absorb(chunk)
        if not collected.finish_reason:
            collected.failure = Failure("stream", "the stream ended before the answer did")
        return
    body = _json_of(response)
    if not isinstance(body, Mapping):
        raise NotJsonError("answers with JSON that is not an object")
    if body.get("error"):
        collected.failure = said_error("stream", body["error"])
    elif "choices" not in body:
        raise NotJsonError("answers with JSON that is not a chat completion")
    collected.absorb(body)


def _json_of(response: APIResponse[Any]) -> object:
    try:
        return response.json()
    except ValueError:
        kind = response.headers.get("content-type", "")
        raise NotJsonError(f"answers with {kind or 'something'} that is not JSON") from None


def _chunks(response: APIResponse[Any]) -> Iterator[Mapping[str, Any]]:
    stream = iter(response.parse(to=Stream[object]))
    while True:
        try:
            chunk = next(stream)
        except StopIteration:
            return
        except ValueError as error:
            raise httpx2.RemoteProtocolError(f"the stream holds something that is not JSON: {error}") from None
        if isinstance(chunk, Mapping):
            yield chunk


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None
