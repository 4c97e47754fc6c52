"""The workers of a dask scheduler, as an executor: the one place that knows dask (extra ``cluster``)."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from enrich.errors import SettingsError

SECONDS = 10
"""How long a scheduler is waited for."""


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """An executor of the workers at ``address`` (``tcp://HOST:8786``); SettingsError when there is none."""
    try:
        from distributed import Client
    except ImportError:
        raise SettingsError("--cluster: needs dask; install enrich-notes[cluster]") from None
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise SettingsError(
            f"--cluster {address}: no scheduler answers ({error}); start one, or leave it out"
        ) from error
    try:
        if not client.scheduler_info()["workers"]:
            raise SettingsError(
                f"--cluster {address}: the scheduler has no worker; start one with dask worker {address}"
            )
        # pure=False: a job that is given out again is run again
        yield client.get_executor(pure=False)
    finally:
        client.close()
