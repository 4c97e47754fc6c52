"""A model endpoint on loopback that answers by a script: statuses, headers, streams that break or drip."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """One scripted response."""

    status: int = 200
    body: object = None
    """JSON for mappings and lists, text as it is."""
    events: Sequence[object] = ()
    """Server-sent events instead of a body: JSON values, or text sent raw."""
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks: bool = False
    """The connection is cut after the events, in mid-body."""
    release: threading.Event | None = None
    """The last event is held back until this is set."""


@dataclass
class Request:
    """What the client sent."""

    path: str
    headers: Mapping[str, str]
    body: JsonObject


class ScriptedEndpoint:
    """Answers requests in the order of the script; `requests` keeps what was asked."""

    def __init__(self, script: Sequence[Answer]) -> None:
        self.script = list(script)
        self.requests: list[Request] = []
        self.url = ""

    def next_answer(self) -> Answer:
        """The next line of the script; an error that no test expects when it is used up."""
        return self.script.pop(0) if self.script else Answer(418, {"error": {"message": "the script is used up"}})


@contextmanager
def endpoint(*script: Answer) -> Iterator[ScriptedEndpoint]:
    """A running endpoint; its base URL is `url`."""
    scripted = ScriptedEndpoint(script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            scripted.requests.append(Request(self.path, headers, json.loads(raw or b"{}")))
            _respond(self, scripted.next_answer())

        do_GET = do_POST  # noqa: N815 - the name is the server's

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scripted.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        server.shutdown()
        server.server_close()


def _respond(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    handler.send_response(answer.status)
    handler.send_header("connection", "close")
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.events:
        _stream(handler, answer)
        return
    text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
    raw = text.encode()
    if "content-type" not in {name.lower() for name in answer.headers}:
        handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(raw)))
    handler.end_headers()
    handler.wfile.write(raw)


def _stream(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    handler.send_header("content-type", "text/event-stream")
    handler.send_header("transfer-encoding", "chunked")
    handler.end_headers()
    try:
        for position, event in enumerate(answer.events):
            if answer.release and position == len(answer.events) - 1:
                answer.release.wait(10)
            text = event if isinstance(event, str) else f"data: {json.dumps(event)}\n\n"
            raw = text.encode()
            handler.wfile.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
            handler.wfile.flush()
        if not answer.breaks:
            handler.wfile.write(b"0\r\n\r\n")
    except (BrokenPipeError, ConnectionResetError):
        return


DONE = "data: [DONE]\n\n"


def chunk(delta: Mapping[str, Any], finish_reason: str | None = None, **more: object) -> JsonObject:
    """One event of a stream."""
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish_reason}
    return {"id": "c1", "object": "chat.completion.chunk", "model": "m-2026", "choices": [choice], **more}


def streamed(text: str, finish_reason: str = "stop", usage: tuple[int, int] | None = (100, 20)) -> Answer:
    """An answer as a well-behaved endpoint streams it."""
    size = max(1, len(text) // 5)
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    events: list[object] = [chunk({"role": "assistant", "content": ""})]
    events += [chunk({"content": piece}) for piece in pieces]
    events.append(chunk({}, finish_reason))
    if usage:
        counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
        events.append({"id": "c1", "model": "m-2026", "choices": [], "usage": counts})
    return Answer(events=[*events, DONE])


def whole(text: str | None, finish_reason: str = "stop", **message: object) -> Answer:
    """An answer in one piece."""
    said = {"role": "assistant", "content": text, **message}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    choice = {"index": 0, "finish_reason": finish_reason, "message": said}
    return Answer(body={"id": "c1", "model": "m-2026", "choices": [choice], "usage": usage})


def refused(status: int, message: str, **error: object) -> Answer:
    """An error in OpenAI's shape."""
    return Answer(status, {"error": {"message": message, "type": "invalid_request_error", **error}})
