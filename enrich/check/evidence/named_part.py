"""Numbered parts of a source, and sentences that say which part they take their words from: `(Passage 2)`."""

import re
from bisect import bisect_left
from collections.abc import Collection
from itertools import islice, pairwise

from enrich.check.evidence.sentence_index import SentenceIndex
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

_KINDS = r"(?:passage|section|part|chapter|document)"
_HEADING = lazy_pattern(rf"^[^\S\n]*({_KINDS}) (\d{{1,9}})[^\S\n]*[:.\n]", re.IGNORECASE | re.MULTILINE)
_NAMED = lazy_pattern(rf"\b({_KINDS})s? (\d{{1,9}})(?!\d)(?:,? (?:and|or|to) (\d{{1,9}})(?!\d))?", re.IGNORECASE)
_MOST_PARTS = 200
"""Parts that are told apart, a bound of time: a claim that names one is held against each."""


class NamedParts:
    """The parts of a text that have a heading with a number."""

    def __init__(self, text: str, sentences: Collection[Span], index: SentenceIndex) -> None:
        found_all = islice(_HEADING.finditer(text), _MOST_PARTS)
        headings = [(found.start(), _name(found[1], found[2])) for found in found_all]
        self._index = index
        starts = [sentence.start for sentence in sentences]
        bounds = [bisect_left(starts, at) for at, _ in headings] + [len(starts)]
        self._numbers = {name: range(*pair) for (_, name), pair in zip(headings, pairwise(bounds), strict=True)}
        self._kinds = {kind for kind, _ in self._numbers}

    def misplaced(self, claim: str, stems: Collection[str]) -> float:
        """By how much another part holds a larger share of the stems than the part that the claim names; mostly 0.

        A part that there is not holds nothing.
        """
        named = {_name(found[1], number) for found in _NAMED.finditer(claim) for number in found.groups()[1:] if number}
        named = {name for name in named if name[0] in self._kinds}
        if not named:
            return 0.0
        shares = {name: self._index.share_in(stems, numbers) for name, numbers in self._numbers.items()}
        return max(shares.values()) - max(shares.get(name, 0.0) for name in named)


def _name(kind: str, number: str) -> tuple[str, int]:
    return kind.casefold(), int(number)
