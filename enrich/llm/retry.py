"""The one place where a request is made again: which failures, how often, after how long."""

from collections.abc import Callable
from typing import Protocol

from tenacity import RetryCallState, Retrying, retry_if_result

from enrich.llm.completion import Exchange
from enrich.llm.diagnosis import Retry, diagnose
from enrich.llm.endpoint import Patience

FIRST_WAIT = 1.0
"""Seconds, doubled with every try. By hand: most rate limits count by the second or the minute."""
LONGEST_WAIT = 30.0
"""Seconds. By hand: half a minute is what a person in front of a terminal bears without news."""


class Waits(Protocol):
    """Where time and chance come from: the machine's, or a recording's."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...

    def chance(self) -> float:
        """A number in ``[0, 1)``."""
        ...

    def may_go_on(self, seconds: float) -> bool:
        """Whether another try can be made after so many seconds: a recording ends, and so does the time."""
        ...


def is_retried(exchange: Exchange) -> bool:
    """Whether the same request may succeed later."""
    return exchange.failure is not None and isinstance(diagnose(exchange.failure, exchange.request), Retry)


def wait_before(attempt: int, asked: float | None, chance: float) -> float:
    """Seconds before attempt ``attempt + 1``: what the endpoint asked for, else exponential with jitter."""
    if asked is not None:
        return asked
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)) * (0.5 + chance / 2))


def try_patiently(
    send: Callable[[float], Exchange],
    patience: Patience,
    waits: Waits,
) -> tuple[Exchange, ...]:
    """Every exchange of ``send`` until one is not to be repeated, or patience ends. Never empty.

    ``send`` is given the seconds that were waited before it. A wait that would end beyond ``patience.total`` is not
    begun.
    """
    attempts = _Attempts(send, patience, waits)
    retrying = Retrying(
        retry=retry_if_result(is_retried),
        wait=attempts.wait,
        stop=attempts.are_over,
        sleep=attempts.sleep,
        retry_error_callback=lambda _: attempts.made[-1],
    )
    retrying(attempts.make)
    return tuple(attempts.made)


class _Attempts:
    def __init__(self, send: Callable[[float], Exchange], patience: Patience, waits: Waits) -> None:
        self.send, self.patience, self.waits = send, patience, waits
        self.made: list[Exchange] = []
        self.waited = 0.0

    def make(self) -> Exchange:
        self.made.append(self.send(self.waited))
        return self.made[-1]

    def wait(self, state: RetryCallState) -> float:
        failure = self.made[-1].failure
        asked = failure.retry_after if failure else None
        return wait_before(state.attempt_number, asked, self.waits.chance())

    def are_over(self, state: RetryCallState) -> bool:
        spent = sum(exchange.seconds + exchange.waited for exchange in self.made)
        too_long = spent + state.upcoming_sleep > self.patience.total
        return too_long or state.attempt_number >= self.patience.tries or not self.waits.may_go_on(state.upcoming_sleep)

    def sleep(self, seconds: float) -> None:
        self.waited = seconds
        self.waits.sleep(seconds)
