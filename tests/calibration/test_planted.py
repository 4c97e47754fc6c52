"""Sentences of the recorded cases, true and with one thing changed: no threshold moves unseen.

The figures are what the check says today. A change that means to move one renews them with ``python -m
tests.calibration.test_planted``, and says why.
"""

import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import prepare
from enrich.draft.run import read_context

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "fixtures" / "cases"
FILES = (HERE / "planted.toml", HERE / "planted_names.toml")
"""Sentences of drafts; and those of the pages themselves for the margins of names, of which drafts have few."""
FIGURES = tomllib.loads((HERE / "planted_figures.toml").read_text("utf-8"))
SPARE = 0.02
"""So far the mean risk of a kind may move; its marks may not."""


@cache
def measured() -> dict[str, dict[str, float]]:
    """By kind, how many sentences are marked, and their mean risk: with the words they rest on, and without."""
    found: dict[str, list[tuple[bool, float, bool, float]]] = defaultdict(list)
    for case in (case for file in FILES for case in tomllib.loads(file.read_text("utf-8"))["case"]):
        source = prepare(read_context(CASES / case["name"]).source)
        for kind, section, text, quote in case["rows"]:
            checks = [check_claim(Claim(text, words, section), source) for words in (quote, None)]
            marks = [check.verdict in ("unsupported", "doubtful") for check in checks]
            found[kind].append((marks[0], checks[0].score, marks[1], checks[1].score))
    return {kind: _summary(rows) for kind, rows in sorted(found.items())}


def _summary(rows: list[tuple[bool, float, bool, float]]) -> dict[str, float]:
    marked, risk, marked_without, risk_without = (sum(column) for column in zip(*rows, strict=True))
    means = {"risk": round(risk / len(rows), 4), "risk_without": round(risk_without / len(rows), 4)}
    return {"sentences": len(rows), "marked": marked, "marked_without": marked_without} | means


@pytest.mark.parametrize("kind", FIGURES)
def test_what_is_said_of_a_kind_stays(kind: str) -> None:
    """A threshold that is turned far lets a kind of error pass, or marks what is true."""
    said, today = FIGURES[kind], measured()[kind]
    assert {name: today[name] for name in today if "risk" not in name} == {
        name: said[name] for name in said if "risk" not in name
    }
    assert all(abs(today[name] - said[name]) <= SPARE for name in ("risk", "risk_without"))


def test_every_kind_is_pinned() -> None:
    """A kind that is missing in the figures would be held to nothing."""
    assert set(FIGURES) == set(measured())


if __name__ == "__main__":
    lines = [
        f'["{kind}"]\n' + "\n".join(f"{name} = {value}" for name, value in row.items())
        for kind, row in measured().items()
    ]
    (HERE / "planted_figures.toml").write_text("\n\n".join(lines) + "\n", "utf-8")
