"""A source made ready for many questions: words, sentences, names and figures found once."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain, islice

from enrich.check.evidence.figures import Figures
from enrich.check.evidence.name_context import Slot, name_slots
from enrich.check.evidence.name_kind import NameKinds
from enrich.check.evidence.named_part import NamedParts
from enrich.check.evidence.sentence_index import SentenceIndex
from enrich.check.evidence.wording import Wording
from enrich.check.facts.name_forms import is_country
from enrich.check.facts.names import NameBook, find_runs, read_names
from enrich.check.facts.quotations import locate_in
from enrich.check.facts.rarity import RARE, rarity
from enrich.check.facts.relative_dates import find_shifts
from enrich.check.facts.stems import bare, is_function_word, stem
from enrich.source.source import Source
from enrich.text.language import guess_language
from enrich.text.normal import fold
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import Word, split_words, word_set

_REACH = 3
"""Two content words are neighbours when one is at most the third after the other."""

_LONGEST_PARAGRAPH = 4_000
"""Characters before and after a place that can be its paragraph: a bound of time."""
_COUNTRY_WORDS = word_set("country nation national nationally nationwide federal")
_MOST_NAMES = 3_000
"""Names of a source, with the words around them, that the names of a sentence are held against: a bound of time."""


class PreparedSource:
    """What the checks look up in a source. Offsets are those of the source's own text."""

    def __init__(self, text: str, published: date | None = None, headline: str = "", language: str = "") -> None:
        self.text = text
        self._language = language
        self.folded = fold(text)
        self.folded_headline = fold(headline)
        self.headline = headline
        self.published = published
        self.sentences = split_sentences(text)
        self.figures = Figures(text, published, headline)
        self._wordings: dict[int, Wording] = {}
        self._slots: dict[int, list[Slot]] = {}
        self._starts = [sentence.start for sentence in self.sentences]
        words = split_words(text)
        plain = [bare(word.text) for word in words]
        self.trigrams = set(zip(plain, plain[1:], plain[2:], strict=False))
        self.places: dict[str, list[int]] = defaultdict(list)
        """Word, in lower case without accents -> its offsets."""
        for word, form in zip(words, plain, strict=True):
            self.places[form].append(word.start)
        stems = {form: stem(form) for form in self.places if not is_function_word(form)}
        content = [stems[form] for form in plain if form in stems]
        self._pairs = {pair for shift in range(1, _REACH + 1) for pair in zip(content, content[shift:], strict=False)}
        self._whole = f"{text}\n\n{headline}"
        titled = split_words(headline)
        shift = len(text) + 2
        self._every_word = [*words, *(Word(word.start + shift, word.end + shift, word.text) for word in titled)]
        self._runs = find_runs(self._whole, self._every_word)
        self.headline_stems = frozenset(stem(word.text) for word in titled)
        ends = [*(bisect_left(words, (start,)) for start in self._starts[1:]), len(words)]
        forms = [plain[first:end] for first, end in zip([0, *ends], ends, strict=False)]
        self.index = SentenceIndex(self.sentences, forms, stems, self.headline_stems)
        self.parts = NamedParts(text, self.sentences, self.index)
        self.names = NameBook(self._every_word, self._runs, self.places, self.figures.equivalents)

    @cached_property
    def shifts(self) -> frozenset[float]:
        """The days that it counts from some day on or back: `last year`, `two days later`."""
        return frozenset(shift.days for shift in find_shifts(self.text))

    @cached_property
    def language(self) -> str:
        """The language that the source names, else the one its text is in; empty when unknown."""
        return self._language or guess_language(self.text)

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
        """The names of the text with the words around them, the first `_MOST_NAMES`."""
        found = chain.from_iterable(map(self.slots_in, range(len(self.sentences))))
        return list(islice(found, _MOST_NAMES))

    def slots_in(self, number: int) -> list[Slot]:
        """The names of a sentence; read once."""
        if number not in self._slots:
            self._slots[number] = name_slots(self.wording(number), self.proper)
        return self._slots[number]

    @cached_property
    def full_names(self) -> Mapping[str, Collection[frozenset[str]]]:
        """Word of a name -> the names of several words, each as its words, that have it."""
        found: dict[str, set[frozenset[str]]] = defaultdict(set)
        for slot in self.slots:
            for word in slot.words if len(slot.words) > 1 else ():
                found[word].add(slot.words)
        return dict(found)

    @cached_property
    def kinds(self) -> NameKinds:
        """What its names are of."""
        return NameKinds(self.slots)

    @cached_property
    def proper(self) -> frozenset[str]:
        """The bare words that are names: in the midst of a sentence, or more than once, and never in small letters."""
        small = {bare(word.text) for word in self._every_word if word.text[0].islower()}
        names = read_names(self._whole, self._runs)
        doubtful = Counter(
            bare(name.words[0].text) for name in names if name.is_doubtful and rarity(stem(name.words[0].text)) == RARE
        )
        sure = {bare(word.text) for name in names if not name.is_doubtful for word in name.words}
        return frozenset(sure | {word for word, count in doubtful.items() if count > 1}) - small

    @cached_property
    def takes_country_as_known(self) -> bool:
        """Whether it speaks of the country or nation, and names none."""
        return not _COUNTRY_WORDS.isdisjoint(self.places) and not any(map(is_country, self.places))

    @property
    def has_noun_capitals(self) -> bool:
        """Whether the language writes every noun with a capital, so that a capital shows no name."""
        return self.language.startswith("de")

    def quotes(self, words: str) -> bool:
        """Whether the text or the headline has these words verbatim."""
        return locate_in(words, self.folded) is not None or locate_in(words, self.folded_headline) is not None

    def paragraph_at(self, offset: int) -> Span:
        """The paragraph around `offset`, between blank lines; of a very long one what is near."""
        first, last = max(0, offset - _LONGEST_PARAGRAPH), min(len(self.text), offset + _LONGEST_PARAGRAPH)
        start = self.text.rfind("\n\n", first, offset)
        end = self.text.find("\n\n", offset, last)
        return Span(start + 2 if start >= 0 else first, end if end >= 0 else last)

    def has_in_headline(self, word: str) -> bool:
        """Whether the headline has a word of the same stem."""
        return stem(word) in self.headline_stems

    def has_stem(self, stem: str) -> bool:
        """Whether the text or the headline has a word of this stem."""
        return stem in self.index or stem in self.headline_stems

    def are_neighbours(self, first: str, second: str) -> bool:
        """Whether words of the two stems stand close together somewhere; the headline counts as one place."""
        if (first, second) in self._pairs or (second, first) in self._pairs or first == second:
            return True
        return first in self.headline_stems and second in self.headline_stems


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
