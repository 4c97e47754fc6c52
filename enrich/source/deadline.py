"""One point in time by which everything must be done."""

import time
from collections.abc import Callable


class OutOfTimeError(Exception):
    """The deadline has passed."""


class Deadline:
    """A point in time, `seconds` from now on the given clock."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def remaining(self) -> float:
        """Seconds left, always positive. Raises `OutOfTimeError` when there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise OutOfTimeError
        return left
