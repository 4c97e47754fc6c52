"""Risk: the signals of a sentence weighed into one number.

A logistic table, fitted by `benchmarks/fit_evidence.py` to 800 answers whose unsupported sentences people marked (4,715
sentences, 702 of them unsupported). Figures of the fit and of cross-validation are in the README's section on evidence.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enrich.check.signals import KINDS, Signals


@dataclass(frozen=True)
class Table:
    """A fitted table."""

    intercept: float
    weights: Mapping[str, float]
    """What each signal adds to the logarithm of the odds that a sentence is unsupported, for one unit of the signal."""
    threshold: float
    """Risk from which a sentence is called unsupported. Ranking carries over to other texts better than this number
    does: show the riskiest first."""


TABLE = Table(
    intercept=-4.47,
    weights={
        "missing": 0.68,
        "densest": 1.06,
        "strangers": 1.09,
        "retold": 1.32,
        "scattered": 0.81,
        "figures": 0.91,
        "names": 1.05,
        "cites": -0.81,
        "introduces": -1.06,
        "advises": -0.94,
        "concludes": -0.82,
        "lists": 0.49,
        "scattered before": 0.90,
        "scattered after": 1.06,
        "scattered around": -1.71,
    },
    threshold=0.45,
)


def risks(signals: Sequence[Signals], table: Table = TABLE) -> list[float]:
    """The risk, 0 to 1, of each sentence of one text, in order."""
    return [1 / (1 + math.exp(-_log_odds(features, table))) for features in weighed(signals)]


def _log_odds(features: Mapping[str, float], table: Table) -> float:
    return table.intercept + sum(table.weights[name] * value for name, value in features.items())


def weighed(signals: Sequence[Signals]) -> list[dict[str, float]]:
    """What the table weighs: a sentence's own signals, and how scattered those before, after and around it are.

    Unsupported sentences come in runs, and a text that is freely worded throughout is no more suspect for it.
    """
    scattered = [signal.scattered for signal in signals]
    return [
        {
            "missing": signal.missing,
            "densest": signal.densest,
            "strangers": signal.strangers,
            "retold": signal.retold,
            "scattered": signal.scattered,
            "figures": signal.figures,
            "names": signal.names,
            **{kind: float(kind in signal.kinds) for kind in KINDS},
            "scattered before": scattered[max(0, at - 1)],
            "scattered after": scattered[min(len(signals) - 1, at + 1)],
            "scattered around": _mean(scattered[:at] + scattered[at + 1 :], signal.scattered),
        }
        for at, signal in enumerate(signals)
    ]


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default
