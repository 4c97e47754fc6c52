"""What the no-model engine knows of a language: lists of ours for six, jusText's stop words for these and many more."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files

from msgspec import Struct

from enrich.text.pattern import lazy_pattern
from enrich.text.stop_words import stop_words

ITSELF = 3
"""A beginning of a word that is no longer than this must be the whole word: *ban* is not in *bank*."""
_NEVER = lazy_pattern(r"(?!)")


class Lexicon(Struct, frozen=True):
    """The words of one language, in lower case; ``lexicon.toml`` says what each list is for."""

    language: str
    stop: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    leaning: re.Pattern[str] = _NEVER
    notice: re.Pattern[str] = _NEVER
    speaking: re.Pattern[str] = _NEVER
    addressing: re.Pattern[str] = _NEVER
    referring: re.Pattern[str] = _NEVER
    says: re.Pattern[str] = _NEVER
    risk: re.Pattern[str] = _NEVER
    future: re.Pattern[str] = _NEVER
    plans: re.Pattern[str] = _NEVER
    planned: str = ""
    question: str = ""
    see: str = ""
    nouns: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()
    hangs: frozenset[str] = frozenset()
    adjectives: str = "before"
    """Where they stand: a word behind a determiner is the noun only where they come after it."""
    spaced: bool = True
    compounds: bool = False
    """A name of something is mostly several of the words that `split_words` tells."""

    @property
    def is_known(self) -> bool:
        """Whether we have lists of our own: without them risks, notices and questions are not told."""
        return bool(self.question)

    def is_topical(self, word: str) -> bool:
        """Whether a word in lower case can name a topic."""
        return word not in self.stop and word not in self.common


@cache
def find_lexicon(language: str) -> Lexicon:
    """The lexicon of a language by its primary tag; one without lists where nothing is known of it."""
    table = _tables().get(language, {})
    spaced, words = bool(table.get("spaced", language not in ("ja", "th", "km", "lo", "my"))), partial(_entries, table)
    return Lexicon(
        language=language,
        stop=stop_words(language),
        common=frozenset(words("common")),
        leaning=_openers(words("leaning"), spaced),
        notice=_anywhere(words("notice"), spaced),
        speaking=_anywhere(words("speaking"), spaced),
        addressing=_anywhere(words("addressing"), spaced),
        referring=_anywhere(words("referring"), spaced),
        says=_anywhere(words("says"), spaced),
        risk=_beginnings(words("risk"), spaced),
        future=_anywhere([*words("future"), *words("plans")], spaced),
        plans=_anywhere(words("plans"), spaced),
        planned=str(table.get("planned", "")),
        question=str(table.get("question", "")),
        see=str(table.get("see", "")),
        nouns=frozenset(words("nouns")),
        breaks=frozenset(words("breaks")),
        clauses=frozenset(words("clauses")),
        hangs=frozenset([*words("hangs"), *words("breaks"), *words("clauses"), *words("nouns")]),
        adjectives=str(table.get("adjectives", "before")),
        spaced=spaced,
        compounds=bool(table.get("compounds", not spaced)),
    )


def known_languages() -> tuple[str, ...]:
    """The languages that have lists of their own."""
    return tuple(_tables())


@cache
def _tables() -> dict[str, dict[str, str | bool]]:
    return tomllib.loads(files("enrich.llm.extractive").joinpath("lexicon.toml").read_text("utf-8"))


def _entries(table: Mapping[str, str | bool], key: str) -> list[str]:
    """The entries of a list; ``|`` stands for the space in one."""
    return [entry.replace("|", " ") for entry in str(table.get(key, "")).split()]


def _choice(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _openers(words: list[str], spaced: bool) -> re.Pattern[str]:
    return re.compile(rf"(?:{_choice(words)}){_end(spaced)}", re.IGNORECASE) if words else _NEVER


def _anywhere(words: list[str], spaced: bool) -> re.Pattern[str]:
    start = r"(?<!\w)" if spaced else ""
    return re.compile(rf"{start}(?:{_choice(words)}){_end(spaced)}", re.IGNORECASE) if words else _NEVER


def _beginnings(words: list[str], spaced: bool) -> re.Pattern[str]:
    if not spaced:
        return _anywhere(words, spaced)
    whole = [rf"{word}(?!\w)" if len(word) <= ITSELF else word for word in words]
    return re.compile(rf"(?<!\w)(?:{_choice(whole)})", re.IGNORECASE) if words else _NEVER


def _end(spaced: bool) -> str:
    return r"(?!\w)" if spaced else ""
