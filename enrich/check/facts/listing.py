"""Things that a text names one after the other."""

from collections.abc import Iterator

from enrich.text.pattern import lazy_pattern

_LIST = lazy_pattern(r"(?<![^\s(])[^\s,.;:()][^,.;:()\n]{0,60}(?:,\s[^,.;:()\n]{1,60}){2,20}")
_LAST = lazy_pattern(r"(?:and|or|&)\s")
_JOINED = lazy_pattern(r"\S\s(?:and|or|&)\s\S")


def list_lengths(text: str) -> Iterator[int]:
    """How many things each list names: 4 for `Gold, Silver, Individual, and Associate Members`."""
    for found in _LIST.finditer(text):
        things = found.group().split(", ")
        yield from (number for number, thing in enumerate(things, 1) if _LAST.match(thing))
        if _JOINED.search(things[-1]):
            yield len(things) + 1
