"""Text as terms for ranking: words in lower case, and pairs of characters where the script sets no word boundaries."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from enrich.links.unspaced import UNSPACED
from enrich.text.function_words import NEVER_A_TERM
from enrich.text.pattern import lazy_pattern

_RUN = lazy_pattern(r"[^\W_]+")
_MARKED_RUN = lazy_pattern("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*")
_UNSPACED = lazy_pattern(f"([{UNSPACED}]+)")
_ASCII_WORDS = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
"""What each ASCII character becomes, so that `str.split` gives words: several times as fast as a pattern."""
_MARKS = lazy_pattern("[\u00a0\u00a1\u00a7\u00ab\u00b7\u00bb\u00bf\u2010-\u2027\u2030-\u205e]+")
"""Typographic marks. Most notes hold some and nothing else that is not ASCII; with spaces there they are read fast."""
_SIBILANT_E = lazy_pattern(r"[a-z](?:ch|sh|ss|x)(es?)\Z")
"""``churches`` and ``church`` are one term, so that ``caches`` and ``cache`` must both lose the ``e``."""
_CASE_ENDING = lazy_pattern(
    "(?<=[а-яё]{3})(?:ами|ями|иями|ого|его|ому|ему|ыми|ими|иях|иям|ием|ией|ов|ев|ей|ах|ях|ам|ям|ом|ем|ой|ый|ий|ая|яя|ое"
    r"|ее|ые|ие|ым|им|ых|их|ую|юю|ия|ии|ию|[аеиоуыэюяьй])\Z"
)
"""Of nouns and adjectives, so long as three letters remain: enough to find a name again in another case."""
_PARTICLES = lazy_pattern(
    r"(?<=[가-힣]{2})(?:에서|에게|한테|으로|로|부터|까지|처럼|보다|이나|은|는|이|가|을|를|의|에|와|과|도|만)+\Z"
)
_LONGEST = 40
"""Characters of a term: no word of a language is longer, addresses and hashes are."""
_MOST_WORDS = 400_000
"""Words whose terms are remembered: a bound of memory that vaults in natural language do not reach."""


def split_terms(text: str) -> list[str]:
    """The terms of ``text`` in order, stop words left out.

    Words are case-folded and lose a plural ``s``. Han and Kana are written without spaces, so a run of them gives every
    pair of neighbouring characters (a single one stands alone). Composed and decomposed accents are the same term.
    """
    return list(filter(None, map(term_of, split_words(text))))


def split_words(text: str) -> list[str]:
    """The words of ``text`` in order, case-folded, pairs of characters where words are not set apart."""
    text = _without_marks(text)
    if text.isascii():
        return text.translate(_ASCII_WORDS).split()
    words = _RUN.findall(unicodedata.normalize("NFC", text).casefold())
    if not _UNSPACED.search(text):
        return words
    return [part for word in words for part in ((word,) if word.isascii() else _unspaced(word))]


@lru_cache(maxsize=50_000)
def name_terms(name: str) -> tuple[str, ...]:
    """`split_terms` of a title, alias or link's words, which come again wherever the note is linked."""
    return tuple(split_terms(name))


class _Terms(dict[str, str]):
    """The term of each word met so far, empty for a stop word: a vault repeats its words many times."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_WORDS:
            self.clear()
        self[word] = term = find_term(word)
        return term


def find_term(word: str) -> str:
    """The term of a word in lower case; empty for a stop word, and for what is too long to be a word."""
    if not word.isascii():
        return _without_ending(word[:_LONGEST])
    return "" if word in NEVER_A_TERM or len(word) > _LONGEST else _singular(word)


term_of = _Terms().__getitem__
"""What `find_term` says, remembered."""


def find_terms(text: str) -> list[tuple[str, int, int]]:
    """What `split_terms` gives, each with the characters ``[start, end)`` it stands at."""
    text = _without_marks(text)
    if text.isascii():
        words = _RUN.finditer(text.lower())
        return [(term, *word.span()) for word in words if (term := term_of(word.group()))]
    found: list[tuple[str, int, int]] = []
    for run in _MARKED_RUN.finditer(text):
        start = run.start()
        word = run.group()
        if word.isascii():
            if term := term_of(word.lower()):
                found.append((term, start, run.end()))
        elif _UNSPACED.search(word):
            found.extend(_unspaced_spans(word, start))
        else:
            found.extend((term, start, run.end()) for term in split_terms(word))
    return found


def _without_marks(text: str) -> str:
    """``text`` with as many spaces where typographic marks stood."""
    return text if text.isascii() else _MARKS.sub(_spaces, text)


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _unspaced_spans(word: str, start: int) -> Iterator[tuple[str, int, int]]:
    for part in _UNSPACED.split(word):
        if part and _UNSPACED.match(part) and len(part) > 1:
            yield from ((part[at : at + 2], start + at, start + at + 2) for at in range(len(part) - 1))
        else:
            yield from ((term, start, start + len(part)) for term in split_terms(part))
        start += len(part)


def _without_ending(word: str) -> str:
    """A word without a plural ``s``, the endings of Cyrillic cases, or the particles that are written to Hangul."""
    if word[-1] == "s":  # cafés
        return _singular(word)
    ending = _CASE_ENDING if "а" <= word[-1] <= "ё" else _PARTICLES if "가" <= word[-1] <= "힣" else None
    return ending.sub("", word) if ending else word


def _singular(word: str) -> str:
    if found := _SIBILANT_E.search(word):
        return word[: found.start(1)]
    if len(word) < 4 or word[-1] != "s" or word[-2] in "su":
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def _unspaced(word: str) -> Iterator[str]:
    for index, part in enumerate(_UNSPACED.split(word)):
        if index % 2 == 0 or len(part) == 1:
            if part:
                yield part
        else:
            yield from (part[at : at + 2] for at in range(len(part) - 1))
