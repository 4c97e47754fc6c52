"""Which note a link's target names, by Obsidian's rule first and more loosely after that.

The ranking learns from old links too, which often differ from the file by hyphen, space or case. What is *written* goes
through `enrich.vault.resolve`, which is strict. Names are kept as postings: ``p`` the path, ``s`` the stem, ``l`` the
loose names, all in lower case.
"""

import posixpath
from collections.abc import Callable, Iterable, Sequence

from enrich.links.card import Card, loose_name
from enrich.links.shelf import WEIGHT_BITS


def naming_keys(card: Card) -> Iterable[str]:
    """The keys under which a note is found by a link's target."""
    yield "p" + card.path[:-3].lower()
    yield "s" + card.stem.lower()
    yield from ("l" + name for name in {loose_name(name) for name in card.names})


class Naming:
    """Resolves targets with two look-ups: the postings of a key, and a note's path (empty when it is gone)."""

    def __init__(self, postings: Callable[[str], Sequence[int]], path_of: Callable[[int], str]) -> None:
        self._postings, self._path_of = postings, path_of

    def resolve(self, target: str, folder: str) -> int | None:
        """The number of the note that ``target`` names in a note of ``folder``; None when there is none."""
        name = target.partition("#")[0].partition("^")[0].strip().replace("\\", "/").lower().removesuffix(".md")
        if not name:
            return None
        if name.startswith("."):
            name = posixpath.normpath(posixpath.join(folder.lower(), name)).lstrip("./")
        base = name.rpartition("/")[2]
        for key in ("p" + name, "s" + base, "l" + loose_name(base)):
            if packed := self._postings(key):
                return self._nearest([value >> WEIGHT_BITS for value in packed], folder)
        return None

    def _nearest(self, numbers: Sequence[int], folder: str) -> int:
        """Of notes of the same name: one in the same folder, else the one least deep."""
        if len(numbers) == 1:
            return numbers[0]

        def distance(number: int) -> tuple[bool, int, int, str]:
            path = self._path_of(number)
            return posixpath.dirname(path) != folder, path.count("/"), len(path), path

        return min(numbers, key=distance)
