"""Negation and direction: what a sentence affirms and its evidence denies, or the other way round."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from enrich.check.stems import bare, is_function_word, stem
from enrich.text.words import split_words, word_set

_NEGATORS = word_set("""
    not no never none nobody nothing neither nor without cannot hardly barely nowhere
    nicht kein keine keinen keiner nie niemals ohne không chưa chẳng
""")
_DENYING_VERBS = word_set("""
    fail fails failed failing refuse refuses refused refusing deny denies denied denying decline declines declined
    reject rejects rejected lack lacks lacked lacking unable prevent prevents prevented avoid avoids avoided stop stops
    stopped halt halted cancel cancelled ban banned prohibit prohibited forbid block blocked unlikely impossible exclude
    excludes excluded excluding except verweigert ablehnen abgelehnt
""")
_HAN_NEGATORS = re.compile("[不没沒未无無非]")
_SCOPE = 4
"""Words after a negator that it can deny."""

_OPPOSITES = """
rise rises rose risen rising increase increases increased increasing grow grows grew grown growing growth gain gains
gained climb climbs climbed jump jumps jumped surge surged soar soared up higher raise raises raised expand expanded
expands boost boosted boosts steigt stieg gestiegen tăng 增长 上涨 上升 增加
/ fall falls fell fallen falling decrease decreases decreased decreasing decline declines declined declining drop drops
dropped dropping shrink shrinks shrank shrunk slip slipped plunge plunged slump slumped down lower lowered cut cuts
reduce reduces reduced reduction lose loses losses dip dipped sinkt sank gesunken giảm 下降 下跌 减少
| more / less fewer
| before vor trước 之前 / after following nach sau 之后
| most / least
| largest biggest highest greatest / smallest lowest
| win wins won winning victory beat beats defeat defeats defeated gewinnt gewann thắng / lose loses lost losing loss
verliert verlor thua
| profit profits profitable / loss losses unprofitable
| buy buys bought acquire acquires acquired purchase purchased kauft kaufte mua / sell sells sold selling verkauft
verkaufte bán
| start starts started begin begins began launch launches launched open opens opened
/ end ends ended stop stops stopped close closes closed shut halt halted discontinue discontinued
| allow allows allowed permit permits permitted approve approves approved legal / ban bans banned prohibit prohibits
prohibited forbid forbids block blocks blocked reject rejects rejected illegal
| accept accepts accepted agree agrees agreed / reject rejects rejected refuse refuses refused decline declined
| support supports supported back backs backed favor favour favors / oppose opposes opposed criticize criticized
| join joins joined enter enters entered / leave leaves left leaving quit quits exit exited
| hire hires hired / fire fires fired
| above over exceed exceeds exceeded / below under
| faster / slower
| better improve improves improved improvement / worse worsen worsened deteriorate deteriorated
| cheaper cheap / expensive pricier dearer
| early earlier / late later
| first / last
| old older / new newer young younger
| public / private
| free / paid
| safe secure / unsafe dangerous insecure vulnerable
| possible / impossible
| likely / unlikely
| optimistic positive / pessimistic negative
| strong stronger strongest / weak weaker weakest
| always / never
| all every / none
| add adds added / remove removes removed
| include includes included including / exclude excludes excluded excluding
| guilty convicted / innocent acquitted cleared
| alive survive survived survives / dead died dies killed
| import imports imported / export exports exported
| minimum / maximum
| import / export
| success succeed succeeded successful / failure fail failed unsuccessful
| short shorter / long longer
"""


class _Side(NamedTuple):
    pair: int
    side: int


def _read_opposites() -> dict[str, set[_Side]]:
    """Word -> the sides of the pairs of opposites it stands on."""
    sides: dict[str, set[_Side]] = {}
    for number, pair in enumerate(_OPPOSITES.replace("\n", " ").split(" | ")):
        for side, listing in enumerate(pair.strip("| ").split(" / ")):
            for word in listing.split():
                sides.setdefault(bare(word), set()).add(_Side(number, side))
    return sides


_SIDES = _read_opposites()


@dataclass(frozen=True)
class Clash:
    """Where a sentence and its evidence point in opposite ways."""

    word: str
    """The word of the sentence, as written."""
    reason: str


def find_clashes(sentence: str, evidence: str) -> list[Clash]:
    """Negations and directions of `sentence` that `evidence` turns round."""
    said, given = _read(sentence), _read(evidence)
    return [*_negations(said, given), *_directions(said, given)]


@dataclass(frozen=True)
class _Reading:
    words: tuple[str, ...]
    plain: tuple[str, ...]
    negators: tuple[int, ...]
    denied: frozenset[str]
    """Stems that stand in the scope of a negator."""
    stems: frozenset[str]


def _read(text: str) -> _Reading:
    words = tuple(word.text for word in split_words(text))
    plain = tuple(bare(word) for word in words)
    negators = tuple(at for at, word in enumerate(words) if _is_negator(word))
    denied = {stem(word) for at in negators for word in plain[at + 1 : at + 1 + _SCOPE] if not is_function_word(word)}
    return _Reading(words, plain, negators, frozenset(denied), frozenset(map(stem, plain)))


def _is_negator(word: str) -> bool:
    lower = word.casefold().replace("’", "'")
    return lower in _NEGATORS or lower.endswith("n't") or _HAN_NEGATORS.fullmatch(lower) is not None


def _negations(said: _Reading, given: _Reading) -> list[Clash]:
    """Words that one side denies and the other affirms."""
    denying = any(word in _DENYING_VERBS or _is_negator(word) for word in given.plain)
    clashes = []
    for at in said.negators:
        scope = [stem(word) for word in said.plain[at + 1 : at + 1 + _SCOPE] if not is_function_word(word)]
        affirmed = [word for word in scope if word in given.stems - given.denied]
        if affirmed or not denying:
            clashes.append(Clash(said.words[at], f"“{said.words[at]}”: the source does not deny it"))
    if not said.negators and not any(word in _DENYING_VERBS for word in said.plain):
        clashes += [
            Clash(given.words[at], f"the source says “{' '.join(given.words[at : at + 3])}”")
            for at in given.negators
            if _is_affirmed(given.plain[at + 1 : at + 1 + _SCOPE], said)
        ]
    return clashes


def _is_affirmed(scope: Sequence[str], said: _Reading) -> bool:
    """Whether the sentence says, without denying it, most of what a negator of the source denies."""
    content = [stem(word) for word in scope if not is_function_word(word)]
    held = [word for word in content if word in said.stems]
    return bool(held) and held[0] == content[0]


def _directions(said: _Reading, given: _Reading) -> list[Clash]:
    """Words whose opposite stands in the evidence and who do not stand there themselves, nor any word of their side."""
    there = {side for word in given.plain for side in _SIDES.get(word, ())}
    clashes = []
    for word, plain in zip(said.words, said.plain, strict=True):
        for pair, side in _SIDES.get(plain, ()):
            if _Side(pair, side) not in there and _Side(pair, 1 - side) in there and plain not in given.plain:
                opposite = next(
                    other
                    for other, bare_form in zip(given.words, given.plain, strict=True)
                    if _Side(pair, 1 - side) in _SIDES.get(bare_form, ())
                )
                clashes.append(Clash(word, f"“{word}”: the source says “{opposite}”"))
                break
    return clashes
