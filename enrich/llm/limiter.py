"""One door for all requests of a process: as fast as the endpoint takes them, and after a refusal one by one.

What an endpoint allows a minute is learned from the headers of its answers (``x-ratelimit-…``). A refusal (429, 503)
makes everybody wait, not only whoever was refused; afterwards requests go out with a gap between them that shrinks with
every answer, so that those who waited do not come back as a herd.
"""

import math
import threading
from collections.abc import Mapping

from msgspec import Struct

from enrich.llm.clock import Clock
from enrich.llm.completion import Failure
from enrich.text.pattern import lazy_pattern

LONGEST_PAUSE = 180.0
"""Seconds, the patience with one answer; an endpoint that asks for more is given up by whoever it refused."""
OVERLOADED = frozenset({429, 503, 529})
"""Statuses by which endpoints say that they have too much to do; 529 is Anthropic's."""
_MINUTE = 60.0
"""Seconds that limits are for where the endpoint does not say when they end."""
_FIRST_PAUSE, _MOST_PAUSE = 1.0, 30.0
"""Seconds, as `enrich.llm.retry` waits, but for everybody."""
_FIRST_GAP, _MOST_GAP, _LEAST_GAP = 0.1, 5.0, 0.02
"""Chosen: seconds between two requests after a refusal; below the least there is none."""
_CLOSER = 0.7
"""Chosen: what an answer leaves of the gap."""
_DURATION = lazy_pattern(r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_KINDS = {"requests": ("-requests", ""), "tokens": ("-tokens",)}
HEADERS = tuple(
    f"{head}-{what}{kind}"
    for head in ("x-ratelimit", "ratelimit")
    for what in ("limit", "remaining", "reset")
    for kind in ("-requests", "-tokens", "")
)
"""What is listened to, in the spellings that providers use; without a kind it is about requests."""


class Admission(Struct, frozen=True):
    """A request that was let through."""

    tokens: int
    waited: float
    """Seconds."""
    number: int
    """Of the refusals before it."""


class _Bucket(Struct):
    """What may still be sent of one kind: requests or tokens."""

    limit: float
    left: float
    rate: float
    """What comes back a second."""
    at: float
    """When that was so."""
    full_at: float
    windowed: bool = False
    """All of it comes back at `full_at`: learned from a refusal that a steady flow would not have met."""

    def follow(self, now: float) -> None:
        if now >= self.full_at:
            self.left = max(self.left, self.limit) if self.left >= 0 else self.left + self.limit
            self.full_at = now + _MINUTE
        elif not self.windowed:
            self.left = min(self.limit, self.left + self.rate * (now - self.at))
        self.at = now

    def delay(self, need: float, now: float) -> float:
        """Seconds until ``need`` is there; what can never be there whole may go when all is."""
        self.follow(now)
        lacking = min(need, self.limit) - self.left
        if lacking <= 0:
            return 0.0
        return self.full_at - now if self.windowed else lacking / self.rate


class Limiter:
    """Shared by every request of a process; all times in seconds of the clock."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or Clock()
        self._lock = threading.Lock()
        self._buckets: dict[str, _Bucket] = {}
        self._asleep = {"requests": 0, "tokens": 0}
        self._next = self._gap = self._pause = 0.0
        self._refusals = 0

    def wait(self, tokens: int) -> Admission:
        """Wait until a request of so many tokens may be sent."""
        waited, needs = 0.0, {"requests": 1, "tokens": tokens}
        with self._lock:
            now = self._clock.monotonic()
            delays = [bucket.delay(needs[kind], now) for kind, bucket in self._buckets.items()]
            for kind, bucket in self._buckets.items():
                bucket.left -= needs[kind]
            delay, refusals = self._slot(now, max(delays, default=0.0)), self._refusals
        while True:
            if delay:
                self._sleep(delay, needs)
                waited += delay
            with self._lock:
                if refusals == self._refusals:
                    return Admission(tokens, waited, refusals)
                delay, refusals = self._slot(self._clock.monotonic(), 0.0), self._refusals

    def heard(self, headers: Mapping[str, str]) -> None:
        """Learn what the endpoint says of its limits."""
        with self._lock:
            now = self._clock.monotonic()
            for kind, suffixes in _KINDS.items():
                for suffix in suffixes:
                    self._hear(kind, suffix, headers, now)

    def refused(self, admission: Admission, failure: Failure) -> None:
        """The endpoint had too much: everybody waits. Refusals of what was sent together count once."""
        with self._lock:
            now = self._clock.monotonic()
            if admission.number == self._refusals:
                self._refusals += 1
                self._pause = min(_MOST_PAUSE, max(_FIRST_PAUSE, 2 * self._pause))
                self._gap = min(_MOST_GAP, max(_FIRST_GAP, 2 * self._gap))
                for bucket in self._buckets.values():
                    bucket.windowed = bucket.windowed or bucket.left < 1
            asked = self._pause if failure.retry_after is None else failure.retry_after
            self._next = max(self._next, now + min(asked, LONGEST_PAUSE))

    def answered(self) -> None:
        """A request was answered: there is room."""
        with self._lock:
            self._pause = 0.0
            self._gap = self._gap * _CLOSER if self._gap > _LEAST_GAP else 0.0

    def _slot(self, now: float, at_least: float) -> float:
        """Seconds until the next slot, which is taken."""
        start = max(now + at_least, self._next)
        if self._gap or self._next > now:
            self._next = max(self._next, start) + self._gap
        return start - now

    def _sleep(self, seconds: float, needs: Mapping[str, int]) -> None:
        with self._lock:
            for kind, need in needs.items():
                self._asleep[kind] += need
        try:
            self._clock.sleep(seconds)
        finally:
            with self._lock:
                for kind, need in needs.items():
                    self._asleep[kind] -= need

    def _hear(self, kind: str, suffix: str, headers: Mapping[str, str], now: float) -> None:
        said = {
            what: headers.get(f"x-ratelimit-{what}{suffix}", headers.get(f"ratelimit-{what}{suffix}", ""))
            for what in ("limit", "remaining", "reset")
        }
        limit, left = _number(said["limit"]), _number(said["remaining"])
        if not limit or left is None:
            return
        reset = _duration(said["reset"])
        steady = (limit - left) / reset if reset and left < limit else limit / _MINUTE
        before = self._buckets.get(kind)
        self._buckets[kind] = _Bucket(
            limit=limit,
            left=left - self._asleep[kind],
            rate=max(steady, limit / 86_400),
            at=now,
            full_at=now + (reset or _MINUTE),
            windowed=before.windowed if before else False,
        )


def _number(text: str) -> float | None:
    try:
        number = float(text.partition(",")[0])
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _duration(text: str) -> float | None:
    """Seconds of ``6m0s``, ``12ms``, ``1.5``; None for what is no duration, a moment included."""
    seconds = _number(text)
    if seconds is not None:
        return seconds if seconds < 86_400 else None
    found = _DURATION.fullmatch(text.strip())
    if found is None or not text.strip():
        return None
    hours, minutes, whole, thousandths = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + whole + thousandths / 1000
