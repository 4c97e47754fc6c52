"""How like a note is to an article: in words, and in meaning where a model tells it."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from enrich.links.bm25 import HIGHEST
from enrich.links.document import Document, read_document, text_of_meaning
from enrich.links.features import search_words
from enrich.links.note_index import NoteIndex, rarity
from enrich.links.subject import count_terms, log_count
from enrich.vault.linkable import lists_links
from enrich.vault.note import Note

_LEAD = 800
"""Characters of the text that say what it is about; what MiniLM reads of a text, roughly."""
_FEWEST_SHARED = 2
"""Words that make two texts alike: one alone is chance, in short notes above all."""

Words = Mapping[str, int]
Compare = Callable[[str, Sequence[str]], Sequence[float] | None]
"""How near a text is in meaning to each of some others, at most 1; None where that cannot be told."""


class Article:
    """The words of an article, weighed by how rare they are in the vault."""

    def __init__(self, document: Document, index: NoteIndex) -> None:
        self.index, self.document = index, document
        lead = _lead_of(document)
        words = _words_of(document)
        self.weights = self._weigh(words)
        self.length = _length(self.weights)
        self.searches = [
            (search_words(index, some), HIGHEST * sum(self._weigh(some).values())) for some in (_words_of(lead), words)
        ]

    def nearness(self, number: int) -> float:
        """The mean (geometric) of BM25 with the lead and with the whole text, as shares of the highest possible."""
        return math.prod(float(found.of(number)) / most if most else 0.0 for found, most in self.searches)

    def likenesses(self, notes: Mapping[int, Note]) -> dict[int, float]:
        """Of the notes, without lists of links, by number: the same with the cosine of all words as a third share."""
        return {number: self._likeness(number, note) for number, note in notes.items() if not lists_links(note)}

    def meanings(self, notes: Mapping[int, Note], compare: Compare) -> dict[int, float] | None:
        """How near the leads of the notes, without lists of links, are to the article's in meaning, by number."""
        leads = {
            number: text_of_meaning(_lead_of(read_document(note)))
            for number, note in notes.items()
            if not lists_links(note)
        }
        near = compare(text_of_meaning(_lead_of(self.document)), list(leads.values()))
        return None if near is None else dict(zip(leads, near, strict=True))

    def _likeness(self, number: int, note: Note) -> float:
        weights = self._weigh(_words_of_note(note))
        shared = [weight * self.weights[word] for word, weight in weights.items() if word in self.weights]
        if len(shared) < _FEWEST_SHARED:
            return 0.0
        cosine = sum(shared) / ((_length(weights) * self.length) or 1.0)
        return math.cbrt(self.nearness(number) * cosine)

    def _weigh(self, words: Words) -> dict[str, float]:
        self.index.known("w", words)  # looked up together
        size = self.index.facts.size
        return {
            word: log_count(count) * rarity(len(self.index.postings("w" + word)), size) for word, count in words.items()
        }


def _lead_of(document: Document) -> Document:
    return replace(document, prose=document.prose[:_LEAD])


def _words_of(document: Document) -> Words:
    """The terms of a text but for numbers, which many texts share by accident."""
    return {term: count for term, count in count_terms(document).items() if not term.isdigit()}


@lru_cache(maxsize=512)  # articles of a batch are near the same notes
def _words_of_note(note: Note) -> Words:
    return _words_of(read_document(note))


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))
