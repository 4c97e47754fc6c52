"""A document: a note as the ranking sees it, or a text that wants links and is no note yet."""

import posixpath
import re

from msgspec import Struct

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.note import Note
from enrich.vault.resolve import loose
from enrich.vault.wikilink import Link, MarkdownLink, Wikilink, shown_words

_CUT = frozenset({"code", "comment", "template", "url"})
_LINKS = frozenset({"wikilink", "link"})
_NOISE = lazy_pattern(r"https?://\S+|<[^<>]*>")
"""What stays of HTML blocks, and of links that show their address."""
_OUTSIDE_WORDS = lazy_pattern(r"\[(.*?)\][(\[]", re.S)
_DEEPEST_TAG = 20
"""Levels of a nested tag whose parents count: the letters of all parents grow with the square of the levels."""


class Document(Struct, frozen=True):
    """Dates are day numbers (`date.toordinal`), 0 where unknown."""

    path: str
    title: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    """In lower case, with the parents of nested ones: ``a/b`` gives ``a`` and ``a/b``."""
    keywords: tuple[str, ...]
    description: str
    created: int
    updated: int
    draft: bool
    opted_out: bool
    type_name: str
    headings: tuple[str, ...]
    front_keys: str
    links: tuple[Link, ...]
    """Those that name a file, embeds too."""
    prose: str
    """The text without links: what a new draft looks like before anyone has linked it."""

    @property
    def stem(self) -> str:
        """The file's name without ``.md``."""
        return posixpath.basename(self.path)[:-3]

    @property
    def folder(self) -> str:
        """The note's folder in the vault; empty at the top."""
        return posixpath.dirname(self.path)

    @property
    def names(self) -> tuple[str, ...]:
        """What the note is called: title, stem and aliases, each once."""
        return tuple(dict.fromkeys((self.title, self.stem, *(alias.lstrip("#") for alias in self.aliases))))


def text_of_meaning(document: Document) -> str:
    """What is embedded of a note: title, description and prose. Without links: a draft has none yet."""
    return " ".join(f"{document.title}. {document.description} {document.prose}".split())


def read_document(note: Note) -> Document:
    """``note`` as the ranking sees it."""
    return Document(
        path=note.path,
        title=note.title,
        aliases=note.aliases,
        tags=_nested((*note.tags, *note.inline_tags)),
        keywords=tuple(word.lower() for word in note.keywords),
        description=note.description,
        created=note.created.toordinal() if note.created else 0,
        updated=note.updated.toordinal() if note.updated else 0,
        draft=note.draft,
        opted_out=note.opted_out,
        type_name=note.type_name,
        headings=tuple(heading.text.lower() for heading in note.headings if heading.level > 1),
        front_keys=",".join(sorted(key.lower() for key in note.front_keys)),
        links=links_to_others(note),
        prose=_prose_of(note),
    )


def links_to_others(note: Note) -> tuple[Link, ...]:
    """The links of a note that name a file: not those to a heading of its own."""
    return tuple(link for link in note.every_link if link.target)


def _nested(tags: tuple[str, ...]) -> tuple[str, ...]:
    every: dict[str, None] = {}
    for tag in tags:
        whole = tag.lower()
        parts = whole.split("/", _DEEPEST_TAG)
        every.update(dict.fromkeys("/".join(parts[:depth]) for depth in range(1, len(parts))))
        every[whole] = None
    return tuple(every)


def _prose_of(note: Note) -> str:
    """The body without code, comments, addresses and tags of HTML, and with bars where links were.

    Words that only the link shows (an alias that is no name) stay.
    """
    text, at = note.text, note.body_start
    links = {link.span.start: link for link in note.every_link if link.target or isinstance(link, Wikilink)}
    parts: list[str] = []
    for start, end, kind in note.zones:
        if start < at:
            continue
        if kind in _CUT:
            parts += (text[at:start], " ")
            at = end
        elif kind in _LINKS:
            parts += (text[at:start], _left_of(links.get(start), text[start:end]))
            at = end
    parts.append(text[at:])
    prose = "".join(parts)
    return _NOISE.sub(" ", prose) if "<" in prose or "://" in prose else prose


def _left_of(link: Link | None, written: str) -> str:
    """What the prose keeps of a link: words of the author's own; for one that leads out of the vault what it shows."""
    if link is None:
        words = _OUTSIDE_WORDS.match(written)
        return f" {words[1]} " if words else " "
    if link.embed or (isinstance(link, MarkdownLink) and link.is_definition):
        return " | "
    return f" {shown_words(link)} " if _has_own_words(link) else " | "


def _has_own_words(link: Link) -> bool:
    """Whether the words are more than the target's name."""
    return isinstance(link, Wikilink) and bool(link.alias) and loose(link.alias) != loose(_name_of(link))


def _name_of(link: Link) -> str:
    return link.target.rpartition("/")[2]


class Unlinked(Struct, frozen=True):
    """A note's text with each link as the words it shows: a draft in which nothing is linked yet."""

    text: str
    links: tuple[tuple[Link, Span], ...]
    """Each link with the place of its words."""


def unlink(note: Note) -> Unlinked:
    """Take the links out of ``note`` and leave their words."""
    parts: list[str] = []
    links: list[tuple[Link, Span]] = []
    at = size = 0
    for link in links_to_others(note):
        if link.span.start < at or link.embed or (isinstance(link, MarkdownLink) and link.is_definition):
            continue
        words = shown_words(link)
        parts += (note.text[at : link.span.start], words)
        size += link.span.start - at
        links.append((link, Span(size, size + len(words))))
        size += len(words)
        at = link.span.end
    parts.append(note.text[at:])
    return Unlinked("".join(parts), tuple(links))
