"""Notes that have another path than before: found again by words of their text that few notes have."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from enrich.links.note_index import WEIGHT_BITS
from enrich.links.terms import split_terms
from enrich.vault.note import stem_of
from enrich.vault.resolve import loose

if TYPE_CHECKING:
    from enrich.links.document import Document
    from enrich.links.store import Store

Words = Mapping[str, Sequence[str]]
"""By path: words by which the note there is found again."""
_KEPT, _FEWEST = 12, 3
"""Words of a note that are kept, and without which it is not told from others. By hand, as the next line."""
_SAME_SHARE = 0.7
"""Of its words a note must still have, or it is taken for another one: people rewrite a paragraph, not all."""


def rare_words(document: "Document", store: "Store") -> tuple[str, ...]:
    """The rarest words of a note's text; its title is left out, for that is what a new name changes."""
    terms = dict.fromkeys(split_terms(document.prose))
    store.known("w", terms)  # looked up together
    return tuple(sorted(terms, key=lambda term: (len(store.postings(f"w{term}")), term))[:_KEPT])


def find_renamed(paths: Iterable[str], words: Words, store: "Store") -> dict[str, str]:
    """Where each of ``paths`` that is no note any more probably is now; those that nothing tells are left out."""
    gone = [path for path in paths if store.number_of(path) < 0]
    found = {path: _find_note(path, words.get(path, ()), store) for path in gone}
    return {path: store.path_of(number) for path, number in found.items() if number is not None}


def _find_note(path: str, words: Sequence[str], store: "Store") -> int | None:
    """The note with the words, else the only one of the same name."""
    holders = Counter(packed >> WEIGHT_BITS for word in words for packed in store.postings(f"w{word}"))
    most = [number for number, held in holders.items() if held == max(holders.values())]
    if len(words) >= _FEWEST:
        return most[0] if len(most) == 1 and holders[most[0]] >= _SAME_SHARE * len(words) else None
    namesakes = [packed >> WEIGHT_BITS for packed in store.postings(f"l{loose(stem_of(path))}")]
    return namesakes[0] if len(namesakes) == 1 else None
