"""``enrich suggest-links`` with ENRICH_EMBEDDINGS set, against an endpoint on loopback."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.commands.test_suggest import suggest
from tests.links.garden import garden, write_vault

NOTE = "Notes/law story 0.md"


@contextmanager
def embeddings(status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """The base URL of an endpoint that gives letters' counts as vectors, and the texts it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            texts = json.loads(self.rfile.read(int(self.headers["content-length"])))["input"]
            asked.extend(texts)
            rows = [[float(text.count(letter)) for letter in "abcdefgh"] for text in texts]
            data = [{"index": number, "embedding": row} for number, row in enumerate(rows)]
            body = json.dumps({"data": data} if status == 200 else {"error": {"message": "asleep"}}).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """The garden, with nothing kept of it yet."""
    return write_vault(tmp_path / "vault", garden())


def test_the_notes_are_embedded_once_and_the_reason_says_so(vault: Path) -> None:
    """The setting is enough: vectors are made, kept and used, and a second run asks for nothing, even offline."""
    with embeddings() as (url, asked):
        env = {"ENRICH_EMBEDDINGS": "e", "ENRICH_BASE_URL": url}
        first = suggest(vault, NOTE, "--min-score", "0", **env)
        assert first.returncode == 0, first.stderr
        assert len(asked) == len(garden())
    again = suggest(vault, NOTE, "--min-score", "0", **env)
    assert again.stdout == first.stdout
    assert again.stderr == first.stderr == ""
    assert "note in meaning" in first.stdout


def test_an_endpoint_that_fails_costs_a_line_and_nothing_else(vault: Path) -> None:
    """Suggestions are those without the setting, with exit 0; stderr says why."""
    plain = suggest(vault, NOTE)
    with embeddings(status=401) as (url, _):
        done = suggest(vault, NOTE, ENRICH_EMBEDDINGS="e", ENRICH_BASE_URL=url)
    assert done.returncode == 0
    assert done.stdout == plain.stdout
    assert "asleep" in done.stderr
    assert "ranked without the meaning of notes" in done.stderr


def test_a_folder_is_never_sent_for(vault: Path) -> None:
    """What is written as a path is a model of this machine, and when it is missing no endpoint is asked instead."""
    with embeddings() as (url, asked):
        done = suggest(vault, NOTE, ENRICH_EMBEDDINGS="./models/none", ENRICH_BASE_URL=url)
    assert done.returncode == 0
    assert "models/none: is not a folder; set ENRICH_EMBEDDINGS" in done.stderr
    assert asked == []


def test_without_the_setting_nothing_is_sent(vault: Path) -> None:
    """An endpoint for drafts alone gets no note of the vault."""
    with embeddings() as (url, asked):
        done = suggest(vault, NOTE, ENRICH_BASE_URL=url, ENRICH_MODEL="m", ENRICH_API_KEY="k")
    assert done.returncode == 0
    assert asked == []
    assert not list((vault.parent / "home" / "cache").glob("vectors-*"))
