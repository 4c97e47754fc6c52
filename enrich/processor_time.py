"""A bound on the processor time of a process of ours: on a busy machine the clock would refuse good input."""

import signal


def limit_processor_time(seconds: float) -> None:
    """End this process after ``seconds`` more of processor time. Windows has no such limit, there the parent's clock
    has to do."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # which ends it, also in the middle of a parser written in C
        signal.setitimer(signal.ITIMER_PROF, seconds)


def ended_by_limit(code: int) -> bool:
    """Whether the exit code of a process is that of a passed limit."""
    return code == -getattr(signal, "SIGPROF", 0)
