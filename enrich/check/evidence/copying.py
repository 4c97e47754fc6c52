"""Copying: how much of a text is word for word another's."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from enrich.check.facts.quotations import find_quotations
from enrich.text.normal import fold
from enrich.text.span import Span
from enrich.text.words import Word, split_words


class SharedRun(Struct, frozen=True):
    """The longest run of words that two texts share."""

    words: int
    """0 when they share no word. Han and Kana characters count one each."""
    span: Span
    """Where it stands in the text that was checked."""


def longest_shared_run(text: str, source_text: str) -> SharedRun:
    """The longest run of words outside quotation marks that `text` shares with `source_text`, case aside."""
    source = _runs_of(source_text)
    best = SharedRun(0, Span(0, 0))
    for words in _unquoted(text):
        lengths = source.longest_ending_at([_fold_word(word.text) for word in words])
        for at, length in enumerate(lengths):
            if length > best.words:
                best = SharedRun(length, Span(words[at - length + 1].start, words[at].end))
    return best


class _AllRuns:
    """Every run of words of a text, as a suffix automaton: it is built and asked in a time that grows with the words.

    A. Blumer et al., The smallest automaton recognizing the subwords of a text, 1985.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._link, self._length = [-1], [0]
        last = 0
        for word in words:
            last = self._extend(last, word)

    def _state(self, following: dict[str, int], link: int, length: int) -> int:
        self._next.append(following)
        self._link.append(link)
        self._length.append(length)
        return len(self._link) - 1

    def _extend(self, last: int, word: str) -> int:
        """One more word; `last` is the state of all words so far."""
        added = self._state({}, 0, self._length[last] + 1)
        at = last
        while at >= 0 and word not in self._next[at]:
            self._next[at][word] = added
            at = self._link[at]
        if at >= 0:
            self._link[added] = self._split(at, word)
        return added

    def _split(self, at: int, word: str) -> int:
        """The state of the run of `at` with `word` behind it, made its own where longer ones shared it."""
        held = self._next[at][word]
        if self._length[held] == self._length[at] + 1:
            return held
        copy = self._state(dict(self._next[held]), self._link[held], self._length[at] + 1)
        self._link[held] = copy
        while at >= 0 and self._next[at].get(word) == held:
            self._next[at][word] = copy
            at = self._link[at]
        return copy

    def longest_ending_at(self, words: Sequence[str]) -> Iterator[int]:
        """For each word how long the longest run is that ends with it and stands in the text."""
        at = length = 0
        for word in words:
            while at and word not in self._next[at]:
                at = self._link[at]
                length = self._length[at]
            if word in self._next[at]:
                at, length = self._next[at][word], length + 1
            yield length


def shared_share(text: str, source_text: str, size: int = 5) -> float:
    """The share of the text's runs of `size` words, quotations left out, that the source has; 0 for a short text."""
    source = _run_set(source_text, size)
    own = [run for words in _unquoted(text) for run in _runs([_fold_word(word.text) for word in words], size)]
    return sum(run in source for run in own) / len(own) if own else 0.0


def _runs(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + size]) for start in range(len(words) - size + 1))


@lru_cache(maxsize=8)
def _runs_of(text: str) -> _AllRuns:
    """Kept: a note asks about one source once a paragraph."""
    return _AllRuns([word.text for word in split_words(fold(text).text)])


@lru_cache(maxsize=8)
def _run_set(text: str, size: int) -> frozenset[tuple[str, ...]]:
    return frozenset(_runs([_fold_word(word.text) for word in split_words(text)], size))


@lru_cache(maxsize=16_384)
def _fold_word(word: str) -> str:
    return fold(word).text


def _unquoted(text: str) -> Iterator[list[Word]]:
    """The words between quotations: a shared run must not reach across a quotation."""
    words = split_words(text)
    starts, ends = [word.start for word in words], [word.end for word in words]
    position = 0
    for start, end in [*find_quotations(text), Span(len(text), len(text))]:
        yield words[bisect_left(starts, position) : bisect_right(ends, start)]
        position = end
