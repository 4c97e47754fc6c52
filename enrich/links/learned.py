"""What the ranking takes from an index."""

from dataclasses import dataclass

from enrich.links.model import Model
from enrich.links.shelf import Shelf


@dataclass(frozen=True)
class Learned:
    """What an index knows: its shelf, and the model for related notes."""

    shelf: Shelf
    model: Model
