"""A model endpoint on loopback that breaks the rules: of HTTP, of JSON, of good manners, and of keeping secrets.

A fault is a function that writes to the socket. `FAULTS` are those of form and of time, `ECHOES` those that repeat the
key: in every place of an answer, in every spelling.
"""

import base64
import json
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import parse_headers
from io import BufferedIOBase
from socket import SO_LINGER, SOL_SOCKET
from typing import Any
from urllib.parse import quote

JsonObject = dict[str, Any]
PATIENCE = 3.0
"""Seconds after which a server that drips gives up: a client that waits for all of it fails its test, and ends."""


@dataclass
class Wire:
    """One request that came in, and the connection to answer on."""

    out: BufferedIOBase
    connection: Any
    key: str
    request: JsonObject

    def send(self, data: bytes | str) -> None:
        """Bytes as they are."""
        self.out.write(data.encode() if isinstance(data, str) else data)
        self.out.flush()

    def head(self, status: str = "200 OK", kind: str = "application/json", more: str = "") -> None:
        """Status line and headers."""
        self.send(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n{more}\r\n")

    def body(self, content: object, status: str = "200 OK", kind: str = "application/json", more: str = "") -> None:
        """A whole answer; JSON unless it is bytes."""
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.head(status, kind, f"Content-Length: {len(data)}\r\n{more}")
        self.send(data)

    def events(self, *events: object) -> None:
        """A stream that ends as it should; JSON unless it is text."""
        self.head(kind="text/event-stream")
        for event in events:
            self.send(f"data: {event if isinstance(event, str) else json.dumps(event)}\n\n")
        self.send("data: [DONE]\n\n")

    def answer(self, words: str = "x") -> str:
        """Valid JSON for what was asked, ``words`` in every text of it."""
        form = self.request.get("response_format", {}).get("json_schema", {}).get("schema", {"type": "object"})
        return json.dumps(_filled(form, words))

    def drip(self, piece: str | bytes, pause: float = 0.05) -> None:
        """A piece again and again, until the client goes away or `PATIENCE` ends."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.send(piece)
            time.sleep(pause)

    def flood(self, piece: bytes, times: int) -> None:
        """Much, as fast as it is taken."""
        for _ in range(times):
            self.send(piece)


def _filled(schema: Mapping[str, Any], words: str) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: _filled(inner, words) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [_filled(schema["items"], words) for _ in range(max(1, schema.get("minItems", 1)))]
    return {"string": words, "integer": 1, "number": 1.0, "boolean": True}.get(str(kind))


def chunk(finish: str | None = None, model: str = "m", **delta: object) -> JsonObject:
    """One event of a stream."""
    return {"model": model, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def whole(text: str | None, finish: str = "stop", **more: object) -> JsonObject:
    """An answer in one piece."""
    message = {"role": "assistant", "content": text, **more}
    return {"model": "m", "choices": [{"index": 0, "message": message, "finish_reason": finish}]}


def _reset(wire: Wire) -> None:
    wire.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    wire.connection.close()


def _in_order(*steps: Callable[[Wire], None]) -> Callable[[Wire], None]:
    def fault(wire: Wire) -> None:
        for step in steps:
            step(wire)

    return fault


def _sends(data: bytes | str) -> Callable[[Wire], None]:
    return lambda wire: wire.send(data)


def _drips(head: str, piece: str | bytes) -> Callable[[Wire], None]:
    return _in_order(_sends(head), lambda wire: wire.drip(piece))


def _says(
    data: bytes, status: str = "200 OK", kind: str = "application/json", more: str = ""
) -> Callable[[Wire], None]:
    return lambda wire: wire.body(data, status, kind, more)


_OK = "HTTP/1.1 200 OK\r\n"
_STREAM = f"{_OK}Content-Type: text/event-stream\r\n\r\n"
_CHUNKED = f"{_OK}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"

Fault = Callable[[Wire], None]

LATE: Mapping[str, Fault] = {
    "says nothing": lambda _: time.sleep(PATIENCE),
    "a status line in drops": _drips("HTTP/1.1 200 ", "a"),
    "a header in drops": _drips(f"{_OK}X-A: ", "a"),
    "headers without end": _drips(_OK, "X-A: b\r\n"),
    "continue for ever": _drips("", "HTTP/1.1 100 Continue\r\n\r\n"),
    "early hints for ever": _drips("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    "headers, then nothing": _in_order(_sends(_STREAM), lambda _: time.sleep(PATIENCE)),
    "a body in drops": _drips(f"{_OK}Content-Type: application/json\r\n\r\n", " "),
    "a stream in drops": _drips(_STREAM, "d"),
    "comments for ever": _drips(_STREAM, ": still here\n\n"),
    "empty events for ever": _drips(_STREAM, "\n\n"),
    "blanks for ever": _drips(_STREAM, f"data: {json.dumps(chunk(content=' '))}\n\n"),
    "chunks of one byte": _drips(_CHUNKED, "1\r\n \r\n"),
    "a chunk's size in drops": _drips(_CHUNKED, "0"),
    "a refusal in drops": _drips("HTTP/1.1 400 No\r\nContent-Type: application/json\r\n\r\n", " "),
    "a trailer in drops": _drips(f"{_CHUNKED}2\r\n{{}}\r\n0\r\nX: ", "a"),
}
"""Faults that only a deadline ends."""

BROKEN: Mapping[str, Fault] = {
    "closes at once": lambda _: None,
    "resets": _reset,
    "resets in mid-stream": _in_order(_sends(f"{_STREAM}data: {{}}\n\n"), _reset),
    "noise": _sends(bytes(range(256)) * 20),
    "another protocol": _sends("SSH-2.0-OpenSSH_9.7\r\n"),
    "a status of four digits": _sends("HTTP/1.1 9999 X\r\n\r\n"),
    "a status that is none": _sends("HTTP/1.1 abc X\r\n\r\n"),
    "switching protocols": _sends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"),
    "no content": _sends("HTTP/1.1 204 No Content\r\n\r\n"),
    "partial content": _says(b"{}", "206 Partial Content"),
    "large headers": _in_order(_sends(_OK), lambda wire: wire.flood(b"X-A: " + b"a" * 9_000 + b"\r\n", 100)),
    "one large header": _in_order(_sends(f"{_OK}X-A: "), lambda wire: wire.flood(b"a" * 90_000, 30)),
    "continue, fast": lambda wire: wire.flood(b"HTTP/1.1 100 Continue\r\n\r\n" * 400, 100),
    "a length of 5,000 digits": _sends(f"{_OK}Content-Length: {'9' * 5_000}\r\n\r\n{{}}"),
    "a length below zero": _sends(f"{_OK}Content-Length: -5\r\n\r\n{{}}"),
    "a length in words": _sends(f"{_OK}Content-Length: many\r\n\r\n{{}}"),
    "two lengths": _sends(f"{_OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}"),
    "a length that lies": _sends(f"{_OK}Content-Length: 9999\r\n\r\n{{}}"),
    "a chunk below zero": _sends(f"{_CHUNKED}-5\r\n{{}}\r\n"),
    "a chunk in words": _sends(f"{_CHUNKED}many\r\n{{}}\r\n"),
    "a chunk of 5,000 digits": _sends(f"{_CHUNKED}{'f' * 5_000}\r\n{{}}\r\n"),
    "a chunk without size": _sends(f"{_CHUNKED}\r\n\r\n\r\n"),
    "an unknown coding": _sends(f"{_OK}Transfer-Encoding: brotli\r\n\r\n{{}}"),
    "compressed": _says(b"\x1f\x8b\x08\x00", more="Content-Encoding: gzip\r\n"),
    "no body": _says(b""),
    "a page": _says(b"<html>Welcome</html>", kind="text/html"),
    "an unknown charset": _says(b"{}", kind="application/json; charset=zlib_codec"),
    "a stream of an unknown charset": _says(b"data: {}\n\n", kind="text/event-stream; charset=idna"),
    "a stream that is none": _says(b"data: {}\n\n", kind="text/event-streams"),
    "a large body": _in_order(lambda wire: wire.head(), lambda wire: wire.flood(b" " * 100_000, 100)),
    "a large event": _in_order(_sends(f"{_STREAM}data: "), lambda wire: wire.flood(b"x" * 100_000, 100)),
    "a large refusal": _in_order(lambda wire: wire.head("400 No"), lambda wire: wire.flood(b" " * 100_000, 20)),
    "many arrays": _says(b"[" + b"[]," * 300_000 + b"[]]"),
    "moved to nowhere": _says(b"", "302 Found", more="Location: http://[::1\r\n"),
    "moved far": _says(b"", "302 Found", more=f"Location: http://{'a' * 60_000}/\r\n"),
    "moved to half a pair": _says(
        b"", "302 Found", more="Location: http://x/\ud800\r\n".encode("utf-8", "replace").decode()
    ),
    "a cookie of year 99999": _says(b"{}", more=f"Set-Cookie: a=b; expires=Wed, 21-Oct-{'9' * 5_000} 07:28:00 GMT\r\n"),
    "escape sequences": _says(
        b'{"error": {"message": "\\u001b[31mred\\u001b]0;title\\u0007 \\u202eback"}}', "400 \x1b[31mNo"
    ),
    "a refusal of 60 kB": _says(json.dumps({"error": {"message": "no " * 20_000}}).encode(), "400 No"),
    "a code of 5,000 digits": _says(json.dumps({"error": {"message": "no", "code": "9" * 5_000}}).encode(), "400 No"),
    "refusals of odd shapes": _says(b'{"error": [[1], {"message": null}], "detail": 5}', "422 No"),
    "a list of refusals": _says(b'[{"error": {"message": ["no"]}}]', "400 No"),
    "a refusal that is true": _says(b'{"error": true}'),
    "wrong types": _says(b'{"model": 1, "choices": [{"index": 0, "message": [1], "finish_reason": {}}], "usage": [1]}'),
    "wrong types in a stream": lambda wire: wire.events(
        {"choices": {"a": 1}}, {"choices": [1, None, {"delta": 3}]}, [], 1, "null"
    ),
    "a number without end": _says(b'{"choices": [], "usage": {"prompt_tokens": ' + b"9" * 5_000 + b"}}"),
    "a number beyond floats": _says(b'{"choices": [], "usage": {"prompt_tokens": 1e400}}'),
    "not a number": _says(b'{"choices": [], "usage": {"prompt_tokens": NaN}}'),
    "waits for ever": _says(b"{}", "429 No", more="Retry-After: 1e308\r\n"),
    "waits no number": _says(b"{}", "429 No", more="Retry-After: nan\r\n"),
    "waits since year 1": _says(b"{}", "429 No", more="Retry-After: Mon, 01 Jan 0001 00:00:00 GMT\r\n"),
    "waits till year 9999": _says(b"{}", "429 No", more="Retry-After: Wed, 21 Oct 9999 07:28:00 -2359\r\n"),
    "waits of 5,000 digits": _says(b"{}", "429 No", more=f"Retry-After: {'9' * 5_000}\r\n"),
    "waits in fractions": _says(b"{}", "429 No", more="Retry-After-Ms: -1\r\nRetry-After: , ,\r\n"),
}
"""Faults that end by themselves."""

DEEP = [opening * 200_000 for opening in ("[", '{"a":', '[{"a":')] + [
    "[" * 900 + "]" * 900,
    '{"a":' * 90 + "1" + "}" * 90,
]


def _deep(text: str) -> Iterator[tuple[str, Fault]]:
    name = f"{text[:6]} x {len(text)}"
    yield f"{name} as a body", _says(text.encode())
    yield f"{name} as a refusal", _says(text.encode(), "400 No")
    yield f"{name} in a refusal", _says(b'{"error": {"message": ' + text.encode() + b"}}", "400 No")
    yield f"{name} as an event", _sends(f"{_STREAM}data: {text}\n\n")
    yield f"{name} in an event", _sends(f'{_STREAM}data: {{"error": {text}}}\n\n')
    yield f"{name} as the answer", lambda wire: wire.body(whole(text[:390_000]))


FAULTS: Mapping[str, Fault] = {**BROKEN, **dict(pair for text in DEEP for pair in _deep(text))}


def spellings(key: str) -> Mapping[str, str]:
    """The key as somebody may write it who means it, or who only passes it on."""
    return {
        "plain": key,
        "in other case": key.swapcase(),
        "JSON escapes": "".join(f"\\u{ord(char):04x}" for char in key),
        "twice escaped": "".join(f"\\\\u{ord(char):04X}" for char in key),
        "percent": "".join(f"%{ord(char):02X}" for char in key),
        "entities": "".join(f"&#{ord(char)};" for char in key),
        "hidden": "\u200b".join(key),
        "marked": "**".join(key),
        "wide": "".join(chr(ord(char) + 0xFEE0) for char in key),
        "base64": base64.b64encode(f"Bearer {key}".encode()).decode(),
        "hexadecimal": key.encode().hex(),
        "quoted": quote(key, safe=""),
    }


def _spelled(wire: Wire, text: str) -> str:
    return text.replace(wire.key, spellings(wire.key)["JSON escapes"])


def _json_spelled(wire: Wire, content: JsonObject, status: str = "200 OK") -> None:
    """JSON in which the key is written in escapes: it is there only once the JSON is parsed."""
    wire.body(_spelled(wire, json.dumps(content)).encode(), status)


def _split(wire: Wire, text: str) -> None:
    pieces = [text[start : start + 3] for start in range(0, len(text), 3)]
    wire.events(*(chunk(content=piece) for piece in pieces), chunk("stop"))


def _refuses(status: str, **error: str) -> Fault:
    return lambda wire: wire.body(
        {"error": {"message": "no", **{k: v.format(wire.key) for k, v in error.items()}}}, status
    )


def _answers(**more: str) -> Fault:
    def fault(wire: Wire) -> None:
        filled = {name: value.format(wire.key) for name, value in more.items()}
        words = filled.pop("words", "x")
        finish, model = filled.pop("finish", "stop"), filled.pop("model", "m")
        wire.events(chunk(model=model, content=wire.answer(words), **filled), chunk(finish, model))

    return fault


ECHOES: Mapping[str, Fault] = {
    "in the answer": _answers(words="it said {}"),
    "in the answer, escaped": lambda wire: wire.events(
        chunk(content=_spelled(wire, wire.answer(wire.key))), chunk("stop")
    ),
    "in the answer, in pieces": lambda wire: _split(wire, wire.answer(f"it said {wire.key}")),
    "in the answer, escaped in JSON": lambda wire: _json_spelled(wire, whole(wire.answer(f"it said {wire.key}"))),
    "as a key of the answer": lambda wire: wire.events(chunk(content=json.dumps({wire.key: wire.key})), chunk("stop")),
    "in what is no answer": lambda wire: wire.events(chunk(content=f"no JSON but {wire.key}"), chunk("stop")),
    "in the reasoning": _answers(reasoning_content="hm {}"),
    "in the refusal": _answers(refusal="I keep {}"),
    "as the reason of the end": _answers(finish="{}"),
    "in the reason of an error": lambda wire: wire.body(whole("", f"error {wire.key}")),
    "as the model": _answers(model="m {}"),
    "in tool calls": lambda wire: wire.body(whole(None, "tool_calls", tool_calls=[{"function": {"name": wire.key}}])),
    "in the usage": lambda wire: wire.body({**whole(wire.answer()), "usage": {"prompt_tokens": wire.key, wire.key: 1}}),
    "in the refused key": _refuses("401 No", message="Incorrect API key provided: {}", code="invalid_api_key"),
    "in every field of an error": _refuses("400 No", message="{}", type="{}", param="{}", code="{}"),
    "in an error, escaped": lambda wire: _json_spelled(
        wire, {"error": {"message": wire.key, "code": wire.key}}, "403 No"
    ),
    "in the details": lambda wire: wire.body(
        {"detail": [{"loc": ["header"], "input": f"Bearer {wire.key}"}]}, "422 No"
    ),
    "in an error behind 200": lambda wire: wire.body({"error": {"message": f"no {wire.key}", "code": wire.key}}),
    "in an upstream error": lambda wire: wire.body(
        {"error": {"message": "x", "metadata": {"raw": wire.key}}}, "400 No"
    ),
    "in an error of a stream": lambda wire: wire.events({"error": {"message": wire.key, "code": wire.key}}),
    "in an event that is no JSON": lambda wire: wire.events(f"{{{wire.key}"),
    "in a page": lambda wire: wire.body(f"<html>{wire.key}".encode(), kind=f"text/html; k={wire.key}"),
    "in a refusal's page": lambda wire: wire.body(f"<html>{wire.key}".encode(), "404 No", f"text/html; k={wire.key}"),
    "in the status line": lambda wire: wire.body(b"", f"400 {wire.key}", "text/plain"),
    "in a bad status line": lambda wire: wire.send(f"HTTP/1.1 {wire.key}\r\n\r\n"),
    "where it moved to": lambda wire: wire.body(b"", "307 Moved", more=f"Location: http://x.example/?k={wire.key}\r\n"),
    "in a header": lambda wire: wire.body(b"{}", "429 No", more=f"Retry-After: {wire.key}\r\nX-Key: {wire.key}\r\n"),
    "in a bad header": lambda wire: wire.send(f"{_OK}{wire.key} {wire.key}\r\n\r\n"),
    "in a chunk's size": lambda wire: wire.send(f"{_CHUNKED}{wire.key}\r\n"),
    "in vectors": lambda wire: wire.body({"data": [{"index": wire.key, "embedding": [wire.key]}], "model": wire.key}),
}
"""Faults that repeat the key in one place or another."""


@contextmanager
def misbehaving(fault: Fault) -> Iterator[str]:
    """The base URL of an endpoint with this fault."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.readline()
            headers = parse_headers(self.rfile)
            body = self.rfile.read(int(headers.get("content-length", 0)))
            key = headers.get("authorization", "").removeprefix("Bearer ")
            with suppress(OSError):
                fault(Wire(self.wfile, self.connection, key, json.loads(body or b"{}")))

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        server.block_on_close = False
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()
        thread.join()
