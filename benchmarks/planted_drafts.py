"""Whole drafts with planted errors: does a person who looks at what *Approve* asks for meet them all?

    python -m benchmarks.planted_drafts ../shared/grounding FOLDER [--variants 3] [--errors 2] [--seed 7]
    python -m benchmarks.second_reader FOLDER/sentences.jsonl FOLDER/pages --prompts FOLDER/prompts
    python -m benchmarks.second_reader FOLDER/sentences.jsonl FOLDER/pages --base-url URL

The first line writes the drafts of the recorded cases in `fixtures/` that a model would be proud of, each several times
with other sentences changed by `planting`. The other two show each draft to a second reader as `enrich draft` does; the
rows `wrong` are the errors that it and the check leave marked, `right` the other sentences that a person looks at.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.grounding_cases import load_scorer
from benchmarks.own_quotes import FACTS, FAULTY, FIXTURES
from benchmarks.planting import KINDS, plant
from enrich.source.source import source_from_dict
from enrich.text.language import guess_language

_NO_CHANGE = frozenset(("quote altered", "invented"))
"""Kinds that take a quotation's or a sentence's place instead of changing what it says."""


def find_cases() -> Iterator[tuple[str, dict[str, Any], str, list[dict[str, Any]]]]:
    """Name, page, the source's text and the claims of every case in English that was answered in earnest."""
    for path in sorted(FIXTURES.glob("*/claims.json")):
        if path.parent.name.startswith(FAULTY) or not (path.parent / "page.html").is_file():
            continue
        page = json.loads((path.parent / "page.json").read_text("utf-8"))
        source = source_from_dict(json.loads((path.parent / "source.json").read_text("utf-8")))
        claims = [row for row in json.loads(path.read_text("utf-8"))["claims"] if row["quote"]]
        if guess_language(source.text) == "en" and claims:
            yield path.parent.name, page, source.text, claims


def plant_in(
    claims: Sequence[dict[str, Any]], text: str, errors: int, scorer: Any, chance: random.Random
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Kind, claim and its sentence, for every claim of a draft; `errors` of them have been changed."""
    left, order = errors, list(range(len(claims)))
    chance.shuffle(order)
    planted: dict[int, tuple[str, str]] = {}
    for number in order:
        claim = claims[number]
        kinds = [row for row in plant(claim["text"], text, claim["quote"], scorer, chance) if row[0] not in _NO_CHANGE]
        if kinds and left:
            planted[number], left = chance.choice(kinds), left - 1
    for number, claim in enumerate(claims):
        kind, sentence = planted.get(number, ("right", claim["text"]))
        yield kind, claim, sentence


def write_drafts(grounding: Path, folder: Path, variants: int, errors: int, seed: int) -> None:
    """The sentences, the pages and their addresses, as `second_reader` reads them."""
    scorer, chance = load_scorer(grounding), random.Random(seed)
    pages, rows, addresses = folder / "pages", [], []
    pages.mkdir(parents=True)
    for name, page, text, claims in find_cases():
        for variant in range(variants):
            key = f"{name}-{variant}"
            (pages / f"{key}.html.gz").write_bytes(gzip.compress((FIXTURES / name / "page.html").read_bytes()))
            addresses.append({"id": key, "url": page["url"]})
            for kind, claim, sentence in plant_in(claims, text, errors, scorer, chance):
                section = "fact" if claim["section"] in FACTS else "inference"
                row = {"page": key, "kind": kind, "supported": kind not in KINDS, "section": section}
                rows.append(row | {"text": sentence, "quote": claim["quote"]})
    (pages / "expected.json").write_text(json.dumps(addresses), "utf-8")
    (folder / "sentences.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    print(f"{len(addresses)} drafts, {len(rows)} sentences, {sum(not row['supported'] for row in rows)} of them wrong")


def main() -> None:
    """Write the drafts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("grounding", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--variants", type=int, default=3)
    parser.add_argument("--errors", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    write_drafts(given.grounding, given.folder, given.variants, given.errors, given.seed)


if __name__ == "__main__":
    main()
