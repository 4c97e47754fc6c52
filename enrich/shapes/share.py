"""From many notes to one rule: what nearly all of them keep, and where most of them lie."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from enrich.vault.section_type import Limits

MUST = 0.98
"""Share of the notes that keep a must of the type that is learned from them. By hand: each of
some ten musts may cost the type so many of its notes."""
ENOUGH = 3
"""Notes that must have the same, for it to be a constant. By hand: two agree by chance."""
MOST, MOST_WORDS = 99, 100_000
"""What a type's table can say of items, and of words and characters: see `enrich.vault.type_table`."""
_LOW, _HIGH = 0.1, 0.9
"""The percentiles between which the limits lie."""

Thing = TypeVar("Thing", bound=Hashable)


def holds(answers: Iterable[bool]) -> bool:
    """Whether nearly all of the answers are yes; not of none."""
    found = list(answers)
    return bool(found) and sum(found) >= MUST * len(found)


def limits_of(counts: Sequence[int], most: int) -> Limits:
    """The 10th and the 90th percentile, at most ``most``; the whole range where there are few."""
    if not counts:
        return (0, most)
    ordered = sorted(min(count, most) for count in counts)
    last = len(ordered) - 1
    return ordered[int(_LOW * last)], ordered[-1 - int((1 - _HIGH) * last)]


def usual(things: Iterable[Thing]) -> tuple[Thing | None, float]:
    """What is there most often, and which share that is; of equals the one that came first."""
    counted = Counter(things)
    if not counted:
        return None, 0.0
    thing, count = counted.most_common(1)[0]
    return thing, count / counted.total()
