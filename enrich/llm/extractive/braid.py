"""The bullets that tie a story to notes of the vault: the words that both share are the stated relation."""

import re
from collections.abc import Sequence
from typing import Any

from enrich.llm.extractive.article import Article
from enrich.text.words import count_words
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import SectionType

USUAL_LINKS = 2

SHARED = (
    "Shares the {one} and {two} thread seen in {{link}}.",
    "Ties back to {{link}}, where {one} and {two} also come up.",
    "Echoes the {one} and {two} story tracked in {{link}}.",
)
SHARED_ONE = (
    "Shares the {one} thread seen in {{link}}.",
    "Ties back to {{link}}, where {one} also comes up.",
    "Echoes the {one} story tracked in {{link}}.",
)
UNLINKED = (
    "Beyond the linked notes, the report keeps returning to {words}.",
    "The words that carry the report are {words}.",
)


def braid(
    section: SectionType, article: Article, candidates: Sequence[Candidate], topics: Sequence[str]
) -> list[dict[str, Any]]:
    """Bullets for ``section``: the nearest candidates linked, one bullet without a link where there is room."""
    low, high = section.aim_items or section.items
    most_links = min(USUAL_LINKS, (section.wikilinks or (0, USUAL_LINKS))[1], len(candidates), max(1, high - 1))
    rows = [_linked(number, candidates[number], article, topics, section) for number in range(most_links)]
    told = {word for row in rows for word in re.findall(r"\w+", row["text"].casefold())}
    for number in range(max(low, min(high, most_links + 1)) - len(rows)):
        rows.append(_unlinked(number, article, told))
    return rows


def _linked(
    number: int, candidate: Candidate, article: Article, topics: Sequence[str], section: SectionType
) -> dict[str, Any]:
    words = shared_words(candidate, article, topics)
    frames = SHARED if len(words) > 1 else SHARED_ONE
    one, two = (words * 2)[:2]
    text = frames[number % len(frames)].format(one=one, two=two)
    shown = candidate.link.rsplit("|", 1)[-1]
    if count_words(text.replace("{link}", shown)) > section.words[1] and len(words) > 1:
        text = SHARED_ONE[number % len(SHARED_ONE)].format(one=one)
    return {"text": text, "evidence": None, "link": candidate.id}


def shared_words(candidate: Candidate, article: Article, topics: Sequence[str]) -> list[str]:
    """Two words that name what story and note have in common: shared terms first, then tags, then the topic."""
    terms = [article.show(term) for term in candidate.terms if _names_something(term, article)]
    tags = [article.show(tag).replace("-", " ") for tag in candidate.tags if tag in topics]
    known = sorted(terms, key=lambda term: -article.counts.get(term.casefold(), 0))[:2]
    fallback = [topic.replace("-", " ") for topic in topics] or ["news"]
    return list(dict.fromkeys([*known, *tags]))[:2] or fallback[:1]


def _names_something(term: str, article: Article) -> bool:
    lowered = term.casefold()
    is_word = bool(re.fullmatch(r"[a-z][a-z-]{3,}", lowered))
    return is_word and lowered in article.counts and article.lexicon.is_topical(lowered)


def _unlinked(number: int, article: Article, told: set[str]) -> dict[str, Any]:
    """What the article is about besides the links, by how often it says it."""
    themes = [theme for theme in article.themes if not told & set(theme.casefold().split())]
    chosen = themes[3 * number : 3 * number + 3] or ["its headline"]
    words = " and ".join([", ".join(chosen[:-1]), chosen[-1]]) if len(chosen) > 1 else chosen[0]
    return {"text": UNLINKED[number % len(UNLINKED)].format(words=words), "evidence": None, "link": None}
