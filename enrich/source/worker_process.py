"""The process that takes pages apart, as its caller sees it: one for one page, or kept for many.

A kept one forks for each page, so that a page still has a process of its own that can be ended, and what it needs is
imported once.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from queue import LifoQueue
from threading import Timer

RunWorker = Callable[[bytes, float], "subprocess.CompletedProcess[bytes]"]
"""Gives an order and a page to a process, and waits so many seconds; raises `subprocess.TimeoutExpired`."""
_COMMAND = (sys.executable, "-P", "-m", "enrich.source.worker")


def run_once(data: bytes, seconds: float) -> "subprocess.CompletedProcess[bytes]":
    """A process for this page alone."""
    return subprocess.run(_COMMAND, input=data, capture_output=True, timeout=seconds, check=False)


class KeptWorkers:
    """Processes that are kept between pages, each started when all others are busy; at most ``most``.

    May be asked by several threads. To be closed at the end.
    """

    def __init__(self, most: int) -> None:
        self._free: LifoQueue[subprocess.Popen[bytes] | None] = LifoQueue()
        for _ in range(most):
            self._free.put(None)
        self._most = most

    def run(self, data: bytes, seconds: float) -> "subprocess.CompletedProcess[bytes]":
        """What `run_once` gives; where a system cannot fork it is that."""
        if not hasattr(os, "fork"):
            return run_once(data, seconds)
        process = self._free.get()
        try:
            process = process or subprocess.Popen(
                (*_COMMAND, "--keep"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
            return _ask(process, data, seconds)
        except BaseException:
            if process is not None:
                _end(process)
                process = None
            raise
        finally:
            self._free.put(process)

    def close(self) -> None:
        """End the processes, those that are at work first being waited for."""
        for process in [self._free.get() for _ in range(self._most)]:
            if process is not None:
                _end(process)


def _ask(process: "subprocess.Popen[bytes]", data: bytes, seconds: float) -> "subprocess.CompletedProcess[bytes]":
    assert process.stdin is not None
    assert process.stdout is not None
    late = Timer(seconds, _kill, (process,))
    late.start()
    try:
        process.stdin.write(b"%d\n" % len(data) + data)
        process.stdin.flush()
        head = process.stdout.readline()
        if not head.endswith(b"\n"):
            raise OSError
        code, out, err = json.loads(head)
        answer = process.stdout.read(out + err)
    except OSError:
        raise subprocess.TimeoutExpired(_COMMAND, seconds) from None
    finally:
        late.cancel()
    return subprocess.CompletedProcess(_COMMAND, code, answer[:out], answer[out:])


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """With the child that it waits for."""
    try:
        os.killpg(process.pid, 9)
    except ProcessLookupError:
        process.kill()


def _end(process: "subprocess.Popen[bytes]") -> None:
    _kill(process)
    process.communicate()
