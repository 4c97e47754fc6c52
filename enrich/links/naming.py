"""Which note a link's target names, by Obsidian's rule first and more loosely after that.

The ranking learns from old links too, which often differ from the file by hyphen, space or case. What is *written* goes
through `enrich.vault.resolve`, which is strict.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable

from enrich.links.card import Card, loose_name


class Naming:
    """Notes by path, by stem and by loose name."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self._by_path: dict[str, int] = {}
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)

    def add(self, card: Card) -> int:
        """Enter a note; its number is the count of notes before it."""
        return self.enter(card.path, card.names)

    def enter(self, path: str, names: Iterable[str]) -> int:
        """Enter a note by its path and the names it goes by."""
        number = len(self.paths)
        self.paths.append(path)
        self._by_path[path[:-3].lower()] = number
        self._by_stem[posixpath.basename(path)[:-3].lower()].append(number)
        for name in {loose_name(name) for name in names}:
            self._by_name[name].append(number)
        return number

    def resolve(self, target: str, folder: str) -> int | None:
        """The number of the note that ``target`` names in a note of ``folder``; None when there is none."""
        name = target.partition("#")[0].partition("^")[0].strip().replace("\\", "/").lower()
        name = name.removesuffix(".md")
        if not name:
            return None
        if name.startswith("."):
            name = posixpath.normpath(posixpath.join(folder.lower(), name)).lstrip("./")
        if name in self._by_path:
            return self._by_path[name]
        base = name.rpartition("/")[2]
        named = self._by_stem.get(base) or self._by_name.get(loose_name(base))
        return self._nearest(named, folder) if named else None

    def _nearest(self, numbers: list[int], folder: str) -> int:
        """Of notes of the same name: one in the same folder, else the one least deep."""
        if len(numbers) == 1:
            return numbers[0]
        same = [number for number in numbers if posixpath.dirname(self.paths[number]) == folder]
        return min(same or numbers, key=lambda n: (self.paths[n].count("/"), len(self.paths[n]), self.paths[n]))
