"""Sentences of the recorded cases, true and with one thing changed: no threshold moves unseen.

The figures are what the check says today. A change that means to move one renews them with ``python -m
tests.calibration.test_planted``, and says why.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import prepare
from enrich.draft.run import read_context
from tests.calibration import test_evidence, test_worded

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "fixtures" / "cases"
FILES = (HERE / "planted.toml", HERE / "planted_names.toml")
"""Sentences of drafts; and those of the pages themselves for the margins of names, of which drafts have few."""
FIGURES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "planted_figures.toml").read_text("utf-8"))
SPARE = 0.001
"""So far the mean risk of a kind may move, for sums of floats; all else is counted."""
FORMS = (
    "is not in the source", "the source has it in", "is it a count", "calculated from", "has over", "are not in",
    "nowhere together", "the source says", "names no cause", "does not say so here", "does not deny",
    "stands elsewhere", "your quote has", "possible swap of", "hardly a word",
)  # fmt: skip
"""By what of its words a reason is told from others."""
Pair = tuple[CheckedClaim, CheckedClaim]
"""A sentence checked with the words it rests on, and without."""


@cache
def measured() -> dict[str, dict[str, Any]]:
    """What is said of the sentences of each kind, those of the two other sets too."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for kind, pair in _check_planted():
        found[kind].append(pair)
    found |= {f"freely worded, {kind}": pairs for kind, pairs in test_worded.checked().items()}
    found |= {f"by hand, {kind}": pairs for kind, pairs in test_evidence.checked().items()}
    return {kind: _summarise(pairs) for kind, pairs in sorted(found.items())}


def _check_planted() -> Iterator[tuple[str, Pair]]:
    for case in (case for file in FILES for case in tomllib.loads(file.read_text("utf-8"))["case"]):
        source = prepare(read_context(CASES / case["name"]).source)
        for kind, section, text, quote in case["rows"]:
            yield (
                kind,
                (check_claim(Claim(text, quote, section), source), check_claim(Claim(text, None, section), source)),
            )


def _summarise(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Verdicts, mean risk and reasons, with the words and without; how often the place shown without touches them."""
    figures: dict[str, Any] = {"sentences": len(pairs), "placed": sum(map(_is_placed, pairs))}
    for name, checks in zip(("with", "without"), zip(*pairs, strict=True), strict=True):
        verdicts = Counter(check.verdict for check in checks)
        forms = Counter(form for check in checks for reason in check.reasons for form in FORMS if form in reason)
        risk = sum(check.score for check in checks) / len(checks)
        figures[name] = {"risk": round(risk, 4)} | dict(sorted(verdicts.items())) | dict(sorted(forms.items()))
    return figures


def _is_placed(pair: Pair) -> bool:
    quoted, shown = (check.evidence for check in pair)
    return bool(quoted and shown and quoted.start < shown.end and shown.start < quoted.end)


@pytest.mark.parametrize("kind", FIGURES)
def test_what_is_said_of_a_kind_stays(kind: str) -> None:
    """A threshold that is turned far lets a kind of error pass, marks what is true, or shows another place."""
    said, today = FIGURES[kind], measured()[kind]
    risks = [(today[name]["risk"], said[name]["risk"]) for name in ("with", "without")]
    assert _without_risk(today) == _without_risk(said)
    assert all(abs(now - then) <= SPARE for now, then in risks)


def _without_risk(figures: dict[str, Any]) -> dict[str, Any]:
    return figures | {name: figures[name] | {"risk": 0} for name in ("with", "without")}


def test_every_kind_is_pinned() -> None:
    """A kind that is missing in the figures would be held to nothing."""
    assert set(FIGURES) == set(measured())


def _write(figures: dict[str, Any]) -> str:
    return "".join(f"{_key(name)} = {_value(value)}\n" for name, value in figures.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(name)} = {own}' for name, own in value.items())} }}"
    return str(value)


def _key(name: str) -> str:
    return name if name.isalpha() else f'"{name}"'


if __name__ == "__main__":
    text = "\n".join(f'["{kind}"]\n{_write(row)}' for kind, row in measured().items())
    (HERE / "planted_figures.toml").write_text(text, "utf-8")
