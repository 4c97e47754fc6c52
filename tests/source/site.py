"""A real web server on a loopback port, for tests: it says exactly the bytes it was given."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

TLS = Path(__file__).with_name("tls")

Speak = Callable[[socket.socket, threading.Event], None]
"""Talks on an accepted connection until it is done or the event says that the test is over."""


@dataclass
class Site:
    """Where the server listens and what it was asked."""

    port: int = 0
    requests: list[str] = field(default_factory=list)
    """The head of every request, in order."""

    def url(self, path: str = "/") -> str:
        """The address of a page on this server."""
        return f"http://127.0.0.1:{self.port}{path}"


def page(body: bytes | str, content_type: str = "text/html; charset=utf-8", *headers: str) -> bytes:
    """A complete answer with status 200."""
    return answer("200 OK", body, f"Content-Type: {content_type}", *headers)


def answer(status: str, body: bytes | str = b"", *headers: str) -> bytes:
    """A complete answer."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + data


def redirect(location: str, status: str = "302 Found") -> bytes:
    """An answer that leads on."""
    return answer(status, b"", f"Location: {location}")


def drip(start: bytes, piece: bytes) -> Speak:
    """Say the start at once, then the piece again and again, fifty times a second."""

    def speak(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(start)
        while not over.wait(0.02):
            connection.sendall(piece)

    return speak


def silence(_connection: socket.socket, over: threading.Event) -> None:
    """Accept the connection and say nothing."""
    over.wait()


@contextmanager
def serve(answers: Mapping[str, bytes | Speak], tls: bool = False, raw: Speak | None = None) -> Iterator[Site]:
    """Run a server that answers by path (404 for others); ``raw`` replaces HTTP and TLS by something else."""
    over = threading.Event()
    site = Site()
    context = _server_tls() if tls else None
    threads: list[threading.Thread] = []

    def attend(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if raw:
                raw(connection, over)
                return
            with context.wrap_socket(connection, server_side=True) if context else connection as speaker:
                _answer_one(speaker, answers, site, over)

    def accept(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                connection.settimeout(10)
                threads.append(threading.Thread(target=attend, args=(connection,)))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        site.port = listener.getsockname()[1]
        door = threading.Thread(target=accept, args=(listener,))
        door.start()
        try:
            yield site
        finally:
            over.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            for thread in (door, *threads):
                thread.join()


def trusted() -> ssl.SSLContext:
    """A client context that trusts the test authority and nobody else."""
    return ssl.create_default_context(cafile=TLS / "authority.pem")


def _server_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "news.example.pem")
    return context


def _answer_one(
    connection: socket.socket, answers: Mapping[str, bytes | Speak], site: Site, over: threading.Event
) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        received = connection.recv(65_536)
        if not received:
            return
        head += received
    site.requests.append(head.decode("latin-1"))
    path = site.requests[-1].split(" ")[1]
    said = answers.get(path, answer("404 Not Found", "nothing here"))
    if isinstance(said, bytes):
        connection.sendall(said)
        connection.shutdown(socket.SHUT_WR)
    else:
        said(connection, over)
