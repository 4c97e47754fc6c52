"""Terms: the names and nouns that an article keeps returning to, told without a dictionary."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from enrich.llm.extractive.lexicon import Lexicon
from enrich.text.pattern import lazy_pattern
from enrich.text.words import split_words

HEADLINE = 2
"""As often as this a word of the headline counts."""
LONGEST_NAME = {True: 4, False: 2}
"""Words of a phrase, by whether a language makes its nouns of several."""
LONGEST_UNSPACED = 6
"""Characters of a phrase where words are not spaced. By hand: a longer run is several words."""
_ELISION = lazy_pattern(r"\A(?:[ldjnsctm]|qu|dell|all|un)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = lazy_pattern(r"['’]s\Z")
_JOINTS = ("", " ", "-")


class Term(Struct, frozen=True):
    """A name or a noun, of one word or several."""

    text: str
    """As the article writes it."""
    score: float
    is_name: bool
    is_noun: bool = True
    """It is told to be one: by its capital, by the words around it, or by standing together again and again."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple(word.text.casefold() for word in split_words(self.text))


class Run(Struct, frozen=True):
    """Words that stand together without a stop word or a mark between them."""

    words: tuple[str, ...]
    """As written, without elision and possessive ending."""
    before: str
    """The word before, in lower case; empty after a mark."""
    after: str
    """The word behind, in lower case; empty before a mark."""
    opens: bool
    """The first word opens its sentence, where any word has a capital."""


def find_runs(sentence: str, lexicon: Lexicon) -> list[Run]:
    """The runs of a sentence in order."""
    runs: list[Run] = []
    current: list[str] = []
    before, opens, end = "", True, 0
    for word in split_words(sentence):
        text = _bare(word.text)
        elided = word.text[: -len(text)].casefold() if _ELISION.match(word.text) else ""
        adjacent = sentence[end : word.start] in _JOINTS
        stops = text[0].isnumeric() or not lexicon.is_topical(text.casefold())
        if current and (stops or elided or not adjacent):
            runs.append(Run(tuple(current), before, text.casefold() if adjacent else "", opens))
            current = []
        if not stops and not current:
            before, opens = elided or (before if adjacent else ""), word.start == 0
        if stops:
            before = text.casefold()
        else:
            current.append(text)
        end = word.end
    return [*runs, Run(tuple(current), before, "", opens)] if current else runs


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", _ELISION.sub("", word)) or word


def find_words(sentence: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What two sentences can have in common: topical words in lower case, neighbours where nouns are of several."""
    return tuple(unit for run in find_runs(sentence, lexicon) for unit in _units(run, lexicon))


def _units(run: Run, lexicon: Lexicon) -> Iterator[str]:
    words = [word.casefold() for word in run.words]
    if not lexicon.compounds:
        yield from (word for word in words if len(word) > 1)
        return
    yield from (word for word in words if word.isascii() and len(word) > 1)
    joint = " " if lexicon.spaced else ""
    yield from (f"{one}{joint}{two}" for one, two in pairwise(words))


def find_terms(headline: str, sentences: Sequence[str], lexicon: Lexicon) -> tuple[Term, ...]:
    """The terms of an article, the weightiest first; none shares its words with a weightier one."""
    runs = [run for sentence in sentences for run in find_runs(sentence, lexicon)]
    titled = find_runs(headline, lexicon)
    found = _phrases(runs, titled, lexicon) + ([] if lexicon.compounds else _nouns(runs, titled, lexicon))
    chosen: list[Term] = []
    taken: set[str] = set()
    for term in sorted(found, key=lambda term: -term.score):
        words = set(term.words)
        if len(words & taken) * 2 < len(words):
            chosen.append(term)
            taken |= words
    return tuple(chosen)


def _phrases(runs: Sequence[Run], titled: Sequence[Run], lexicon: Lexicon) -> list[Term]:
    """Runs of words that return: names of several words; where nouns are of several, these too."""
    most = LONGEST_NAME[lexicon.compounds] if lexicon.spaced else LONGEST_UNSPACED
    joint = " " if lexicon.spaced else ""
    counts = Counter(phrase for run in runs for phrase in _parts(run.words, most, lexicon))
    counts.update(
        {phrase: HEADLINE for run in titled for phrase in _parts(run.words, most, lexicon) if phrase in counts}
    )
    single = Counter(word for run in runs for word in run.words)
    terms = []
    for phrase, count in counts.items():
        firm = lexicon.compounds or count * 2 >= min(single[word] for word in phrase)
        if count > 1 and firm:
            terms.append(Term(joint.join(phrase), count * len(phrase) ** 0.7 * 1.6, phrase[0][0].isupper()))
    return terms


def _parts(words: Sequence[str], most: int, lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    joint = " " if lexicon.spaced else ""
    for size in range(2, most + 1):
        for start in range(len(words) - size + 1):
            part = tuple(words[start : start + size])
            if lexicon.compounds:
                if joint.join(part).casefold() not in lexicon.common:
                    yield part
            elif lexicon.language != "de" and all(word[0].isupper() for word in part):
                yield part


def _nouns(runs: Sequence[Run], titled: Sequence[Run], lexicon: Lexicon) -> list[Term]:
    """Single words that are names by their capital, or nouns by the words around them."""
    counts = Counter(word.casefold() for run in runs for word in run.words)
    counts.update({word: HEADLINE for run in titled for word in map(str.casefold, run.words) if word in counts})
    small = {word for run in runs for word in run.words[run.opens :] if word.islower()}
    capital = Counter(word for run in runs for word in run.words[run.opens :] if word[0].isupper())
    opening = Counter(run.words[0] for run in runs if run.opens and run.words[0][0].isupper())
    shown = {word.casefold(): word for word in [*opening, *capital]}
    behind = Counter(word for run in runs for word in _named(run, lexicon))
    terms = []
    for word, count in counts.items():
        name = word not in small and (shown.get(word, "") in capital or opening[shown.get(word, "")] > 1)
        if len(word) > 2 or (len(word) > 1 and shown.get(word, "").isupper()):
            weight = (1.6 if name else 1.0 if behind[word] else 0.25) * (1.0 if count > 1 else 0.5)
            is_name = name and lexicon.language != "de"  # there every noun has a capital
            terms.append(Term(shown[word] if name else word, count * weight, is_name, bool(name or behind[word])))
    return terms


def _named(run: Run, lexicon: Lexicon) -> Iterator[str]:
    """The word of a run that a determiner or preposition before it shows to be a noun."""
    if (run.before in lexicon.nouns or run.before.isnumeric()) and (
        len(run.words) == 1 or lexicon.adjectives == "after"
    ):
        yield run.words[0].casefold()
    elif run.after == "of":
        yield run.words[-1].casefold()
