"""Small trees that mend what a weighted sum of features gets wrong: grown by boosting when the index is made.

A sum cannot say *when*: that votes of similar notes tell more where the title does not stand in the text, say. Each
tree asks the same four questions of every row, whether a feature is above a limit, and has a value for each way to
answer them. A query only looks values up (`enrich.links.model`); growing uses numpy and is done here.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from enrich.links.model import QUESTIONS, STEEPEST, Model, Tree

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

_SETS, _TREES, _STEP, _DAMPING = 4, 50, 0.3, 10.0
"""Chosen, as the lines below, on the four vaults of docs/measured.md (`benchmarks.links`)."""
_LIMITS = 31
"""Places at which a feature can be cut: with them a code has five bits."""
_SHARE_OF_FEATURES, _SHARE_OF_ROWS = 0.4, 0.25
"""Of which each tree is grown, so that they differ."""
_TRUSTED = 0.5
"""How much of the weighted sum stays: in full it leaves the trees too little to learn."""


def score_rows(model: Model, rows: Floats) -> Floats:
    """`Model.score` of each row of a matrix."""
    scores = rows @ np.asarray(model.weights) + model.intercept if len(rows) else np.zeros(0)
    if model.trees and len(rows):
        columns, limits, values = (np.asarray(part) for part in zip(*model.trees, strict=True))
        places = (rows[:, columns] > limits) @ _PLACES
        scores += values[np.arange(len(values)), places].sum(1)
    return np.asarray(scores, np.float64)


def with_trees(model: Model, rows: Floats, labels: NDArray[np.bool_], counts: Floats, seed: int = 0) -> Model:
    """``model``, damped, with trees that were grown on ``rows``: features, whether the author made the link, weight."""
    damped = Model(tuple(_TRUSTED * weight for weight in model.weights), _TRUSTED * model.intercept)
    growth = _Growth(rows, labels, counts, score_rows(damped, rows), seed)
    return Model(damped.weights, damped.intercept, tuple(growth.trees()))


_PLACES = 1 << np.arange(QUESTIONS)[::-1]
"""What the answer to each question counts in the number of a leaf."""


class _Growth:
    """Gradient boosting of the logistic loss, each feature cut into a few steps with about as many rows each."""

    def __init__(self, rows: Floats, labels: NDArray[np.bool_], counts: Floats, scores: Floats, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.labels, self.counts, self.start = labels, counts, scores
        steps = np.linspace(0, 1, _LIMITS + 2)[1:-1]
        self.limits = [np.unique(some) for some in np.quantile(rows, steps, axis=0).T]
        self.codes = np.stack(
            [np.searchsorted(limits, column) for limits, column in zip(self.limits, rows.T, strict=True)]
        )

    def trees(self) -> Iterator[Tree]:
        """Those of some sets, each grown for itself: their mean errs less than any of them."""
        for _ in range(_SETS):
            scores = self.start.copy()
            for _ in range(_TREES):
                chance = 1 / (1 + np.exp(-np.clip(scores, -STEEPEST, STEEPEST)))
                yield self._tree(scores, self.counts * (self.labels - chance), self.counts * chance * (1 - chance))

    def _tree(self, scores: Floats, slopes: Floats, bends: Floats) -> Tree:
        """One Newton step on a random choice of rows and features, so that trees differ; added to ``scores``."""
        (some,) = np.nonzero(self.random.random(len(slopes)) < _SHARE_OF_ROWS)
        features = self.random.permutation(len(self.codes))[: round(_SHARE_OF_FEATURES * len(self.codes))]
        codes, slopes, bends = self.codes[np.ix_(features, some)], slopes[some], bends[some]
        places = np.zeros(len(some), np.int64)
        asked = []
        for _ in range(QUESTIONS):
            which, step = _best_question(codes, places, slopes, bends)
            step = min(step, len(self.limits[features[which]]) - 1)
            asked.append((int(features[which]), step))
            places = 2 * places + (codes[which] > step)
        size = 1 << QUESTIONS
        values = _STEP * np.bincount(places, slopes, size) / (np.bincount(places, bends, size) + _DAMPING)
        answers = np.stack([self.codes[feature] > step for feature, step in asked], axis=1)
        scores += values[answers @ _PLACES]
        return Tree(
            tuple(feature for feature, _ in asked),
            tuple(float(self.limits[feature][step]) for feature, step in asked),
            tuple((values / _SETS).tolist()),
        )


def _best_question(codes: Codes, places: Codes, slopes: Floats, bends: Floats) -> tuple[int, int]:
    """The feature, and the step above which the answer is yes, that lower the loss most over all ``places`` so far."""
    features, size, groups = len(codes), _LIMITS + 1, int(places.max(initial=0)) + 1
    keys = (codes + (places * features + np.arange(features)[:, None]) * size).ravel()
    shape = (groups, features, size)
    below, bent = (
        np.bincount(keys, np.tile(some, features), groups * features * size).reshape(shape).cumsum(2)
        for some in (slopes, bends)
    )
    total, bend = below[..., -1:], bent[..., -1:]
    gains = below**2 / (bent + _DAMPING) + (total - below) ** 2 / (bend - bent + _DAMPING)
    which, step = divmod(int(np.argmax(gains.sum(0))), size)
    return which, step
