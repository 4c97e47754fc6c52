"""A way in which something is written, such as a date, that is only sought near a sign which every such place holds."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from enrich.text.span import Span

_WIDEST: Final = 60
"""Characters of the longest place before or behind its sign, the name of its month. By hand, a bound of time."""


class Form:
    """A pattern with the signs that show where it is worth trying: it has no fixed beginning, and a page is long.

    Both are compiled when a text is first searched: a page in English never pays for the forms of other languages.
    """

    __slots__ = ("any_case", "flags", "pattern", "signs")

    def __init__(self, signs: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        """``signs`` is a pattern too, of short words between bars; without regard to case it is in small letters."""
        self.signs, self.pattern, self.flags = signs, pattern, flags
        self.any_case = bool(flags & re.IGNORECASE)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """The places in order, apart from one another."""
        for stretch in _stretches(text, self.signs, self.any_case):
            yield from self.compiled.finditer(text, *stretch)

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern alone."""
        return _compiled(self.pattern, self.flags)


@cache
def _compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(pattern, flags)


@lru_cache(maxsize=32)
def _stretches(text: str, signs: str, any_case: bool) -> tuple[Span, ...]:
    """The stretches of the text in which a place with one of the signs lies whole, in order and apart."""
    sought = _lowered(text) if any_case else text
    stretches: list[Span] = []
    for match in _compiled(signs).finditer(sought):
        start, end = max(0, match.start() - _WIDEST), match.end() + _WIDEST
        if stretches and start <= stretches[-1].end:
            stretches[-1] = Span(stretches[-1].start, end)
        else:
            stretches.append(Span(start, end))
    return tuple(stretches)


@lru_cache(maxsize=2)
def _lowered(text: str) -> str:
    """In small letters, each in its place; of one capital alone, the Turkish dotted one, two signs would come."""
    return text.replace("İ", "I").lower()
