"""Slots: the places of a text where a name stands, each with the words around it.

A name is known by the company it keeps: which words come before and after it, how near, and behind which preposition.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice

from msgspec import Struct

from enrich.check.evidence.wording import Wording
from enrich.check.facts.name_forms import INSTITUTIONS, same_thing, short_form, state_of, without_umlauts
from enrich.check.facts.names import WITH_JOINING, Name
from enrich.check.facts.stems import bare
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.text.words import Word, word_set

_REACH = 4
"""Content words on each side that a name is known by."""
_OTHER_SIDE = 0.5
"""What a shared word is worth when it stands on the other side: sentences get turned round without any harm."""
_SAME_PART = 0.5
"""What a preposition in common and saying something in common are worth, against a content word of rarity 1 beside the
name. By hand."""
_AGENT = word_set("by from von durch")
"""Words before one who acts, where the sentence is turned round: `bought by Acme`, `scrutiny from Acme`."""
_ARTICLES = word_set("a an the its his her their our mr ms mrs dr der die das den dem des")
_SAYING = """
said says told tells reported reports wrote writes announced added explained warned argued noted ruled stated asserts
asserted claims claimed insists insisted predicted predicts thinks believes admitted confirmed stressed stresses
adds warns argues notes explains emphasised emphasized acknowledged acknowledges conceded concedes recalled recalls
commented remarked complained called calls described describes praised promised
"""
_SAY = f"(?:{'|'.join(_SAYING.split())})"
_ROLE = r", (?:[^,.;]{3,70},|(?!(?:wh|and|but|as|he|she|it|they|we|I)\w*\s)[^,.;]{3,90})"
"""Who somebody is, between the name and what is said; the comma behind it may be left out."""
_HOME = r"\sof\s(?:the\s)?[A-Z]\S{0,30}(?:\s[A-Z]\S{0,30}){0,5}"
_SAYS = lazy_pattern(rf"(?:['’]s?)?(?:{_HOME})?(?:{_ROLE})?\s(?:also\s|later\s|has\s|had\s)?{_SAY}\b")
_SAID = lazy_pattern(rf"\b{_SAY}\s(?:the\s|mr\.?\s|ms\.?\s)?$", re.IGNORECASE)
_ACCORDING = lazy_pattern(r"\baccording to (?:the\s|mr\.?\s|ms\.?\s|(?:[a-z]+\s){0,3}[a-z]+,?\s)?$", re.IGNORECASE)
_SIGHT = "(?:eyes?|view|opinion|words|account|mind|telling|reckoning)"
_SEES = lazy_pattern(rf"(?:['’]s?)?\s(?:own\s)?{_SIGHT}\b|\ssees?\sit\b|\shas\sit\b")
_SEEN_BY = lazy_pattern(rf"\b(?:in|by|to)\s(?:the\s)?{_SIGHT}\sof\s(?:the\s|mr\.?\s|ms\.?\s)?$", re.IGNORECASE)
"""`In her eyes`, `in the view of`, `as he sees it`: whose words these are, without a word of saying."""
_PAUSE = lazy_pattern(r"\s*(?:[,.;!?\"”’)]|$|in\b|on\b|at\b)")
_LEAD = 120
"""Characters before a name in which somebody can be said to have spoken: a bound of time, for the forms are short."""
_SLIP = 0.85
"""How alike two longer words are that differ by a slip: `Starhip`."""
_LONG, _LONGEST = 6, 60
"""Letters. By hand: shorter words that differ by one are two (`Iran`, `Iraq`); beyond 60, a bound of time, none is a
name."""
_FORENAME_AND_NAME = 2
"""Words of a person's name before `of`; with three or one it is mostly an office, `Bank of`. By hand."""
_ZONES = word_set("eastern central mountain pacific")
_TIME = lazy_pattern(r"\s(?:standard\s|daylight\s)?time\b", re.IGNORECASE)
_NO_PERSONS = INSTITUTIONS | word_set("center centre office states kingdom republic bishop duke director head")
"""Words before `of` that end no person's name."""
_FEWEST_INITIALS, _MOST_WORDS = 2, 20
"""Words that initials stand for: one letter shortens anything. And those of a name that are looked at, a bound."""
_OWN = lazy_pattern(r"['’]s$")


class Slot(Struct, frozen=True, eq=False, dict=True):
    """A name, or a word that stands for one, where it is; its surroundings are read when they are asked for."""

    wording: Wording
    text: str
    words: frozenset[str]
    """The words of the name in bare form; none for a stand-in."""
    first: int
    """The numbers of its first and last word in the wording."""
    last: int
    is_home: bool = False
    """It only says where somebody is from: the `Trade House` of `Ann Lee of Trade House`."""

    @cached_property
    def before(self) -> dict[str, float]:
        """Root -> weight of the words before it, the nearest the heaviest."""
        roots = self.wording.roots
        return _weights(self.wording, islice((at for at in reversed(range(self.first)) if roots[at]), _REACH))

    @cached_property
    def after(self) -> dict[str, float]:
        """The same of the words after it."""
        roots = self.wording.roots
        return _weights(self.wording, islice((at for at in range(self.last + 1, len(roots)) if roots[at]), _REACH))

    @cached_property
    def preposition(self) -> str:
        """The function word before it, articles left out."""
        plain, roots = self.wording.plain, self.wording.roots
        at = next((at for at in reversed(range(self.first)) if plain[at] not in _ARTICLES), -1)
        return plain[at] if at >= 0 and not roots[at] else ""

    @cached_property
    def speaks(self) -> bool:
        """Whether it is said to have said something."""
        return not self.is_home and _speaks(self.wording, self.first, self.last)

    @property
    def start(self) -> int:
        """Where it begins, in the text of its sentence."""
        return self.wording.words[self.first].start

    @property
    def end(self) -> int:
        """Where it ends there."""
        return self.wording.words[self.last].end


def name_slots(wording: Wording, proper: Collection[str]) -> list[Slot]:
    """The names in order, those joined by `and` one by one.

    One plain word that opens a sentence is a name when it is one of `proper`.
    """
    numbers = {word.start: at for at, word in enumerate(wording.words)}
    slots = []
    for name in wording.names:
        if _is_label(wording.text, name) or _is_zone(wording.text, name):
            continue
        if not name.is_doubtful or (bare(name.words[0].text) in proper and not _is_compound(wording.text, name)):
            for words, is_home in _apart(wording.text, _from_opening(wording, name, proper)):
                text = wording.text[words[0].start : words[-1].end]
                forms = name_forms(word.text for word in words)
                ends = numbers[words[0].start], numbers[words[-1].start]
                slots.append(Slot(wording, text, forms, *ends, is_home))
    return slots


def _is_label(text: str, name: Name) -> bool:
    """Whether it only says what follows: the `Date/Time` of `Date/Time: June 17`."""
    return name.span.start == 0 and text[name.span.end : name.span.end + 2] == ": "


def _is_zone(text: str, name: Name) -> bool:
    """Whether it only says which clock is meant: `11 a.m. Eastern time`."""
    return bare(name.text) in _ZONES and _TIME.match(text, name.span.end) is not None


def _from_opening(wording: Wording, name: Name, proper: Collection[str]) -> Sequence[Word]:
    """The words of a name with a plain one before it that opens the sentence and is `proper`: `General Electric`."""
    first = wording.words[0]
    opens = wording.text[first.end : name.words[0].start] in (" ", " and ") and first.text[:1].isupper()
    return (first, *name.words) if opens and bare(first.text) in proper else name.words


def _is_compound(text: str, name: Name) -> bool:
    """Whether the sentence opens with a compound in small letters: `Neo-banks`."""
    return text[name.span.end : name.span.end + 1] == "-" and text[name.span.end + 1 : name.span.end + 2].islower()


def _apart(text: str, words: Sequence[Word]) -> list[tuple[list[Word], bool]]:
    """The words of a name, cut where `and` joins them, and, with True, where somebody is said to be of something."""
    groups = [([words[0]], False)]
    for word in words[1:]:
        before, _ = groups[-1]
        joint = text[before[-1].end : word.start].split()
        is_home = "of" in joint and _is_person(before)
        if "and" in joint or is_home:
            groups.append(([word], is_home))
        else:
            before.append(word)
    return groups


def _is_person(words: Sequence[Word]) -> bool:
    """Whether two words before `of` may be somebody's: `Ann Lee of Trade House`, not `Trade House of Leeds`."""
    return len(words) == _FORENAME_AND_NAME and bare(words[-1].text) not in _NO_PERSONS


def stand_in_slots(wording: Wording) -> list[Slot]:
    """The words that stand for a name."""
    return [Slot(wording, wording.words[at].text, frozenset(), at, at) for at in wording.stand_ins]


def name_forms(words: Iterable[str]) -> frozenset[str]:
    """The words of a name as they are compared: in bare form, without plural, a country for its people."""
    return frozenset(map(_name_form, words))


def _name_form(word: str) -> str:
    plain = bare(word)
    return same_thing(plain) or state_of(word) or short_form(without_umlauts(plain)).removesuffix("s")


def slot_at(wording: Wording, span: Span) -> Slot | None:
    """The words around whatever stands at `span` of the text; none where no word does."""
    inside = [at for at, word in enumerate(wording.words) if span.start < word.end and word.start < span.end]
    return Slot(wording, span.of(wording.text), frozenset(), inside[0], inside[-1]) if inside else None


def _speaks(wording: Wording, first: int, last: int) -> bool:
    """Whether the words from `first` to `last` are said to have said something."""
    text, start, end = wording.text, wording.words[first].start, wording.words[last].end
    lead = max(0, start - _LEAD), start
    if _SAYS.match(text, end) or _ACCORDING.search(text, *lead):
        return True
    if _SEES.match(text, end) or _SEEN_BY.search(text, *lead):
        return True
    return _SAID.search(text, *lead) is not None and _PAUSE.match(text, end) is not None


def _weights(wording: Wording, numbers: Iterable[int]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for distance, at in enumerate(numbers, 1):
        weights.setdefault(wording.roots[at], wording.weights[at] / distance**0.5)
    return weights


def suit(said: Slot, given: Slot, apart: Collection[str] = ()) -> float:
    """How well the surroundings of one slot suit another; the words of `apart` do not count."""
    straight = _shared(said.before, given.before, apart) + _shared(said.after, given.after, apart)
    turned = _shared(said.before, given.after, apart) + _shared(said.after, given.before, apart)
    if (said.preposition in _AGENT) != (given.preposition in _AGENT):
        straight, turned = turned, straight
    parts = (said.preposition and said.preposition == given.preposition, said.speaks and given.speaks)
    return straight + _OTHER_SIDE * turned + _SAME_PART * sum(map(bool, parts))


def _shared(first: dict[str, float], second: dict[str, float], apart: Collection[str]) -> float:
    return sum(min(weight, second[root]) for root, weight in first.items() if root in second and root not in apart)


def same_name(first: Slot, second: Slot) -> bool:
    """Whether two names are of one thing: one has all words of the other, or is its initials."""
    shared, least = len(first.words & second.words), min(len(first.words), len(second.words))
    if shared == least > 0:
        return True
    if not shared and len(first.words) == len(second.words) == 1:
        (one,), (other,) = first.words, second.words
        return min(len(one), len(other)) >= _LONG and _is_slip(one, other)
    # each has a word of its own: `Coast Trust North` and `Coast Trust South`
    return _is_acronym(first.text, second.text) or _is_acronym(second.text, first.text)


def _is_slip(one: str, other: str) -> bool:
    """Whether two words are alike; those are sorted out first that have too many letters of their own to be."""
    both = len(one) + len(other)
    if both > 2 * _LONGEST or len(set(one) ^ set(other)) > (1 - _SLIP) * both:
        return False
    return SequenceMatcher(None, one, other).ratio() > _SLIP


def _is_acronym(short: str, long: str) -> bool:
    """Whether one is the other's initials, or those of some of its words: `WHO`, `DR Congo`, `OSPool`, `BoE`."""
    if WITH_JOINING.fullmatch(short):
        return "".join(word[0] for word in long.split()[:_MOST_WORDS]) == short
    if not short.replace(".", "")[:_FEWEST_INITIALS].isupper():
        return False
    words = [word for word in long.split()[:_MOST_WORDS] if word[0].isupper()]
    plain = _OWN.sub("", short).replace(" ", "").replace(".", "")
    firsts = "".join(word[0] for word in words)
    ends = range(_FEWEST_INITIALS, len(words) + 1)
    return any(firsts[:end] + "".join(words[end:]) == plain for end in ends)
