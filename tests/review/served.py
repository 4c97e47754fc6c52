"""A review that is served on loopback while a test runs, and a plain HTTP client for it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Thread
from typing import Any

from enrich.review.server import Gate, Review, listen, serve
from enrich.review.store import ReviewStore


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body's value."""
        return json.loads(self.body)


@dataclass
class Served:
    """A review that is being served."""

    review: Review
    thread: Thread
    cookie: str = ""

    @property
    def host(self) -> str:
        """``127.0.0.1:PORT``"""
        return self.review.gate.host

    @property
    def address(self) -> str:
        """What a browser opens."""
        return self.review.gate.address

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """One request. A body that is no bytes is JSON; headers have underscores, an empty one is left out."""
        sent = {"Host": self.host, "Cookie": self.cookie}
        if method == "POST":
            sent |= {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection(self.host, timeout=20)
        connection.putrequest(method, path, skip_host=True)
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        for name, value in {**sent, "Content-Length": str(len(data))}.items():
            if value:
                connection.putheader(name, value)
        connection.endheaders(data)
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.headers.items()), response.read())
        connection.close()
        return answer

    def enter(self) -> Answer:
        """Exchange the token for the cookie."""
        answer = self.send("GET", f"/start?token={self.review.gate.token}")
        self.cookie = answer.headers.get("set-cookie", "").partition(";")[0]
        return answer


@contextmanager
def serving(store: ReviewStore, idle: float = 600.0) -> Iterator[Served]:
    """Serve ``desk`` until the block ends."""
    listening = listen()
    review = Review(store, Gate(f"127.0.0.1:{listening.getsockname()[1]}"))
    thread = Thread(target=serve, args=(review, listening, idle), daemon=True)
    thread.start()
    try:
        yield Served(review, thread)
    finally:
        review.over = review.over or "the test is over"
        thread.join(20)
        listening.close()
