"""What the embedded engine knows of a language: word lists, read from ``lexicon.toml``."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from enrich.text.language import guess_language


@dataclass(frozen=True)
class Lexicon:
    """The word lists of one language, in lower case; the file says what each is for."""

    language: str
    stop: frozenset[str]
    plain: frozenset[str]
    first_person: frozenset[str]
    risk: re.Pattern[str]
    """Finds beginnings of words that speak of risk, in lower case."""
    cut_before: frozenset[str]
    never_before: frozenset[str]
    drop: frozenset[str]
    weak: frozenset[str]
    doubt: frozenset[str]
    introductory: frozenset[str]
    determiners: frozenset[str]
    cut_inside: frozenset[str]
    not_after: frozenset[str]
    never_end: tuple[str, ...]
    longest_quote: int
    phrase_ends: frozenset[str]
    adding_endings: tuple[str, ...]
    verbs: frozenset[str]
    verb_endings: tuple[str, ...]
    spaced: bool
    syllables: bool
    outside: bool
    cut_at_any_comma: bool

    def is_topical(self, word: str) -> bool:
        """Whether a word in lower case can name a topic."""
        return word not in self.stop and word not in self.plain


def find_lexicon(language: str, text: str) -> Lexicon:
    """The lexicon for ``language`` (a primary tag); without one, for the language that ``text`` looks like."""
    tables = _tables()
    name = language.lower().partition("-")[0] or guess_language(text)
    return _lexicon(name if name in tables and name != "glossary" else "other")


def find_glossed(text: str) -> Mapping[str, int]:
    """English word → how often a text in another language says it, for words that a vault may have as a tag."""
    lowered = text.lower()
    counts = {tag: sum(lowered.count(word) for word in words) for tag, words in _glossary().items()}
    return {tag: count for tag, count in counts.items() if count}


@cache
def _glossary() -> Mapping[str, frozenset[str]]:
    table = _tables()["glossary"]
    return {tag: _words(table, tag) for tag in table}


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("enrich.llm.extractive") / "lexicon.toml").read_text("utf-8"))


@cache
def _lexicon(name: str) -> Lexicon:
    table = _tables()[name]
    return Lexicon(
        language=name,
        stop=_words(table, "stop"),
        plain=_words(table, "plain"),
        first_person=_words(table, "first_person"),
        risk=_beginnings(table, "risk"),
        cut_before=_words(table, "cut_before"),
        never_before=_words(table, "never_before"),
        drop=_words(table, "drop"),
        weak=_words(table, "weak"),
        doubt=_words(table, "doubt"),
        introductory=_words(table, "introductory"),
        determiners=_words(table, "determiners"),
        cut_inside=_words(table, "cut_inside"),
        not_after=_words(table, "not_after"),
        never_end=tuple(sorted(_words(table, "never_end"))),
        longest_quote=table.get("longest_quote", 24),
        phrase_ends=_words(table, "phrase_ends"),
        adding_endings=tuple(table.get("adding_endings", ())),
        verbs=_words(table, "verbs"),
        verb_endings=tuple(table["verb_endings"]),
        spaced=table["spaced"],
        syllables=table.get("syllables", False),
        outside=table.get("outside", False),
        cut_at_any_comma=table.get("cut_at_any_comma", False),
    )


def _beginnings(table: Mapping[str, Any], key: str) -> re.Pattern[str]:
    """Finds the entries of a list at the beginning of words; anywhere, where words are not separated."""
    words = sorted(_words(table, key), key=len, reverse=True)
    return re.compile((r"(?<![^\W_])" if table["spaced"] else "") + f"(?:{'|'.join(map(re.escape, words))})")


def _words(table: Mapping[str, Any], key: str) -> frozenset[str]:
    """A list between white space; an underscore stands for a space inside of an entry."""
    return frozenset(word.replace("_", " ") for word in str(table.get(key, "")).split())
