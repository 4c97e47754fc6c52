"""Words that say nothing by themselves, in the language of a text, told by the words themselves.

The lists are jusText's: the most frequent words of a hundred languages, the most frequent first.
"""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_MOST, _BYTES = 120, 3_000
"""Words of a list, for further down stand such as are about something, and the bytes that hold them."""


def find_empty_words(text: str) -> frozenset[str]:
    """The empty words of the language that ``text`` has the most of, in lower case; none for a text without any."""
    words = set(text.casefold().split())
    best = max(_lists().values(), key=lambda known: len(known & words), default=frozenset[str]())
    return best if best & words else frozenset()


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    """By language. Read without importing the package, which takes a tenth of a second."""
    spec = find_spec("justext")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []
    return {
        file.stem: frozenset(_beginning_of(file).casefold().split()[:_MOST])
        for folder in folders
        for file in sorted(folder.glob("stoplists/*.txt"))
    }


def _beginning_of(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_BYTES).decode(errors="ignore")
