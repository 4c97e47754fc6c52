"""A note as it was read for its links, and its bytes with new ones."""

import re
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from enrich.errors import FindingsError, UsageError
from enrich.links.apply import Plan
from enrich.text.pattern import lazy_pattern
from enrich.vault.file import decode_text
from enrich.vault.note import Note, parse_note

_FIRST_H1 = lazy_pattern(r"^# ++([^\r\n/]*[^\s/])", re.M)


class OpenNote(Struct, frozen=True, dict=True):
    """A note as it was read."""

    name: str
    """As the user named it."""
    path: str
    """In the vault; of a text that is not there, a path that leads out of it."""
    file: Path | None
    """None: a text that is in no file."""
    data: bytes

    @cached_property
    def text(self) -> str:
        """Each byte that is no UTF-8 is one U+FFFD."""
        return decode_text(self.data)

    @cached_property
    def parsed(self) -> Note:
        """The text as a note of the vault."""
        return parse_note(self.path, self.text)


class NoteText(Struct, frozen=True):
    """A note's text that stands in no file yet, or not in this form."""

    data: bytes
    name: str = "standard input"
    read_as: str = ""
    """The path of the note that the text belongs to; empty: found by its title and day."""


Wanted = str | NoteText
"""A note as a verb is given it: the name of a file, or a text."""


def changed_note(note: OpenNote, plan: Plan) -> bytes:
    """The note's bytes with the plan's links. FindingsError when anything but these would come in with them."""
    from enrich.check.style.active import added_active, say_active
    from enrich.vault.edit import edit_bytes

    after = edit_bytes(note.data, plan.edits)
    meant = {placed.address for placed in plan.placed if placed.address}
    if added := added_active(note.text, after.decode(errors="surrogateescape"), meant):
        raise FindingsError(f"{note.name}: nothing was written, the links would bring in {say_active(added)}")
    return after


def require_text(name: str, data: bytes) -> bytes:
    """``data`` as it is; UsageError where it is none that a link could be written into."""
    if b"\0" in data:
        raise UsageError(f"{name}: is not text in UTF-8; save it as UTF-8")
    return data


def path_of_text(data: bytes) -> str:
    """A path for a text that has no file: its first heading is its name, so that the title's words count."""
    found = _FIRST_H1.search(decode_text(data))
    return f"../{found[1]}.md" if found else "../-.md"
