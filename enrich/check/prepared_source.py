"""A source made ready for many questions: words, sentences, names and figures found once."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date

from enrich.check.figures import Figures
from enrich.check.names import NameBook
from enrich.check.stems import FUNCTION_WORDS, bare, stem
from enrich.source.source import Source
from enrich.text.normal import fold
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import split_words


class PreparedSource:
    """What the checks look up in a source. Offsets are those of the source's own text."""

    def __init__(self, text: str, published: date | None = None, headline: str = "") -> None:
        self.text = text
        self.folded = fold(text)
        self.words = split_words(text)
        self.sentences = split_sentences(text)
        self.figures = Figures(text, published)
        self.headline_figures = Figures(headline, published) if headline else None
        self.places: dict[str, list[int]] = defaultdict(list)
        self.stems: dict[str, list[int]] = defaultdict(list)
        """Stem -> numbers of the sentences that hold it, in order."""
        self._starts = [sentence.start for sentence in self.sentences]
        for word in self.words:
            plain = bare(word.text)
            self.places[plain].append(word.start)
            self._add_stem(plain, self.sentence_at(word.start))
        for word in split_words(headline):
            self.places.setdefault(bare(word.text), [])
            self.stems.setdefault(stem(bare(word.text)), [])
        self.places = dict(self.places)
        self.names = NameBook(text, self.words, self.places)

    def _add_stem(self, plain: str, sentence: int) -> None:
        numbers = self.stems[stem(plain)]
        if not numbers or numbers[-1] != sentence:
            numbers.append(sentence)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence around `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def best_sentence(self, text: str) -> Span | None:
        """The sentence of the source that shares the most telling words with `text`."""
        scores: dict[int, float] = defaultdict(float)
        for content in {stem(bare(word.text)) for word in split_words(text) if bare(word.text) not in FUNCTION_WORDS}:
            numbers = self.stems.get(content, ())
            for number in numbers:
                scores[number] += 1 / (1 + len(numbers)) ** 0.5
        if not scores:
            return None
        return self.sentences[max(scores, key=lambda number: (scores[number], -number))]


def prepare(source: Source) -> PreparedSource:
    """The source ready for checks; do this once for all sentences of a draft."""
    return PreparedSource(source.text, source.published, source.title)
