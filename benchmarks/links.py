"""Does `suggest-links` find the links that the author would make? Runs linkbench with our system on vaults.

    python -m benchmarks.links --linkbench ../shared/linkbench/linkbench.py VAULT… [--queries 200] [--seed 7]

For each vault: related notes in mode ``cold`` (recall@10, nDCG@10), and, unless ``--no-mentions``, mode ``mention``
(precision at recall .50, best F1, expected calibration error over the suggestions that are not links made elsewhere).
``--bm25`` and ``--minilm FOLDER`` add rows of what simple methods find in mode ``cold``; FOLDER gets MiniLM's
environment (some 200 MB) and its vectors. ``--meaning FOLDER`` adds a row of ours with MiniLM as the embedding model.
linkbench needs numpy, as training does.
"""

import argparse
import importlib.util
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.links_baselines import MiniLm, Ranked, rank_by_bm25, rank_by_minilm
from enrich.links.index import Index, open_index
from enrich.links.meaning import Vectors, vector_file
from enrich.links.suggest import LinkKind, Wishes, suggest_links
from enrich.vault.file import read_text
from enrich.vault.note import parse_note

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
    parser.add_argument("--bm25", action="store_true")
    parser.add_argument("--minilm", type=Path, metavar="FOLDER")
    parser.add_argument("--meaning", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    linkbench = load_linkbench(arguments.linkbench)
    print("| vault | method | recall@10 | nDCG@10 | ECE | mention P at R .50 | best F1 | mention ECE | ms a note |")
    print("|---|---|---|---|---|---|---|---|---|")
    for vault in arguments.vaults:
        for cells in _table(linkbench, vault, arguments):
            print("| " + " | ".join((vault.name, *cells)) + " |", flush=True)


def _table(linkbench: ModuleType, vault: Path, arguments: argparse.Namespace) -> Iterator[list[str]]:
    """A row for our ranking and for each simple method that is asked for."""
    queries, seed = arguments.queries, arguments.seed
    for name, embedder in _systems(arguments):
        cells = [name, *_related(linkbench, vault, queries, seed, embedder)]
        asked = arguments.mention_queries
        cells[4:4] = "---" if arguments.no_mentions else _mentions(linkbench, vault, asked, seed, embedder)
        yield cells
    with tempfile.TemporaryDirectory() as folder:
        asked = _prepare(linkbench, vault, Path(folder), "cold", queries, seed)
        for name, rows in _simple(Path(folder), asked, arguments):
            scores = linkbench.score(folder, rows)["all"]
            yield [name, f"{scores['R@10'][0]:.3f}", f"{scores['nDCG@10'][0]:.3f}", *"-----"]


def _systems(arguments: argparse.Namespace) -> Iterator[tuple[str, MiniLm | None]]:
    yield "suggest-links", None
    if arguments.meaning:
        yield "suggest-links with MiniLM", MiniLm(arguments.meaning)


def _simple(out: Path, asked: list[Row], arguments: argparse.Namespace) -> Iterator[tuple[str, list[Row]]]:
    if arguments.bm25:
        rows = []
        for index, paths in _folds(out, asked):
            rows += [_row(path, rank_by_bm25(index, path, read_text(index.root / path))) for path in paths]
        yield "BM25", rows
    if arguments.minilm:
        minilm, rows = MiniLm(arguments.minilm), []
        for fold in sorted({query["fold"] for query in asked}):
            paths = [query["query"] for query in asked if query["fold"] == fold]
            ranked = rank_by_minilm(out / f"fold{fold}" / "vault", paths, minilm)
            rows += [_row(path, some) for path, some in zip(paths, ranked, strict=True)]
        yield "MiniLM", rows


def _row(path: str, ranked: Ranked) -> Row:
    return {"query": path, "predictions": [{"target": target, "score": score} for target, score in ranked]}


def load_linkbench(path: Path) -> ModuleType:
    """The benchmark's script as a module."""
    spec = importlib.util.spec_from_file_location("linkbench", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: is no Python file; give the path of linkbench.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _related(linkbench: ModuleType, vault: Path, queries: int, seed: int, embedder: MiniLm | None) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        asked = _prepare(linkbench, vault, Path(folder), "cold", queries, seed)
        rows, seconds = _run(Path(folder), asked, "related", embedder)
        scores = linkbench.score(folder, rows)["all"]
        gold = {row["query"]: row for row in linkbench.load(f"{folder}/gold.jsonl")}
    pairs = [
        (p["score"], p["target"] in {t["target"] for t in gold[row["query"]]["gold"]})
        for row in rows
        for p in row["predictions"][:10]
    ]
    return [f"{scores['R@10'][0]:.3f}", f"{scores['nDCG@10'][0]:.3f}", f"{calibration_error(pairs):.3f}",
            f"{1000 * seconds / max(1, len(rows)):.0f}"]  # fmt: skip


def _mentions(linkbench: ModuleType, vault: Path, queries: int, seed: int, embedder: MiniLm | None) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        asked = _prepare(linkbench, vault, Path(folder), "mention", queries, seed)
        rows, _ = _run(Path(folder), asked, "mention", embedder)
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


def _run(out: Path, asked: list[Row], kind: LinkKind, embedder: MiniLm | None) -> tuple[list[Row], float]:
    """Our predictions for every query, each inside its own fold's vault, and the seconds they took."""
    rows: list[Row] = []
    seconds = 0.0
    for index, paths in _folds(out, asked, embedder):
        started = time.perf_counter()
        rows += [_predict(index, path, kind) for path in paths]
        seconds += time.perf_counter() - started
    return rows, seconds


def _prepare(linkbench: ModuleType, vault: Path, out: Path, mode: str, queries: int, seed: int) -> list[Row]:
    """Let linkbench take the links out; what it asks, each with the number of its fold."""
    with redirect_stdout(sys.stderr):
        linkbench.prepare(
            argparse.Namespace(
                vault=str(vault), out=str(out), mode=mode, queries=queries, seed=seed, only=None, dates=None
            )
        )
    return list(linkbench.load(f"{out}/queries.jsonl"))


def _folds(out: Path, asked: list[Row], embedder: MiniLm | None = None) -> Iterator[tuple[Index, list[str]]]:
    """The index of each fold's vault, with the paths that are asked in it."""
    for fold in sorted({query["fold"] for query in asked}):
        root, cache = out / f"fold{fold}" / "vault", out / "cache"
        vectors = Vectors(vector_file(root, cache), embedder, lambda _: None) if embedder else None
        index = open_index(root, cache, vectors=vectors)
        yield index, [query["query"] for query in asked if query["fold"] == fold]
        index.close()


def _predict(index: Index, path: str, kind: LinkKind) -> Row:
    text = read_text(index.root / path)
    found = suggest_links(parse_note(path, text), index, wishes=Wishes(limit=50, kind=kind))
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
