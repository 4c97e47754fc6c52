"""Figures exchanged: two that the evidence has both, each among the other's words.

A writer names what a figure is of before all of them or behind all of them, `40 barges and 25 tugs`, `in Leeds 40, in
York 25`. So the words between figures belong to the one before or to the one behind, in the sentence and in its
evidence; that reading holds which finds most of them again.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from enrich.check.evidence.figure_check import FigureCheck
from enrich.check.evidence.name_context import slot_at
from enrich.check.evidence.place import Place
from enrich.check.evidence.problem import Problem
from enrich.check.evidence.wording import Wording
from enrich.text.span import Span, covers
from enrich.text.words import word_set

_GAIN = 0.5
"""By how much, in the rarity of a word, more must be found of the words around the other figure than of its own."""
_REACH = 2
"""Words on each side that are of a figure: of 2 to 6 the one with which fewest right sentences are marked."""
_CROSSED = 0.5
"""What is found is worth less where the sentence has its words on the other side: most are not turned round."""
_STEPS = word_set("by to from")
"""Words that say what a figure is of a change: `by 30 to 126`."""
_MOST_FIGURES = 12
"""Figures of one sentence that are held against each other. By hand, a bound of time."""

Words = Mapping[str, float]
"""Root -> rarity."""


class _Pair(NamedTuple):
    """Two figures of a text with the words that are of one of them alone."""

    before: tuple[Words, Words]
    after: tuple[Words, Words]
    steps: tuple[str, str]
    """The function words before them."""


def find_exchanged(said: Wording, figures: Sequence[FigureCheck], own: Place) -> Iterator[Problem]:
    """The pairs of figures of a sentence that stand in each other's place, as doubts."""
    spans = [figure.span for figure in figures]
    quoted = [figure for figure in figures if figure.given and not figure.weak][:_MOST_FIGURES]
    for first, second in combinations(quoted, 2):
        if not first.is_like(second.kind, second.units) or set(first.where) & set(second.where):
            continue
        ours, theirs = (_within(figure, own) for figure in (first, second))
        if ours and theirs:
            given = _read_source(ours, theirs, own)
            if _are_exchanged(_read(said, spans, first.span, second.span), given):
                yield Problem(first.text, f"possible swap of {first.text} and {second.text}", sure=False)


def _within(figure: FigureCheck, own: Place) -> Span | None:
    """The one place of a figure in the quote itself; none when it has several."""
    inside = {span for span in figure.where if covers(own.parts, span.start)}
    return inside.pop() if len(inside) == 1 else None


def _read_source(first: Span, second: Span, own: Place) -> _Pair:
    """The two figures in the sentences of the source that hold them."""
    source = own.source
    low, high = sorted((source.sentence_at(first.start), source.sentence_at(second.start)))
    whole = Span(source.sentences[low].start, source.sentences[high].end)
    spans = [span for _, _, span in source.figures.within([whole])]
    moved = [Span(span.start - whole.start, span.end - whole.start) for span in (first, second, *spans)]
    wording = source.wording(low) if low == high else Wording(whole.of(source.text), source.has_noun_capitals)
    return _read(wording, moved[2:], moved[0], moved[1])


def _read(wording: Wording, spans: Sequence[Span], first: Span, second: Span) -> _Pair:
    sides = [_sides(wording, spans, figure) for figure in (first, second)]
    slots = [slot_at(wording, figure) for figure in (first, second)]
    return _Pair(
        before=_apart(sides[0][0], sides[1][0]),
        after=_apart(sides[0][1], sides[1][1]),
        steps=(slots[0].preposition if slots[0] else "", slots[1].preposition if slots[1] else ""),
    )


def _sides(wording: Wording, spans: Sequence[Span], figure: Span) -> tuple[dict[str, float], dict[str, float]]:
    """The last words between the figure before and this one, and the first between it and the next."""
    last = max((span.end for span in spans if span.end <= figure.start), default=0)
    following = min((span.start for span in spans if span.start >= figure.end), default=len(wording.text))
    rows = list(zip(wording.words, wording.roots, wording.weights, strict=True))
    before = [(root, weight) for word, root, weight in rows if root and last <= word.start < figure.start]
    after = [(root, weight) for word, root, weight in rows if root and figure.end <= word.start < following]
    return dict(before[-_REACH:]), dict(after[:_REACH])


def _apart(first: Words, second: Words) -> tuple[Words, Words]:
    """The words that only one of the two has."""
    own = {root: weight for root, weight in first.items() if root not in second}
    return own, {root: weight for root, weight in second.items() if root not in first}


def _are_exchanged(said: _Pair, given: _Pair) -> bool:
    if _have_exchanged_steps(said.steps, given.steps):
        return True
    straight = [_compare(said.before, given.before), _compare(said.after, given.after)]
    crossed = [_compare(said.before, given.after), _compare(said.after, given.before)]
    kept, turned = max([*straight, *((_CROSSED * one, _CROSSED * other) for one, other in crossed)], key=max)
    return turned >= kept + _GAIN


def _compare(said: tuple[Words, Words], given: tuple[Words, Words]) -> tuple[float, float]:
    """How much of the words is found around the same figures, and around the other: there of both, or nothing."""
    kept = _shared(said[0], given[0]) + _shared(said[1], given[1])
    across = _shared(said[0], given[1]), _shared(said[1], given[0])
    return kept, sum(across) if all(across) else 0.0


def _shared(first: Words, second: Words) -> float:
    return sum(weight for root, weight in first.items() if root in second)


def _have_exchanged_steps(said: tuple[str, str], given: tuple[str, str]) -> bool:
    """Whether one of them is behind `by`, `to` or `from` where the evidence has the other behind it."""
    if given[0] == given[1] or not _STEPS.issuperset(given):
        return False
    return said[0] == given[1] or said[1] == given[0]
