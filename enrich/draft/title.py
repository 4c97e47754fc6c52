"""Titles for a draft: one that was paid for is never lost to a title that is no name, or that another note has."""

from collections.abc import Iterator
from itertools import chain, count

from enrich.draft.context import DraftContext
from enrich.draft.section import clean_title
from enrich.vault.file_name import title_fault
from enrich.vault.note_type import NoteType


def titles_for(wanted: str, context: DraftContext, note_type: NoteType) -> Iterator[str]:
    """Titles that are names, the best first and without an end.

    ``wanted``, shortened at a word where it is too long for a file; the words of the headline; the type and the date,
    then numbered.
    """
    longest = note_type.title_characters[1]
    for title in (wanted, clean_title(context.source.title)):
        for name in (title, shorten(title, longest)):
            if not title_fault(name):
                yield name
                break
    yield from numbered(clean_title(f"{shorten(note_type.name, longest)} {context.created:%Y %m %d}"))


def numbered(title: str) -> Iterator[str]:
    """``title``, then with a number after it: ``title 2``, ``title 3`` …"""
    return chain((title,), (f"{title} {number}" for number in count(2)))


def shorten(title: str, longest: int) -> str:
    """As many whole words of ``title`` as ``longest`` characters hold; empty when that is none."""
    return title if len(title) <= longest else title[: longest + 1].rpartition(" ")[0].rstrip()
