"""The head of a note without a model: title, topics, keywords, the story's main name."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from enrich.llm.extractive.article import Article
from enrich.text.words import is_unspaced
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_LETTERS = str.maketrans({"đ": "d", "Đ": "D", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "œ": "oe"})
_BREAK = re.compile(r"(?:(?<!\s)\s++)?[:：|]\s++|(?<!\s)\s++[–—-]\s++|[;；]\s*+")
_COMMA = re.compile(r",\s+")
_LABEL = re.compile(
    r"\A(?:column|opinion|exclusive|live|video|watch|analysis|report|update|breaking|editorial|commentary|explainer"
    r"|interview|podcast|kommentar|analyse|interview|exklusiv)\s*[:|–—-]\s*",
    re.IGNORECASE,
)
_ARTICLES = frozenset({"a", "an", "the"})
_MONTHS = "january february march april may june july august september october november december".split()


def to_ascii(text: str, language: str = "") -> str:
    """``text`` in the letters a to z as far as they exist for it; other scripts vanish."""
    text = text.translate(_UMLAUTS) if language == "de" else text
    return unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()


def plain_words(text: str, language: str = "") -> list[str]:
    """Words of ``[a-z0-9]``; a possessive ending goes, other marks separate."""
    ascii_text = to_ascii(re.sub(r"['’]s\b", "", text), language).lower().replace("'", "")
    return re.findall(r"[a-z0-9]+", ascii_text)


def make_title(article: Article, topics: Sequence[str], note_type: NoteType) -> str:
    """The headline's angle in the form of a title; where its script has none, site, topic and date."""
    source, language = article.source, article.lexicon.language
    headline = _LABEL.sub("", source.title)
    pieces = [headline, *_COMMA.split(headline)[:1], *_BREAK.split(headline)]
    angles = [plain_words(piece, language) for piece in pieces]
    for words in (*angles, _shortened(angles[0], article, note_type)):
        if _fits(words, note_type):
            return " ".join(words)
    published = source.published
    when = [_MONTHS[published.month - 1], str(published.year)] if published else []
    site = [word for word in plain_words(source.site) if not word.isdigit()] or _host_words(source.url)
    names = [*angles[0][:4], *site]
    filler = [*names, "report", "on", *(word for topic in topics for word in topic.split("-")), *when]
    return " ".join(_cut(filler, note_type))


def _fits(words: Sequence[str], note_type: NoteType) -> bool:
    (fewest, most), (shortest, longest) = note_type.title_words, note_type.title_characters
    return fewest <= len(words) <= most and shortest <= len(" ".join(words)) <= longest


def _shortened(words: Sequence[str], article: Article, note_type: NoteType) -> list[str]:
    """The beginning of a headline that is too long, without articles; a phrase that is cut through goes whole."""
    kept = _complete(_cut([word for word in words if word not in _ARTICLES], note_type), article)
    for place in (-3, -2):
        if len(kept) > -place and kept[place] in article.lexicon.stop:
            return _complete(kept[:place], article)
    return kept


def _complete(words: list[str], article: Article) -> list[str]:
    """Without last words that want another one behind them."""
    while words and (words[-1] in article.lexicon.stop or words[-1].isdigit()):
        words = words[:-1]
    return words


def _cut(words: Sequence[str], note_type: NoteType) -> list[str]:
    kept: list[str] = []
    for word in words[: note_type.title_words[1]]:
        if len(" ".join([*kept, word])) > note_type.title_characters[1]:
            break
        kept.append(word)
    return kept


def choose_topics(
    article: Article, candidates: Sequence[Candidate], known_tags: Sequence[str], note_type: NoteType
) -> list[str]:
    """As many tags of the vault as the type has room for: those the article names, then those of its nearest notes."""
    fewest, most = (max(1, limit - 2) for limit in note_type.tag_count)  # the type and the year are tags too
    allowed = [tag for tag in known_tags if _is_topic(tag, note_type)]
    score: dict[str, float] = {tag: _named(tag, article) for tag in allowed}
    for place, candidate in enumerate(candidates[:8]):
        for tag in candidate.tags:
            if tag in score:
                score[tag] += 3 / (1 + place)
    best = sorted((tag for tag in score if score[tag] > 0), key=lambda tag: -score[tag])
    fill = [tag for tag in (*allowed, *_spare_topics(article)) if tag not in best]
    wanted = max(fewest, min(most, len(best), 2))
    return [*best, *fill][:wanted]


def named_topics(article: Article, topics: Sequence[str]) -> list[str]:
    """Of ``topics`` those that the article itself speaks of, then its own; at least two."""
    named = (topic for topic in topics if _named(topic, article) > 0)
    return list(dict.fromkeys((*named, *_spare_topics(article))))


def _is_topic(tag: str, note_type: NoteType) -> bool:
    names_a_type = tag in (note_type.name, *note_type.link_targets)
    return bool(re.fullmatch(r"[a-z0-9-]+", tag)) and not tag.isdigit() and not names_a_type


def _named(tag: str, article: Article) -> float:
    """How much the article speaks of a tag, a headline's word counting thrice."""
    words = tag.split("-")
    if tag in article.glossed:
        return float(article.glossed[tag])
    return float(min(article.counts.get(word, 0) + article.counts.get(f"{word}s", 0) for word in words))


def _spare_topics(article: Article) -> Iterator[str]:
    yield from sorted(article.glossed, key=lambda word: -article.glossed[word])
    for term, _ in article.counts.most_common(40):
        if words := plain_words(term, article.lexicon.language):
            yield "-".join(words)
    yield from ("news", "report", "notes")


def choose_keywords(article: Article, title: str, topics: Sequence[str], note_type: NoteType) -> list[str]:
    """The names and words that the article keeps returning to, glued; at least one of the title's among them."""
    language, count, never = article.lexicon.language, note_type.keyword_count, set(note_type.keyword_never)
    themes = ["".join(plain_words(theme, language)) for theme in article.themes if not is_unspaced(theme)]
    glossed = sorted(article.glossed, key=lambda word: -article.glossed[word])
    spare = [*glossed, *title.split(), *(topic.replace("-", "") for topic in topics), *_host_words(article.source.url)]
    found = [
        word
        for word in dict.fromkeys([*themes, *spare, "news", "report", "note"])
        if len(word) > 2 and not word.isdigit()
    ]
    ranked = [word for word in found if word not in never]
    titled = [word for word in ranked if word in title.split() and word not in article.lexicon.stop]
    chosen = ranked[:count]
    if titled and not set(titled) & set(chosen):
        chosen = [*chosen[: count - 1], titled[0]]
    return chosen


def _host_words(url: str) -> list[str]:
    labels = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    return [word for label in labels[:-1] or labels for word in re.findall(r"[a-z0-9]+", label)]


def find_name(article: Article) -> str:
    """The name that the article speaks of most; empty when its script or language does not mark names."""
    titled = set(plain_words(article.source.title))
    names = [theme for theme in article.themes if article.is_name(theme) and set(plain_words(theme)) & titled]
    names += [theme for theme in article.themes if article.is_name(theme) and len(theme) > 3]
    return next(iter(names), "")
