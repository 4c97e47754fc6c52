"""Which sources say the same: one text under two addresses, or one story told by two papers.

Sources are compared through the words they share, each with the few entries that share a rare one, so that an inbox of
thousands takes as many times longer as it is larger, and no more.
"""

import hashlib
from collections import defaultdict
from datetime import date

from msgspec import Struct, field

from enrich.text.words import split_words

DAYS = 3
"""Chosen: papers tell a story within so many days of each other."""
_SHARED = 0.5
"""Chosen, not measured: the share of the shorter story's words that both must have."""
_LEAD = 60
"""Words of the text that count beside the headline: what a story is about stands first."""
_COMMON = 40
"""Chosen: a word that more sources have says nothing about a story."""
_LEAST = 4
"""Chosen: shared rare words below which nothing is said."""


def digest_text(text: str) -> str:
    """The same for texts that differ in marks, spaces and case only."""
    words = " ".join(word.text.casefold() for word in split_words(text))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def story_words(title: str, text: str) -> frozenset[str]:
    """The words that tell what a story is about: those of the headline, and names and figures of its beginning."""
    lead = [word.text for word in split_words(text)[:_LEAD]]
    telling = (word for word in lead if word[:1].isupper() or word[:1].isdecimal() or not word.isascii())
    words = {word.casefold() for word in (*(word.text for word in split_words(title)), *telling)}
    return frozenset(word for word in words if len(word) > 2 or not word.isascii())


class Stories(Struct):
    """Sources by the words of their stories."""

    _by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _stories: dict[int, tuple[frozenset[str], date | None, str]] = field(default_factory=dict)

    def add(self, number: int, words: frozenset[str], day: date | None, site: str) -> None:
        """Know the source ``number``."""
        self._stories[number] = (words, day, site)
        for word in words:
            self._by_word[word].append(number)

    def same_story(self, words: frozenset[str], day: date | None, site: str) -> list[int]:
        """The numbers of sources of other sites that tell it, within `DAYS`."""
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            found = self._by_word.get(word, ())
            for number in found[-_COMMON:] if len(found) <= _COMMON else ():
                shared[number] += 1
        return sorted(number for number, count in shared.items() if self._tells(number, count, words, day, site))

    def _tells(self, number: int, count: int, words: frozenset[str], day: date | None, site: str) -> bool:
        theirs, then, where = self._stories[number]
        near = day is None or then is None or abs((day - then).days) <= DAYS
        return where != site and near and count >= max(_LEAST, _SHARED * min(len(words), len(theirs)))
