"""Does `suggest-links` find the links that the author would make? Runs linkbench with our system on vaults.

    python -m benchmarks.links --linkbench ../shared/linkbench/linkbench.py VAULT… [--queries 200] [--seed 7]

For each vault: related notes in mode ``cold`` (recall@10, nDCG@10), and, unless ``--no-mentions``, mode ``mention``
(precision at recall .50, best F1, expected calibration error over the suggestions that are not links made elsewhere).
linkbench needs numpy, as training does.
"""

import argparse
import importlib.util
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from enrich.links.files import read_note
from enrich.links.index import Index, open_index
from enrich.links.suggest import Wishes, suggest_links

Row = dict[str, Any]


def main() -> None:
    """Print one table row a vault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    parser.add_argument("--linkbench", type=Path, required=True)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--mention-queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-mentions", action="store_true")
    arguments = parser.parse_args()
    linkbench = load_linkbench(arguments.linkbench)
    print("| vault | recall@10 | nDCG@10 | ECE | mention P at R .50 | best F1 | mention ECE | ms a note |")
    print("|---|---|---|---|---|---|---|---|")
    for vault in arguments.vaults:
        cells = [vault.name, *_related(linkbench, vault, arguments.queries, arguments.seed)]
        if not arguments.no_mentions:
            cells[4:4] = _mentions(linkbench, vault, arguments.mention_queries, arguments.seed)
        print("| " + " | ".join(cells) + " |", flush=True)


def load_linkbench(path: Path) -> ModuleType:
    """The benchmark's script as a module."""
    spec = importlib.util.spec_from_file_location("linkbench", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: is no Python file; give the path of linkbench.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _related(linkbench: ModuleType, vault: Path, queries: int, seed: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        rows, seconds = _run(linkbench, vault, Path(folder), "cold", queries, seed)
        scores = linkbench.score(folder, rows)["all"]
        gold = {row["query"]: row for row in linkbench.load(f"{folder}/gold.jsonl")}
    pairs = [
        (p["score"], p["target"] in {t["target"] for t in gold[row["query"]]["gold"]})
        for row in rows
        for p in row["predictions"][:10]
    ]
    return [f"{scores['R@10'][0]:.3f}", f"{scores['nDCG@10'][0]:.3f}", f"{calibration_error(pairs):.3f}",
            f"{1000 * seconds / max(1, len(rows)):.0f}"]  # fmt: skip


def _mentions(linkbench: ModuleType, vault: Path, queries: int, seed: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        rows, _ = _run(linkbench, vault, Path(folder), "mention", queries, seed)
        mention = linkbench.score(folder, rows)["mention"]
        gold = {row["query"]: row for row in linkbench.load(f"{folder}/gold.jsonl")}
    pairs = [pair for row in rows for pair in _judged(row, gold[row["query"]])]
    if "best" not in mention:
        return ["-", "-", "-"]
    return [f"{mention['at_R50'].get('P', 0.0):.3f}", f"{mention['best']['F1']:.3f}", f"{calibration_error(pairs):.3f}"]


def _judged(row: Row, gold: Row) -> Iterator[tuple[float, bool]]:
    """Score and truth of each mention; a note that is linked elsewhere in the text is neither right nor wrong."""
    right = {m["target"] for m in gold["mentions"] if m["cls"] == "inline" and m["natural"]}
    linked = {t["target"] for t in gold["gold"]}
    for prediction in row["predictions"]:
        if prediction.get("span") and (prediction["target"] in right or prediction["target"] not in linked):
            yield prediction["score"], prediction["target"] in right


def _run(linkbench: ModuleType, vault: Path, out: Path, mode: str, queries: int, seed: int) -> tuple[list[Row], float]:
    """Our predictions for every query, each inside its own fold's vault, and the seconds they took."""
    linkbench.prepare(
        argparse.Namespace(vault=str(vault), out=str(out), mode=mode, queries=queries, seed=seed, only=None, dates=None)
    )
    asked = linkbench.load(f"{out}/queries.jsonl")
    rows: list[Row] = []
    seconds = 0.0
    for fold in sorted({query["fold"] for query in asked}):
        index = open_index(out / f"fold{fold}" / "vault", out / "cache")
        started = time.perf_counter()
        rows += [_predict(index, query["query"], mode) for query in asked if query["fold"] == fold]
        seconds += time.perf_counter() - started
        index.close()
    return rows, seconds


def _predict(index: Index, path: str, mode: str) -> Row:
    text = read_note(index.root, path) or ""
    wishes = Wishes(limit=50, kind="mention" if mode == "mention" else "related")
    found = suggest_links(text, path, index, wishes=wishes)
    return {
        "query": path,
        "predictions": [
            {"target": s.path, "score": s.score, **({"span": list(s.span)} if s.span else {})} for s in found
        ],
    }


def calibration_error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """The expected calibration error: how far scores are from the share that is right, over bins of equal width."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for score, right in pairs:
        held[min(bins - 1, int(score * bins))].append((score, right))
    gaps = (abs(sum(score - right for score, right in some)) for some in held if some)
    return sum(gaps) / max(1, len(pairs))


if __name__ == "__main__":
    main()
