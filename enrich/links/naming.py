"""Which note a link's target names, by Obsidian's rule first and more loosely after that.

The ranking learns from old links too, which often differ from the file by hyphen, space or case. What is *written* goes
through `enrich.vault.resolve`, which is strict. Names are kept loosely, as postings with the prefix ``l``; among notes
of the same loose name the path decides, then the stem.
"""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from enrich.links.card import Card, loose_name
from enrich.links.shelf import WEIGHT_BITS
from enrich.links.subject import name_key


def loose_names(card: Card) -> Iterable[str]:
    """The names under which a note is found by a link's target."""
    return {loose_name(name) for name in card.names}


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
        packed = self._postings("l" + loose_name(name.rpartition("/")[2]))
        if len(packed) > 1:
            return self._choose([value >> WEIGHT_BITS for value in packed], name, folder)
        return packed[0] >> WEIGHT_BITS if packed else None

    def _choose(self, numbers: Sequence[int], name: str, folder: str) -> int:
        """The note at the path, else the nearest of those with the stem, else the nearest of all."""
        paths = {number: self._path_of(number)[:-3] for number in numbers}
        for number, path in paths.items():
            if path.lower() == name:
                return number
        base = name.rpartition("/")[2]
        same = [number for number, path in paths.items() if path.lower().rpartition("/")[2] == base]
        return min(same or numbers, key=lambda number: _distance(paths[number], folder))


def _distance(path: str, folder: str) -> tuple[bool, int, int, str]:
    """A note in the same folder is nearest, else the one least deep."""
    return posixpath.dirname(path) != folder, path.count("/"), len(path), path


def anchor_words(card: Card) -> dict[str, list[str]]:
    """The targets of a note's links as written, each with the words that links show for it (as a name's key)."""
    words: dict[str, set[str]] = defaultdict(set)
    for anchor in card.anchors:
        words[anchor.target].add(name_key(anchor.words))
    return {target: sorted(keys) for target, keys in words.items()}


def resolve_anchors(
    anchors: Mapping[str, Iterable[str]], naming: Naming, number: int, folder: str
) -> tuple[frozenset[int], set[tuple[str, int]]]:
    """The notes that note ``number`` in ``folder`` links to, and the pairs of words and note that its links show."""
    found = {target: naming.resolve(target, folder) for target in anchors}
    known = {target: other for target, other in found.items() if other is not None and other != number}
    words = {(key, other) for target, other in known.items() for key in anchors[target] if key}
    return frozenset(known.values()), words
