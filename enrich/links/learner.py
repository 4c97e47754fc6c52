"""Start the process that learns from a vault's links (`enrich.links.learn`); light, for it is done after an answer."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

from filelock import FileLock, Timeout


def learning_lock(file: Path) -> FileLock:
    """Held by the one process that learns for the index in ``file``."""
    return FileLock(f"{file}.learning", timeout=0)


def start_learning(root: Path, file: Path, airlock: str = "") -> None:
    """Let another process learn for the index in ``file``, unless one does so already. It outlives this one."""
    program = (sys.executable, "-P", "-W", "ignore", "-m", "enrich.links.learn")
    try:
        with learning_lock(file):
            pass
    except Timeout:
        return
    with suppress(OSError):  # without it the ranking stays as it is
        learner = subprocess.Popen(
            (*program, str(root.absolute()), str(file), airlock),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        # a program that goes on gets its exit code, so that no zombie stays; one that ends leaves it to the system
        Thread(target=learner.wait, daemon=True, name="enrich-learner").start()
