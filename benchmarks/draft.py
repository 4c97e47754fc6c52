"""A draft's own time beside the model's: one recorded answer, streamed by a local endpoint at a stated speed.

    python -m benchmarks.draft [--vault DIR] [--page FILE --url URL] [--tokens-per-second 80] [--rounds 5]

The endpoint answers with the recorded completion of the fixture case `model-release`, 4 characters a token, so that the
model's time is known; everything else of the wall time of `enrich draft` is its own, the start of Python included.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
CASE = FIXTURES / "cases" / "model-release"


class Model(BaseHTTPRequestHandler):
    """Streams the recorded answer as slowly as a provider would, and adds up how long it took."""

    text: ClassVar[str] = ""
    tokens_per_second: ClassVar[float] = 80.0
    seconds: ClassVar[float] = 0.0

    def do_POST(self) -> None:
        """One chat completion as an event stream."""
        start = time.perf_counter()
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for at in range(0, len(self.text), 40):
            self.send({"delta": {"role": "assistant", "content": self.text[at : at + 40]}, "finish_reason": None})
            time.sleep(10 / self.tokens_per_second)
        self.send({"delta": {}, "finish_reason": "stop"})
        self.wfile.write(b"data: [DONE]\n\n")
        Model.seconds += time.perf_counter() - start

    def send(self, choice: dict[str, object]) -> None:
        """One chunk of the stream."""
        chunk = {"id": "b", "object": "chat.completion.chunk", "created": 0, "model": "benchmark"}
        data = json.dumps({**chunk, "choices": [{"index": 0, **choice}]})
        self.wfile.write(f"data: {data}\n\n".encode())

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""


def recorded_answer() -> str:
    """The text of the first completion of the case."""
    path = sorted((CASE / "completions").glob("*.json"))[0]
    return str(json.loads(path.read_text("utf-8"))["exchanges"][-1]["reply"]["text"])


def draft(vault: Path, page: Path, url: str, port: int | None) -> float:
    """Wall seconds of one ``enrich draft``; without a port the embedded engine drafts."""
    with tempfile.TemporaryDirectory() as home:
        env = {"ENRICH_HOME": home, "PATH": "/usr/bin:/bin"}
        if port:
            env |= {"ENRICH_MODEL": "benchmark", "ENRICH_API_KEY": "none"}
            env["ENRICH_BASE_URL"] = f"http://127.0.0.1:{port}/v1"
        command = [sys.executable, "-m", "enrich", "draft", "--vault", str(vault), "--url", url, "--html", str(page)]
        start = time.perf_counter()
        done = subprocess.run([*command, "-n", "-q", "--again"], env=env, capture_output=True, check=False)
        if done.returncode:
            sys.exit(done.stderr.decode())
        return time.perf_counter() - start


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vault", type=Path, default=FIXTURES / "vault")
    parser.add_argument("--page", type=Path, default=CASE / "page.html")
    parser.add_argument("--url", default="https://news.example.com/2023/07/18/benchmark")
    parser.add_argument("--tokens-per-second", type=float, default=80.0)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    Model.text, Model.tokens_per_second = recorded_answer(), options.tokens_per_second
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        shutil.copytree(options.vault, vault)
        notes = sum(1 for _ in vault.rglob("*.md"))
        embedded = [draft(vault, options.page, options.url, None) for _ in range(options.rounds)]
        own, asked = [], []
        for _ in range(options.rounds):
            Model.seconds = 0.0
            whole = draft(vault, options.page, options.url, server.server_address[1])
            own.append(whole - Model.seconds)
            asked.append(Model.seconds)
    model = statistics.median(asked)
    rows = {
        "the model": model,
        "everything else of that draft": statistics.median(own),
        "a whole draft with the embedded engine": statistics.median(embedded),
    }
    print(
        f"vault of {notes} notes; the model answers {len(Model.text) // 4} tokens at {options.tokens_per_second:.0f}/s"
    )
    print("| | median s | share of the model's time |\n|---|---|---|")
    for name, seconds in rows.items():
        print(f"| {name} | {seconds:.2f} | {seconds / model:.2f} |")


if __name__ == "__main__":
    main()
