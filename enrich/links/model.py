"""The ranking's model: logistic regression, trained on the links that the vault's author has made.

Training uses numpy and runs when the index is made; scoring is a sum over a row of numbers and imports nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Row = Sequence[float]
_RIDGE, _ROUNDS, _STEEPEST = 30.0, 12, 30.0
_CERTAIN = 1e-9
_ROWS_AT_ONCE = 64


@dataclass(frozen=True)
class Model:
    """Weights for the raw signals, in the order in which the signals come, and the intercept."""

    weights: tuple[float, ...]
    intercept: float

    def probability(self, row: Row) -> float:
        """How likely the author would make this link, from 0 to 1."""
        return sigmoid(self.intercept + sum(map(mul, self.weights, row)))

    def widened(self, signals: int) -> "Model":
        """The same for rows with more signals at their end, which it knows nothing of."""
        return Model((*self.weights, *(0.0 for _ in range(signals - len(self.weights)))), self.intercept)


def log_odds(probability: float) -> float:
    """The inverse of `sigmoid`, cut where a probability is as good as certain."""
    return math.log(max(probability, _CERTAIN) / max(1 - probability, _CERTAIN))


def sigmoid(value: float) -> float:
    """The logistic function, safe for large values."""
    return 1.0 / (1.0 + math.exp(-max(-_STEEPEST, min(_STEEPEST, value))))


def train_model(
    rows: "Sequence[Row] | NDArray[np.float64]",
    labels: "Sequence[bool] | NDArray[np.bool_]",
    prior: Model | None = None,
    ridge: float = _RIDGE,
    unmade: float = 1.0,
) -> Model:
    """The ridge-penalised maximum likelihood fit (Newton's method on standardised signals).

    The penalty draws the weights towards those of ``prior``, else towards nothing. A row without a link counts
    ``unmade`` times: a sample of them stands for all. Rows all have the same length; both labels must occur, else
    ValueError.
    """
    import numpy as np

    signals, wanted = np.asarray(rows, np.float64), np.asarray(labels, np.float64)
    if not 0 < wanted.sum() < len(wanted):
        raise ValueError("training needs links that were made and links that were not")
    mean, spread = signals.mean(0), signals.std(0)
    spread[spread < 1e-9] = 1.0
    design = np.hstack([(signals - mean) / spread, np.ones((len(signals), 1))])
    counts = np.where(wanted > 0, 1.0, unmade)
    penalty = np.full(design.shape[1], ridge)
    penalty[-1] = 1e-6
    centre = np.zeros(design.shape[1])
    if prior is not None:
        centre[:-1] = np.asarray(prior.weights) * spread
    weights = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(np.einsum("ij,j->i", design, weights), -_STEEPEST, _STEEPEST)))
        slope = np.einsum("ij,i->j", design, counts * (wanted - chance)) - penalty * (weights - centre)
        curvature = _gram(design, np.maximum(counts * chance * (1 - chance), 1e-6)) + np.diag(penalty)
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
