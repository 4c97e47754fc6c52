"""Where time and chance come from, so that a test can bring its own."""

import random
import time
from collections.abc import Callable

from msgspec import Struct


class Clock(Struct, frozen=True):
    """Where a transport's time and chance come from."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
