"""Does the evidence check find what a source does not say?

    python -m benchmarks.grounding ../shared/grounding [--cv] [--boot 300] [--baselines]

Scores the committed table on the labelled answers and news, and on planted errors, with the scorer that lies beside the
cases. With `--cv` the answers are judged by ten tables, each fitted to the answers of the other nine tenths: the figure
to believe, since the committed table was fitted to all of them. Bootstrap intervals draw whole answers. How many
sentences are unsupported decides average precision and the riskiest fifth: both are given also as they would be with
the 6.5 % of the held-out answers. With `--baselines` simple methods show how hard these answers are beside those.
"""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.fit_evidence import FOLDS, cross_fitted, fold_of, read_labelled
from benchmarks.grounding_baselines import HELD_OUT_SHARE, at_share, rate
from benchmarks.grounding_cases import Case, load_scorer, planted_quotes, predict, prepared, read_cases
from benchmarks.grounding_evidence import found as touching
from benchmarks.grounding_evidence import trace
from enrich.check.facts.quotations import find_quotations
from enrich.text.words import split_words

SHOWN = {
    "sent_AUROC": "sentence AUROC",
    "sent_AUPRC": "average precision",
    "sent_F1": "sentence F1",
    "sent_FPR": "sentence false alarms",
    "resp_F1": "response F1",
    "rec@flag20": "unsupported within the riskiest fifth",
}
FALSE_ALARMS = 0.10
QUOTE = "quote, more"
"""Quotations altered by the scorer in every sentence of answers and sources that has one."""


def predict_crossed(cases: Sequence[Case], folder: Path) -> dict[str, Case]:
    """Every answer judged by a table that was fitted without it."""
    tables = cross_fitted(read_labelled(folder))
    found: dict[str, Case] = {}
    for fold in range(FOLDS):
        found |= predict([case for at, case in enumerate(cases) if fold_of(at) == fold], tables[fold])
    return found


def show_labelled(title: str, scorer: Any, cases: Sequence[Case], found: dict[str, Case], boot: int) -> None:
    """The scorer's figures for labelled cases, and how often the mechanical rules hit supported sentences."""
    report = scorer.score(cases, found, boot)
    print(f"{title}: {report['n_sentences']} sentences, {report['base_rate']:.1%} unsupported")
    for key, words in SHOWN.items():
        low, high = report.get("ci95", {}).get(key, (None, None))
        interval = f"  [{low:.3f}, {high:.3f}]" if low is not None else ""
        print(f"  {words:40s} {report['metrics'][key]:.3f}{interval}")
    rated = [(gold, score) for c in cases for gold, _, score, *_ in scorer.align(c, found[c["id"]]) if gold is not None]
    precision, within = at_share(rated)
    print(f"  {f'average precision at {HELD_OUT_SHARE:.1%}':40s} {precision:.3f}")
    print(f"  {f'within the riskiest fifth at {HELD_OUT_SHARE:.1%}':40s} {within:.3f}")
    print(f"  {'number, date, quote hits on supported':40s} {rule_hits(cases):.3f}")
    evidence = report["evidence"]
    print(f"  {'quotes verbatim':40s} {evidence['valid_quotes']:.3f}")
    for kind, row in evidence["gold"].items():
        print(f"  {'best evidence right, ' + kind:40s} {row['hit@1']:.3f}  (n={row['n']})")
    rows = list(trace(cases))
    for words, rest in (("by six words in a row", False), ("without those six", True)):
        right, asked = touching(rows, rest)
        print(f"  {'best evidence right, ' + words:40s} {right / asked:.3f}  (n={asked})")


def show_baselines(scorer: Any, cases: Sequence[Case]) -> None:
    """Simple methods on the same answers: AUROC, and the rest as it would be with the share of the held-out ones."""
    print(f"simple methods: AUROC, average precision and riskiest fifth at {HELD_OUT_SHARE:.1%} unsupported")
    for name, rated in rate(cases).items():
        area = scorer.auroc([label for label, _ in rated], [risk for _, risk in rated])
        precision, within = at_share(rated)
        print(f"  {name:40s} {area:.3f}  {precision:.3f}  {within:.3f}")


def rule_hits(cases: Iterable[Case]) -> float:
    """The share of supported sentences with a number, date or quotation that the source is said to lack."""
    hits = total = 0
    for case in cases:
        source = prepared(case)
        for sentence in case["sentences"]:
            if sentence["gold"] != 0:
                continue
            text = case["response"][sentence["start"] : sentence["end"]]
            figures = any(not figure.given and not figure.weak for figure in source.figures.check(text))
            quotes = (span.of(text) for span in find_quotations(text))
            hits += figures or any(len(split_words(quote)) > 1 and not source.quotes(quote) for quote in quotes)
            total += 1
    return hits / total


def show_planted(scorer: Any, cases: Sequence[Case], found: dict[str, Case]) -> None:
    """Planted errors found: by the verdict alone, and by verdict or risk at a tenth of false alarms."""
    untouched = [s for case in cases if case["kind"] == "clean" for s in found[case["id"]]["sentences"]]
    alarms = sum(not s["supported"] for s in untouched) / len(untouched)
    threshold = sorted((s["score"] for s in untouched), reverse=True)[int(FALSE_ALARMS * len(untouched))]
    print(f"planted errors: verdict at {alarms:.1%} false alarms, verdict or risk at {FALSE_ALARMS:.0%}")
    for kind in [*scorer.KINDS, QUOTE]:
        rows = [_planted(case, found) for case in cases if case["kind"] == kind]
        verdict = sum(flagged for _, flagged in rows) / len(rows)
        either = sum(flagged or score > threshold for score, flagged in rows) / len(rows)
        print(f"  {kind:20s} {verdict:.3f}  {either:.3f}  (n={len(rows)})")


def _planted(case: Case, found: dict[str, Case]) -> tuple[float, bool]:
    """Risk and verdict of the planted sentence."""
    start, end = case["plant"]["start"], case["plant"]["end"]
    touching = [s for s in found[case["id"]]["sentences"] if s["start"] < end and start < s["end"]]
    return max(s["score"] for s in touching), any(not s["supported"] for s in touching)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cv", action="store_true", help="judge each answer by a table fitted without it")
    parser.add_argument("--baselines", action="store_true", help="what simple methods reach on the same answers")
    parser.add_argument("--boot", type=int, default=0, help="bootstrap samples for 95 percent intervals")
    asked = parser.parse_args()
    scorer = load_scorer(asked.folder)
    answers = read_cases(asked.folder / "qa.train.jsonl")
    found = predict_crossed(answers, asked.folder) if asked.cv else predict(answers)
    show_labelled("answers" + (", cross-validated" if asked.cv else ""), scorer, answers, found, asked.boot)
    if asked.baselines:
        show_baselines(scorer, answers)
    news = read_cases(asked.folder / "news.train.jsonl")
    show_labelled("news", scorer, news, predict(news), asked.boot)
    planted = read_cases(asked.folder / "planted.train.jsonl")
    planted += planted_quotes(scorer, [*answers, *news, *planted], QUOTE)
    show_planted(scorer, planted, predict(planted))


if __name__ == "__main__":
    main()
