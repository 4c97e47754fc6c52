"""How many requests are on their way at once, whoever makes them."""

import heapq
import math
import threading
from itertools import count


class Slots:
    """So many requests at once; of those who wait, the one of the draft that began first goes first.

    So a draft that has begun is finished before another is, and the last ones of many do not come all at once.
    """

    def __init__(self, most: float = math.inf) -> None:
        self._free, self._waiting = most, list[tuple[int, int]]()
        self._arrivals, self._changed = count(), threading.Condition()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def take(self, rank: int) -> None:
        """Wait for one; the least ``rank`` gets it first."""
        with self._changed:
            mine = (rank, next(self._arrivals))
            heapq.heappush(self._waiting, mine)
            try:
                while self._free < 1 or self._waiting[0] != mine:
                    self._changed.wait()
                self._free -= 1
            finally:
                self._waiting.remove(mine)
                heapq.heapify(self._waiting)
                self._changed.notify_all()

    def give(self) -> None:
        """It is free again."""
        with self._changed:
            self._free += 1
            self._changed.notify_all()
