"""What a name is of, a person, a place or a thing, as far as the page shows it by the words around its mentions.

A name is only ever written for another of its kind: who swaps names puts a person for a person.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from enrich.check.evidence.name_context import Slot
from enrich.check.facts.name_forms import INSTITUTIONS, is_country
from enrich.check.facts.stems import bare, is_function_word
from enrich.text.pattern import lazy_pattern
from enrich.text.words import word_set

NameKind = Literal["", "person", "place", "thing"]

_TITLES = word_set("""
    mr mrs ms miss dr prof professor sir dame lord lady judge justice captain sergeant detective king queen prince
    princess duke duchess officer president senator chancellor minister secretary reverend rev bishop pope father
    mother son daughter brother sister wife husband uncle aunt boyfriend girlfriend friend striker winger boss coach
    ace star deputy marshal chief sheriff mayor governor actress actor comedian
""")
_KIN = (
    "wife|husband|son|daughter|mother|father|brother|sister|girlfriend|boyfriend|family|parents|friends?|lawyer|career"
)
_ROLE = lazy_pattern(r"[a-z]{3,}(?:er|or|ist|ian|ress|man|woman)$")
_NO_ROLES = word_set("""
    after over under other another either neither former latter later order number power paper water matter member
    never rather together longer whether however ever per cover offer super major minor prior interior exterior
    september october november december letter summer winter centre center river tower quarter border corner better
    computer newspaper german roman christian asian italian russian american australian canadian
""")
_SAID = lazy_pattern(
    rf",\s\d\d\b(?!\s[A-Z])|\s\(\d\d\)|,?\swho(?:se|m)?\b|['’]s?\s(?:{_KIN})\b"
    r"|\s(?:smiled|laughed|wore|died|married|tweeted|admitted|scored|headed|starred|pleaded|resigned|retired|denied)\b"
)
_OLD = lazy_pattern(r"-year-old(?:\s[a-z-]+){0,2}\s$")
_AT = lazy_pattern(r"\b(?:in|near|outside|across|throughout|around)\s$", re.IGNORECASE)
_PRINTED = lazy_pattern(
    r"\b(?:publish|appear|print|describ|detail|report|featur|wr[io]t|(?:came|come|comes|coming) out)\w*\s"
    r"(?:online\s)?in\s$"
)
"""Before a paper rather than a place: `published in Nature`."""
_THE = lazy_pattern(r"\bthe\s$", re.IGNORECASE)
_ON = lazy_pattern(r"\bon\s$", re.IGNORECASE)


class NameKinds:
    """The kinds of a page's names, asked one by one."""

    def __init__(self, mentions: Sequence[Slot]) -> None:
        alone = [slot.words for slot in mentions if len(slot.words) == 1]
        self._mentions: dict[str, list[Slot]] = {}
        for slot in mentions:
            for word in slot.words:
                self._mentions.setdefault(word, []).append(slot)
        self._alone = {word for words in alone for word in words}
        self._known: dict[frozenset[str], NameKind] = {}

    def of(self, slot: Slot) -> NameKind:
        """What the name at `slot`, of the page or of a sentence about it, is of; empty when nothing shows it."""
        if slot.words and all(map(is_country, slot.words)):
            return "place"
        if slot.words not in self._known:
            held = {id(mention): mention for word in slot.words for mention in self._mentions.get(word, ())}
            alike = [each for each in held.values() if each.words <= slot.words or slot.words <= each.words]
            self._known[slot.words] = _decide([*alike, slot], self._alone)
        return self._known[slot.words]


def _decide(mentions: Sequence[Slot], alone: Collection[str]) -> NameKind:
    if any(mention.wording.plain[mention.last] in INSTITUTIONS for mention in mentions):
        return "thing"
    votes = Counter(vote for mention in mentions for vote in _votes(mention))
    votes["person"] += any(_is_known_by_its_last(mention, alone) for mention in mentions)
    if votes["person"] > votes["place"]:
        return "person"
    if votes["thing"]:
        return "thing"
    return "place" if votes["place"] > 0 and 3 * votes["place"] >= len(mentions) else ""


def _is_known_by_its_last(mention: Slot, alone: Collection[str]) -> bool:
    """Whether a page shortens a name to its last word, as it does with people: `Ann Lee` to `Lee`."""
    words = [bare(word) for word in mention.text.split()]
    return len(words) > 1 and words[-1] in alone and words[0] not in alone


def _votes(mention: Slot) -> Iterator[NameKind]:
    wording = mention.wording
    text, words = wording.text, wording.words
    start, end = words[mention.first].start, words[mention.last].end
    lead = wording.plain[mention.first - 1] if mention.first and text[start - 1] == " " else ""
    if lead in _TITLES or _is_role(lead) or any(bare(word) in _TITLES for word in mention.text.split()[:-1]):
        yield "person"
    if _SAID.match(text, end) or _OLD.search(text, max(0, start - 40), start):
        yield "person"
    if _AT.search(text, max(0, start - 12), start) and not _PRINTED.search(text, max(0, start - 24), start):
        yield "place"
    if _ON.search(text, max(0, start - 5), start) or _THE.search(text, max(0, start - 5), start):
        yield "thing"


def _is_role(word: str) -> bool:
    return _ROLE.match(word) is not None and word not in _NO_ROLES and not is_function_word(word)
