"""A source made ready for many questions: words, sentences, names and figures found once."""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from enrich.check.figures import Figures
from enrich.check.names import NameBook
from enrich.check.quotation import locate_in
from enrich.check.rarity import rarity
from enrich.check.stems import bare, content_stems, is_function_word, stem
from enrich.source.source import Source
from enrich.text.normal import fold
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import split_words

_REACH = 3
"""Two content words are neighbours when one is at most the third after the other."""
_WIDEST = 200
"""A word that stands in more sentences than this helps to find none of them."""


class Match(NamedTuple):
    """Where a source comes nearest to a sentence."""

    span: Span
    """One sentence of the source, or two in a row."""
    share: float
    """The share of the sentence's content words that stand there, each counted by its rarity."""


class PreparedSource:
    """What the checks look up in a source. Offsets are those of the source's own text."""

    def __init__(self, text: str, published: date | None = None, headline: str = "") -> None:
        self.text = text
        self.folded = fold(text)
        self.folded_headline = fold(headline)
        self.sentences = split_sentences(text)
        self.figures = Figures(text, published, headline)
        self._starts = [sentence.start for sentence in self.sentences]
        words = split_words(text)
        plain = [bare(word.text) for word in words]
        self.trigrams = set(zip(plain, plain[1:], plain[2:], strict=False))
        self.places: dict[str, list[int]] = defaultdict(list)
        """Word, in lower case without accents -> its offsets."""
        self._index: dict[str, list[int]] = defaultdict(list)
        content: list[str] = []
        for word, form in zip(words, plain, strict=True):
            self.places[form].append(word.start)
            if not is_function_word(form):
                content.append(stem(form))
                self._index[content[-1]].append(self.sentence_at(word.start))
        self._pairs = {pair for shift in range(1, _REACH + 1) for pair in zip(content, content[shift:], strict=False)}
        self._headline_stems = {stem(word.text) for word in split_words(headline)}
        self.names = NameBook(text, words, self.places, headline)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence around `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def quotes(self, words: str) -> bool:
        """Whether the text or the headline has these words verbatim."""
        return locate_in(words, self.folded) is not None or locate_in(words, self.folded_headline) is not None

    def has_stem(self, stem: str) -> bool:
        """Whether the text or the headline has a word of this stem."""
        return stem in self._index or stem in self._headline_stems

    def are_neighbours(self, first: str, second: str) -> bool:
        """Whether words of the two stems stand close together somewhere; the headline counts as one place."""
        if (first, second) in self._pairs or (second, first) in self._pairs or first == second:
            return True
        return first in self._headline_stems and second in self._headline_stems

    def best_match(self, stems: Sequence[str]) -> Match | None:
        """The sentence or two where the source shares the most of these content words; None when it shares none."""
        held: dict[int, set[str]] = defaultdict(set)
        for wanted in set(stems):
            numbers = self._index.get(wanted, ())
            if len(numbers) <= _WIDEST:
                for number in numbers:
                    held[number].add(wanted)
        if not held:
            return None
        weights = {wanted: self._weight(wanted) for wanted in set(stems)}
        close = set(pairwise(stems))
        number = max(held, key=lambda number: (self._worth(held, number, weights, close), -number))
        return self._widen(number, held, weights)

    def _weight(self, wanted: str) -> float:
        """Rarity in general times rarity in this source."""
        return rarity(wanted) * math.log(2 + len(self.sentences) / (1 + len(self._index.get(wanted, ()))))

    @staticmethod
    def _worth(
        held: dict[int, set[str]], number: int, weights: dict[str, float], close: Iterable[tuple[str, str]]
    ) -> float:
        here = held[number]
        pairs = sum(weights[a] + weights[b] for a, b in close if a in here and b in here)
        around = (held.get(number - 1, set()) | held.get(number + 1, set())) - here
        return sum(weights[s] for s in here) + 0.2 * pairs + 0.2 * sum(weights[s] for s in around)

    def _widen(self, number: int, held: dict[int, set[str]], weights: dict[str, float]) -> Match:
        """The sentence, with the one before or after it when that adds much."""
        total = sum(weights.values()) or 1.0

        def gain(other: int) -> float:
            return sum(weights[s] for s in held.get(other, set()) - held[number])

        here = sum(weights[s] for s in held[number])
        other = max((number - 1, number + 1), key=gain)
        first, last = number, number
        if gain(other) > 0.15 * total:
            first, last = min(number, other), max(number, other)
        span = Span(self.sentences[first].start, self.sentences[last].end)
        return Match(span, (here + gain(other)) / total)


def prepare(source: Source) -> PreparedSource:
    """The source ready for checks; do this once for all sentences of a draft."""
    return PreparedSource(source.text, source.published, source.title)


def stems_of(text: str) -> list[str]:
    """The content stems of a text, in order."""
    return content_stems(split_words(text))


def windows(values: Sequence[float], size: int) -> Iterator[float]:
    """The sums of every `size` values in a row; one sum when there are fewer."""
    total = sum(values[:size])
    yield total
    for at in range(size, len(values)):
        total += values[at] - values[at - size]
        yield total
