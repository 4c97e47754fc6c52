"""What ties an article to a note of the vault: names and nouns that both are about."""

import re
from collections.abc import Sequence

from msgspec import Struct

from enrich.llm.extractive.article import Article
from enrich.text.words import split_words
from enrich.vault.candidate import Candidate

MOST_TERMS = 20
"""The article is about its weightiest terms; what it mentions besides ties it to nothing."""
RETURNS = 2.0
"""The score of a noun that the article comes back to."""
ENOUGH = 5
"""Points that make a relation: a name in the headlines of both, or two nouns with one of them there."""


class Relation(Struct, frozen=True):
    """A note and the words that it has in common with the article, as the article writes them."""

    candidate: Candidate
    words: tuple[str, ...]


def find_relations(article: Article, candidates: Sequence[Candidate]) -> list[Relation]:
    """The candidates that are about what the article is about, in their order."""
    related = (_relate(article, candidate) for candidate in candidates)
    return [relation for relation in related if relation is not None]


def _relate(article: Article, candidate: Candidate) -> Relation | None:
    title, line = _stems(candidate.title), _stems(candidate.line)
    points: dict[str, int] = {}
    in_headline = False
    for term in article.terms[:MOST_TERMS]:
        stems = {_stem(word) for word in term.words}
        weighty = term.score >= RETURNS or stems <= title
        if stems <= title | line and term.is_noun and weighty:
            told = bool(set(term.words) & article.headline)
            points[term.text] = (3 if term.is_name else 1) + told + bool(stems <= title)
            in_headline |= told
    if sum(points.values()) < ENOUGH or not in_headline:
        return None
    return Relation(candidate, tuple(sorted(points, key=lambda word: -points[word]))[:3])


def _stems(text: str) -> set[str]:
    return {_stem(word.text.casefold()) for word in split_words(text)}


def _stem(word: str) -> str:
    """A plural and its singular are one word."""
    return re.sub(r"(?:['’]s|e?s)\Z", "", word) if len(word) > 3 else word
