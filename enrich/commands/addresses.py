"""The addresses of a command line: arguments, a list on standard input, a scheme for those that have none."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from enrich.errors import UsageError
from enrich.text.pattern import lazy_pattern
from enrich.text.scheme import add_scheme, bare_address

_COMMENT = lazy_pattern(r"(?:^|\s)#.*")
_FILE = lazy_pattern(r"\.{0,2}/(?!/)|~/|[^/?#]+\.(?:html?|mhtml|pdf|txt)\Z", re.IGNORECASE)
"""What begins as a path does, or is nothing but the name of a document."""


def read_addresses(given: Iterable[str], listing: str) -> tuple[str, ...]:
    """The addresses ``given``, with those of ``listing`` in place of each ``-``; each once, in order.

    The name of a document stays as it is.
    """
    words: list[str] = []
    for word in given:
        words.extend(list_lines(listing) if word == "-" else [word])
    return tuple(dict.fromkeys(word if is_document(word) else with_scheme(word) for word in words))


def list_lines(text: str) -> Iterator[str]:
    """The addresses of a list: one a line; blank lines and what follows a ``#`` that begins a word are skipped."""
    for line in text.removeprefix("\ufeff").splitlines():
        word = _COMMENT.sub("", line).strip()
        if word:
            yield word


def is_document(word: str) -> bool:
    """Whether ``word`` names a PDF or captions that are there."""
    try:
        with Path(word).open("rb") as file:
            return file.read(5) == b"%PDF-" or Path(word).suffix.lower() in (".srt", ".vtt")
    except (OSError, ValueError):
        return False


def with_scheme(word: str) -> str:
    """``word`` as an address: ``example.com/a`` gets its https, angle brackets go. UsageError for a file's name."""
    word = bare_address(word)
    if not word:
        raise UsageError("URL: is empty; give the article's address")
    if "://" in word:
        return word
    if Path(word).is_file():
        raise UsageError(f"{word}: is a file; write enrich draft URL --html {word}, with the address of the article")
    if _FILE.match(word):
        raise UsageError(f"{word}: is no file that is there; name an address, or a saved page with --html FILE")
    return add_scheme(word)
