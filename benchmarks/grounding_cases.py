"""The cases of `../shared/grounding` as claims and sources, and the checks as the scorer reads them."""

import importlib.util
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.features import Signals
from enrich.check.evidence.judge import check_claims, measure_claims
from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.evidence.weights import TABLE, Table
from enrich.check.facts.quotations import find_quotations
from enrich.text.sentences import split_sentences

Case = dict[str, Any]


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def load_scorer(folder: Path) -> Any:
    """The scorer that lies beside the cases."""
    spec = importlib.util.spec_from_file_location("groundbench", folder / "groundbench.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "groundbench.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def prepared(case: Case) -> PreparedSource:
    """The source; the question that was answered stands where an article's headline does."""
    return PreparedSource(case["source"], headline=case.get("query") or "")


def predict(cases: Iterable[Case], table: Table = TABLE) -> dict[str, Case]:
    """Case id -> what the checker says of its sentences, in the scorer's format."""
    return {case["id"]: {"id": case["id"], "sentences": list(_checked(case, table))} for case in cases}


def _checked(case: Case, table: Table) -> Iterator[Case]:
    source, spans = prepared(case), split_sentences(case["response"])
    claims = [Claim(span.of(case["response"])) for span in spans]
    for span, check in zip(spans, check_claims(claims, source, table), strict=True):
        evidence = check.evidence
        yield {
            "start": span.start,
            "end": span.end,
            "text": check.text,
            "supported": check.verdict != "unsupported",
            "score": check.score,
            "evidence": evidence and {"start": evidence.start, "end": evidence.end, "quote": evidence.of(source.text)},
            "reasons": list(check.reasons),
        }


def planted_quotes(scorer: Any, cases: Iterable[Case], kind: str, seed: int = 7) -> list[Case]:
    """Every sentence that quotes its source, of an answer or of the source itself, once with an altered quotation.

    The scorer takes `" or "` in `"A" or "B"` for a quotation too: what it alters between two of them is left out.
    """
    planted: dict[tuple[str, str], Case] = {}
    for case in cases:
        texts = [(case["response"], span["start"], span["end"]) for span in case["sentences"] if span["gold"] == 0]
        texts += [(case["source"], *span) for span in scorer.sentences(case["source"])]
        for text, start, end in texts:
            sentence = text[start:end]
            altered = scorer._quote(sentence, case["source"], random.Random(f"{seed}:{sentence}"))
            if altered and _is_within_quotation(sentence, altered):
                plant = {"start": 0, "end": len(altered)}
                name = f"{case['id']}#{kind}#{len(planted)}"
                row = {**case, "id": name, "kind": kind, "response": altered, "plant": plant}
                planted.setdefault((case["source"], sentence), row)
    return list(planted.values())


def _is_within_quotation(sentence: str, altered: str) -> bool:
    at = next((at for at, pair in enumerate(zip(sentence, altered, strict=False)) if pair[0] != pair[1]), -1)
    return any(start <= at < end for start, end in find_quotations(sentence))


def labelled_signals(cases: Iterable[Case]) -> Iterator[tuple[Case, list[Signals], list[int]]]:
    """Each case with the signals and labels of its own sentences (1 is unsupported)."""
    for case in cases:
        sentences = [sentence for sentence in case["sentences"] if sentence["gold"] is not None]
        claims = [Claim(case["response"][sentence["start"] : sentence["end"]]) for sentence in sentences]
        yield case, measure_claims(claims, prepared(case)), [sentence["gold"] for sentence in sentences]
