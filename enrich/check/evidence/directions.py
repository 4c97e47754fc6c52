"""Directions: where a sentence says up and its evidence says down."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from enrich.check.evidence.negation import is_negator
from enrich.check.evidence.wording import Wording
from enrich.check.facts.stems import bare, is_function_word, stem
from enrich.text.pattern import lazy_pattern

_REACH = 4
"""Content words on either side by which two words are seen to be said of the same thing."""
_DENIAL = 3
"""Words before one within which it is denied: `no longer as quickly`. By hand."""
_POSITIONAL = frozenset(
    map(bare, ("before", "after", "vor", "nach", "trước", "sau", "more", "less", "fewer", "most", "least"))
)
"""Words that are turned round by what follows them: `A before B` is `B after A`."""
_CONVERSE = frozenset(map(stem, "buy acquire purchase sell win lose beat defeat import export".split()))
"""Deeds that another does the other way round: what Acme sold, Brightmere bought. Who does them decides."""

_FIXED = lazy_pattern(
    r"high(?:er)?[ -](?:school|court|street|tech|end|speed|profile|sea)s?"
    r"|(?:long|short)[ -](?:term|time|wave|hand|list|haul)|(?:first|last)[ -](?:aid|name)s?"
    r"|open[ -]source|large language",
    re.IGNORECASE,
)
"""Words that say no direction together: `a high school teacher`."""
_AGES = frozenset(("year", "years", "month", "months", "week", "weeks"))


class Side(NamedTuple):
    """One side of a pair of opposites."""

    pair: int
    side: int

    @property
    def other(self) -> "Side":
        """The opposite."""
        return Side(self.pair, 1 - self.side)


class Turn(NamedTuple):
    """A word of a sentence whose opposite stands in the evidence."""

    word: str
    opposite: str
    shared: float
    """How many of the words around the two agree, 0 to 1."""


@cache
def _sides() -> dict[str, frozenset[Side]]:
    """Stem -> the sides it stands on."""
    found: dict[str, frozenset[Side]] = {}
    lines = files("enrich.check.evidence").joinpath("opposites.txt").read_text("utf-8").splitlines()
    for pair, line in enumerate(line for line in lines if not line.startswith("#")):
        for side, listing in enumerate(line.split(" / ")):
            for word in listing.split():
                if not word.isascii() and is_function_word(bare(word)):  # `ít` without its accent is English `it`
                    continue
                found[stem(word)] = found.get(stem(word), frozenset()) | {Side(pair, side)}
    return found


def find_turns(said: Wording, given: Sequence[Wording]) -> list[Turn]:
    """Words of `said` whose opposite stands in `given`, and no word of their own side; a sentence may say both."""
    own = {side for at in range(len(said.plain)) for side in _sides_at(said, at)}
    there = {side for wording in given for at in range(len(wording.plain)) for side in _sides_at(wording, at)}
    turns = []
    for at in range(len(said.plain)):
        for side in _sides_at(said, at):
            if side.other in there - own and side not in there:
                turns.append(_closest(said, at, side.other, given))
                break
    return turns


def _sides_of(plain: str) -> frozenset[Side]:
    return _sides().get(stem(plain), frozenset())


def _sides_at(wording: Wording, at: int) -> frozenset[Side]:
    """The sides of a word where it stands; an age says nothing of old or young, who is shut out closes nothing, nor
    does a part of a name (`New Jersey`) or of a word of two, and of what is denied a reader tells."""
    word = wording.words[at]
    if at and word.text[0].isupper() and not wording.nouns_capitalised:
        return frozenset()
    if _FIXED.match(wording.text, word.start):
        return frozenset()
    is_age = wording.plain[at] == "old" and at > 0 and wording.plain[at - 1] in _AGES
    is_barred = wording.plain[at : at + 2] == ["shut", "out"]
    if is_age or is_barred or any(map(is_negator, wording.small[max(0, at - _DENIAL) : at])):
        return frozenset()
    return _sides_of(wording.plain[at])


def _closest(said: Wording, at: int, wanted: Side, given: Iterable[Wording]) -> Turn:
    """The word of the wanted side that stands among the same words."""
    own = _around(said, at)
    turns = [
        Turn(said.words[at].text, wording.words[other].text, _agreement(own, _around(wording, other)))
        for wording in given
        for other in range(len(wording.plain))
        if wanted in _sides_at(wording, other)
    ]
    return max(turns, key=lambda turn: turn.shared)


def _around(wording: Wording, at: int) -> tuple[frozenset[str], frozenset[str]]:
    """The synonym roots before and after a word; only what follows, or goes before, where that decides."""
    before = [root for root in reversed(wording.roots[:at]) if root][:_REACH]
    after = [root for root in wording.roots[at + 1 :] if root][:_REACH]
    if stem(wording.plain[at]) in _CONVERSE:
        return frozenset(before), frozenset()
    if wording.plain[at] in _POSITIONAL:
        return frozenset(), frozenset(after[:2])
    return frozenset(before), frozenset(after)


def _agreement(own: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> float:
    everything = own[0] | own[1]
    return len(everything & (other[0] | other[1])) / max(1, len(everything))
