"""Copying: how much of a text is word for word another's."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from enrich.check.quotation import find_quotations
from enrich.text.normal import fold
from enrich.text.span import Span
from enrich.text.words import Word, split_words


@dataclass(frozen=True)
class SharedRun:
    """The longest run of words that two texts share."""

    words: int
    """0 when they share no word. Han and Kana characters count one each."""
    span: Span
    """Where it stands in the text that was checked."""


def longest_shared_run(text: str, source_text: str) -> SharedRun:
    """The longest run of words outside quotation marks that `text` shares with `source_text`, case aside."""
    haystack = _haystack(source_text)
    best = SharedRun(0, Span(0, 0))
    for words in _unquoted(text):
        folded = [_fold_word(word.text) for word in words]
        for start in range(len(words)):
            length = best.words + 1
            while start + length <= len(words) and f" {' '.join(folded[start : start + length])} " in haystack:
                best = SharedRun(length, Span(words[start].start, words[start + length - 1].end))
                length += 1
    return best


def shared_share(text: str, source_text: str, size: int = 5) -> float:
    """The share of the text's runs of `size` words, quotations left out, that the source has; 0 for a short text."""
    source = _run_set(source_text, size)
    own = [run for words in _unquoted(text) for run in _runs([_fold_word(word.text) for word in words], size)]
    return sum(run in source for run in own) / len(own) if own else 0.0


def _runs(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + size]) for start in range(len(words) - size + 1))


@lru_cache(maxsize=8)
def _haystack(text: str) -> str:
    """The words of a source between spaces; a note asks about one source once a paragraph."""
    return _joined(split_words(fold(text).text))


@lru_cache(maxsize=8)
def _run_set(text: str, size: int) -> frozenset[tuple[str, ...]]:
    return frozenset(_runs([_fold_word(word.text) for word in split_words(text)], size))


@lru_cache(maxsize=16_384)
def _fold_word(word: str) -> str:
    return fold(word).text


def _joined(words: list[Word]) -> str:
    return f" {' '.join(word.text for word in words)} "


def _unquoted(text: str) -> Iterator[list[Word]]:
    """The words between quotations: a shared run must not reach across a quotation."""
    words = split_words(text)
    position = 0
    for start, end in [*find_quotations(text), Span(len(text), len(text))]:
        yield [word for word in words if position <= word.start and word.end <= start]
        position = end
