"""Where a section that a note lacks belongs among its headings: where the vault's other notes have it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence


def place_section(
    heading: str, found: Sequence[str], ours: Sequence[str], others: Iterable[Sequence[str]]
) -> int | None:
    """How many of the headings ``found`` stand before ``heading``; None where no other note tells.

    ``others`` are the headings of notes that have it, in order; a note counts the more, the more it is like this one.
    ``ours`` are those of the type: where the note keeps their order, the new one does too.
    """
    names = [name.casefold() for name in found]
    behind, before = _votes(heading.casefold(), names, others)
    if not (behind or before):
        return None
    costs = [
        sum(before[name] for name in names[number:]) + sum(behind[name] for name in names[:number])
        for number in range(len(names) + 1)
    ]
    low, high = _within(heading.casefold(), names, [name.casefold() for name in ours])
    return min(range(low, high + 1), key=lambda number: (costs[number], -number))


def _votes(
    heading: str, names: Sequence[str], others: Iterable[Sequence[str]]
) -> tuple[defaultdict[str, float], defaultdict[str, float]]:
    """How much speaks for each of the names to stand behind the heading, and how much for it to stand before."""
    behind, before = defaultdict[str, float](float), defaultdict[str, float](float)
    wanted = {*names, heading}
    for other in others:
        theirs = [name.casefold() for name in other]
        if heading not in theirs:
            continue
        likeness = len(wanted & set(theirs)) / len(wanted | set(theirs))
        at = theirs.index(heading)
        for name in wanted.intersection(theirs[:at]):
            before[name] += likeness
        for name in wanted.intersection(theirs[at + 1 :]):
            behind[name] += likeness
    return behind, before


def _within(heading: str, names: Sequence[str], ours: Sequence[str]) -> tuple[int, int]:
    """The lowest and the highest number that keeps the type's order; any where the note does not keep it itself."""
    places = [ours.index(name) for name in names if name in ours]
    if heading not in ours or places != sorted(places):
        return 0, len(names)
    own = ours.index(heading)
    lows = [number + 1 for number, name in enumerate(names) if name in ours and ours.index(name) < own]
    highs = [number for number, name in enumerate(names) if name in ours and ours.index(name) > own]
    return max(lows, default=0), min(highs, default=len(names))
