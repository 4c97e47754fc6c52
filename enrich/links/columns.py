"""What the rows of features need of every note, in arrays. Imports numpy: queries read the entries of a few notes."""

from array import array
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from enrich.links.document import Document
from enrich.links.postings import spread

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Columns:
    """One place for each note in each array. Filled with `add`."""

    def __init__(self) -> None:
        self.created, self.updated = array("i"), array("i")
        self.title_length, self.own_title, self.style_length = array("I"), array("I"), array("I")
        self.drafts = bytearray()
        self.types: list[str] = []
        self.folder = array("I")
        self.folders: dict[str, int] = {}
        self.traits = array("I")
        """The numbers of the traits of all notes, note by note."""
        self.trait_counts = array("I")

    def add(self, document: Document, title_length: int, own_title: int, traits: Collection[int]) -> None:
        """Enter the next note."""
        self.created.append(document.created)
        self.updated.append(document.updated)
        self.title_length.append(title_length)
        self.own_title.append(own_title)
        self.style_length.append(len(traits) - len(document.tags))
        self.drafts.append(document.draft)
        self.types.append(document.type_name)
        self.folder.append(self.folders.setdefault(document.folder, len(self.folders)))
        self.traits.extend(traits)
        self.trait_counts.append(len(traits))


class Lists:
    """Lists of numbers, one a note, in one array."""

    def __init__(self, values: NDArray[np.integer], sizes: NDArray[np.integer]) -> None:
        self.values, self.sizes = values, sizes.astype(np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes

    def of(self, which: Ints) -> tuple[NDArray[np.integer], Ints]:
        """The lists of some notes, one behind the other, and their sizes."""
        sizes = self.sizes[which]
        return self.values[spread(self.starts[which], sizes)], sizes

    def at(self, number: int) -> list[int]:
        """The list of one note."""
        start = int(self.starts[number])
        return list(self.values[start : start + int(self.sizes[number])].tolist())
