"""Words: where they stand and how many there are.

What counts as a word of `split_words`:

- a run of letters, digits and their accents: `Acme`, `café`, `7B`, `tiếng`;
- with an apostrophe between letters: `don't`, `OpenAI's`;
- with a dot or comma between digits: `1.8`, `1,000`, `3.11.2`; letters may follow at once: `1.8B`, `70B`;
- an abbreviation of single letters with its dots: `U.S.`, `e.g.`;
- one Han or Hiragana character each, and a whole run of Katakana; Hangul is written with spaces and split by them.

Hyphens, slashes, underscores, currency and percent signs separate: `GPT-4` is two words, `7B/13B`
is two, `$1.8B` is `1.8B`.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from enrich.text.pattern import lazy_pattern

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = "\u3041-\u3096\u309d\u309e"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff\uff66-\uff9f"
# Marks that continue a letter. Whole Indic blocks stand in for their vowel signs, danda left out.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06ed\u0711\u0730-\u074a\u0900-\u0963\u0971-\u0df3\u0e31-\u0e4e\u0eb1-\u0ece\u0f71-\u0f87"
    "\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
)
_UNSPACED_CLASS = f"[{_HAN}{_HIRAGANA}{_KATAKANA}]"
_INITIALS = "{2,20}+"
"""How many letters with their dots make an abbreviation: none is read again to its end from each of its letters."""
# No group here has a possessive *+: Python before 3.11.5 (Debian 12 has 3.11.2) then finds empty words (its gh-106052).
_SIMPLE = lazy_pattern(
    rf"(?=.\.)(?:[^\W\d_]\.){_INITIALS}(?![^\W_])"
    r"|[^\W_]++(?:['’.,](?:(?<=\d[.,])(?=\d)|(?<=[^\W\d_]['’])(?=[^\W\d_]))[^\W_]++)*"
)
"""The pattern for texts of letters that stand alone and need no marks: Latin ones, most of all texts."""
_HOLDS_LETTER = lazy_pattern(r"[^\W_]")


def _is_simple(text: str) -> bool:
    """Whether every letter of `text` stands alone and needs no mark."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return _not_simple().search(text) is None
    return True


@cache
def _not_simple() -> re.Pattern[str]:
    return re.compile("[^\x00-\u02ff\u1e00-\u1fff\u2000-\u206f\u20a0-\u20cf\u2100-\u22ff]")


@cache
def _any_script() -> re.Pattern[str]:
    """The pattern for every text; it takes long to build."""
    letter = rf"[^\W_{_HAN}{_HIRAGANA}{_KATAKANA}]"
    only_letter = rf"[^\W\d_{_HAN}{_HIRAGANA}{_KATAKANA}]"
    run = rf"{letter}(?:{letter}|[{_MARKS}])*"
    return re.compile(
        rf"(?:{only_letter}\.){_INITIALS}(?!{letter})"
        rf"|{run}(?:(?:(?<=\d)[.,](?=\d)|(?<=[^\W\d_])['’](?=[^\W\d_])){run})*"
        rf"|[{_HAN}{_HIRAGANA}]|[{_KATAKANA}]+|[^\W_]"
    )


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(_UNSPACED_CLASS)


_SHORT = 500
"""Characters of a text whose words are kept for the next who asks."""


class Word(NamedTuple):
    """A word and its characters `[start, end)`; `text` is as written."""

    start: int
    end: int
    text: str


def split_words(text: str) -> list[Word]:
    """The words of `text` in order; every letter and digit is in exactly one of them."""
    return list(_split_short(text)) if len(text) <= _SHORT else _split(text)


def _split(text: str) -> list[Word]:
    pattern = _SIMPLE if _is_simple(text) else _any_script()
    return [Word(*match.span(), match[0]) for match in pattern.finditer(text)]


@lru_cache(maxsize=512)
def _split_short(text: str) -> list[Word]:
    """Kept: the checks ask for the words of one sentence again and again."""
    return _split(text)


def count_words(text: str) -> int:
    """How many words a reader counts: runs between spaces with a letter or digit, and each Han or Kana character."""
    if text.isascii():
        return sum(1 for token in text.split() if token.isalnum() or _HOLDS_LETTER.search(token))
    unspaced = 0 if _is_simple(text) else len(_unspaced().findall(text))
    spaced = _unspaced().sub(" ", text) if unspaced else text
    return unspaced + sum(1 for token in spaced.split() if _HOLDS_LETTER.search(token))


def word_set(listing: str) -> frozenset[str]:
    """The words of a listing between white space: how the packages write their word lists."""
    return frozenset(listing.split())
