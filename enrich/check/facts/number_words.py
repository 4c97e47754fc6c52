"""Numbers written in words, and the words that multiply a number: English, German, Vietnamese, Chinese."""

import re
from functools import cache

from enrich.check.facts.form import Form
from enrich.text.pattern import lazy_pattern

_ENGLISH_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen""".split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_GERMAN_UNITS = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_GERMAN_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()

SMALL: dict[str, int] = {
    **{word: value for value, word in enumerate(_ENGLISH_UNITS)},
    **{word: 20 + 10 * step for step, word in enumerate(_ENGLISH_TENS)},
}
"""English words that stand for a number below 100."""


def _german() -> dict[str, float]:
    """Words to 99, whole hundreds and thousands, and halves."""
    units = dict(enumerate(_GERMAN_UNITS))
    tens = {20 + 10 * step: word for step, word in enumerate(_GERMAN_TENS)}
    words: dict[str, float] = {word: value for value, word in units.items() if word != "ein"}
    words |= {"dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18}
    words |= {"neunzehn": 19, "hundert": 100, "tausend": 1000, "anderthalb": 1.5, "eineinhalb": 1.5}
    words |= {word: value for value, word in tens.items()}
    words |= {f"{units[unit]}und{word}": value + unit for value, word in tens.items() for unit in range(1, 10)}
    words |= {f"{units[unit]}einhalb": unit + 0.5 for unit in range(2, 10)}
    for scale, factor in (("hundert", 100), ("tausend", 1000)):
        words |= {f"{units[unit]}{scale}": unit * factor for unit in range(1, 13)}
    return words


GERMAN = _german()
"""German words that stand for a number, written as one; `ein` is mostly an article."""

VIETNAMESE: dict[str, int] = {
    word: value for value, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), 1)
}
_VIETNAMESE_LAST = VIETNAMESE | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_VIETNAMESE_DIGIT = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín"
_VIETNAMESE_ONES = "một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|tám|chín"  # năm after tens is a year: hai mươi năm
_VIETNAMESE_TENS = rf"(?:(?:{_VIETNAMESE_DIGIT})\smươi|mười)(?:\s(?:{_VIETNAMESE_ONES}))?"
_VIETNAMESE_NUMBER = (
    rf"(?:{_VIETNAMESE_DIGIT})\străm(?:\s(?:{_VIETNAMESE_TENS}|(?:lẻ|linh)\s(?:{_VIETNAMESE_DIGIT})))?"
    rf"|{_VIETNAMESE_TENS}|{_VIETNAMESE_DIGIT}"
)

_ENGLISH_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""".split()
ORDINALS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ENGLISH_ORDINALS, 1)},
    **{f"{tens[:-1]}ieth": 20 + 10 * step for step, tens in enumerate(_ENGLISH_TENS)},
    **{f"{tens}-{_ENGLISH_ORDINALS[unit - 1]}": 20 + 10 * step + unit
       for step, tens in enumerate(_ENGLISH_TENS) for unit in range(1, 10)},
    "hundredth": 100, "erste": 1, "ersten": 1, "zweite": 2, "zweiten": 2, "dritte": 3, "dritten": 3, "vierte": 4,
    "vierten": 4,
}  # fmt: skip

MULTIPLES: dict[str, float] = {
    "twice": 2, "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "thrice": 3, "triple": 3, "tripled": 3,
    "triples": 3, "tripling": 3, "quadruple": 4, "quadrupled": 4, "doppelt": 2, "verdoppelt": 2, "verdreifacht": 3,
}  # fmt: skip
"""Words for so many times as much."""

FRACTIONS: dict[str, float] = {
    "half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2,
    "tenth": 0.1, "sixth": 1 / 6, "sixths": 1 / 6, "seventh": 1 / 7, "sevenths": 1 / 7, "ninth": 1 / 9, "ninths": 1 / 9,
    "tenths": 0.1, "eighth": 0.125, "eighths": 0.125, "hälfte": 0.5, "drittel": 1 / 3, "viertel": 0.25,
}  # fmt: skip

SCALES: dict[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "trillions": 1e12, "tn": 1e12, "t": 1e12,
    "tausend": 1e3, "tsd": 1e3, "mio": 1e6, "millionen": 1e6, "mrd": 1e9, "milliarde": 1e9, "milliarden": 1e9,
    "billionen": 1e12, "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9, "crore": 1e7, "lakh": 1e5,
}  # fmt: skip
"""What a word after a number multiplies it by, in lower case. One letter counts only when it touches the digits."""

HAN_SCALES: dict[str, float] = {
    "百万": 1e6, "千万": 1e7, "万亿": 1e12, "萬億": 1e12, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11,
    "亿": 1e8, "億": 1e8, "万": 1e4,
    "萬": 1e4, "千": 1e3, "百": 1e2, "兆": 1e12,
}  # fmt: skip

_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN_SIGNS = "[零〇一二两兩三四五六七八九十百千万萬亿億]"
HAN_NUMBER = Form(
    _HAN_SIGNS,
    _HAN_SIGNS + "{2,20}|[三四五六七八九十]|[一二两兩](?=[个個名款项項家次年月天周种種位条條台倍人座艘])",
)
"""A number in Han digits. One and two alone are mostly not numbers (一样, 一些) unless something is counted."""

HAN_FRACTION = Form(
    "分之",
    "(?<![二三四五六七八九十])(?P<under>[二三四五六七八九十]{1,20})分之(?P<top>[一二三四五六七八九])",
)

_FACTORS = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_LARGE = "|".join(_FACTORS)
_FOLLOWING = "|".join(sorted([*SMALL, *_FACTORS], key=len, reverse=True))
_WORDS_OF_A_NUMBER = lazy_pattern(
    rf"(?:(?P<article>an?|per|each|every)(?=\s(?:{_LARGE})(?![^\W_]))|(?P<first>[^\W\d_]++))"
    rf"(?:(?:[\s-]|\sand\s)(?:{_FOLLOWING})){{0,20}}(?![^\W_])",
    re.IGNORECASE,
)


def match_number(text: str, position: int) -> re.Match[str] | None:
    """The number in words that starts at `position`, where a word starts: `two hundred and five`, `hai mươi lăm`."""
    match = _WORDS_OF_A_NUMBER.match(text, position)
    if match is None or match["article"]:
        return match
    first = match["first"].casefold()
    if first in VIETNAMESE:
        return _vietnamese().match(text, position)
    return match if first in SMALL or first in GERMAN else None


@cache
def _vietnamese() -> re.Pattern[str]:
    return re.compile(rf"(?:{_VIETNAMESE_NUMBER})(?![^\W_])", re.IGNORECASE)


def value_of_words(phrase: str) -> float | None:
    """The value of a phrase that `match_number` found; None when the words do not make one number."""
    words = re.split(r"[\s-]+", phrase.casefold())
    if len(words) == 1 and words[0] in GERMAN:
        return GERMAN[words[0]]
    return _value_of_vietnamese(words) if words[0] in VIETNAMESE else _value_of_english(words)


def _value_of_english(words: list[str]) -> float | None:
    total = current = 0.0
    last = 0
    for word in words:
        if word in {"and", "a", "an", "per", "each", "every"}:
            continue
        if word in _FACTORS:
            factor = _FACTORS[word]
            current = max(current, 1) * factor
            if factor > 100:
                total, current = total + current, 0.0
            last = 0
            continue
        value = SMALL.get(word)
        if value is None or (last and not (last >= 20 > 9 >= value)):
            return None
        current, last = current + value, value
    return total + current


def _value_of_vietnamese(words: list[str]) -> float | None:
    """`hai trăm mười lăm` is 215, `hai mươi mốt` is 21."""
    value = 0
    for word in words:
        if word == "mươi":
            value = value // 10 * 10 + value % 10 * 10
        elif word == "trăm":
            value *= 100
        elif word in _VIETNAMESE_LAST:
            value += _VIETNAMESE_LAST[word]
        elif word not in {"lẻ", "linh"}:
            return None
    return float(value)


def value_of_han(digits: str) -> float:
    """The value of a number in Han digits: `三百二十` is 320, `二〇二三` is 2023, `两万` is 20,000."""
    if all(digit in _HAN_DIGITS for digit in digits):
        return float("".join(str(_HAN_DIGITS[digit]) for digit in digits))
    total = group = digit_value = 0
    for digit in digits:
        if digit in _HAN_DIGITS:
            digit_value = _HAN_DIGITS[digit]
        elif digit in _HAN_TENS:
            group += max(digit_value, 1) * _HAN_TENS[digit]
            digit_value = 0
        else:
            total = (total + max(group + digit_value, 1)) * _HAN_GROUPS[digit]
            group = digit_value = 0
    return float(total + group + digit_value)
