"""Fit the table of weights of the evidence check to answers that people labelled, and print it.

    python -m benchmarks.fit_evidence ../shared/grounding

Reads `qa.train.jsonl`. A logistic regression with a ridge, fitted by Newton's method. The threshold is not fitted: the
F1 of whole answers hardly changes from 0.4 to 0.7, and at 0.55 one untouched summary sentence in ten is called
unsupported.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.grounding_cases import Case, labelled_signals, read_cases
from enrich.check.evidence.features import Signals
from enrich.check.evidence.weights import TABLE, Table, weighed

RIDGE = 1.0
FOLDS = 10
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """One answer: the signals and labels of its sentences."""

    case: Case
    signals: list[Signals]
    labels: list[int]


def read_labelled(folder: Path) -> list[Labelled]:
    """The labelled answers that the table is fitted to."""
    return [Labelled(*row) for row in labelled_signals(read_cases(folder / "qa.train.jsonl"))]


def fit(answers: Sequence[Labelled]) -> Table:
    """The table for these answers."""
    rows = [features for answer in answers for features in weighed(answer.signals)]
    names = list(rows[0])
    values = np.array([[row[name] for name in names] for row in rows], dtype=np.float64)
    labels = np.array([label for answer in answers for label in answer.labels], dtype=np.float64)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    coefficients = _newton((values - mean) / spread, labels)
    weights = coefficients[1:] / spread
    intercept = float(coefficients[0] - (weights * mean).sum())
    return Table(intercept, {name: float(weight) for name, weight in zip(names, weights, strict=True)}, TABLE.threshold)


def _newton(values: Vector, labels: Vector, steps: int = 25) -> Vector:
    design = np.hstack([np.ones((len(values), 1)), values])
    penalty = np.diag([0.0] + [RIDGE] * values.shape[1])
    coefficients = np.zeros(design.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-design @ coefficients))
        gradient = design.T @ (labels - chance) - penalty @ coefficients
        curvature = design.T @ (design * (chance * (1 - chance))[:, None]) + penalty
        coefficients = coefficients + np.linalg.solve(curvature, gradient)
    return coefficients


def fold_of(position: int) -> int:
    """The fold of the answer at `position`: neighbours in the file go to different folds."""
    return position % FOLDS


def cross_fitted(answers: Sequence[Labelled]) -> list[Table]:
    """One table a fold, fitted to the other folds."""
    return [fit([answer for at, answer in enumerate(answers) if fold_of(at) != fold]) for fold in range(FOLDS)]


def main() -> None:
    """Print the table as it stands in `enrich/check/evidence/weights.py`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    table = fit(read_labelled(parser.parse_args().folder))
    print(f"TABLE = Table(\n    intercept={table.intercept:.2f},\n    weights={{")
    for name, weight in table.weights.items():
        print(f'        "{name}": {weight:.2f},')
    print(f"    }},\n    threshold={table.threshold},\n)")


if __name__ == "__main__":
    main()
