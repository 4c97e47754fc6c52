"""A fixture site of articles and a model that drafts them, both on loopback."""

import json
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.draft.parts import TEXT, make_answer

TOWNS = (
    "Norwick",
    "Aldham",
    "Brockdale",
    "Carnfield",
    "Dunmere",
    "Elstow",
    "Farleigh",
    "Garside",
    "Hexham",
    "Ilkeston",
)


@dataclass
class Newsroom:
    """Where it listens, and what it was asked."""

    port: int = 0
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of the model's requests."""
    fetched: list[str] = field(default_factory=list)
    latency: float = 0.0
    """Seconds that an answer takes."""
    faults: dict[int, tuple[int, dict[str, str]]] = field(default_factory=dict)
    """By the number of the request, from 0: a status and headers in place of an answer; a status of 0 or
    less: hangs up after so many seconds of silence."""
    says: dict[str, Any] = field(default_factory=dict)
    """By key of an answer: what is said there besides the sample answer, where it is asked for."""
    reads: bool = False
    """A second reader is answered too; else what it is told is no reading, and it is done without."""
    turn: threading.Lock = field(default_factory=threading.Lock)
    files: dict[str, bytes] = field(default_factory=dict)
    """What was uploaded, and what batches gave, by id."""
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    busy: bool = False
    """Batches are still under way."""
    fates: dict[int, str] = field(default_factory=dict)
    """By the number of a batch's request, from 0 over all batches: ``expired``, ``500``, ``400``, ``lost``."""
    fails: str = ""
    """Why every batch fails as a whole."""
    batched: list[dict[str, Any]] = field(default_factory=list)
    """Requests of batches."""

    def page(self, number: int) -> str:
        """The address of an article."""
        return f"http://127.0.0.1:{self.port}/2023/02/{number % 28 + 1:02d}/heron-{number}"

    def env(self, home: Path, model: str = "m-1") -> dict[str, str]:
        """The environment of a command that asks this model."""
        return {
            "PATH": "/usr/bin:/bin",
            "ENRICH_HOME": str(home),
            "ENRICH_BASE_URL": f"http://127.0.0.1:{self.port}/v1",
            "ENRICH_API_KEY": "key",
            "ENRICH_MODEL": model,
            "ENRICH_TIMEOUT": "5",
        }


def name_of(number: int) -> str:
    """The firm that an article is about."""
    return f"{TOWNS[number % 10]}{'' if number < 10 else chr(97 + number // 10 % 26) * (1 + number // 260)}"


def article(number: int) -> str:
    """A page of its own."""
    text = TEXT.replace("Norwick", name_of(number))
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    title = f"{name_of(number)} Robotics releases Heron {number} controller"
    return (
        f"<html lang=en><head><title>{title}</title><meta property='og:site_name' content='Example News'>"
        f"<meta property='article:published_time' content='2023-02-{number % 28 + 1:02d}T08:00:00Z'></head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def reading_of(body: dict[str, Any]) -> str:
    """What a second reader says who finds nothing; empty where a draft is asked for."""
    schema = body.get("response_format", {}).get("json_schema", {})
    if schema.get("name") != "readings":
        return ""
    entry = schema["schema"]["properties"]["readings"]["items"]["properties"]
    row = {"words": [], "quote": None, "verdict": entry["verdict"]["enum"][-1]}
    return json.dumps({"readings": [{"id": name, **row} for name in entry["id"]["enum"]]})


def answer_to(
    body: dict[str, Any], reads: bool = False, says: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """The completion of a prompt: what is asked for of the sample answer, about the prompt's own firm."""
    asked = json.dumps(body["messages"])
    names = {name_of(number) for number in range(600)}
    found = next(word for word in asked.replace("\\n", " ").split() if word.strip('".,') in names).strip('".,')
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema", {})
    wanted = schema.get("properties", make_answer())
    every = make_answer() | dict(says)
    answer = {key: value for key, value in every.items() if key in wanted} or make_answer()
    said = json.dumps(answer).replace("Norwick", found).replace("norwick", found.lower())
    said = (reads and reading_of(body)) or said
    usage = {"prompt_tokens": len(asked) // 4, "completion_tokens": len(said) // 4}
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": said}}
    return {"id": "c", "object": "chat.completion", "model": "m-1", "choices": [choice], "usage": usage}


def take_upload(room: Newsroom, body: bytes, kind: str) -> dict[str, Any]:
    """Keep the file of a multipart form."""
    boundary = kind.partition("boundary=")[2].encode()
    part = next(piece for piece in body.split(b"--" + boundary) if b"filename=" in piece)
    number = f"file-{len(room.files)}"
    room.files[number] = part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
    return {"id": number, "object": "file", "purpose": "batch"}


def begin_batch(room: Newsroom, given: dict[str, Any]) -> dict[str, Any]:
    """A batch that is answered at once, and shown when `Newsroom.busy` is over."""
    number = f"batch_{len(room.batches)}"
    lines = [json.loads(line) for line in room.files[given["input_file_id"]].splitlines()]
    good, bad = [], []
    for line in lines:
        fate = room.fates.get(len(room.batched), "")
        room.batched.append(line["body"])
        name = {"custom_id": line["custom_id"]}
        if fate == "expired":
            bad.append({**name, "response": None, "error": {"code": "batch_expired", "message": "not in time"}})
        elif fate.isdecimal():
            said = {"error": {"message": "not now", "param": None, "code": None}}
            bad.append({**name, "response": {"status_code": int(fate), "body": said}, "error": None})
        elif fate != "lost":
            good.append({**name, "response": {"status_code": 200, "body": answer_to(line["body"])}, "error": None})
    made: dict[str, Any] = {"id": number, "object": "batch", "status": "completed", "metadata": given["metadata"]}
    for key, rows in (("output_file_id", good), ("error_file_id", bad)):
        if rows:
            made[key] = f"file-{len(room.files)}"
            room.files[made[key]] = "".join(json.dumps(row) + "\n" for row in rows).encode()
    if room.fails:
        made = {"id": number, "status": "failed", "metadata": given["metadata"]}
        made["errors"] = {"data": [{"code": "invalid", "message": room.fails}]}
    made["request_counts"] = {"total": len(lines), "completed": len(good), "failed": len(bad)}
    room.batches[number] = made
    return made


def take_batch(room: Newsroom, path: str, data: bytes, kind: str) -> dict[str, Any] | None:
    """The answer to an upload or a new batch; None for another request."""
    if path.endswith("/files"):
        return take_upload(room, data, kind)
    return begin_batch(room, json.loads(data)) if path.endswith("/batches") else None


def show_batches(room: Newsroom, path: str) -> tuple[str, str] | None:
    """What stands at an address of files and batches, and its type; None for another address."""
    if "/v1/files/" not in path and "/v1/batches" not in path:
        return None
    if path.endswith("/content"):
        return room.files[path.split("/")[-2]].decode(), "application/octet-stream"
    if path.endswith("/batches"):
        return json.dumps({"object": "list", "data": list(room.batches.values())}), "application/json"
    made = room.batches.get(path.rpartition("/")[2])
    if made is None:
        return None
    return json.dumps({"id": made["id"], "status": "in_progress"} if room.busy else made), "application/json"


class _Server(ThreadingHTTPServer):
    """Says nothing of a client that is gone: some are killed on purpose."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """As ever, except where the client hung up."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def newsroom(latency: float = 0.0) -> Iterator[Newsroom]:
    """A running newsroom."""
    room = Newsroom(latency=latency)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if shown := show_batches(room, path):
                self.say(200, shown[0], {"content-type": shown[1]})
                return
            with room.turn:
                room.fetched.append(self.path)
            number = self.path.partition("?")[0].rpartition("-")[2]
            if number.isdecimal():
                self.say(200, article(int(number)), {"content-type": "text/html; charset=utf-8"})
            else:
                self.say(404, "not here", {})

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["content-length"]))
            if made := take_batch(room, self.path, data, self.headers["content-type"]):
                self.say(200, json.dumps(made), {"content-type": "application/json"})
                return
            body = json.loads(data)
            with room.turn:
                number = len(room.requests)
                room.requests.append(body)
            time.sleep(room.latency)
            status, headers = room.faults.get(number, (200, {}))
            if status <= 0:
                time.sleep(-status)
                self.close_connection = True
                return
            answered = answer_to(body, room.reads, room.says) if status == 200 else {"error": {"message": "not now"}}
            self.say(status, json.dumps(answered), {"content-type": "application/json", **headers})

        def say(self, status: int, text: str, headers: dict[str, str]) -> None:
            """One answer."""
            data = text.encode()
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    room.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()
