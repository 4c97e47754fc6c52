"""A fixture site of articles and a model that drafts them, both on loopback."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
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
    """By the number of the request, from 0: a status and headers in place of an answer; status 0: silence."""
    turn: threading.Lock = field(default_factory=threading.Lock)

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


def answer_to(body: dict[str, Any]) -> dict[str, Any]:
    """The completion of a prompt: the sample answer about the prompt's own firm."""
    asked = json.dumps(body["messages"])
    names = {name_of(number) for number in range(600)}
    found = next(word for word in asked.replace("\\n", " ").split() if word.strip('".,') in names).strip('".,')
    said = json.dumps(make_answer()).replace("Norwick", found).replace("norwick", found.lower())
    usage = {"prompt_tokens": len(asked) // 4, "completion_tokens": len(said) // 4}
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": said}}
    return {"id": "c", "object": "chat.completion", "model": "m-1", "choices": [choice], "usage": usage}


@contextmanager
def newsroom(latency: float = 0.0) -> Iterator[Newsroom]:
    """A running newsroom."""
    room = Newsroom(latency=latency)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with room.turn:
                room.fetched.append(self.path)
            number = self.path.partition("?")[0].rpartition("-")[2]
            if number.isdecimal():
                self.say(200, article(int(number)), {"content-type": "text/html; charset=utf-8"})
            else:
                self.say(404, "not here", {})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            with room.turn:
                number = len(room.requests)
                room.requests.append(body)
            time.sleep(room.latency)
            status, headers = room.faults.get(number, (200, {}))
            if status == 0:
                self.close_connection = True
                return
            answered = answer_to(body) if status == 200 else {"error": {"message": "not now"}}
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

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    room.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()
