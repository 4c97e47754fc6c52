"""Polarity: what a sentence denies and its evidence affirms, or the other way round."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from enrich.check.evidence.problem import Problem
from enrich.check.evidence.wording import Wording
from enrich.check.facts.number_words import SMALL
from enrich.text.pattern import lazy_pattern
from enrich.text.words import word_set

_NEGATORS = word_set("""
    not no never none nobody nothing neither nor without cannot hardly barely nowhere nicht kein keine keinen keiner
    keinem keines nie niemals nichts niemand ohne không chưa chẳng đừng chớ
""")
_HAN_NEGATORS = lazy_pattern("[不没沒未无無非别]")
_REFUSALS = word_set("""
    decline declines declined declining refuse refuses refused refusing deny denies denied denying reject rejects
    rejected fail fails failed failing lack lacks lacked lacking unable prevent prevents prevented avoid avoids
    avoided reluctant unwilling refusal denial rejection inability weigert weigerte verweigert ablehnt
""")
"""Words that deny what follows them."""
_SHADES = word_set("""
    undisclosed unnamed unknown unclear unspecified undecided unchanged unsigned unavailable unlikely impossible non
    elusive stop stops stopped halt halted cancel canceled cancelled ban bans banned banning prohibit prohibited
    forbid forbids forbidden block blocked drop drops dropped exclude excludes excluded excluding except instead
    rather free lost lose loses yet wary doubt doubts doubtful difficult hard despite zero longer nonfunctional
    against scrap scrapped abandon abandoned withdraw withdrew withdrawn miss missed short delay delayed postpone
    postponed
    struggle struggles struggled skip skipped absence absent missing outside beyond gone stalled uncertain unsure
    resist resisted opposed
    kaum statt noch erst
    little few rarely seldom scarcely trotz außer khó ngừng dừng thiếu 拒绝 停止 缺乏
""")
"""Words that a writer may turn into a plain denial, and the other way round."""
_KEEPS_FROM = lazy_pattern(r"\b(?:keep|stop)\w*\b[^.;]{1,40}\bfrom\b")
"""A denial in the form of a deed: `keep such fires from spreading`."""
_BACK = 6
"""Words before a word within which one that only implies a denial touches it; a plain one does so in all its clause."""
_NUMBER = "|".join([*SMALL, "hundred", "thousand", "million"])
_IDIOMS = lazy_pattern(
    r"\b(?:not (?:only|just|quite|exactly)\b|may or may not|no (?:more|less|fewer|later|earlier|longer) than|not least"
    r"|whether or not|not to mention|if not|sa(?:y|ys|id|ying) no to|without exception|no (?:more|longer)\b"
    r"|\w+n['’]t(?: [^\s.,;]+){1,3}? (?:any ?more|any longer)"
    r"|no (?:choice|other|doubt|wonder|matter)|nothing but"
    r"|(?:never|not)(?: \w+){0,8} before(?=[.,;!?]|$)|never before"
    r"|without (?:paying|payment|(?:\w+ )?(?:costs?|charge|fees?))|costs? nothing|for nothing"
    r"|without (?:giving up|losing|sacrificing|harming|hurting|risking|endangering|compromising|dropping)"
    r"|(?:not|never)(?: \w+){0,3} (?:so|as|such|better|worse|(?:more|less)(?! than)|\w{3,}er than)"
    rf"|(?:not even|hardly|barely|scarcely) (?:[$€£]?\d|(?:an? )?(?:{_NUMBER})\b)"
    r"|not (?:long|far|much|unlike)|without (?:an?y? )?(?:doubt|question)|no (?:extra )?(?:costs?|charge|fees?)"
    r"|nothing (?:special|new|unusual)"
    r"|no(?:body|thing|ne)?(?: \w+){0,4} (?:more|less|fewer|better|worse|larger|bigger|greater|higher|lower|faster))\b",
    re.IGNORECASE,
)
_SINCE = lazy_pattern(r"\S+(?: [^\s.,;]+){1,8}? (?:since|until|till)\b", re.IGNORECASE)
"""Behind a denial that only says when something was last: `has not won since 1995`."""
_PREFIX = lazy_pattern(r"(?:un|non-?)(?=\w{3})")
_SO_FAR = lazy_pattern(r"\b(?:before|ever|since|until|till|yet|other|others|else|\w+er|more|less)\b")
_UTMOST = lazy_pattern(
    r"\b(?:first|only|sole|alone|record|unprecedented|unique|most|least|\w{3,}est|all)\b", re.IGNORECASE
)
"""What `no other`, `never before` and `nobody else` say of a thing in a word."""
_LIMITS = word_set("only just merely nur bloß chỉ 只 仅")
_FEW_ARE_NOT = lazy_pattern(r"\b(?:only|just|merely|few)\b[^.;:]*\Z", re.IGNORECASE)
"""Before a denial of some, by which the others are: `only ten of them had not expired`."""
_ALMOST = word_set("almost nearly virtually practically")
"""Before a denial that is none: `almost no growth`, `next to none`."""
_CLAUSE_END = lazy_pattern(
    r"[;:—](?=\s|\w)|\s-\s|,\s(?:but|which|who|though|although|while|whereas|because|aber|nhưng)\b"
    r"|,\s(?:(?:and|so)\s)?(?:they|it|he|she|we|er|sie|es|wir)\b|，",
    re.IGNORECASE,
)
_DEGREES = word_set("""
    cause seem appear need try manage amount number kind sort later longer single yet fully necessarily
    completely entirely really even actually immediately currently
""")


def find_clashes(said: Wording, led: Sequence[Wording], given: Sequence[Wording]) -> list[Problem]:
    """Denials of `said` that the evidence does not bear out, and the reverse.

    `led` are the very words that the sentence rests on and the few before them, `given` the sentences that hold them.
    """
    return [*_unfounded(said, led, given), *find_dropped(said, led)]


def is_negator(word: str) -> bool:
    """Whether a word denies: `not`, `won't`, `nicht`, `không`, `不`."""
    lower = word.casefold().replace("’", "'")
    return lower in _NEGATORS or lower.endswith("n't") or _HAN_NEGATORS.fullmatch(lower) is not None


@lru_cache(maxsize=256)
def _negators(wording: Wording) -> list[int]:
    """The words that plainly deny something; of no name: `he is not Ann Lee` says nothing against her."""
    idioms = [match.span() for match in _IDIOMS.finditer(wording.text)]
    return [
        at
        for at, word in enumerate(wording.words)
        if is_negator(word.text)
        and not any(start <= word.start < end for start, end in idioms)
        and not _denies_name(wording, at)
    ]


def _denies_name(wording: Wording, at: int) -> bool:
    following = wording.words[at + 1 : at + 2]
    return bool(following) and following[0].text[0].isupper() and not wording.nouns_capitalised


@lru_cache(maxsize=256)
def _shades(wording: Wording) -> list[int]:
    """The words that deny anything, in whatever way."""
    softly = [at for at, word in enumerate(wording.small) if word in _SHADES or word in _REFUSALS]
    return sorted({*_negators(wording), *softly})


def _next_root(wording: Wording, at: int) -> list[str]:
    """The root of the first word with a meaning behind a negator; none at the end of a sentence."""
    return list(islice(filter(None, wording.roots[at + 1 :]), 1))


def _denied(wording: Wording, at: int) -> str:
    """The root of the word that is denied first."""
    following = (n for n in range(at + 1, len(wording.words))[:_BACK] if not _is_past_comma(wording, at, n))
    first = next((n for n in following if wording.roots[n] and wording.small[n] not in _DEGREES), None)
    return "" if first is None or wording.words[first].text[0].isupper() else wording.roots[first]


def _is_past_comma(wording: Wording, at: int, other: int) -> bool:
    """Whether a comma stands between: `costs can be prevented, energy is the largest of them`."""
    return "," in wording.text[wording.words[at].end : wording.words[other].start]


def _is_fall(wording: Wording, at: int) -> bool:
    """Whether `decline` is what prices do, rather than somebody who declines to do something."""
    return wording.small[at].startswith("declin") and wording.small[at + 1 : at + 2] not in (["to"], ["comment"])


def _hedged(said: Wording, at: int) -> bool:
    """Whether the sentence limits what it says of a word in some way, or the word denies itself: `is unclear`."""
    return _touched(said, at) or at in _shades(said) or _is_prefixed(said, at) or not _LIMITS.isdisjoint(said.small)


def _touched(wording: Wording, at: int) -> bool:
    """Whether a denial stands around the word; the word itself may be one."""
    plain = set(_negators(wording))
    return any(
        shade != at and (shade in plain or at - _BACK <= shade) and not _parted(wording, shade, at)
        for shade in _shades(wording)
    )


def _parted(wording: Wording, first: int, second: int) -> bool:
    """Whether a clause ends between two words."""
    start, end = wording.words[min(first, second)].end, wording.words[max(first, second)].start
    return _CLAUSE_END.search(wording.text, start, end) is not None


def _unfounded(said: Wording, led: Sequence[Wording], given: Sequence[Wording]) -> list[Problem]:
    """Negators of the sentence where the evidence says the very words plainly; what is denied freely only a reader can
    tell."""
    clashes: list[Problem] = []
    if any(_negators(wording) or not _REFUSALS.isdisjoint(wording.small) for wording in led):
        return clashes
    for at in _negators(said):
        before = said.small[max(0, at - 2) : at]
        if before == ["next", "to"] or not _ALMOST.isdisjoint(before[-1:]):
            continue
        denied = _next_root(said, at)
        places = _places(denied, led) or _places(denied, given)
        if any(_touched(wording, n) or n in _shades(wording) or _is_prefixed(wording, n) for wording, n in places):
            continue
        if places and not _says_none_was_so_before(said, at, led):
            phrase = " ".join(word.text for word in said.words[at : at + 3])
            clashes.append(Problem(phrase, f"“{phrase}”: the source does not deny it", sure=False))
    return clashes


def _is_prefixed(wording: Wording, at: int) -> bool:
    """Whether the word denies itself: `unencrypted`, `non-binding`."""
    return _PREFIX.match(wording.small[at]) is not None


def _says_none_was_so_before(said: Wording, at: int, led: Sequence[Wording]) -> bool:
    """Whether the denial says in other words that something is the first or the most: `has never been larger`."""
    return bool(_SO_FAR.search(said.text, said.words[at].end)) and any(_UTMOST.search(each.text) for each in led)


def _places(wanted: Sequence[str], wordings: Iterable[Wording]) -> list[tuple[Wording, int]]:
    """Where words of these synonym roots stand."""
    return [(wording, n) for wording in wordings for n, root in enumerate(wording.roots) if root and root in wanted]


def find_dropped(said: Wording, led: Sequence[Wording]) -> list[Problem]:
    """Negators and refusals of the evidence, where the sentence says the same and denies nothing."""
    if any(map(is_negator, said.small)) or _KEEPS_FROM.search(said.text):
        return []
    clashes: list[Problem] = []
    for wording in led:
        refusals = [at for at, word in enumerate(wording.small) if word in _REFUSALS and not _is_fall(wording, at)]
        for at in sorted({*_negators(wording), *refusals}):
            shared = [n for n, root in enumerate(said.roots) if root and root == _denied(wording, at)]
            start = wording.words[at].start
            partial = _SINCE.match(wording.text, start) or _FEW_ARE_NOT.search(wording.text, 0, start)
            if shared and not partial and not any(_hedged(said, n) for n in shared):
                phrase = " ".join(word.text for word in wording.words[at : at + 3])
                clashes.append(Problem(said.words[shared[0]].text, f"the source says “{phrase}”", sure=False))
    return clashes
