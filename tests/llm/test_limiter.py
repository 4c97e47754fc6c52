"""The door for all requests, on a clock that only sleeps move."""

from collections.abc import Mapping
from itertools import pairwise

import pytest

from enrich.llm.clock import Clock
from enrich.llm.completion import Failure
from enrich.llm.limiter import Limiter


class Hours:
    """A clock that stands still until somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def sleep(self, seconds: float) -> None:
        """Time passes."""
        self.now += seconds


def limiter(hours: Hours) -> Limiter:
    """A limiter on that clock."""
    return Limiter(Clock(monotonic=lambda: hours.now, sleep=hours.sleep))


def said(limit: int, left: int, reset: str, kind: str = "requests") -> Mapping[str, str]:
    """Headers as OpenAI sends them."""
    return {
        f"x-ratelimit-limit-{kind}": str(limit),
        f"x-ratelimit-remaining-{kind}": str(left),
        f"x-ratelimit-reset-{kind}": reset,
    }


def test_requests_are_sent_at_once_while_nothing_is_known() -> None:
    """A local model that names no limits is not slowed down."""
    hours = Hours()
    door = limiter(hours)
    assert [door.wait(1000).waited for _ in range(50)] == [0.0] * 50


@pytest.mark.parametrize("reset", ["60s", "1m0s", "60", "60000ms"])
def test_what_is_left_of_a_minute_is_kept_to(reset: str) -> None:
    """When nothing is left, requests go out as they come back: here one a second."""
    hours = Hours()
    door = limiter(hours)
    door.heard(said(60, 0, reset))
    waits = [door.wait(10).waited for _ in range(3)]
    assert waits == pytest.approx([1.0, 1.0, 1.0])


def test_tokens_are_a_limit_of_their_own() -> None:
    """A long prompt waits where a short one need not."""
    hours = Hours()
    door = limiter(hours)
    door.heard(said(6000, 1000, "50s", "tokens"))
    assert door.wait(900).waited == 0.0
    assert door.wait(2100).waited == pytest.approx(20.0)


def test_what_can_never_be_there_goes_when_all_is() -> None:
    """A prompt larger than a minute's tokens is left to the provider to judge, not waited for for ever."""
    hours = Hours()
    door = limiter(hours)
    door.heard(said(1000, 1000, "0s", "tokens"))
    assert door.wait(50_000).waited == 0.0


def test_a_refusal_makes_everybody_wait_and_nobody_rush() -> None:
    """After a 429 all jobs wait as long as it asked for, then go one behind the other; answers close the gap."""
    hours = Hours()
    door = limiter(hours)
    first, second = door.wait(1), door.wait(1)
    failure = Failure("status", "slow down", 429, retry_after=7.0)
    door.refused(first, failure)
    door.refused(second, failure)
    starts = []
    for _ in range(4):
        door.wait(1)
        starts.append(hours.now)
    gaps = [later - sooner for sooner, later in pairwise(starts)]
    assert starts[0] >= 1007.0
    assert all(gap >= 0.09 for gap in gaps)
    for _ in range(20):
        door.answered()
    hours.sleep(10)
    assert [door.wait(1).waited for _ in range(3)] == [0.0] * 3


def test_an_hour_is_not_waited_for_by_all() -> None:
    """A key that is out of quota fails its request; the others are not held for an hour."""
    hours = Hours()
    door = limiter(hours)
    door.refused(door.wait(1), Failure("status", "quota", 429, retry_after=3600.0))
    assert door.wait(1).waited <= 181


@pytest.mark.parametrize("nonsense", ["", "x", "-5", "nan", "inf", "1e400", "9" * 300, "0"])
def test_headers_that_say_nothing_change_nothing(nonsense: str) -> None:
    """What an endpoint writes there is not trusted to be a number."""
    hours = Hours()
    door = limiter(hours)
    door.heard(said(60, 60, nonsense))
    door.heard({"x-ratelimit-limit-requests": nonsense, "x-ratelimit-remaining-requests": nonsense})
    assert door.wait(1).waited == 0.0
