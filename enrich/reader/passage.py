"""Passages: what of a source is shown beside a sentence."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import islice

from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.facts.stems import is_function_word, stem, stems_of
from enrich.reader.statement import Statement
from enrich.text.words import split_words

NEIGHBOURS = 1
"""Sentences of the source before and after the evidence that go along: a swapped name stands there."""
ELSEWHERE = 2
"""Other places of the source that go along, for words that the evidence does not hold."""
LONGEST_EVIDENCE = 6
"""Sentences of evidence that are shown."""
_TELLING = 3
"""So many other words are worth a number or a name when those places are chosen."""


class Passages:
    """What is shown of one source; its sentences are read once."""

    def __init__(self, source: PreparedSource) -> None:
        self._source = source

    @cached_property
    def _stems(self) -> list[frozenset[str]]:
        return [stems_of(span.of(self._source.text)) for span in self._source.sentences]

    def of(self, statement: Statement) -> str:
        """The evidence with its neighbours, and the two places that hold most of what else is said; gaps as ``[…]``.

        A sentence often joins facts from several places; shown one of them only, a reader would miss the others.
        """
        if not self._source.sentences:
            return self._source.text
        chosen = self._around_evidence(statement)
        worth = _worth_of_words(statement.text)
        if not chosen:
            best = self._best(worth)
            chosen = set(self._with_neighbours(range(best or 0, (best or 0) + 1)))
        worth = self._left(worth, chosen)
        for _ in range(ELSEWHERE):
            if (best := self._best(worth)) is None:
                break
            chosen.add(best)
            worth = self._left(worth, {best})
        return self._joined(sorted(chosen))

    def _around_evidence(self, statement: Statement) -> set[int]:
        if statement.evidence is None:
            return set()
        touched = list(islice(self._source.sentences_of(statement.evidence), LONGEST_EVIDENCE))
        return set(self._with_neighbours(touched))

    def _with_neighbours(self, numbers: Sequence[int]) -> range:
        return range(max(0, numbers[0] - NEIGHBOURS), min(len(self._stems), numbers[-1] + NEIGHBOURS + 1))

    def _best(self, worth: Mapping[str, int]) -> int | None:
        """The first of the sentences that hold most of what the words are worth; None where none holds any."""
        gains = [sum(worth[held] for held in stems & worth.keys()) for stems in self._stems]
        best = max(range(len(gains)), key=lambda number: (gains[number], -number))
        return best if gains[best] else None

    def _left(self, worth: Mapping[str, int], shown: Collection[int]) -> dict[str, int]:
        held = frozenset().union(*(self._stems[number] for number in shown))
        return {word: value for word, value in worth.items() if word not in held}

    def _joined(self, numbers: Sequence[int]) -> str:
        """The sentences in the source's order; what follows one another keeps the space between."""
        parts: list[str] = []
        for number in numbers:
            start, end = self._source.sentences[number]
            if number - 1 in numbers:
                start = self._source.sentences[number - 1].end
            elif parts:
                parts.append("\n[…]\n")
            parts.append(self._source.text[start:end])
        return "".join(parts)


def _worth_of_words(text: str) -> dict[str, int]:
    """Stem of each content word → what a place that holds it is worth: a number and a name count more."""
    worth: dict[str, int] = {}
    for word in split_words(text):
        if not is_function_word(word.text):
            telling = word.text[0].isdigit() or any(map(str.isupper, word.text))
            worth[stem(word.text)] = _TELLING if telling else 1
    return worth
