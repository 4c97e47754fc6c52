"""What was learned from a vault, and what the ranking takes from an index."""

from typing import TYPE_CHECKING

from msgspec import Struct

from enrich.links.model import Model
from enrich.links.note_index import NoteIndex
from enrich.links.subject import Subject, read_subject

if TYPE_CHECKING:
    from enrich.links.document import Document
    from enrich.links.meaning import Meaning  # numpy, which only who has set a model for it waits for


class Trained(Struct, frozen=True):
    """A model and what it was trained on; 0 notes when it is the general one."""

    model: Model
    notes: int = 0
    links: int = 0


class Models(Struct, frozen=True):
    """What was learned together."""

    related: Trained
    mentions: Trained


class Learned(Struct, frozen=True):
    """What an open index knows: the notes, the models, and where it is set the meaning of the notes."""

    index: NoteIndex
    models: Models
    meaning: "Meaning | None" = None
    with_meaning: Models | None = None
    """Models for subjects whose meaning is known."""

    def read(self, document: "Document", number: int = -1) -> tuple[Subject, Models]:
        """What the features need of ``document``, and the models for it; where its meaning cannot be had, without."""
        near = self.meaning.near(document) if self.meaning and self.with_meaning else None
        models = self.models if near is None or self.with_meaning is None else self.with_meaning
        return read_subject(document, number, near), models
