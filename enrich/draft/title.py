"""Titles for a draft: one that was paid for is never lost to a title that is no name, or that another note has."""

from collections.abc import Callable, Iterator
from itertools import chain, count, islice

from msgspec import Struct

from enrich.draft.context import DraftContext
from enrich.draft.section import title_for
from enrich.errors import ExistsError
from enrich.vault.file_name import title_fault
from enrich.vault.note_type import NoteType

MOST_TITLES = 1000
"""Titles that are tried, each of which another note may have."""


class Naming(Struct, frozen=True):
    """How a draft gets a title that no other note has."""

    taken: Callable[[str], bool] = lambda _: False
    """Whether a note has the title already."""
    number: bool = False
    """A title that is taken gets a number, not other words; so does one that the user named."""
    chosen: str = ""
    """The title of a draft that is made again: it has been chosen."""

    def choose(self, wanted: str, context: DraftContext, note_type: NoteType) -> str:
        """The first title that is a name and free; ExistsError when so many are taken that there is no end to it."""
        if self.chosen:
            return self.chosen
        named = context.note_title or (self.number and next(titles_for(wanted, context, note_type)))
        titles = numbered(named) if named else titles_for(wanted, context, note_type)
        for title in islice(titles, MOST_TITLES):
            if not self.taken(note_type.stem(title, context.created, "")):
                return title
        raise ExistsError(f"{wanted}: so are {MOST_TITLES} notes called; choose another title with --note-title")


def titles_for(wanted: str, context: DraftContext, note_type: NoteType) -> Iterator[str]:
    """Titles that are names, the best first and without an end.

    ``wanted``, shortened at a word where it is too long for a file; the words of the headline; the type and the date,
    then numbered.
    """
    longest = note_type.title_characters[1]
    for title in (wanted, title_for(context.source.title, note_type)):
        for name in (title, shorten(title, longest)):
            if not title_fault(name):
                yield name
                break
    yield from numbered(title_for(f"{shorten(note_type.name, longest)} {context.created:%Y %m %d}", note_type))


def numbered(title: str) -> Iterator[str]:
    """``title``, then with a number after it: ``title 2``, ``title 3`` …"""
    return chain((title,), (f"{title} {number}" for number in count(2)))


def shorten(title: str, longest: int) -> str:
    """As many whole words of ``title`` as ``longest`` characters hold; empty when that is none."""
    return title if len(title) <= longest else title[: longest + 1].rpartition(" ")[0].rstrip()
