"""Which notes may be linked: one rule for the drafts that are written and for the links that are suggested."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Protocol

from enrich.text.pattern import lazy_pattern
from enrich.vault.note import Note

if TYPE_CHECKING:
    from enrich.vault.note_type import NoteType  # no part of a warm answer

RARE_TYPES = 0.1
"""With a smaller share of notes of the allowed types a vault is not the kind of journal that the type is for.

Chosen, not fitted: journals that the types were made for have more than half, others' vaults hardly any.
"""

_LISTED, _WORDS_A_LINK = 8, 8
"""Links that a list has at least, and words for each of them that prose has at least.

Chosen by reading the notes on both sides in three vaults: indexes and maps of content have 2 to 8, notes 9 and more.
"""
_OUTSIDE_LINK = lazy_pattern(r"\]\(<?https?:|(?<![(<])https?://")


class Linkable(Protocol):
    """What the rule asks of a note; a `Note` and an entry of the index have it."""

    @property
    def path(self) -> str:
        """In the vault."""

    @property
    def draft(self) -> bool:
        """The author calls it a draft."""

    @property
    def opted_out(self) -> bool:
        """The author wants no link suggested to it."""

    @property
    def type_name(self) -> str:
        """Empty when nothing tells its type."""


def may_be_linked(note: Linkable, targets: Collection[str], barred: Collection[str] = ()) -> bool:
    """Whether a text may link to ``note``: no draft, no path that is barred, and of a type in ``targets``, if any."""
    if note.draft or note.opted_out or note.path in barred:
        return False
    return not targets or note.type_name in targets


def link_targets(note_type: "NoteType | None", counts: Mapping[str, int]) -> tuple[str, ...]:
    """The types that notes of a type may link to in a vault with so many published notes of each; empty: all.

    Where the vault hardly has these types, it is somebody else's kind of journal, and all its notes may be linked.
    """
    if note_type is None or not note_type.link_targets:
        return ()
    allowed = sum(counts.get(name, 0) for name in note_type.link_targets)
    return note_type.link_targets if allowed >= RARE_TYPES * sum(counts.values()) else ()


def lists_links(note: Note) -> bool:
    """Whether the note is an index, a hub or a shelf: its links are what it says."""
    links = len(note.every_link) + len(_OUTSIDE_LINK.findall(note.body))
    return links >= _LISTED and len(note.body.split()) < _WORDS_A_LINK * links
