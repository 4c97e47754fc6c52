"""What all tests share."""

import gc
import os

from hypothesis import settings

from enrich.__main__ import GARBAGE_AT

# A busy machine is no failure: how long an example takes says nothing about what it shows.
settings.register_profile("enrich", deadline=None)
settings.load_profile("enrich")

gc.set_threshold(GARBAGE_AT)  # as the program does


def pytest_xdist_auto_num_workers() -> int:
    """Two processes more than there are processors: tests wait for servers, browsers and deadlines."""
    return (os.cpu_count() or 1) + 2


def pytest_collection_finish() -> None:
    """Look for garbage elsewhere than in what was imported and collected: all of it stays."""
    gc.freeze()
