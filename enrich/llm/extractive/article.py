"""An article as the embedded engine sees it: sentences with their words, and how central each is."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from enrich.llm.extractive.excerpt import find_risk, shows_doubt
from enrich.llm.extractive.lexicon import Lexicon, find_glossed, find_lexicon
from enrich.source.source import Source
from enrich.text.sentences import split_sentences
from enrich.text.words import is_unspaced, split_words

MOST_SENTENCES = 200
"""An article's first two hundred sentences decide what it is about; the rest is not compared."""
DAMPING = 0.85
ROUNDS = 30
SIMILAR = 0.08
"""Cosine below which two sentences have nothing to do with each other."""

HEADLINE_COUNTS = 3
"""As often as this a word of the headline counts."""
LONGEST_ACRONYM = 3
"""Letters of a tag that is written in capitals: ``ai``, ``ev``, ``llm``."""
NAME_OPENERS = frozenset({"new", "south", "north", "east", "west", "united", "san", "los", "saudi", "hong", "white"})

Bag = Mapping[str, float]

_BOILERPLATE = re.compile(
    r"\b(subscribe|newsletter|sign up|follow us|click here|read more|see also|related:|image credit|photo:|getty images"
    r"|(declined|refused) to comment|no comment|not (immediately )?respond|all rights reserved|advertisement|affiliate"
    r"|cookie|update:|correction:|editor's note|disclosure)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of the source."""

    index: int
    text: str
    terms: tuple[str, ...]
    """Its topical words in lower case; pairs of characters where words are not separated."""
    weight: float
    """How much it says what the article is about; comparable within one article."""


@dataclass(frozen=True)
class Article:
    """A source, taken apart."""

    source: Source
    lexicon: Lexicon
    sentences: tuple[Sentence, ...]

    @cached_property
    def risks(self) -> tuple[int, ...]:
        """For each sentence, how many of its words speak of risk."""
        return tuple(find_risk(sentence.text, self.lexicon) for sentence in self.sentences)

    @cached_property
    def doubts(self) -> tuple[int, ...]:
        """For each sentence, how many of its words deny, limit or leave open."""
        return tuple(shows_doubt(sentence.text, self.lexicon) for sentence in self.sentences)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each topical term stands in the text and, three times as weighty, in the headline."""
        counted = Counter(term for sentence in self.sentences for term in sentence.terms)
        counted.update({term: HEADLINE_COUNTS if term in counted else 1 for term in self.headline_terms})
        return counted

    @cached_property
    def glossed(self) -> Mapping[str, int]:
        """English words for what an article in another language speaks of."""
        return {} if self.lexicon.language == "en" else find_glossed(f"{self.source.title} {self.source.text}")

    @cached_property
    def headline_terms(self) -> tuple[str, ...]:
        """The topical terms of the headline."""
        return find_terms(self.source.title, self.lexicon)

    @cached_property
    def surfaces(self) -> Mapping[str, str]:
        """Term → how it is mostly written: ``wework`` → ``WeWork``."""
        forms: dict[str, Counter[str]] = {}
        for sentence in self.sentences:
            for word in split_words(sentence.text)[1:]:  # the first one has a capital anyway
                bare = _bare(word.text)
                forms.setdefault(bare.casefold(), Counter())[bare] += 1
        return {term: form.most_common(1)[0][0] for term, form in forms.items()}

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """What the article keeps returning to, as it writes it, the most frequent first.

        Words that mostly stand together with a capital each are one theme: ``MacBook Pro``.
        """
        pairs = self._pairs()
        points = {pair: 2.0 * count for pair, count in pairs.items()}
        within = Counter({word: count for pair, count in pairs.items() for word in _parts(pair)})
        for term, count in self.counts.items():
            if len(term) > 2 or term in self.headline_terms:
                shown = self.show(term)
                points[shown] = (count - within[term]) * (1.6 if self.is_name(shown) else 1.0)
        ranked = sorted((theme for theme in points if points[theme] > 0), key=lambda theme: -points[theme])
        return tuple(_without_overlaps([theme for theme in ranked if not self._is_plural(theme, ranked)]))

    def _is_plural(self, theme: str, themes: Sequence[str]) -> bool:
        return self.lexicon.language == "en" and theme[-1:] == "s" and theme[:-1] in themes

    def _pairs(self) -> dict[str, int]:
        """Neighbours that stand together more than once and mostly: names of two words, compounds with a hyphen."""
        if not self.lexicon.spaced or self.lexicon.syllables:
            return {}
        together: Counter[str] = Counter()
        alone: Counter[str] = Counter()
        openings: list[str] = []
        for sentence in self.sentences:
            alone.update(_bare(word.text).casefold() for word in split_words(sentence.text))
            for pair, opening in self._pairs_in(sentence.text):
                if opening:
                    openings.append(pair)
                else:
                    together[pair] += 1
        together.update(pair for pair in openings if pair in together)
        alone.update(dict.fromkeys(self.headline_terms, HEADLINE_COUNTS))
        # A headline may have a capital on every word: it only adds to pairs that the text has too.
        together.update({pair: HEADLINE_COUNTS for pair, _ in self._pairs_in(self.source.title) if pair in together})
        return self._apart(together, alone)

    def _pairs_in(self, text: str) -> Iterator[tuple[str, bool]]:
        """Pairs of a text, and whether each opens it, where any word has a capital."""
        for one, two in pairwise(split_words(text)):
            between = text[one.end : two.start]
            capitals = one.text[:1].isupper() and two.text[:1].isupper() and len(two.text) > 1
            if between == "-" or (between == " " and capitals and self.lexicon.language != "de"):
                pair = f"{one.text}{between}{_bare(two.text)}"
                yield pair, one.start == 0 and between == " " and one.text.casefold() not in NAME_OPENERS

    def _apart(self, together: Counter[str], alone: Counter[str]) -> dict[str, int]:
        """Of pairs that overlap, the more frequent one."""
        chosen: dict[str, int] = {}
        taken: set[str] = set()
        for pair, count in together.most_common():
            one, two = _parts(pair)
            firm = count > 1 and count >= 0.5 * min(alone[one], alone[two]) and not pair[0].isdigit()
            topical = self.lexicon.is_topical(two) and (self.lexicon.is_topical(one) or one in NAME_OPENERS)
            if firm and topical and not {one, two} & taken:
                chosen[pair] = count
                taken |= {one, two}
        return chosen

    def is_name(self, word: str) -> bool:
        """Whether ``word`` (or each of its words) is written with a capital within sentences; German tells nothing."""
        return (
            all(
                part[:1].isupper()
                and self.show(part.casefold())[:1].isupper()
                and self.lexicon.is_topical(part.casefold())
                for part in word.split()
            )
            and self.lexicon.language != "de"
        )

    def show(self, term: str) -> str:
        """``term`` as the article writes it."""
        return self.surfaces.get(term, term)

    def show_tag(self, tag: str) -> str:
        """A tag of the vault as words: ``ai`` → ``AI``, ``supply-chain`` → ``supply chain``."""
        return tag.upper() if len(tag) <= LONGEST_ACRONYM else self.show(tag).replace("-", " ")


def _without_overlaps(themes: Sequence[str]) -> Iterator[str]:
    """Of themes that share a word, a syllable or a Chinese character, only the more frequent one."""
    taken: set[str] = set()
    for theme in themes:
        parts = set(theme) if is_unspaced(theme) else set(_parts(theme))
        if not parts & taken:
            taken |= parts
            yield theme


def _bare(word: str) -> str:
    return re.sub(r"['’]s\Z", "", word)


def _parts(pair: str) -> list[str]:
    return [word.casefold() for word in re.split("[ -]", pair)]


def read_article(source: Source) -> Article:
    """Take ``source`` apart and weigh its sentences."""
    lexicon = find_lexicon(source.language, source.text)
    texts = [span.of(source.text) for span in split_sentences(source.text)][:MOST_SENTENCES]
    texts = [text for text in texts if not _BOILERPLATE.search(text)]
    terms = [find_terms(text, lexicon) for text in texts]
    weights = weigh_sentences(terms, find_terms(source.title, lexicon))
    rows = zip(texts, terms, weights, strict=True)
    return Article(source, lexicon, tuple(Sentence(index, *row) for index, row in enumerate(rows)))


def find_terms(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The topical terms of ``text`` in order, repeated as often as they stand there."""
    words = [word.text.casefold() for word in split_words(unicodedata.normalize("NFC", text).replace("’", "'"))]
    words = [word.removesuffix("'s") for word in words]
    if lexicon.syllables or not lexicon.spaced:
        return tuple(_pairs(words, lexicon))
    topical = (word for word in words if lexicon.is_topical(word) and not word.isnumeric())
    return tuple(word for word in topical if len(word) > 1 and "'" not in word)


def _pairs(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Neighbours of which neither is a stop word, and whole words of another script."""
    joint = "" if not lexicon.spaced else " "
    pairs = []
    for one, two in zip(words, [*words[1:], ""], strict=True):
        if one.isascii() and one.isalpha() and len(one) > 2 and lexicon.is_topical(one) and not lexicon.syllables:
            pairs.append(one)
        same = is_unspaced(one) == is_unspaced(two) and (lexicon.spaced or is_unspaced(one))
        if two and same and not {one, two} & lexicon.stop and not (one.isnumeric() or two.isnumeric()):
            pair = f"{one}{joint}{two}"
            if lexicon.is_topical(pair):
                pairs.append(pair)
    return pairs


def weigh_sentences(terms: Sequence[Sequence[str]], headline: Sequence[str]) -> list[float]:
    """How central each sentence is: by what it shares with the others, with the headline, and by standing early."""
    if not terms:
        return []
    rarity = _rarity(terms)
    bags = [_bag(row, rarity) for row in terms]
    central = _rank(bags)
    top = max(central) or 1.0
    title = _bag(headline, rarity)
    return [
        central[index] / top + 0.8 * _likeness(bag, title) + 0.7 * math.exp(-index / 4)
        for index, bag in enumerate(bags)
    ]


def _rarity(terms: Sequence[Sequence[str]]) -> dict[str, float]:
    frequency = Counter(term for row in terms for term in set(row))
    return {term: math.log(1 + len(terms) / count) for term, count in frequency.items()}


def _bag(terms: Sequence[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """Terms with TF-IDF weights, of length 1."""
    bag = {term: count * rarity.get(term, 1.0) for term, count in Counter(terms).items()}
    length = math.sqrt(sum(weight * weight for weight in bag.values())) or 1.0
    return {term: weight / length for term, weight in bag.items()}


def _likeness(one: Bag, other: Bag) -> float:
    few, many = sorted((one, other), key=len)
    return sum(weight * many.get(term, 0.0) for term, weight in few.items())


def _rank(bags: Sequence[Bag]) -> list[float]:
    """PageRank on the graph of sentences that resemble each other (LexRank)."""
    neighbours = _neighbours(bags)
    totals = [sum(row.values()) for row in neighbours]
    score = [1.0 / len(bags)] * len(bags)
    for _ in range(ROUNDS):
        fresh = [(1 - DAMPING) / len(bags)] * len(bags)
        for index, row in enumerate(neighbours):
            for other, likeness in row.items():
                fresh[other] += DAMPING * score[index] * likeness / totals[index]
        score = fresh
    return score


def _neighbours(bags: Sequence[Bag]) -> list[dict[int, float]]:
    found: list[dict[int, float]] = [{} for _ in bags]
    for one in range(len(bags)):
        for two in range(one + 1, len(bags)):
            likeness = _likeness(bags[one], bags[two])
            if likeness > SIMILAR:
                found[one][two] = found[two][one] = likeness
    return found
