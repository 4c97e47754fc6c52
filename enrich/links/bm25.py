"""BM25's figures, for one number or for arrays of them."""

from enrich.links.note_index import IMPACT_UNIT, OneFigure

_SATURATION, _LENGTH_SHARE = 1.2, 0.75
"""The usual values: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, and Lucene's."""

HIGHEST = _SATURATION + 1
"""What a term's impact comes near to in a note that consists of it."""


def length_norm(length: OneFigure, average: float) -> OneFigure:
    """What BM25 adds to a term's count in a note of ``length`` terms."""
    return _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / max(1.0, average))


def impact(count: OneFigure, norm: OneFigure) -> OneFigure:
    """The weight of a term that stands ``count`` times in a note, for its postings; not rounded yet."""
    weight: OneFigure = IMPACT_UNIT * HIGHEST * count / (count + norm)
    return weight
