"""A sentence beside the words of the source that it rests on: what it adds, exchanges and turns round.

A writer's quote is often narrower than the sentence. So a sentence is compared with the whole sentences that hold the
quote, with one or two further places from which it clearly takes words as well, and with what stands around them.
Two names in each other's place make it unsupported; every other difference is a doubt, for meaning needs a reader.
"""

from collections.abc import Collection, Iterator, Sequence

from enrich.check.evidence.date_shifts import find_shifted
from enrich.check.evidence.directions import Turn, find_turns
from enrich.check.evidence.figure_check import FigureCheck
from enrich.check.evidence.modality import find_added_cause, find_surer
from enrich.check.evidence.negation import find_clashes, find_dropped
from enrich.check.evidence.otherwise import find_otherwise
from enrich.check.evidence.place import Place, find_place
from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.evidence.problem import Problem
from enrich.check.evidence.roles import find_inferred, find_misplaced
from enrich.check.evidence.wording import Wording
from enrich.check.facts.stems import stem
from enrich.text.span import Span, covers

_FURTHER_PLACES = 2
"""A bound of time: hardly a sentence takes from more than three places."""
_TELLING = 0.5
"""Rarity from which a word shows that a sentence takes from a place."""
_TAKEN = 2
"""How many such words it must take."""
_ALIKE, _CLEARLY_ALIKE = 0.25, 0.6
"""Share of the words around two opposites that must agree, in the quote and elsewhere in its sentence."""
_CLOSE = 0.4
"""Share of the words of a sentence, each by its rarity, that are the quote's: with .4 five of nine right sentences
that an opposite marked are left alone, and no wrong one of three."""
_WHOLE = 0.75
"""Share of the words of a sentence, each by its rarity, that stand nowhere around its evidence: from there on it rests
on nothing. Of 0.6 to 0.8 the one that marks most invented sentences and no right one more (`benchmarks.own_quotes`)."""


def compare(
    said: Wording,
    parts: Sequence[Span],
    source: PreparedSource,
    figures: Sequence[FigureCheck],
    known: Collection[str] = (),
) -> list[Problem]:
    """The differences between a sentence and the `parts` of the source that it is said to rest on.

    ``figures`` are the numbers and dates found in the sentence; ``known`` words, in bare form, need no evidence.
    """
    own = find_place(parts, source)
    place = _widened(said, own)
    is_close = _is_close(said, own)
    return [
        *find_clashes(said, own.led, place.here),
        *(_turned_round(said, own) if is_close else ()),
        *find_misplaced(said, own, place, known),
        *find_otherwise(said, figures, own, place),
        *find_shifted(said, figures, own),
        *(find_surer(said, place.here) if is_close else ()),
        *find_added_cause(said, place.here),
        *_unborne(said, place, known, figures),
    ]


def compare_inference(
    said: Wording, parts: Sequence[Span], source: PreparedSource, figures: Sequence[FigureCheck]
) -> list[Problem]:
    """Where an inference turns round what its `parts` of the source say.

    It may go beyond them, be surer, deny what they leave open and speak of other names, so that is not asked.
    """
    own = find_place(parts, source)
    place = _widened(said, own)
    quoted = [turn for turn in find_turns(said, own.led) if turn.shared >= _ALIKE] if _is_close(said, own) else []
    problems = [
        *find_dropped(said, own.led),
        *(_turned(turn) for turn in quoted),
        *find_inferred(said, own, place),
        *find_otherwise(said, figures, own, own),
        *find_shifted(said, figures, own),
    ]
    return [problem._replace(sure=False) for problem in problems]


def _widened(said: Wording, place: Place) -> Place:
    """The place with one or two more, where the sentence takes more from there than a name or a number."""
    named = {word.start for name in said.names for word in name.words}
    for _ in range(_FURTHER_PLACES):
        here = frozenset[str]().union(*(wording.root_set for wording in place.here))
        lacking = [at for at, root in enumerate(said.roots) if root and root not in here]
        match = place.source.index.nearest([stem(said.words[at].text) for at in lacking])
        if match is None:
            break
        numbers = place.source.sentences_of(match.span)
        there = frozenset[str]().union(*(place.source.wording(number).root_set for number in numbers))
        taken = [at for at in lacking if said.roots[at] in there and said.weights[at] > _TELLING]
        words = [said.words[at] for at in taken]
        if sum(word.start not in named and not word.text[0].isdigit() for word in words) < _TAKEN:
            break
        place = find_place([*place.parts, match.span], place.source)
    return place


def _turned_round(said: Wording, own: Place) -> Iterator[Problem]:
    """Where the sentence says up and its evidence down: in the quote, or beside it among nearly the same words."""
    in_quote = {(turn.word, turn.opposite) for turn in find_turns(said, own.led) if turn.shared >= _ALIKE}
    for turn in find_turns(said, own.here):
        if (turn.word, turn.opposite) in in_quote or turn.shared >= _CLEARLY_ALIKE:
            yield _turned(turn)


def _is_close(said: Wording, own: Place) -> bool:
    """Whether the sentence is worded nearly as its quote, so that one word against another tells something."""
    there = frozenset[str]().union(*(wording.root_set for wording in own.quoted))
    rows = zip(said.roots, said.weights, strict=True)
    return sum(weight for root, weight in rows if root in there) >= _CLOSE * sum(said.weights)


def _turned(turn: Turn) -> Problem:
    return Problem(turn.word, f"“{turn.word}”: the source says “{turn.opposite}”", sure=False)


def _unborne(said: Wording, place: Place, known: Collection[str], figures: Sequence[FigureCheck]) -> Iterator[Problem]:
    """A sentence that the evidence hardly bears out at all; of one clause alone only a reader can tell."""
    near = frozenset[str]().union(*(wording.root_set for wording in place.near))
    compared = [figure.span for figure in figures]
    missing = [
        at
        for at, (word, root) in enumerate(zip(said.words, said.roots, strict=True))
        if root and root not in near and said.plain[at] not in known and not covers(compared, word.start)
    ]
    if missing and sum(said.weights[at] for at in missing) > _WHOLE * sum(said.weights):
        first = said.words[missing[0]].text
        yield Problem(first, "hardly a word of it is in the words given as evidence", sure=False)
