"""Freely worded sentences, right and wrong: what the check says of each kind, with its quote and without.

    python -m benchmarks.worded tests/calibration/worded.toml [--misses]
    python -m benchmarks.worded SHARED/worded/worded.dev.jsonl --articles SHARED/articles [--misses]

`marked` is what a reviewer sees, called unsupported or doubtful; `unread` is no mark. The first file is the project's
own, written before the rules that it measures; what is left out of `tests/calibration` decides.
"""

import argparse
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

_RIGHT = ("right", "inferred")


@dataclass(frozen=True)
class Row:
    """One sentence with what is known of it."""

    kind: str
    right: bool
    claim: Claim
    source: PreparedSource


def main() -> None:
    """Read the rows, check each, print a line a kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=Path, help="The pages that a .jsonl file is about.")
    parser.add_argument("--misses", action="store_true", help="Print each right sentence marked, each wrong one not.")
    asked = parser.parse_args()
    rows = list(_read_toml(asked.file) if asked.file.suffix == ".toml" else _read_lines(asked.file, asked.articles))
    for quoted in (True, False):
        _report(rows, quoted, asked.misses and quoted)


def _read_toml(file: Path) -> Iterator[Row]:
    for page in tomllib.loads(file.read_text("utf-8"))["page"]:
        source = PreparedSource(page["text"].strip(), page["published"], page["headline"], "en")
        for kind, text, quote in page["rows"]:
            claim = Claim(text, quote, "inference" if kind == "inferred" else "fact")
            yield Row("right" if kind in _RIGHT else kind, kind in _RIGHT, claim, source)


def _read_lines(file: Path, articles: Path) -> Iterator[Row]:
    pages = {page["id"]: page for page in json.loads((articles / "expected.json").read_text("utf-8"))}
    sources = {name: _page_source(page) for name, page in pages.items()}
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        claim = Claim(row["text"], row["quote"], row["section"])
        yield Row(
            kind="right" if row["supported"] else row["kind"],
            right=row["supported"],
            claim=claim,
            source=sources[row["page"]],
        )


def _page_source(page: dict[str, str]) -> PreparedSource:
    published = date.fromisoformat(page["published"]) if page["published"] else None
    return PreparedSource(page["text"], published, page["title"], "en")


def _report(rows: list[Row], quoted: bool, misses: bool) -> None:
    found: dict[str, list[CheckedClaim]] = defaultdict(list)
    for row in rows:
        claim = row.claim if quoted else Claim(row.claim.text, None, row.claim.kind)
        checked = check_claim(claim, row.source)
        found[row.kind].append(checked)
        if misses and _is_marked(checked) == row.right:
            print(f"{row.kind:8} {checked.verdict:11} {row.claim.text}\n    {checked.reasons}")
    print(f"{'with' if quoted else 'without'} quotes: kind, sentences, unsupported, marked")
    for kind, checks in sorted(found.items(), key=lambda item: (item[0] != "right", item[0])):
        unsupported = sum(checked.verdict == "unsupported" for checked in checks) / len(checks)
        marked = sum(map(_is_marked, checks)) / len(checks)
        print(f"  {kind:12} {len(checks):4} {unsupported:.2f} {marked:.2f}")


def _is_marked(checked: CheckedClaim) -> bool:
    return checked.verdict in ("unsupported", "doubtful")


if __name__ == "__main__":
    main()
