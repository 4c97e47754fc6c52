"""Fill templates of other people in a process apart: one for all templates of a command, ended when one misbehaves."""

import atexit
import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock, Timer
from time import monotonic
from typing import Any

from enrich.errors import SettingsError
from enrich.processor_time import ended_by_limit
from enrich.vault.template_value import to_json
from enrich.vault.template_worker import CHARACTERS, SECONDS

WAIT = 10.0
"""Seconds of the clock for one template, the start of the process included; a busy machine is slower than its clock."""
_COMMAND = (sys.executable, "-P", "-W", "ignore", "-m", "enrich.vault.template_worker")
_LONGEST = 12 * CHARACTERS + 1000
"""Bytes of an answer: JSON writes a character in at most twelve."""


def fill_apart(folder: Path, name: str, variables: Mapping[str, Any]) -> str:
    """Fill the template ``name`` of ``folder``; SettingsError names it and the bound that it broke."""
    order = {"folder": str(folder.absolute()), "name": name, "variables": to_json(variables)}
    answer = _worker().ask(json.dumps(order).encode())
    if "text" in answer:
        return answer["text"]
    _worker().stop()  # what a broken template left behind is not used again
    raise SettingsError(answer.get("message") or f"{folder.name}/{name}: {answer['fault']}; mend the template")


@cache
def _worker() -> "_Worker":
    worker = _Worker()
    atexit.register(worker.stop)
    return worker


class _Worker:
    """The process, started when it is first asked."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = Lock()

    def ask(self, order: bytes) -> dict[str, str]:
        """The answer to one order, or the fault that ended the process."""
        with self._turn:
            process = self._process = self._process or _start()
            late, began = Timer(WAIT, process.kill), monotonic()
            late.start()
            try:
                line = _exchange(process, order)
            finally:
                late.cancel()
            if line.endswith(b"\n"):
                answer: dict[str, str] = json.loads(line)
                return answer
            code, over = process.wait(), monotonic() - began >= WAIT
            self._end()
            slow = over or ended_by_limit(code)
            return {"fault": f"takes more than {SECONDS} s" if slow else f"ended its process (exit {code})"}

    def stop(self) -> None:
        """End the process, if there is one."""
        with self._turn:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.communicate()


def _start() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _exchange(process: "subprocess.Popen[bytes]", order: bytes) -> bytes:
    """The line that answers ``order``; without a line end where the process broke off."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(order + b"\n")
        process.stdin.flush()
        return process.stdout.readline(_LONGEST)
    except OSError:  # it died before it had read the order
        return b""
