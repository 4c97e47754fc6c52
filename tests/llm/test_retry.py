"""Retries: how long is waited, and what ends them."""

from collections.abc import Iterator

import pytest

from enrich.llm.completion import Exchange, Failure, Reply
from enrich.llm.endpoint import Patience
from enrich.llm.retry import LONGEST_WAIT, try_patiently, wait_before

BUSY = Exchange({}, None, Failure("status", "busy", status=503), seconds=1.0)
DONE = Exchange({}, Reply(text="{}", finish_reason="stop"), None, seconds=1.0)


class Script:
    """Time that is only written down; trying ends when the script is used up."""

    def __init__(self, *exchanges: Exchange, chance: float = 0.0) -> None:
        self.left = list(exchanges)
        self.slept: list[float] = []
        self._chance = chance

    def send(self, waited: float) -> Exchange:
        """The next exchange of the script."""
        exchange = self.left.pop(0)
        return Exchange(exchange.request, exchange.reply, exchange.failure, exchange.seconds, waited)

    def sleep(self, seconds: float) -> None:
        """Write it down."""
        self.slept.append(seconds)

    def chance(self) -> float:
        """Always the same."""
        return self._chance

    def may_go_on(self, seconds: float) -> bool:  # noqa: ARG002
        """Whether there is more."""
        return bool(self.left)


@pytest.mark.parametrize(("chance", "expected"), [(0.0, [0.5, 1.0, 2.0, 4.0]), (1.0, [1.0, 2.0, 4.0, 8.0])])
def test_waits_double_and_are_spread(chance: float, expected: list[float]) -> None:
    """Ten drafts that failed together do not come back together, and not too soon."""
    assert [wait_before(attempt, None, chance) for attempt in range(1, 5)] == expected


def test_waits_are_bounded_unless_the_endpoint_says_otherwise() -> None:
    """A long outage is looked at every half minute; what the endpoint asks for is honoured to the second."""
    assert wait_before(30, None, 1.0) == LONGEST_WAIT
    assert wait_before(1, 77.0, 0.5) == 77.0


def test_first_answer_ends_the_tries() -> None:
    """An endpoint that answers is asked once."""
    script = Script(DONE, BUSY)
    assert try_patiently(script.send, Patience(), script) == (DONE,)
    assert script.slept == []


def test_every_exchange_is_kept_with_its_wait() -> None:
    """The run folder shows how often and how long an endpoint was waited for."""
    script = Script(BUSY, BUSY, DONE)
    exchanges = try_patiently(script.send, Patience(), script)
    assert [exchange.waited for exchange in exchanges] == [0.0, 0.5, 1.0]
    assert exchanges[-1].reply is not None


def test_time_spent_answering_counts() -> None:
    """Slow failures use up the patience as waits do."""
    slow = Exchange({}, None, Failure("timeout", "no answer in time"), seconds=100.0)
    script = Script(slow, slow, slow)
    assert len(try_patiently(script.send, Patience(tries=9, total=150.0), script)) == 2


def test_end_of_a_recording_ends_the_tries() -> None:
    """A replay gives up where the recorded run gave up."""
    script = Script(BUSY, BUSY)
    assert len(try_patiently(script.send, Patience(tries=9), script)) == 2


def test_failures_that_stay_are_not_repeated() -> None:
    """A wrong key costs one request."""

    def refusals() -> Iterator[Exchange]:
        yield Exchange({}, None, Failure("status", "no", status=401), seconds=0.1)

    script = Script(*refusals(), DONE)
    assert len(try_patiently(script.send, Patience(), script)) == 1
