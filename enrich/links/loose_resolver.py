"""Which note a link's target names, to learn from old links: by Obsidian's rule, else the note of nearly that name.

Old links often differ from the file by hyphen, space or case. What is *written* goes through `enrich.vault.resolve`,
whose rule (`choose_file`) and looseness (`loose`) are the ones used here. Names are kept loosely, as postings with the
prefix ``l``.
"""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from enrich.links.document import Document
from enrich.links.note_index import WEIGHT_BITS
from enrich.links.subject import name_key
from enrich.vault.resolve import choose_file, loose
from enrich.vault.vault import fold_name
from enrich.vault.wikilink import Link, shown_words


def loose_names(document: Document) -> Iterable[str]:
    """The names under which a note is found by a link's target."""
    return {loose(name) for name in document.names}


class LooseResolver:
    """Resolves targets with two look-ups: the postings of a key, and a note's path (empty when it is gone)."""

    def __init__(self, postings: Callable[[str], Sequence[int]], path_of: Callable[[int], str]) -> None:
        self._postings, self._path_of = postings, path_of

    def resolve(self, target: str, folder: str) -> int | None:
        """The number of the note that ``target`` names in a note of ``folder``; None when there is none."""
        wanted = fold_name(target.partition("#")[0].partition("^")[0].strip().replace("\\", "/")).removesuffix(".md")
        packed = self._postings("l" + loose(wanted.rpartition("/")[2])) if wanted else ()
        if len(packed) > 1:
            return self._choose([value >> WEIGHT_BITS for value in packed], f"{wanted}.md", folder)
        return packed[0] >> WEIGHT_BITS if packed else None

    def _choose(self, numbers: Sequence[int], wanted: str, folder: str) -> int:
        """The note that Obsidian opens, else the nearest of those with the stem, else the nearest of all."""
        paths = {self._path_of(number): number for number in numbers}
        base = wanted.rpartition("/")[2]
        same = [path for path in paths if fold_name(path.rpartition("/")[2]) == base]
        exact = choose_file(wanted, folder, same)
        return paths[exact or min(same or paths, key=lambda path: _distance(path, folder))]


def _distance(path: str, folder: str) -> tuple[bool, int, int, str]:
    """A note in the same folder is nearest, else the one least deep."""
    return posixpath.dirname(path) != folder, path.count("/"), len(path), path


def link_words(links: Iterable[Link]) -> dict[str, list[str]]:
    """The targets of links as written, each with the words that links show for it (as a name's key)."""
    words: dict[str, set[str]] = defaultdict(set)
    for link in links:
        words[link.target].add(name_key("" if link.embed else shown_words(link)))
    return {target: sorted(keys) for target, keys in words.items()}


def resolve_links(
    words_of: Mapping[str, Iterable[str]], resolver: LooseResolver, number: int, folder: str
) -> tuple[frozenset[int], set[tuple[str, int]]]:
    """The notes that note ``number`` in ``folder`` links to, and the pairs of words and note that its links show.

    ``words_of`` is what `link_words` gave for it.
    """
    found = {target: resolver.resolve(target, folder) for target in words_of}
    known = {target: other for target, other in found.items() if other is not None and other != number}
    words = {(key, other) for target, other in known.items() for key in words_of[target] if key}
    return frozenset(known.values()), words
