"""The article's text, by two extractors that check each other.

One extractor alone fails silently: it returns part of the article, or a sidebar, and looks no different. So a second
one reads the same page, and where the two disagree the draft says so.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import trafilatura
from lxml.html import HtmlElement
from readability import Document

from enrich.source.dates import parse_stamp
from enrich.source.markup import parse_html, read_blocks
from enrich.text.normal import normalise
from enrich.text.words import count_words, split_words

_SHINGLE = 4
_AGREEMENT = 0.5
"""Jaccard index of the two texts' 4-word shingles from which they count as the same article."""
_LONGER = 1.5
_KICKER_WORDS = 8
"""At most so many words stand above a headline that belong to the article (`Review`, `Breaking`)."""
_TAIL_WORDS = 10
_SENTENCE_END = (".", "!", "?", "…", '"', "”", "’", "'", ")", "。", "！", "？", "」")
_CREDIT = re.compile(
    r"(?:[Bb]y|BY|Von|Par|Por)(?: [^\W\d_a-z][\w.'’-]*,?| and| &){1,12}|\d+[ -]min(?:ute)?s?(?: read)?"
)
_DATELINE_WORDS = 8
_BULLET = re.compile(r"^[-•*]\s+")


@dataclass(frozen=True)
class Article:
    """Paragraphs, and whether the two extractors found the same."""

    paragraphs: tuple[str, ...]
    agreed: bool


def extract_article(tree: HtmlElement, headline: str = "") -> Article:
    """Extract the article from a page that was freed of hidden parts; the tree is left as it is."""
    precise = _by_trafilatura(tree, precise=True)
    return choose_article(precise, _by_readability(tree), lambda: _by_trafilatura(tree, precise=False), headline)


def choose_article(
    precise: list[str], second: list[str], read_default: Callable[[], list[str]], headline: str
) -> Article:
    """Choose between two readings of a page, each a list of paragraphs.

    Precision first. When the two share less than half of their text, the second is taken if it is much longer than the
    first extractor's default mode, otherwise that default. A text that starts before its own headline starts in a
    sidebar: then the second is taken too.
    """
    if _agreement(precise, second) < _AGREEMENT:
        default = read_default()
        chosen = _without_tail(second) if len("".join(second)) > _LONGER * len("".join(default)) else default
        return Article(_after_headline(chosen, headline), agreed=False)
    if _starts_elsewhere(precise, headline) and not _starts_elsewhere(second, headline):
        return Article(_after_headline(_without_tail(second), headline), agreed=False)
    return Article(_after_headline(precise, headline), agreed=True)


def _by_trafilatura(tree: HtmlElement, precise: bool) -> list[str]:
    text = trafilatura.extract(deepcopy(tree), favor_precision=precise, include_comments=False)
    lines = (_BULLET.sub("", line.strip()) for line in (text or "").split("\n"))
    return [line for line in lines if line]


def _by_readability(tree: HtmlElement) -> list[str]:
    summary = Document(deepcopy(tree)).summary(html_partial=True)
    return read_blocks(parse_html(summary))


def _agreement(one: list[str], other: list[str]) -> float:
    shingles, others = _shingles(one), _shingles(other)
    return len(shingles & others) / max(1, len(shingles | others))


def _shingles(paragraphs: list[str]) -> set[tuple[str, ...]]:
    words = [word.text.casefold() for word in split_words(" ".join(paragraphs))]
    return {tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))}


def _headline_at(paragraphs: list[str], headline: str) -> int:
    """Where the headline is repeated as a paragraph, or -1."""
    wanted = normalise(headline).casefold()
    folded = [normalise(paragraph).casefold() for paragraph in paragraphs]
    return folded.index(wanted) if wanted in folded else -1


def _starts_elsewhere(paragraphs: list[str], headline: str) -> bool:
    at = _headline_at(paragraphs, headline)
    return count_words(" ".join(paragraphs[: max(0, at)])) > _KICKER_WORDS


def _after_headline(paragraphs: list[str], headline: str) -> tuple[str, ...]:
    """Without the repeated headline, a kicker above it, and the byline, date and reading time below it."""
    at = -1 if _starts_elsewhere(paragraphs, headline) else _headline_at(paragraphs, headline)
    start = at + 1
    while start < len(paragraphs) and _is_credit(paragraphs[start]):
        start += 1
    return tuple(paragraphs[start:])


def _is_credit(line: str) -> bool:
    """Whether a line is a byline, a reading time or a date: no sentence of the article."""
    if line.endswith(_SENTENCE_END) or count_words(line) > _DATELINE_WORDS:
        return False
    return bool(_CREDIT.fullmatch(line)) or parse_stamp(line) is not None


def _without_tail(paragraphs: list[str]) -> list[str]:
    """Without the labels and teasers that readability leaves at the end: short lines that end no sentence."""
    end = len(paragraphs)
    while end and not paragraphs[end - 1].endswith(_SENTENCE_END) and count_words(paragraphs[end - 1]) <= _TAIL_WORDS:
        end -= 1
    return paragraphs[:end]
