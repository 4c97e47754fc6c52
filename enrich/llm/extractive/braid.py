"""The bullets that tie a story to notes of the vault: the words that both share are the stated relation."""

import re
from collections.abc import Sequence
from typing import Any

from enrich.llm.extractive.article import Article
from enrich.text.words import count_words
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import SectionType

USUAL_LINKS = 2
LOOKED_AT = 6
"""Candidates among which those are preferred that share a word worth naming."""

SHARED = (
    "Picks up the {one} and {two} thread seen in {{link}}.",
    "Ties back to {{link}}, where {one} and {two} also come up.",
    "Adds to the {one} and {two} story tracked in {{link}}.",
)
SHARED_ONE = (
    "Picks up the {one} thread seen in {{link}}.",
    "Ties back to {{link}}, where {one} also comes up.",
    "Adds to the {one} story tracked in {{link}}.",
)
NEAREST = (
    "Stands beside {link}, one of the nearest notes in the vault.",
    "Can be read beside {link} until the vault has a nearer note.",
    "Goes next to {link} for want of a nearer note.",
)
"""For a note that shares no word worth naming: what is not there is not claimed."""
UNLINKED = (
    "Beyond the linked notes, the report keeps returning to {words}.",
    "The words that carry the report are {words}.",
)


def braid(
    section: SectionType, article: Article, candidates: Sequence[Candidate], topics: Sequence[str]
) -> list[dict[str, Any]]:
    """Bullets for ``section``: the nearest candidates linked, one bullet without a link where there is room."""
    low, high = section.aim_items or section.items
    most_links = min(USUAL_LINKS, (section.wikilinks or (0, USUAL_LINKS))[1], max(1, high - 1))
    chosen = sorted(candidates[:LOOKED_AT], key=lambda candidate: not shared_words(candidate, article, topics))[
        :most_links
    ]
    rows = [_linked(number, candidate, article, topics, section) for number, candidate in enumerate(chosen)]
    told = {word for row in rows for word in re.findall(r"\w+", row["text"].casefold())}
    for number in range(max(low, min(high, len(rows) + 1)) - len(rows)):
        rows.append(_unlinked(number, article, told))
    return rows


def _linked(
    number: int, candidate: Candidate, article: Article, topics: Sequence[str], section: SectionType
) -> dict[str, Any]:
    words = shared_words(candidate, article, topics)
    shown = candidate.link.rsplit("|", 1)[-1]
    frames = NEAREST if not words else SHARED if len(words) > 1 else SHARED_ONE
    shorter = SHARED_ONE if words else NEAREST
    texts = [_filled(choice[number % len(choice)], words) for choice in (frames, shorter)]
    short = [text for text in texts if count_words(text.replace("{link}", shown)) <= section.words[1]]
    return {"text": (short or texts)[0], "evidence": None, "link": candidate.id}


def _filled(frame: str, words: Sequence[str]) -> str:
    return frame.format(one=words[0], two=words[-1]) if words else frame


def shared_words(candidate: Candidate, article: Article, topics: Sequence[str]) -> list[str]:
    """Up to two words that name what story and note have in common: shared terms first, then shared tags."""
    terms = [article.show(term) for term in candidate.terms if _names_something(term, article)]
    tags = [article.show_tag(tag) for tag in candidate.tags if tag in topics]
    ranked = sorted(terms, key=lambda term: -article.counts[term.casefold()])[:2]
    return list(dict.fromkeys([*ranked, *tags]))[:2]


def _names_something(term: str, article: Article) -> bool:
    """Whether a shared term is a topic of the article rather than a word that it happens to use."""
    lowered = term.casefold()
    is_word = bool(re.fullmatch(r"[a-z][a-z-]{3,}", lowered)) and not lowered.endswith(("ing", "ed", "ly", "er", "est"))
    return is_word and article.counts[lowered] > 1 and article.lexicon.is_topical(lowered)


def _unlinked(number: int, article: Article, told: set[str]) -> dict[str, Any]:
    """What the article is about besides the links, by how often it says it."""
    themes = [theme for theme in article.themes if not told & set(theme.casefold().split())]
    chosen = themes[3 * number : 3 * number + 3] or ["its headline"]
    words = " and ".join([", ".join(chosen[:-1]), chosen[-1]]) if len(chosen) > 1 else chosen[0]
    return {"text": UNLINKED[number % len(UNLINKED)].format(words=words), "evidence": None, "link": None}
