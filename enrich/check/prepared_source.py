"""A source made ready for many questions: words, sentences, names and figures found once."""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import pairwise
from typing import NamedTuple

from enrich.check.figures import Figures
from enrich.check.language import guess_language
from enrich.check.names import NameBook, find_names
from enrich.check.quotation import locate_in
from enrich.check.rarity import rarity
from enrich.check.slots import Slot, name_slots
from enrich.check.stems import bare, is_function_word, stem
from enrich.check.wording import Wording
from enrich.source.source import Source
from enrich.text.normal import fold
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import split_words

_REACH = 3
"""Two content words are neighbours when one is at most the third after the other."""
_WIDEST = 200
"""A word that stands in more sentences than this helps to find none of them."""
_CONTENDERS = 12
"""Sentences that are looked at closely."""
_WORTH_ADDING = 0.15
"""Share of a sentence's weight that a second sentence of the source must hold to be shown with the first."""


class Match(NamedTuple):
    """Where a source comes nearest to a sentence."""

    span: Span
    """One sentence of the source, or two in a row."""
    share: float
    """The share of the sentence's content words that stand there, each counted by its rarity."""


class PreparedSource:
    """What the checks look up in a source. Offsets are those of the source's own text."""

    def __init__(self, text: str, published: date | None = None, headline: str = "", language: str = "") -> None:
        self.text = text
        self.language = language or guess_language(text)
        self.folded = fold(text)
        self.folded_headline = fold(headline)
        self._headline = headline
        self.sentences = split_sentences(text)
        self.figures = Figures(text, published, headline)
        self._wordings: dict[int, Wording] = {}
        self._starts = [sentence.start for sentence in self.sentences]
        words = split_words(text)
        plain = [bare(word.text) for word in words]
        self.trigrams = set(zip(plain, plain[1:], plain[2:], strict=False))
        self.places: dict[str, list[int]] = defaultdict(list)
        """Word, in lower case without accents -> its offsets."""
        self._index: dict[str, list[int]] = defaultdict(list)
        self._stems_in: list[set[str]] = [set() for _ in self.sentences]
        content: list[str] = []
        for word, form in zip(words, plain, strict=True):
            self.places[form].append(word.start)
            if not is_function_word(form):
                content.append(stem(form))
                self._stems_in[self.sentence_at(word.start)].add(content[-1])
        for number, stems in enumerate(self._stems_in):
            for held in stems:
                self._index[held].append(number)
        self._pairs = {pair for shift in range(1, _REACH + 1) for pair in zip(content, content[shift:], strict=False)}
        self._headline_stems = {stem(word.text) for word in split_words(headline)}
        self.names = NameBook(text, words, self.places, headline, self.figures.equivalents)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence around `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def wording(self, number: int) -> Wording:
        """A sentence as its words; read once."""
        if number not in self._wordings:
            self._wordings[number] = Wording(self.sentences[number].of(self.text), self.has_noun_capitals)
        return self._wordings[number]

    def sentences_of(self, span: Span) -> range:
        """The numbers of the sentences that `span` touches."""
        return range(self.sentence_at(span.start), self.sentence_at(max(span.start, span.end - 1)) + 1)

    @cached_property
    def slots(self) -> list[Slot]:
        """Every name of the text with the words around it."""
        numbers = range(len(self.sentences))
        return [slot for number in numbers for slot in name_slots(self.wording(number), self.proper)]

    @cached_property
    def proper(self) -> frozenset[str]:
        """The bare words that are names: in the midst of a sentence, or more than once, and never in small letters."""
        text = f"{self.text}\n\n{self._headline}"
        words = split_words(text)
        small = {bare(word.text) for word in words if word.text[0].islower()}
        names = find_names(text, words)
        doubtful = Counter(bare(name.words[0].text) for name in names if name.is_doubtful)
        sure = {bare(word.text) for name in names if not name.is_doubtful for word in name.words}
        return frozenset(sure | {word for word, count in doubtful.items() if count > 1}) - small

    @property
    def has_noun_capitals(self) -> bool:
        """Whether the language writes every noun with a capital, so that a capital shows no name."""
        return self.language.startswith("de")

    def quotes(self, words: str) -> bool:
        """Whether the text or the headline has these words verbatim."""
        return locate_in(words, self.folded) is not None or locate_in(words, self.folded_headline) is not None

    def paragraph_at(self, offset: int) -> Span:
        """The paragraph around `offset`, between blank lines."""
        start = self.text.rfind("\n\n", 0, offset)
        end = self.text.find("\n\n", offset)
        return Span(start + 2 if start >= 0 else 0, end if end >= 0 else len(self.text))

    def has_in_headline(self, word: str) -> bool:
        """Whether the headline has a word of the same stem."""
        return stem(word) in self._headline_stems

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
        weights = {wanted: self._weight(wanted) for wanted in stems}
        worth: dict[int, float] = defaultdict(float)
        for wanted, weight in weights.items():
            numbers = self._index.get(wanted, ())
            if len(numbers) <= _WIDEST:
                for number in numbers:
                    worth[number] += weight
        if not worth:
            return None
        held = {number: self._held(number, weights) for number in nlargest(_CONTENDERS, worth, key=worth.__getitem__)}
        close = dict.fromkeys(pairwise(stems))
        best = max(
            held, key=lambda number: (worth[number] + self._bonus(number, held[number], weights, close), -number)
        )
        return self._widen(best, held[best], weights)

    def _weight(self, wanted: str) -> float:
        """Rarity in general times rarity in this source."""
        return rarity(wanted) * math.log(2 + len(self.sentences) / (1 + len(self._index.get(wanted, ()))))

    def _held(self, number: int, wanted: Iterable[str]) -> set[str]:
        """Which of the wanted stems a sentence has; none beyond the ends of the text."""
        if not 0 <= number < len(self.sentences):
            return set()
        return self._stems_in[number].intersection(wanted)

    def _bonus(self, number: int, here: set[str], weights: dict[str, float], close: Iterable[tuple[str, str]]) -> float:
        """For words that are neighbours in the claim too, and for more of them in the sentences around."""
        pairs = sum(weights[a] + weights[b] for a, b in close if a in here and b in here)
        around = (self._held(number - 1, weights) | self._held(number + 1, weights)) - here
        return 0.2 * (pairs + _sum(weights, around))

    def _widen(self, number: int, here: set[str], weights: dict[str, float]) -> Match:
        """The sentence, with the one before or after it when that adds much."""
        total = sum(weights.values())
        gains = {other: _sum(weights, self._held(other, weights) - here) for other in (number - 1, number + 1)}
        other = max(gains, key=gains.__getitem__)
        added = gains[other] if gains[other] > _WORTH_ADDING * total else 0.0
        first, last = (min(number, other), max(number, other)) if added else (number, number)
        span = Span(self.sentences[first].start, self.sentences[last].end)
        return Match(span, (_sum(weights, here) + gains[other]) / total)


def _sum(weights: dict[str, float], chosen: set[str]) -> float:
    """The weights of the chosen, added in the order of the claim: sums must not hang on the order of a set."""
    return sum(weight for wanted, weight in weights.items() if wanted in chosen)


@lru_cache(maxsize=4)
def prepare(source: Source) -> PreparedSource:
    """The source ready for checks; kept, because a review checks a note anew after every action."""
    return PreparedSource(source.text, source.published, source.title, source.language)


def windows(values: Sequence[float], size: int) -> Iterator[float]:
    """The sums of every `size` values in a row; one sum when there are fewer."""
    total = sum(values[:size])
    yield total
    for at in range(size, len(values)):
        total += values[at] - values[at - size]
        yield total
