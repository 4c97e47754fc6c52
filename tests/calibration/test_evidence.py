"""What the check says of sixty-four sentences: floors that fail when a weight or a threshold is turned far."""

import math
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.features import Signals
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.weights import risks
from enrich.draft.run import read_context

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "fixtures" / "cases"
MARKED = {
    "number": 6, "date": 4, "name": 4, "quotation": 2, "negation": 4, "direction": 3, "role": 2, "clause": 2,
}  # fmt: skip
"""of the wrong sentences of each kind, how many are called unsupported or doubtful; one date and two roles are not."""
UNSUPPORTED = {"number": 4, "name": 4, "quotation": 2}
RANKED = 0.80
"""How often a wrong sentence has more risk than a right one, both without a quote; .84 when this was written."""


@cache
def checked() -> dict[str, list[tuple[CheckedClaim, CheckedClaim]]]:
    """By kind (``right`` for right ones) each sentence checked with its quote, and without."""
    found = defaultdict(list)
    for page in tomllib.loads((HERE / "sentences.toml").read_text("utf-8"))["page"]:
        source = read_context(CASES / page["case"]).source
        for kind, text, quote in [*(("right", *row) for row in page["right"]), *page["wrong"]]:
            assert " ".join(quote.split()) in " ".join(source.text.split())
            found[kind].append((check_claim(Claim(text, quote), source), check_claim(Claim(text), source)))
    return dict(found)


def marks(kind: str) -> int:
    """How many sentences of the kind are called unsupported or doubtful."""
    return sum(claim.verdict == "unsupported" or bool(claim.reasons) for claim, _ in checked()[kind])


def unsupported(kind: str) -> int:
    """How many sentences of the kind are called unsupported."""
    return sum(claim.verdict == "unsupported" for claim, _ in checked()[kind])


@pytest.mark.parametrize("kind", MARKED)
def test_wrong_sentences_are_marked(kind: str) -> None:
    """A reviewer is shown what a sentence says other than its quote."""
    assert marks(kind) >= MARKED[kind]


@pytest.mark.parametrize("kind", UNSUPPORTED)
def test_wrong_items_are_called_unsupported(kind: str) -> None:
    """A number, a name or a quotation that is nowhere is more than a doubt."""
    assert unsupported(kind) >= UNSUPPORTED[kind]


def test_right_sentences_are_left_alone() -> None:
    """Free wording is not called unsupported, and hardly ever marked: a reviewer would stop to look."""
    assert unsupported("right") == 0
    assert marks("right") <= 1
    assert all(claim.verdict != "unsupported" for _, claim in checked()["right"])


def test_wrong_sentences_have_more_risk() -> None:
    """Without quotes the riskiest sentences, which are shown first, are mostly wrong ones."""
    right = [claim.score for _, claim in checked()["right"]]
    wrong = [claim.score for kind in MARKED for _, claim in checked()[kind]]
    wins = sum(_win(bad, good) for bad in wrong for good in right)
    assert wins / (len(wrong) * len(right)) >= RANKED


def _win(bad: float, good: float) -> float:
    return 0.5 if bad == good else float(bad > good)


def test_every_kind_is_counted() -> None:
    """A kind that is misspelt in the set would be held to nothing."""
    assert set(checked()) == {"right", *MARKED}
    assert set(UNSUPPORTED) <= set(MARKED)


PULL = {
    "missing": (1.6, 0.5), "wordy": (1.0, -0.3), "densest": (0.6, 0.5), "retold": (0.8, 0.4), "apart": (0.7, 0.5),
    "spare": (0.5, 0.4), "figures": (1.0, 0.25), "elsewhere": (1.0, 0.15), "there": (1.0, 0.1), "names": (1.0, 0.6),
    "misplaced": (0.3, 1.0),
}  # fmt: skip
"""By how much at least a signal, raised to a value that is usual where it is there at all, moves the log-odds."""


@pytest.mark.parametrize("signal", PULL)
def test_each_signal_of_risk_pulls_its_way(signal: str) -> None:
    """A weight that was lost or turned round would let a kind of invention pass without a word."""
    value, least = PULL[signal]
    moved = _log_odds(**{signal: value}) - _log_odds()
    assert moved >= least if least > 0 else moved <= least


@pytest.mark.parametrize("kind", ["cites", "introduces", "advises", "concludes", "declines"])
def test_sentences_about_the_text_itself_carry_less_risk(kind: str) -> None:
    """What introduces, cites or advises says little that a source could lack."""
    assert _log_odds(kinds=frozenset({kind})) < _log_odds() - 0.25


def _log_odds(**raised: Any) -> float:
    """The logarithm of the odds of one sentence alone, in whose signals nothing but ``raised`` is there."""
    none: dict[str, Any] = {field.name: 0.0 for field in fields(Signals)} | {"kinds": frozenset(), "stray": False}
    (risk,) = risks([Signals(**(none | raised))])
    return math.log(risk / (1 - risk))
