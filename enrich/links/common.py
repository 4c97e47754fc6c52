"""Words that everybody uses: a note that is called so is meant only where the vault's own links say it."""

from collections.abc import Collection

from enrich.links.terms import split_terms, term_of
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.text.stop_words import rank_words

_WORD = lazy_pattern(r"[^\W_]+")
_ALONE, _OTHER_CASE, _IN_PHRASE = 150, 300, 500
"""Of so many of a language's most frequent words one is no name by itself (the more so where the name has a capital and
the word none), and several are none together.

Chosen by reading the lists: further down stand words that notes are written about.
"""
_LONGEST_NUMBER = 4
"""Digits of a number that may be no name: those of a year."""
_OPENERS = ".!?:;>*-#|\"'“”‘’(\n"


def is_common(text: str, span: Span, names: Collection[str]) -> bool:
    """Whether the words at ``span`` are a year, a letter or everyday words, and not plainly one of ``names``."""
    surface = span.of(text)
    words = [word.lower() for word in _WORD.findall(surface)]
    if len(words) == 1 and words[0] == surface.lower() and _is_bare(words[0]):
        return True
    has_capital = surface != surface.lower() and surface in names
    if has_capital and (len(words) > 1 or not _begins_sentence(text, span.start)):
        return False
    if len(words) > 1 and len(split_terms(surface)) == 1:
        return True  # one word with small ones: a phrase of any text, such as "look up"
    has_name_capitals = any(name != name.lower() for name in names)
    most = _IN_PHRASE if len(words) > 1 else _OTHER_CASE if has_name_capitals else _ALONE
    ranks = rank_words(text)
    return all(min(ranks.get(word, most), ranks.get(term_of(word), most)) < most for word in words)


def _is_bare(word: str) -> bool:
    """``1984`` or ``C``."""
    return (word.isdigit() and len(word) <= _LONGEST_NUMBER) or (len(word) == 1 and word.isascii())


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 20) : at].rstrip(" \t")
    return not before or before[-1] in _OPENERS
