"""What was learned from a vault, and what the ranking takes from an index."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.links.model import Model
from enrich.links.shelf import Shelf
from enrich.links.subject import Subject, read_subject

if TYPE_CHECKING:
    from enrich.links.card import Card
    from enrich.links.meaning import Meaning  # numpy, which only who has set a model for it waits for


@dataclass(frozen=True)
class Trained:
    """A model and what it was trained on; 0 notes when it is the general one."""

    model: Model
    notes: int = 0
    links: int = 0


@dataclass(frozen=True)
class Models:
    """What was learned together."""

    related: Trained
    mentions: Trained


@dataclass(frozen=True)
class Learned:
    """What an index knows: its shelf, its models, and where it is set the meaning of the notes."""

    shelf: Shelf
    models: Models
    meaning: "Meaning | None" = None
    with_meaning: Models | None = None
    """Models for subjects whose meaning is known."""

    def read(self, card: "Card", number: int = -1) -> tuple[Subject, Models]:
        """What the signals need of ``card``, and the models for it; a meaning that cannot be had is done without."""
        near = self.meaning.near(card) if self.meaning and self.with_meaning else None
        models = self.models if near is None or self.with_meaning is None else self.with_meaning
        return read_subject(card, number, near), models
