"""Things that a text names one after the other."""

from collections.abc import Iterator

from enrich.text.pattern import lazy_pattern

_LIST = lazy_pattern(r"(?<![^\s(])[^\s,.;:()][^,.;:()\n]{0,60}(?:,(?:\s|(?=[A-Z]))[^,.;:()\n]{1,60}){2,20}")
_LAST = lazy_pattern(r"(?:and|or|&)\s")
_TWO_NAMES = lazy_pattern(r"(?:[A-Z]\S*\s)+(?:and|or|&)\s(?:[A-Z]\S*(?:\s|$))+")
_FIRST = 1
"""Behind so many things two names are the last of them: `Spain, Peru and Chile, the office says`."""
_JOINED = lazy_pattern(r"\S\s(?:and|or|&)\s\S")


def list_lengths(text: str) -> Iterator[int]:
    """How many things each list names: 4 for `Gold, Silver, Individual, and Associate Members`."""
    for found in _LIST.finditer(text):
        things = [thing.strip() for thing in found.group().split(",")]
        yield from (number for number, thing in enumerate(things, 1) if _LAST.match(thing))
        if _JOINED.search(things[-1]):
            yield len(things) + 1
        if things[0].split()[-1][:1].isupper():  # `Two rivals, Alder and Birch, are`
            yield from (at + 1 for at, thing in enumerate(things, 1) if at > _FIRST and _TWO_NAMES.match(thing))
