"""One request at a time to a host, and a pause between two: many pages of one paper are asked for as a reader would."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from threading import Lock
from typing import TypeVar
from urllib.parse import urlsplit

from enrich.source.status import BusyError

Item = TypeVar("Item")
Answer = TypeVar("Answer")
LONGEST_WAIT = 120.0
"""Seconds that a host may ask to be left alone; who asks for more is refused."""
TRIES = 3
"""Chosen: how often a busy host is asked for one page."""


class Politeness:
    """Shared by the threads that fetch. ``delay`` in seconds."""

    def __init__(self, delay: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._delay, self._sleep = delay, sleep
        self._turns: dict[str, Lock] = defaultdict(Lock)
        self._next: dict[str, float] = {}

    def fetch(self, url: str, work: Callable[[], Answer]) -> Answer:
        """What ``work`` gives when it is the host's turn; again after the time that a busy host names."""
        host = host_of(url)
        with self._turns[host]:
            for number in range(1, TRIES + 1):
                self._sleep(max(0.0, self._next.get(host, 0.0) - time.monotonic()))
                try:
                    return work()
                except BusyError as error:
                    if number == TRIES or error.seconds > LONGEST_WAIT:
                        raise
                    self._sleep(error.seconds)
                finally:
                    self._next[host] = time.monotonic() + self._delay
        raise AssertionError  # the last try returns or raises


def host_of(url: str) -> str:
    """Where a request goes; the address itself where it names no host."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].casefold() or url
    except ValueError:
        return url


def spread(items: Sequence[Item], url_of: Callable[[Item], str]) -> list[Item]:
    """``items`` so that those of one host do not stand in a row: they would hold up all others."""
    hosts: dict[str, list[Item | None]] = defaultdict(list)
    for item in items:
        hosts[host_of(url_of(item))].append(item)
    return [item for item in chain.from_iterable(zip_longest(*hosts.values())) if item is not None]
