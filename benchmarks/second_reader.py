"""What a second reader adds: labelled sentences about pages, asked of an endpoint as a draft's are.

    python -m benchmarks.second_reader SENTENCES.jsonl PAGES --prompts DIR     # write the requests, ask nobody
    python -m benchmarks.second_reader SENTENCES.jsonl PAGES --base-url URL    # ask the endpoint there, print the table

SENTENCES has lines of ``page``, ``kind``, ``supported``, ``section`` (``fact`` or ``inference``), ``text`` and
``quote`` (``../shared/worded``); PAGES the pages as ``<page>.html.gz`` (``../shared/articles``). ``--each N`` takes so
many of every wrong kind, and as many right ones as wrong ones; requests, each about one page, and the sentences in them
are shuffled with a seed. No label is written into DIR.

To have it answered by hand: somebody who has not seen the labels reads the prompts of DIR and writes
``001.answer.txt`` … into a folder; ``../shared/tools/answer_endpoint.py --dir FOLDER`` serves them in order.
"""

import argparse
import gzip
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claims
from enrich.check.evidence.judgement import Kind, add_reading
from enrich.llm.client import Endpoint, LiveEngine
from enrich.llm.completion import Usage
from enrich.reader.read import ReadThrough, SecondReader
from enrich.reader.request import MOST, build_requests, split_evenly
from enrich.reader.statement import Statement
from enrich.source.decode import decode
from enrich.source.extract import source_from_reading
from enrich.source.limits import Limits
from enrich.source.reader import read_html
from enrich.source.source import Source
from enrich.vault.note_type import prompt_folders

SEED = 20261128
MARKED = ("unsupported", "doubtful")


@dataclass(frozen=True)
class Labelled:
    """One sentence and what it is."""

    key: str
    page: str
    kind: str
    supported: bool
    claim: Claim


@dataclass(frozen=True)
class Asked:
    """Sentences about one page that are asked about together."""

    rows: Sequence[Labelled]
    checks: Sequence[CheckedClaim]
    source: Source

    @property
    def statements(self) -> list[Statement]:
        """As a draft's sentences are shown."""
        pairs = zip(self.rows, self.checks, strict=True)
        return [Statement(row.key, row.claim.text, _form(row.claim.kind), check.evidence) for row, check in pairs]


def read_sentences(path: Path, each: int, seed: int) -> list[Labelled]:
    """``each`` of every wrong kind and as many right ones, all where ``each`` is 0."""
    rows = [_labelled(number, json.loads(line)) for number, line in enumerate(path.read_text("utf-8").splitlines())]
    random.Random(seed).shuffle(rows)
    if not each:
        return rows
    by_kind: dict[str, list[Labelled]] = defaultdict(list)
    for row in rows:
        by_kind["" if row.supported else row.kind].append(row)
    right = by_kind.pop("", [])
    wrong = [row for kind in sorted(by_kind) for row in by_kind[kind][:each]]
    return [*wrong, *right[: len(wrong)]]


def _labelled(number: int, row: dict[str, Any]) -> Labelled:
    kind: Kind = "fact" if row["section"] == "fact" else "inference"
    return Labelled(f"k{number}", row["page"], row["kind"], row["supported"], Claim(row["text"], row["quote"], kind))


def _form(kind: Kind) -> Any:
    return "fact" if kind == "fact" else "inference"


def gather(rows: Sequence[Labelled], pages: Path, seed: int) -> list[Asked]:
    """The requests: sentences of one page, as many in one as a draft has, in an order that says nothing."""
    chance = random.Random(seed)
    by_page: dict[str, list[Labelled]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.key):
        by_page[row.page].append(row)
    asked = []
    for page, own in sorted(by_page.items()):
        chance.shuffle(own)
        source = read_source(pages / f"{page}.html.gz")
        for part in split_evenly(own, MOST):
            asked.append(Asked(part, check_claims([row.claim for row in part], source), source))
    chance.shuffle(asked)
    return asked


@cache
def read_source(path: Path) -> Source:
    """The page as the product reads it; in this process, so that a busy machine does not end it."""
    address = _addresses(path.parent)[path.name]
    text = decode(gzip.decompress(path.read_bytes()), "").text
    return source_from_reading(read_html(text, address, date.today(), Limits().elements), address, None)


@cache
def _addresses(folder: Path) -> dict[str, str]:
    rows = json.loads((folder / "expected.json").read_text("utf-8"))
    return {f"{row['id']}.html.gz": row["url"] for row in rows}


def write_prompts(asked: Sequence[Asked], folder: Path) -> None:
    """Every request as a file, in the order in which they are asked: what a model would see, and no more."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, each in enumerate(asked, 1):
        (request,) = build_requests(each.statements, each.source, prompt_folders(None))
        parts = [f"## {message.role}\n\n{message.content}" for message in request.prompt.messages]
        (folder / f"{number:03d}.prompt.md").write_text("\n\n".join(parts) + "\n", "utf-8")


@dataclass(frozen=True)
class Outcome:
    """What became of one sentence."""

    row: Labelled
    by_machine: bool
    """Marked without the reader."""
    marked: bool
    """Marked with it."""


def measure(asked: Sequence[Asked], reader: SecondReader) -> tuple[list[Outcome], list[ReadThrough]]:
    """Each sentence with whether it is marked, and what the reader said in each request."""
    found, said = [], []
    for each in asked:
        through = reader.read(each.statements, each.source, lambda engine, prompt: engine.complete(prompt, _hear))
        said.append(through)
        for row, check in zip(each.rows, each.checks, strict=True):
            reading = through.readings.get(row.key)
            read = check if reading is None else add_reading(check, reading)
            found.append(Outcome(row, check.verdict in MARKED, read.verdict in MARKED))
            print(f"{row.key} {row.kind} {reading.meaning if reading else 'unread'}", file=sys.stderr)
    return found, said


def _hear(_piece: str) -> None:
    """Nobody waits for the pieces of an answer."""


def print_table(found: Sequence[Outcome], said: Sequence[ReadThrough]) -> None:
    """The share that is marked, by kind; what was asked and not believed."""
    print("| sentences | n | marked by the machine | with the reader |\n|---|---|---|---|")
    for name, rows in _groups(found):
        without = sum(row.by_machine for row in rows) / len(rows)
        print(f"| {name} | {len(rows)} | {without:.2f} | {sum(row.marked for row in rows) / len(rows):.3f} |")
    usage = sum((through.usage for through in said), Usage())
    dropped = sum(bool(through.missed) for through in said)
    print(f"\n{len(said)} requests, {dropped} of them not believed;", end=" ")
    print(f"{usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens")


def _groups(found: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    for right, name in ((True, "right"), (False, "wrong")):
        rows = [each for each in found if each.row.supported is right]
        if rows:
            yield f"**{name}**", rows
        for kind in sorted({each.row.kind for each in rows}):
            yield f"{name}: {kind}", [each for each in rows if each.row.kind == kind]


def main() -> None:
    """Write the requests, or ask them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--prompts", type=Path)
    parser.add_argument("--base-url")
    parser.add_argument("--model", default="by-hand")
    parser.add_argument("--each", type=int, default=0, help="of every wrong kind; 0: all sentences")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    asked = gather(read_sentences(given.sentences, given.each, given.seed), given.pages, given.seed)
    if given.prompts:
        write_prompts(asked, given.prompts)
    if given.base_url:
        endpoint = Endpoint(given.base_url, given.model, os.environ.get("ENRICH_API_KEY", "none"))
        print_table(*measure(asked, SecondReader(LiveEngine(endpoint), prompt_folders(None))))


if __name__ == "__main__":
    main()
