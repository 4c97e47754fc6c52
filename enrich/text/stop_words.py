"""Stop words: words that say nothing by themselves. The one list a language, which is jusText's.

It holds the most frequent words of a hundred languages, the most frequent first, under the language's English name.
The files are read without importing the package, which takes a tenth of a second.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_MOST, _BYTES = 120, 3_000
"""Words of a list, for further down stand such as are about something, and the bytes that hold them."""

_ENOUGH, _SHARE = 60, 0.25
"""Words that a text must have, and the share of them that must be stop words. In running text of a language with
spaces it is .3 to .5; a list of names, a table or a page in two languages has less, and is left to the guesser."""
_LENGTH = 12
"""Characters a word, more than which no language with spaces has: the rest of the text is in another."""
_WIDELY_WRITTEN = (
    "Czech Danish Dutch English French German Italian Polish Portuguese Romanian Russian Spanish Swedish Turkish "
    "Ukrainian".split()
)
_FIRST, _SMALL = 25, 3
"""Words of each of these lists, and their letters. By reading: further down stand such as are English words with a
meaning (``ai``, ``go``, ``art``), which a title may be about."""
_FIRST_GUESS = "English"
"""The language that is asked before a hundred lists are read: most notes are in it, and it has no near relatives."""
_PLAINLY = 0.12
"""The share of its stop words from which nothing else is asked. By count: English notes with all their
markup have .17 to .24 on the median, those in Portuguese and Russian .05 and 0."""
_SIGNS = ".,:;()"
"""What hangs on words of the lists."""
_NEAR = 0.9
"""Of the stop words found in the best list, so many must stand in the language's own: relatives share most of them."""


def stop_words(language: str) -> frozenset[str]:
    """The whole list of a language by its primary tag (`en`); empty where there is none."""
    file = _file_of(_name_of(language))
    words = file.read_text("utf-8").casefold().split() if file else ()
    return frozenset(word for word in words if word.isalpha() or "'" in word)


def find_stop_words(text: str) -> frozenset[str]:
    """The most frequent words of the language that ``text`` has the most of; none for a text without any."""
    return _most_frequent().get(find_language(text), frozenset())


@cache
def small_words() -> frozenset[str]:
    """The short ones among the very first words of widely written languages: ``di``, ``der``, ``et``."""
    files = (_file_of(name) for name in _WIDELY_WRITTEN)
    first = (_beginning_of(file).casefold().split()[:_FIRST] for file in files if file)
    return frozenset(word for words in first for word in words if len(word) <= _SMALL)


def rank_words(text: str) -> Mapping[str, int]:
    """The frequent words of that language in lower case, each with its place in the list, the most frequent at 0."""
    return _ranks(find_language(text))


@lru_cache(maxsize=1)
def find_language(text: str) -> str:
    """The English name of the language whose stop words ``text`` has most of; empty where it has none.

    Of relatives that share them all (Spanish, Asturian) the one that more people write.
    """
    running = text.casefold().split()
    guess = _file_of(_FIRST_GUESS)
    if guess and _is_full_of(_begin(guess), running, _PLAINLY):
        return _FIRST_GUESS
    words, lists = set(running), _most_frequent()
    best = max(lists, key=lambda name: (len(lists[name] & words), name in _WIDELY_WRITTEN), default="")
    return best if best and lists[best] & words else ""


@lru_cache(maxsize=4)
def _ranks(name: str) -> Mapping[str, int]:
    file, ranks = _file_of(name), dict[str, int]()
    for word in file.read_text("utf-8").casefold().split() if file else ():
        ranks.setdefault(word.strip(_SIGNS), len(ranks))
    return ranks


def is_written_in(language: str, text: str) -> bool:
    """Whether the stop words of ``text`` say beyond doubt that it is in a language: many, and of no
    other language clearly more.

    False says nothing: the language may have no list, or the text too few words.
    """
    words, file = text.casefold().split(), _file_of(_name_of(language))
    if file is None or len(words) < len(text) / _LENGTH or not _is_full_of(_begin(file), words):
        return False
    own, different = _begin(file), set(words)
    return len(own & different) >= _NEAR * max(len(known & different) for known in _most_frequent().values())


def _is_full_of(own: Collection[str], words: Sequence[str], share: float = _SHARE) -> bool:
    """Whether running text of ``words`` has the stop words that a text of their language has."""
    return len(words) >= _ENOUGH and sum(word in own for word in words) >= share * len(words)


@cache
def _most_frequent() -> Mapping[str, frozenset[str]]:
    """The beginning of each list, by the language's English name."""
    folder = _folder()
    return {file.stem: _begin(file) for file in sorted(folder.glob("*.txt"))} if folder else {}


@cache
def _folder() -> Path | None:
    spec = find_spec("justext")
    found = [Path(folder) / "stoplists" for folder in (spec.submodule_search_locations or ())] if spec else []
    return next(filter(Path.is_dir, found), None)


def _file_of(name: str) -> Path | None:
    file = (_folder() or Path()) / f"{name}.txt"
    return file if name and file.is_file() else None


@cache
def _begin(file: Path) -> frozenset[str]:
    return frozenset(_beginning_of(file).casefold().split()[:_MOST])


def _beginning_of(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_BYTES).decode(errors="ignore")


@cache
def _name_of(language: str) -> str:
    """``Norwegian_Bokmal`` of ``nb``; empty when nothing is called so."""
    if language == "en":
        return "English"  # most pages are, and babel takes time to import
    from babel import Locale, UnknownLocaleError

    try:
        return (Locale.parse(language).english_name or "").replace(" ", "_")
    except (ValueError, UnknownLocaleError, TypeError):
        return ""
