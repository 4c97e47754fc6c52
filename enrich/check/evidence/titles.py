"""Titles: they have no marks, so that numbers come in pieces, and rest on no words of their own."""

import re
from collections.abc import Iterator

from enrich.check.evidence.directions import find_turns
from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.evidence.problem import Problem
from enrich.check.evidence.wording import Wording
from enrich.check.facts.stems import is_function_word, stem
from enrich.text.pattern import lazy_pattern
from enrich.text.words import split_words

_PIECE = lazy_pattern(r"[^\W_]+")
_GROUPED = lazy_pattern(r"\d{1,3}(?:[,.\s]\d{3})+(?!\d)")
_ALIKE = 0.25
"""Share of the words around two opposites that must agree."""


def find_title_problems(title: str, source: PreparedSource) -> Iterator[Problem]:
    """Numbers that the source has nowhere and, as doubts, directions that it has turned round."""
    yield from _numbers(title, source)
    given = [Wording(source.headline)]
    match = source.index.nearest([stem(word.text) for word in split_words(title) if not is_function_word(word.text)])
    if match is not None:
        given += [source.wording(number) for number in source.sentences_of(match.span)]
    for turn in find_turns(Wording(title), given):
        if turn.shared >= _ALIKE:
            yield Problem(turn.word, f"“{turn.word}”: the source says “{turn.opposite}”", sure=False)


def _numbers(title: str, source: PreparedSource) -> Iterator[Problem]:
    """Piece by piece: `4 2` of 4.2, `4000` of 4,000."""
    pieces = [word for word in _PIECE.findall(title) if any(map(str.isdigit, word))]
    if not pieces:
        return
    text = f"{source.text}\n{source.headline}\n{source.published or ''}".casefold()
    held = {*_PIECE.findall(text), *(re.sub(r"\D", "", number) for number in _GROUPED.findall(text))}
    given = {check.text.casefold() for check in source.figures.check(title) if check.given}
    for piece in pieces:
        if piece.casefold() not in held and not any(piece.casefold() in _PIECE.findall(text) for text in given):
            yield Problem(piece, f"number {piece} is not in the source")
