"""A bound on the processor time of a process of ours: on a busy machine the clock would refuse good input."""

import math
import signal
from contextlib import suppress


def limit_processor_time(seconds: float) -> None:
    """End this process after ``seconds`` more of processor time. Windows has no such limit, there the parent's clock
    has to do."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        spent = resource.getrusage(resource.RUSAGE_SELF)
        until = math.ceil(spent.ru_utime + spent.ru_stime + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def ended_by_limit(code: int) -> bool:
    """Whether the exit code of a process is that of a passed limit."""
    return code == -getattr(signal, "SIGXCPU", 0)
