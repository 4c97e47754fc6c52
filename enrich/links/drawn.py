"""Links that are drawn: an arrow of a canvas from the card of one note to that of another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from enrich.vault.walk import Listing

Drawn = Mapping[str, Sequence[str]]
"""The path of a note, with those of the notes that arrows lead to from its card."""


def read_drawn(root: Path, listing: Listing) -> Drawn:
    """The arrows of every canvas; a vault without one costs nothing."""
    if not listing.canvases:
        return {}
    from enrich.vault.canvas import read_canvases  # most vaults have none

    drawn: dict[str, set[str]] = defaultdict(set)
    for canvas in read_canvases(root, listing.canvases):
        for source, target in canvas.arrows:
            drawn[source].add(target)
    return {source: sorted(targets) for source, targets in sorted(drawn.items())}
