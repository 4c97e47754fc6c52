"""How much a model as second reader adds: planted swaps and clauses, and untouched sentences, of groundbench cases.

    python -m benchmarks.second_reader CASES.jsonl --prompts DIR     # write the questions, ask nobody
    python -m benchmarks.second_reader CASES.jsonl --base-url URL    # ask the endpoint there, print the table

CASES is the planted file of ``../shared/grounding``. Each sentence is asked about alone, so that no answer can see
another version of it; the order is shuffled with a fixed seed, so that whoever answers does not know what is planted.

To have it answered by hand: somebody who has seen neither the cases nor this file reads the prompts of DIR, one file a
request, and writes ``001.answer.txt`` … into a folder of their own. An endpoint that serves that folder in order
(``../shared/tools/answer_endpoint.py --dir FOLDER``) is then what the second command asks.
"""

import argparse
import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enrich.check.check_note import NoteCheck, check_text
from enrich.llm.client import Endpoint, LiveEngine
from enrich.review.verify import build_verification, verify
from enrich.source.source import Source
from enrich.vault.note_type import prompt_folders
from enrich.workspace.sources import text_source

SEED = 20261123
PLANTED = {"role_swap": 20, "entity_in_source": 20, "detail": 20}
UNTOUCHED = 60
_SHORTEST = 40


@dataclass(frozen=True)
class Case:
    """One sentence and its source."""

    id: str
    kind: str
    """``clean``, or the kind of the planted error."""
    sentence: str
    source: Source

    @property
    def check(self) -> NoteCheck:
        """What the check says without a model."""
        return check_text(self.sentence, self.source, {})


def read_cases(path: Path, seed: int = SEED) -> list[Case]:
    """The sample, in an order that says nothing."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    chance = random.Random(seed)
    chance.shuffle(rows)
    chosen: list[Case] = []
    used: set[str] = set()
    for kind, count in {**PLANTED, "clean": UNTOUCHED}.items():
        fitting = (case for row in rows if row["kind"] == kind for case in _sentences(row, chance))
        for case in fitting:
            # one sentence a text: two versions of one sentence would answer each other
            if case.id.partition("#")[0] not in used and sum(row.kind == kind for row in chosen) < count:
                used.add(case.id.partition("#")[0])
                chosen.append(case)
    chance.shuffle(chosen)
    return chosen


def _sentences(row: dict[str, Any], chance: random.Random) -> Iterator[Case]:
    gold = 0 if row["kind"] == "clean" else 1
    spans = [span for span in row["sentences"] if span["gold"] == gold and span["end"] - span["start"] >= _SHORTEST]
    if spans:
        span = chance.choice(spans)
        words = " ".join(row["response"][span["start"] : span["end"]].split())
        yield Case(row["id"], row["kind"], words, text_source(row["source"]))


def write_prompts(cases: list[Case], folder: Path) -> None:
    """Every request as a file, numbered in the order in which they are asked: what a model would see, and no more."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, case in enumerate(cases, 1):
        rows = list(enumerate(case.check.sentences))
        prompt = build_verification(rows, case.source, prompt_folders(None))
        parts = [f"## {message.role}\n\n{message.content}" for message in prompt.messages]
        parts.append(f"## response_format\n\n{json.dumps(prompt.schema)}")
        (folder / f"{number:03d}.prompt.md").write_text("\n\n".join(parts) + "\n", "utf-8")


def measure(cases: list[Case], engine: LiveEngine) -> dict[str, tuple[int, int, int]]:
    """Kind → (sentences, found without the model, found with it)."""
    table: dict[str, tuple[int, int, int]] = {}
    for case in cases:
        check = case.check
        with_model = verify(check, case.source, prompt_folders(None), engine, lambda _done, _of: None).check
        count, without, found = table.get(case.kind, (0, 0, 0))
        table[case.kind] = (count + 1, without + bool(check.unsupported), found + bool(with_model.unsupported))
    return table


def print_table(table: dict[str, tuple[int, int, int]]) -> None:
    """Recall for each kind of planted error, false alarms for the untouched sentences."""
    print("| sentences | count | marked without a model | marked with it |\n|---|---|---|---|")
    for kind, (count, without, found) in sorted(table.items()):
        print(f"| {kind} | {count} | {without / count:.2f} | {found / count:.2f} |")


def main() -> None:
    """Write the questions, or ask them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--prompts", type=Path)
    parser.add_argument("--base-url")
    parser.add_argument("--model", default="by-hand")
    parser.add_argument("--seed", type=int, default=SEED, help="another sample of the cases")
    given = parser.parse_args()
    cases = read_cases(given.cases, given.seed)
    if given.prompts:
        write_prompts(cases, given.prompts)
    if given.base_url:
        endpoint = Endpoint(given.base_url, given.model, os.environ.get("ENRICH_API_KEY", "none"))
        print_table(measure(cases, LiveEngine(endpoint)))


if __name__ == "__main__":
    main()
