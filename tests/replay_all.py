"""Replay every recorded case in one process that is not allowed to open a socket; one JSON object a line.

Run by `test_fixtures_cases`, as ``python -m tests.replay_all FOLDER…``.
"""

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

from enrich.cli import main


def forbid_sockets(event: str, _arguments: tuple[Any, ...]) -> None:
    """An audit hook: whatever wants to reach the network ends the replay with a traceback."""
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise AssertionError(f"a replay opened the network: {event}")


def replay(case: Path) -> dict[str, Any]:
    """Exit code, stdout and stderr of ``enrich draft --replay CASE``."""
    out, err = io.StringIO(), io.StringIO()
    own = ["--vault", str(case / "vault"), "--dry-run"] if (case / "vault").is_dir() else []  # its own note type
    sys.argv = ["enrich", "draft", "--replay", str(case), *own]
    code: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return {"case": case.name, "code": code, "out": out.getvalue(), "err": err.getvalue()}


if __name__ == "__main__":
    sys.addaudithook(forbid_sockets)
    for name in sys.argv[1:]:
        sys.stdout.write(json.dumps(replay(Path(name))) + "\n")
