"""Stems: what two sentences must share to speak of the same thing."""

import unicodedata
from functools import lru_cache

from enrich.text.function_words import FUNCTION_WORDS
from enrich.text.words import split_words

_SUFFIXES = tuple(
    tuple(rule.split(">"))
    for rule in """
    ational>ate ization>ize isation>ize fulness> iveness> ations> ation> ments> ment> nesses> ness> ities> ity> ingly>
    edly> ings> ing> ances> ance> ences> ence> ions> ion> ally> ables> able> ibly> ible> ives> ive> ized> izes> ize>
    ised> ises> ise> iers> iest> ier> ies> ied> ers> ors> est> er> or> als> al> ed> es> ly> s> e> y>
    """.split()
)
_SUFFIXES_BY_END = {
    end: tuple(rule for rule in _SUFFIXES if rule[0].endswith(end)) for end in {rule[0][-1] for rule in _SUFFIXES}
}
"""Last letter -> the suffixes with it, in their order."""
_IRREGULAR = {
    form: base.strip()
    for base, forms in (
        line.split(":")
        for line in """
        bad:worse worst|become:became|begin:began begun|break:broke broken|bring:brought|build:built|buy:bought
        child:children|choose:chose chosen|come:came|drive:drove driven|fall:fell fallen|fight:fought|find:found
        foot:feet|give:gave given|go:went gone|good:better best|grow:grew grown|hold:held|keep:kept|know:knew known
        lead:led|leave:left|lose:lost|man:men|mean:meant|meet:met|pay:paid|people:person|rise:rose risen|run:ran
        say:said|see:saw seen|sell:sold|send:sent|speak:spoke spoken|shoot:shot|spend:spent|stand:stood|take:took taken
        fly:flew flown|draw:drew drawn|throw:threw thrown|catch:caught|eat:ate eaten|feel:felt|get:got gotten|hear:heard
        hide:hid hidden|lend:lent|ride:rode ridden|shake:shook shaken|show:shown|shrink:shrank shrunk|sing:sang sung
        sink:sank sunk|sit:sat|sleep:slept|steal:stole stolen|stick:stuck|strike:struck|swim:swam swum|wear:wore worn
        bend:bent|bite:bitten|blow:blew blown|breed:bred|deal:dealt|dig:dug|do:did done|feed:fed|flee:fled
        forbid:forbade forbidden|forget:forgot forgotten|freeze:froze frozen|hang:hung|seek:sought|shine:shone
        spin:spun|strive:strove|sweep:swept|tear:tore torn|wake:woke woken|withdraw:withdrew withdrawn|oversee:oversaw
        overcome:overcame|undergo:underwent undergone|undertake:undertook undertaken|overtake:overtook overtaken
        teach:taught|tell:told|think:thought|tooth:teeth|understand:understood|win:won|woman:women|write:wrote written
        """.replace("\n", "|").split("|")
        if ":" in line
    )
    for form in forms.split()
}
_SHORTEST = 3
"""Letters that are left of a word at least. By hand: with two, many short words would be one."""


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A crude stem of a word: `releases`, `released` and `release` are one, and so are `won` and `winning`."""
    plain = bare(word)
    plain = _IRREGULAR.get(plain, plain)
    if len(plain) <= _SHORTEST or not plain.isascii() or not plain.isalpha():
        return plain
    plain = _without_suffix(plain)
    if len(plain) > _SHORTEST and plain[-1] == plain[-2] and plain[-1] not in "aeiouls":
        plain = plain[:-1]
    return plain.removesuffix("e") if len(plain) > _SHORTEST + 1 else plain


def _without_suffix(word: str) -> str:
    if word.endswith("ss"):
        return word
    for suffix, replacement in _SUFFIXES_BY_END.get(word[-1], ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            return word[: len(word) - len(suffix)] + replacement
    return word


@lru_cache(maxsize=32_768)
def bare(word: str) -> str:
    """A word in lower case without possessive, dots and accents: `U.S.'s` is `us`, `Hà` is `ha`."""
    plain = word.casefold().replace("’", "'")
    plain = plain.removesuffix("'s").removesuffix("'")
    if not any(map(str.isdigit, plain)):
        plain = plain.replace(".", "")
    if plain.isascii():
        return plain
    spread = unicodedata.normalize("NFD", plain.replace("đ", "d").replace("ß", "ss"))
    return "".join(character for character in spread if not unicodedata.combining(character))


def stems_of(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(stem(word.text) for word in split_words(text))


def is_function_word(word: str) -> bool:
    """Whether the word says nothing of its own."""
    return bare(word) in _BARE_FUNCTION_WORDS


_BARE_FUNCTION_WORDS = frozenset(bare(word) for word in FUNCTION_WORDS)
