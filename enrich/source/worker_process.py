"""The processes that take pages apart: each is kept until this program ends, and forks for each page.

So a page has a process of its own that can be ended, and what it needs is imported once.
"""

import atexit
import json
import os
import subprocess
import sys
from queue import Empty, LifoQueue
from threading import Timer

_COMMAND = (sys.executable, "-P", "-m", "enrich.source.worker")


def run_worker(data: bytes, seconds: float) -> "subprocess.CompletedProcess[bytes]":
    """What came of an order and a page; raises `subprocess.TimeoutExpired` after so many seconds.

    May be asked by several threads: as many pages are taken apart at once as there are processors.
    """
    if not hasattr(os, "fork"):
        return subprocess.run(_COMMAND, input=data, capture_output=True, timeout=seconds, check=False)
    return _WORKERS.run(data, seconds)


class KeptWorkers:
    """Processes that are kept between pages, each started when all others are busy; at most ``most``.

    To be closed at the end.
    """

    def __init__(self, most: int) -> None:
        self._free: LifoQueue[subprocess.Popen[bytes] | None] = LifoQueue()
        for _ in range(most):
            self._free.put(None)

    def run(self, data: bytes, seconds: float) -> "subprocess.CompletedProcess[bytes]":
        """See `run_worker`."""
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
        """End the processes that are not at work; one that is ends when its page is read, for nobody asks it again."""
        while True:
            try:
                process = self._free.get_nowait()
            except Empty:
                return
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


_WORKERS = KeptWorkers(os.cpu_count() or 1)
"""None is started before a page is read; one for the whole program, whichever thread asks first."""
atexit.register(_WORKERS.close)
