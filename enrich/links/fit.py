"""Whether words of a text are a note's name, and the characters that they take up.

The index finds a name by its terms, which have neither signs nor stop words nor endings. Here the words are read again
as they stand: the signs of a name belong to it, stop words count, and what is joined to another word is none.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from enrich.links.subject import Forms
from enrich.links.terms import split_words, term_of
from enrich.links.unspaced import is_part_of_unspaced_word
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span

_WORD = lazy_pattern("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*")
_JOINS = "\u2010\u2011&@._-"
"""A sign that makes one word of two: ``create-remix``, ``R&D``, ``me@home``, ``Node.js``, ``snake_case``."""
_WORD_BEFORE = lazy_pattern(r"(?<![^\W_])([a-zA-Z]+)\Z")
_WORD_AFTER = lazy_pattern(r"([a-zA-Z]+)(?![^\W_])")
_FREE = frozenset(" \t\u00a0\r\n-\u2010\u2011'\u2019")
"""What may stand between two words of a name in whatever form the name has it."""
_STRICT = "+#"
"""Signs after a word that make it another one."""
_ARTICLES = frozenset({"the", "a", "an"})
_BLANK_LINE = lazy_pattern(r"\n[ \t>]*\r?\n|\n[ \t>]*(?:[-*+#|]|\d+[.)])[ \t]")
"""The end of a paragraph, or the start of an item, a heading or a row."""


class Name(Struct, frozen=True):
    """A name as words with the signs around them."""

    words: tuple[str, ...]
    signs: tuple[str, ...]
    """Before the first word, between each two, after the last: one more than words."""


def may_be_name(text: str, start: int, end: int) -> bool:
    """Whether the terms there can be a name's: stop words that are joined to them belong to it (``AT&T``)."""
    if start and text[start - 1] in _JOINS:
        before = _WORD_BEFORE.search(text, max(0, start - 10), start - 1)
        start = before.start() if before and not term_of(before[1].lower()) else start
    if end < len(text) and text[end] in _JOINS:
        after = _WORD_AFTER.match(text, end + 1)
        end = after.end() if after and not term_of(after[1].lower()) else end
    return not _is_part_of_word(text, start, end)


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    """Whether the words are only a part of one: ``remix`` of ``create-remix``, ``京都`` of ``東京都``."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    joined_before = len(before) == 2 and before[1] in _JOINS and before[0].isalnum()
    joined_after = len(after) == 2 and after[0] in _JOINS and after[1].isalnum()
    return joined_before or joined_after or is_part_of_unspaced_word(text, start, end)


def _begins_with_dot(text: str, start: int) -> bool:
    """Whether a dot belongs to the word at ``start``, as in ``.NET`` and ``.env``; one that ends a word does not."""
    return text[max(0, start - 1) : start] == "." and not text[max(0, start - 2) : start - 1].strip(" \t\r\n(['\"")


def has_break(text: str, start: int, end: int) -> bool:
    """Whether the words there are of two sentences, clauses or paragraphs."""
    words = list(_WORD.finditer(text, start, end))
    gaps = (text[one.end() : other.start()] for one, other in pairwise(words))
    return any(_breaks(gap, "") for gap in gaps)


def fit_span(text: str, span: Span, names: Iterable[str], forms: Forms) -> Span | None:
    """Where one of ``names``, whose terms stand at ``span``, stands with its signs; None where the words differ."""
    for name in names:
        found = _fit(text, span, read_name(name), forms)
        if found and not _is_part_of_word(text, *found) and not _begins_with_dot(text, found.start):
            return found
    return None


def read_name(name: str) -> Name:
    """The words and signs of a name; an article that it begins with may be missing in a text."""
    plain = unicodedata.normalize("NFC", name)
    found = list(_WORD.finditer(plain))
    if len(found) > 1 and found[0].start() == 0 and found[0].group().lower() in _ARTICLES:
        plain, found = plain[found[1].start() :], list(_WORD.finditer(plain[found[1].start() :]))
    edges = [0, *(edge for word in found for edge in word.span()), len(plain)]
    signs = tuple(plain[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return Name(tuple(word.group() for word in found), signs)


def _fit(text: str, span: Span, name: Name, forms: Forms) -> Span | None:
    words = _words_around(text, span, name, forms)
    if words is None:
        return None
    gaps = [text[one.end() : other.start()] for one, other in pairwise(words)]
    if any(_breaks(gap, sign) for gap, sign in zip(gaps, name.signs[1:-1], strict=True)):
        return None
    return _with_signs(text, Span(words[0].start(), words[-1].end()), name)


def _words_around(text: str, span: Span, name: Name, forms: Forms) -> "Sequence[re.Match[str]] | None":
    """The words of the text that are the name's, among them those at ``span``; None where they differ.

    Where characters are written without spaces, the span itself is the word.
    """
    first = next((at for at, word in enumerate(name.words) if term_of(word.lower())), 0)
    last = next((at for at, word in enumerate(reversed(name.words)) if term_of(word.lower())), 0)
    inside = list(_WORD.finditer(text, *span))
    before, after = _words_before(text, span.start, first), _words_after(text, span.end, last)
    words = [*before, *inside, *after]
    pairs = zip((word.group() for word in words), name.words, strict=False)
    if len(words) != len(name.words) or not all(_is_same(word, wanted, forms) for word, wanted in pairs):
        return None
    return words


def _words_before(text: str, at: int, count: int) -> "list[re.Match[str]]":
    return list(_WORD.finditer(text, max(0, at - 20 * count), at))[-count:] if count else []


def _words_after(text: str, at: int, count: int) -> "list[re.Match[str]]":
    return list(_WORD.finditer(text, at, at + 20 * count))[:count] if count else []


def _is_same(word: str, wanted: str, forms: Forms) -> bool:
    """Whether the words are one, in whatever form: both without endings, or a form that is known."""
    one, other = (unicodedata.normalize("NFC", each).casefold() for each in (word, wanted))
    if one == other:
        return True
    terms = [[term_of(part) for part in split_words(each)] for each in (one, other)]
    return any(terms[0]) and terms[1] in (terms[0], [forms.get(term, term) for term in terms[0]])


def _breaks(gap: str, sign: str) -> bool:
    """Whether ``gap`` parts the words, where the name has ``sign`` between them."""
    if _BLANK_LINE.search(gap) or gap.count("\n") > 1:
        return True
    dashes = " - " in gap or "--" in gap
    return (dashes and "-" not in sign) or any(char not in _FREE and char not in sign for char in gap)


def _with_signs(text: str, span: Span, name: Name) -> Span | None:
    """The span with the signs that the name begins and ends with; None where they differ in a way that counts."""
    leading, trailing = name.signs[0].strip(), name.signs[-1].strip()
    start, end = span
    if leading:
        start -= len(leading)
        if start < 0 or text[start : span.start] != leading:
            return None
    signs = re.compile(f"[{re.escape(_STRICT)}]*").match(text, end)
    strict = signs.group() if signs else ""
    if strict != trailing[: len(strict)] or any(char in _STRICT for char in trailing[len(strict) :]):
        return None
    end += len(trailing) if text.startswith(trailing, end) else len(strict)
    return _without_particle(text, Span(start, end), name)


def _without_particle(text: str, span: Span, name: Name) -> Span:
    """The name alone, where Hangul goes on with a particle."""
    last = name.words[-1]
    at = text.rfind(last, span.start, span.end) if "가" <= last[-1:] <= "힣" else -1
    return Span(span.start, at + len(last)) if at >= 0 else span
