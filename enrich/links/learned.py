"""What was learned from a vault, and what the ranking takes from an index."""

from dataclasses import dataclass

from enrich.links.model import Model
from enrich.links.shelf import Shelf


@dataclass(frozen=True)
class Learned:
    """What an index knows: its shelf, and the model for related notes."""

    shelf: Shelf
    model: Model


@dataclass(frozen=True)
class Trained:
    """A model and what it was trained on; 0 notes when it is the general one."""

    model: Model
    notes: int = 0
    links: int = 0
