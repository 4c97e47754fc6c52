"""Whether a note has the heading or the block that a link names, as Obsidian and site generators look them up."""

import re
import unicodedata

from enrich.text.pattern import lazy_pattern
from enrich.vault.note import Note
from enrich.vault.wikilink import Link, block_of

_MARKS = lazy_pattern(r"[\W_]+")


def has_place(note: Note, link: Link) -> bool:
    """Whether ``note``, to which ``link`` leads, has the heading or the block of the link; true where it names none.

    Case and marks count for nothing, of a path of headings (``One#Two``) the last one counts. A page's own anchors
    (``{#name}``, ``id="name"``) are places too.
    """
    if block := block_of(link):
        return bool(re.search(rf"(?:^|\s)\^{re.escape(block)}[^\S\n]*$", note.text, re.M | re.I))
    wanted = _bare(link.heading.rpartition("#")[2])
    if not wanted or any(_bare(heading.text) == wanted for heading in note.headings):
        return True
    name = re.escape(link.heading)
    return bool(re.search(rf"\{{#{name}[\s}}]|\b(?:id|name)=[\"']?{name}\b", note.text, re.I))


def _bare(name: str) -> str:
    """A heading without case and marks, as an anchor of a page and a link may both spell it."""
    return _MARKS.sub(" ", unicodedata.normalize("NFC", name).casefold()).strip()
