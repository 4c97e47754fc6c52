"""Risk: the signals of a sentence weighed into one number.

A logistic table, fitted by `benchmarks/fit_evidence.py` to 800 answers whose unsupported sentences people marked (4,715
sentences, 702 of them unsupported). Figures of the fit and of cross-validation are in docs/measured.md.
"""

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from enrich.check.evidence.features import KINDS, Signals

MEASURED = (
    "missing",
    "wordy",
    "densest",
    "retold",
    "apart",
    "spare",
    "figures",
    "elsewhere",
    "there",
    "names",
    "misplaced",
)
"""Signals that count as they are."""


class Table(Struct, frozen=True):
    """A fitted table."""

    intercept: float
    weights: Mapping[str, float]
    """What each signal adds to the logarithm of the odds that a sentence is unsupported, for one unit of the signal."""
    threshold: float
    """Risk from which a sentence is called unsupported. Ranking carries over to other texts better than this number
    does: show the riskiest first."""


TABLE = Table(
    intercept=-4.80,
    weights={
        "missing": 1.10,
        "wordy": -0.60,
        "densest": 1.89,
        "retold": 1.11,
        "apart": 1.42,
        "spare": 1.69,
        "figures": 0.54,
        "elsewhere": 0.39,
        "there": 0.27,
        "names": 1.31,
        "misplaced": 8.61,
        "cites": -1.00,
        "introduces": -1.93,
        "advises": -0.56,
        "concludes": -0.96,
        "declines": -0.99,
        "lists": 0.40,
        "scattered before": 0.84,
        "scattered after": 1.22,
        "scattered around": -1.81,
        "addresses around": -0.95,
    },
    threshold=0.55,
)
"""As `python -m benchmarks.fit_evidence` prints it; the threshold is not fitted there but kept."""


_STRAY_FROM = 0.3
"""Risk from which a stray sentence is called unsupported."""


def risks(signals: Sequence[Signals], table: Table = TABLE) -> list[float]:
    """The risk, 0 to 1, of each sentence of one text, in order."""
    weighted = (1 / (1 + math.exp(-_log_odds(features, table))) for features in weighed(signals))
    return [
        max(risk, table.threshold) if signal.stray and risk >= _STRAY_FROM else risk
        for signal, risk in zip(signals, weighted, strict=True)
    ]


def _log_odds(features: Mapping[str, float], table: Table) -> float:
    return table.intercept + sum(table.weights[name] * value for name, value in features.items())


def weighed(signals: Sequence[Signals]) -> list[dict[str, float]]:
    """What the table weighs: a sentence's own signals, and those of the sentences before, after and around it.

    Unsupported sentences come in runs; a text that is freely worded throughout is no more suspect for it, and one that
    addresses its reader takes fewer facts from elsewhere.
    """
    scattered = [signal.scattered for signal in signals]
    addresses = [float("addresses" in signal.kinds) for signal in signals]
    around, addressed = _means_of_others(scattered), _means_of_others(addresses)
    return [
        {
            **{name: getattr(signal, name) for name in MEASURED},
            **{kind: float(kind in signal.kinds) for kind in KINDS if kind != "addresses"},
            "scattered before": scattered[max(0, at - 1)],
            "scattered after": scattered[min(len(signals) - 1, at + 1)],
            "scattered around": around[at],
            "addresses around": addressed[at],
        }
        for at, signal in enumerate(signals)
    ]


def _means_of_others(values: Sequence[float]) -> Sequence[float]:
    """For each value the mean of all others; of a single one itself."""
    total = math.fsum(values)
    return [(total - value) / (len(values) - 1) for value in values] if len(values) > 1 else values
