"""What the simplest methods reach on the cases of `../shared/grounding`, by which two sets of cases can be compared."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from benchmarks.grounding_cases import Case, prepared
from enrich.check.evidence.claim import Claim
from enrich.check.evidence.judge import measure_claims

Rated = list[tuple[int, float]]
"""Of each sentence whether it is unsupported, and the risk that a method gives it."""
HELD_OUT_SHARE = 0.065
"""Of the sentences of the held-out answers that the README of the cases speaks of are unsupported."""


def rate(cases: Sequence[Case]) -> Mapping[str, Rated]:
    """Method -> the sentences of the cases with its risk."""
    rows = list(_sentences(cases))
    signals = [measure_claims([Claim(text)], source)[0] for text, _, source, _ in rows]
    methods: dict[str, Callable[[int], float]] = {
        "word pairs that the source lacks": lambda at: _pairs_lacking(rows[at][0], rows[at][1]),
        "numbers, dates, quotes not in source": lambda at: float(signals[at].figures > 0),
        "names not in source": lambda at: float(signals[at].names > 0),
    }
    return {name: [(row[3], risk(at)) for at, row in enumerate(rows)] for name, risk in methods.items()}


def _sentences(cases: Sequence[Case]) -> Iterator[tuple[str, frozenset[tuple[str, str]], Any, int]]:
    for case in cases:
        source, pairs = prepared(case), frozenset(_word_pairs(case["source"]))
        for sentence in case["sentences"]:
            if sentence["gold"] is not None:
                yield case["response"][sentence["start"] : sentence["end"]], pairs, source, sentence["gold"]


def _word_pairs(text: str) -> list[tuple[str, str]]:
    return list(pairwise(re.findall(r"\w+", text.lower())))


def _pairs_lacking(text: str, known: frozenset[tuple[str, str]]) -> float:
    pairs = _word_pairs(text)
    return sum(pair not in known for pair in pairs) / max(1, len(pairs))


def at_share(rated: Rated, share: float = HELD_OUT_SHARE, flagged: float = 0.2) -> tuple[float, float]:
    """(average precision, share of the unsupported within the riskiest fifth) if only `share` were unsupported.

    Both hang on how many sentences are unsupported; the supported ones are counted more than once to make it so.
    """
    bad = sum(label for label, _ in rated)
    weight = bad * (1 - share) / share / (len(rated) - bad)
    total = bad / share
    hits = passed = precision = within = 0.0
    for label, _ in sorted(rated, key=lambda row: -row[1]):
        passed += 1 if label else weight
        hits += label
        precision += hits / passed / bad if label else 0.0
        within = hits / bad if passed <= flagged * total else within
    return precision, within
