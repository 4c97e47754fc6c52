"""The ranking's model: logistic regression with small trees, trained on the links that the vault's author has made.

Training uses numpy and runs when the index is made; scoring is a sum over a row of numbers and imports nothing.
"""

import math
from collections.abc import Sequence
from functools import cached_property
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Row = Sequence[float]
QUESTIONS = 4
"""Of a tree: 16 answers. Chosen on the four vaults of docs/measured.md (`benchmarks.links`)."""
STEEPEST = 30.0
"""Log-odds beyond which a probability is 0 or 1 in a float's eyes: a bound that keeps `exp` from overflowing."""
_RIDGE = 30.0
"""How strongly weights are held to those before; chosen as above."""
_ROUNDS = 12
"""Newton's steps at most: a bound of time, for some five are enough."""
_TREES_AT_ONCE = 20
"""Trees between two looks at whether a row can still reach what is asked for. By hand."""
_ROWS_AT_ONCE = 64
"""Rows whose trees are asked together, which bounds the memory of their answers."""


class Tree(NamedTuple):
    """Which of `QUESTIONS` features are above their limits, and a value for each way in which they can be."""

    columns: tuple[int, ...]
    limits: tuple[float, ...]
    values: tuple[float, ...]
    """In the order of the answers read as a binary number, the first one as its highest digit."""


class Model(Struct, frozen=True, dict=True):
    """Weights for the raw features, in the order in which these come, the intercept, and trees that add to it."""

    weights: tuple[float, ...]
    intercept: float
    trees: tuple[Tree, ...] = ()

    def score(self, row: Row, least: float = -math.inf) -> float:
        """The log-odds that the author would make this link; a bound for them where that is below ``least``."""
        score: float = self.intercept + sum(map(mul, self.weights, row))
        for some, most in self._stages:
            if score + most < least:
                return score + most
            for (a, b, c, d), (first, second, third, fourth), values in some:
                score += values[8 * (row[a] > first) + 4 * (row[b] > second) + 2 * (row[c] > third) + (row[d] > fourth)]
        return score

    @cached_property
    def _stages(self) -> list[tuple[tuple[Tree, ...], float]]:
        """Some trees at a time, with the most that they and those behind them add."""
        stages: list[tuple[tuple[Tree, ...], float]] = []
        most = 0.0
        for start in reversed(range(0, len(self.trees), _TREES_AT_ONCE)):
            some = self.trees[start : start + _TREES_AT_ONCE]
            most += sum(max(tree.values) for tree in some)
            stages.append((some, most))
        return stages[::-1]

    def probability(self, row: Row) -> float:
        """How likely the author would make this link, from 0 to 1."""
        return sigmoid(self.score(row))

    def widened(self, features: int) -> "Model":
        """The same for rows with more features at their end, which it knows nothing of."""
        return replace(self, weights=(*self.weights, *(0.0 for _ in range(features - len(self.weights)))))


def log_odds(probability: float) -> float:
    """The inverse of `sigmoid`; without bounds outside of 0 to 1."""
    if not 0.0 < probability < 1.0:
        return math.inf if probability >= 1.0 else -math.inf
    return math.log(probability / (1.0 - probability))


def sigmoid(value: float) -> float:
    """The logistic function, safe for large values."""
    return 1.0 / (1.0 + math.exp(-max(-STEEPEST, min(STEEPEST, value))))


def train_model(
    rows: "Sequence[Row] | NDArray[np.float64]",
    labels: "Sequence[bool] | NDArray[np.bool_]",
    pretrained: Model | None = None,
    ridge: float = _RIDGE,
    counts: "Sequence[float] | NDArray[np.float64] | None" = None,
) -> Model:
    """The ridge-penalised maximum likelihood fit (Newton's method on standardised features).

    The penalty draws the weights towards those of ``pretrained``, else towards nothing. ``counts`` says for how many
    rows each one stands. Rows all have the same length; both labels must occur, else ValueError.
    """
    import numpy as np

    features, wanted = np.asarray(rows, np.float64), np.asarray(labels, np.float64)
    if not 0 < wanted.sum() < len(wanted):
        raise ValueError("training needs links that were made and links that were not")
    mean, spread = features.mean(0), features.std(0)
    spread[spread < 1e-9] = 1.0
    design = np.hstack([(features - mean) / spread, np.ones((len(features), 1))])
    shares = np.ones(len(wanted)) if counts is None else np.asarray(counts, np.float64)
    penalty = np.full(design.shape[1], ridge)
    penalty[-1] = 1e-6
    centre = np.zeros(design.shape[1])
    if pretrained is not None:
        centre[:-1] = np.asarray(pretrained.weights) * spread
    weights = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(np.einsum("ij,j->i", design, weights), -STEEPEST, STEEPEST)))
        slope = np.einsum("ij,i->j", design, shares * (wanted - chance)) - penalty * (weights - centre)
        curvature = _gram(design, np.maximum(shares * chance * (1 - chance), 1e-6)) + np.diag(penalty)
        step = np.linalg.solve(curvature, slope)
        weights += step
        if np.abs(step).max() < 1e-4:
            break
    raw = weights[:-1] / spread
    return Model(tuple(float(weight) for weight in raw), float(weights[-1] - raw @ mean))


def _gram(design: "NDArray[np.float64]", counts: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """``design.T @ diag(counts) @ design``, a few rows at a time.

    As one product it would be shared among threads that wait for each other longer than they compute: on a busy machine
    that took four times the processor time and more.
    """
    import numpy as np

    rest = -len(design) % _ROWS_AT_ONCE
    rows = np.pad(design, ((0, rest), (0, 0))).reshape(-1, _ROWS_AT_ONCE, design.shape[1])
    weighed = rows * np.pad(counts, (0, rest)).reshape(-1, _ROWS_AT_ONCE, 1)
    return np.asarray(np.matmul(weighed.transpose(0, 2, 1), rows).sum(0))
