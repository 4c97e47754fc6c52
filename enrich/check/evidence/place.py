"""Place: where in a source a sentence rests, from the words themselves out to what stands around them."""

from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from enrich.check.evidence.wording import Wording
from enrich.text.span import Span

if TYPE_CHECKING:
    from enrich.check.evidence.prepared_source import PreparedSource

_BEFORE, _AFTER = 2, 1
"""Sentences around the words, besides their paragraph: `the company` is named before."""
_MOST_HERE, _MOST_AROUND = 40, 4
"""Sentences that a quote is taken to stand in, and of a paragraph that count as around one, on each side."""
_LEAD = 30
"""Characters before the words within which something may deny them."""


class Place(Struct, frozen=True, dict=True):
    """Words of a source and what stands around them."""

    source: "PreparedSource"
    parts: tuple[Span, ...]
    """The words themselves, in order."""
    numbers: tuple[int, ...]
    """The sentences that hold them."""
    around: tuple[int, ...]
    """Those, their paragraphs, and the sentences before and after."""

    @property
    def span(self) -> Span:
        """From the first part to the last."""
        return Span(self.parts[0].start, self.parts[-1].end)

    @cached_property
    def here(self) -> tuple[Wording, ...]:
        """The sentences that hold the words."""
        return tuple(self.source.wording(number) for number in self.numbers)

    @cached_property
    def near(self) -> tuple[Wording, ...]:
        """The sentences around too."""
        return tuple(self.source.wording(number) for number in self.around)

    @cached_property
    def quoted(self) -> tuple[Wording, ...]:
        """The words themselves."""
        return tuple(Wording(part.of(self.source.text), self.source.has_noun_capitals) for part in self.parts)

    @cached_property
    def led(self) -> tuple[Wording, ...]:
        """The words themselves with the few before them in their sentence, such as the `not` right before a quote."""
        text, first = self.source.text, self.source.sentences
        starts = [max(first[self.source.sentence_at(part.start)].start, part.start - _LEAD) for part in self.parts]
        spans = [Span(start, part.end) for start, part in zip(starts, self.parts, strict=True)]
        return tuple(Wording(span.of(text), self.source.has_noun_capitals) for span in spans)

    def is_near(self, offset: int) -> bool:
        """Whether the offset lies around the words."""
        number = self.source.sentence_at(offset)
        return number in self._around and offset < self.source.sentences[number].end

    @cached_property
    def _around(self) -> frozenset[int]:
        return frozenset(self.around)


def find_place(parts: Sequence[Span], source: "PreparedSource") -> Place:
    """The place of `parts` of a source."""
    held = (number for part in parts for number in source.sentences_of(part))
    numbers = sorted({number for number in islice(held, _MOST_HERE) if number < len(source.sentences)})
    around: set[int] = set()
    for number in numbers:
        paragraph = source.sentences_of(source.paragraph_at(source.sentences[number].start))
        nearest = range(max(paragraph.start, number - _MOST_AROUND), min(paragraph.stop, number + _MOST_AROUND + 1))
        around |= set(nearest)
        around |= set(range(max(0, number - _BEFORE), min(len(source.sentences), number + _AFTER + 1)))
    return Place(source, tuple(parts), tuple(numbers), tuple(sorted(around)))
