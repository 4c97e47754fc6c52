"""The head of a note without a model: topics and keywords, all of them words of the article."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from enrich.llm.extractive.article import Article
from enrich.llm.extractive.terms import Term
from enrich.llm.extractive.title import latin_words
from enrich.text.words import split_words
from enrich.vault.note_type import NoteType

LONGEST_ACRONYM = 3
"""Letters of a tag that is found in capitals only: ``ai`` is another word in Vietnamese, ``it`` in English."""
LONGEST_TAG = 30
"""Characters. By hand: the 140 topics that a journal of 737 notes keeps using have 15 at most."""


def choose_topics(article: Article, known_tags: Sequence[str], note_type: NoteType) -> list[str]:
    """Tags of the vault that the article names more than in passing, then its own names, as many as the type needs."""
    fewest, most = note_type.topic_count
    mentions = _Mentions(article)
    allowed = [tag for tag in known_tags if _is_topic(tag, note_type)]
    weight = {tag: mentions.weigh(tag) for tag in allowed}
    named = sorted((tag for tag in allowed if weight[tag] > 1), key=lambda tag: -weight[tag])[:most]
    own = ("-".join(words) for words in _own_words(article)) if note_type.house else _own_tags(article)
    spare = (tag for tag in own if tag not in named and len(tag) <= LONGEST_TAG and _is_topic(tag, note_type))
    return [*named, *list(dict.fromkeys(spare))[: max(0, fewest - len(named))]]


def choose_keywords(article: Article, title: str, note_type: NoteType) -> list[str]:
    """The names and nouns that the article keeps returning to, glued; at least one of the title's among them."""
    count, never = note_type.keyword_count, set(note_type.keyword_never)
    if not note_type.house:
        terms = sorted(article.terms, key=lambda term: -_score(term, article))
        return list(dict.fromkeys(term.text for term in terms if term.text.casefold() not in never))[:count]
    glued = ("".join(words) for words in _own_words(article))
    found = list(dict.fromkeys(word for word in glued if word not in never and not word.isdigit()))
    titled = [word for word in found if word in title.split() or (len(word) > 4 and word in title.replace(" ", ""))]
    chosen = found[:count]
    return chosen if not titled or set(titled) & set(chosen) else [*chosen[: count - 1], titled[0]]


def _own_tags(article: Article) -> Iterator[str]:
    """The article's terms in its own letters, the weightiest first; then the words that it says most."""
    for term in sorted(article.terms, key=lambda term: -_score(term, article)):
        yield "-".join(term.text.casefold().split())
    yield from (word for word, _ in article.counts.most_common() if len(word) > 1)


def _own_words(article: Article) -> Iterator[tuple[str, ...]]:
    """The article's terms in the letters a to z, the weightiest first; then all else that names something there."""
    terms = [term.text for term in sorted(article.terms, key=lambda term: -_score(term, article))]
    rest = [*sorted(article.headline), *(word for word, _ in article.counts.most_common())]
    said: set[str] = set()
    for name in [*terms, *rest, *(word.text for word in split_words(article.title)), *_host(article.source.url)]:
        own = {word.text.casefold() for word in split_words(name)}
        words = latin_words(name, article.lexicon.language)
        if not own & said and (len("".join(words)) > 2 or (name.isupper() and name.isalpha())):
            said |= own
            yield words


def _score(term: Term, article: Article) -> float:
    return term.score * (2.0 if set(term.words) & article.headline else 1.0)


def _host(url: str) -> list[str]:
    labels = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    return labels[:-1]


def _is_topic(tag: str, note_type: NoteType) -> bool:
    names_a_type = tag in (note_type.name, *note_type.link_targets)
    letters = r"[a-z0-9-]+" if note_type.house else r"[^\s#,]+"
    return bool(re.fullmatch(letters, tag)) and not tag.isdigit() and not names_a_type


class _Mentions:
    """How often an article says the words of a tag, the headline's twice."""

    def __init__(self, article: Article) -> None:
        words = [word.text for word in split_words(f"{article.title}\n{article.title}\n{article.text}")]
        self._said = f" {' '.join(words)} "
        self._folded = self._said.casefold()

    def weigh(self, tag: str) -> int:
        words = " ".join(word.text.casefold() for word in split_words(tag.rpartition("/")[2]))
        text, words = (self._said, words.upper()) if len(tag) <= LONGEST_ACRONYM else (self._folded, words)
        return text.count(f" {words} ") + text.count(f" {words}s ")
