"""What links are looked for: a note that exists, a draft, or an article that will become one."""

from datetime import date

from msgspec import Struct


class Query(Struct, frozen=True):
    """The text that wants links, with what is known about it."""

    title: str
    text: str
    """Prose; front matter, code and existing links are taken out by the reader of the note."""
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    created: date | None = None
    exclude: frozenset[str] = frozenset()
    """Paths in the vault that are never suggested: the note itself, and what it links to already."""
