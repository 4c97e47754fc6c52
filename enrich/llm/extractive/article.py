"""An article as the no-model engine sees it: statements that can be quoted, what they speak of, their weight."""

import math
from collections import Counter
from functools import cached_property

from msgspec import Struct

from enrich.llm.extractive.lexicon import Lexicon, find_lexicon
from enrich.llm.extractive.statement import LONGEST, MOST_CHARACTERS, MOST_SENTENCES, find_statements
from enrich.llm.extractive.terms import HEADLINE, Term, find_terms, find_words
from enrich.source.source import Source
from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.words import split_words

MOST_STATEMENTS = 200
"""By hand, a bound of time: each is held against others. The longest of twelve real pages has 184 sentences."""
LONGEST_TITLE = 400
"""Characters of a headline. By hand: those of 54 real pages have 114 at most."""
SAME = 0.6
"""Share of words from which two statements say the same."""
_GAP = lazy_pattern(r"[^\S\n]+")
_ADDRESS = lazy_pattern(r"https?://\S+|www\.\S+|\S{0,64}@\S+")
"""Addresses and handles name nothing that the article speaks of."""


class Statement(Struct, frozen=True):
    """A whole sentence of the article that stands on its own."""

    index: int
    """Its place among all sentences of the article."""
    text: str
    """Verbatim, without dateline and full stop."""
    words: frozenset[str]
    """What it speaks of, in lower case."""
    weight: float
    """How much of what the article is about it says; comparable within one article."""
    risks: int
    """How many different words of it speak of cost, danger or dispute."""

    def repeats(self, other: "Statement") -> bool:
        """Whether it says mostly what the other one says."""
        return len(self.words & other.words) > SAME * max(1, min(len(self.words), len(other.words)))


class Article(Struct, frozen=True, dict=True):
    """A source, taken apart."""

    source: Source
    lexicon: Lexicon

    @property
    def title(self) -> str:
        """The headline, as far as anybody reads one."""
        return self.source.title[:LONGEST_TITLE]

    @cached_property
    def text(self) -> str:
        """Its beginning, with single spaces."""
        return _GAP.sub(" ", self.source.text[:MOST_CHARACTERS])

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, whatever they are."""
        text = _ADDRESS.sub(" ", self.text)
        return tuple(span.of(text)[:LONGEST] for span in split_sentences(text)[:MOST_SENTENCES])

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word that can name a topic stands there; one of the headline counts more."""
        counts = Counter(word for sentence in self.sentences for word in find_words(sentence, self.lexicon))
        counts.update({word: HEADLINE for word in self.headline if word in counts})
        return counts

    @cached_property
    def headline(self) -> frozenset[str]:
        """What the headline speaks of."""
        return frozenset(find_words(self.title, self.lexicon))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The names and nouns that it keeps returning to, the weightiest first."""
        return find_terms(self.title, self.sentences, self.lexicon)

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that it writes in lower case somewhere."""
        return frozenset(
            word.text for sentence in self.sentences for word in split_words(sentence) if word.text.islower()
        )

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The words of its names and of the words that are told to be nouns, in lower case."""
        return frozenset(word for term in self.terms if term.is_noun for word in term.words)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The sentences that can be quoted, in order."""
        found: list[Statement] = []
        for index, text in find_statements(self.text, self.lexicon):
            words = frozenset(find_words(text, self.lexicon))
            told = () if self.lexicon.addressing.search(text) else self.lexicon.risk.findall(text)
            risks = len({*map(str.casefold, told)})
            statement = Statement(index, text, words, self._weigh(index, text, words), risks)
            if text.casefold() != self.title.strip(" .。").casefold():
                found.append(statement)
            if len(found) == MOST_STATEMENTS:
                break
        return tuple(found)

    def _weigh(self, index: int, text: str, words: frozenset[str]) -> float:
        """By the article's frequent words and the headline's; early sentences more, what needs its context less."""
        shared = sum(math.log(self.counts[word]) * (1.5 if word in self.headline else 1.0) for word in words)
        early = 1 + 0.8 * math.exp(-index / 5)
        alone = 0.1 if self.lexicon.addressing.search(text) else 0.3 if self.lexicon.speaking.search(text) else 1.0
        alone *= 0.6 if self.lexicon.referring.search(text) else 1.0
        return (0.1 + shared / math.sqrt(4 + len(words))) * early * alone


def read_article(source: Source) -> Article:
    """Take ``source`` apart."""
    return Article(source, find_lexicon(source.language.lower().partition("-")[0]))
