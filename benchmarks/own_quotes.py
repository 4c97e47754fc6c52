"""Sentences that carry the words they rest on: are planted errors of every kind found, and true sentences left alone?

    python -m benchmarks.own_quotes ../shared/articles ../shared/grounding [--seed 7] [--boot 500] [-v]

True sentences are those of the recorded cases in `fixtures/` (lead, scene cut and description of answers that were
written by hand) and those of `own_quotes.tsv`: sentences written by hand about the pages of the folder, each with the
offsets of the words in `expected.json` that it rests on; some are whole drafts, whose quotes are often narrower than
the sentence. Those marked `held out` were written last; docs/measured.md says what they showed before
anything was mended. Each sentence is planted once with every kind of error it has room for (`planting`), seeded; an
invented sentence has the quote of the true one it stands for.

`marked` is what a reviewer sees: called unsupported, or shown with a doubt. `unsupported` is the verdict alone.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.grounding_cases import load_scorer
from benchmarks.planting import KINDS, plant
from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claims
from enrich.check.evidence.prepared_source import PreparedSource, prepare
from enrich.check.facts.quotations import locate_parts
from enrich.source.source import source_from_dict
from enrich.text.language import guess_language

SENTENCES = Path(__file__).parent / "own_quotes.tsv"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "cases"
FACTS = {"description", "lead", "scene cut"}
FAULTY = ("embedded", "invented", "wrong", "answer", "schema")
"""Cases whose answers are no one's writing, or wrong on purpose."""
TRUE, QUOTATION = "true", "true, quoted"


@dataclass(frozen=True)
class Row:
    """One sentence, true or planted."""

    kind: str
    text: str
    quote: str
    source: PreparedSource
    known: frozenset[str]
    group: str
    """The page or case it is about."""
    held_out: bool = False


@dataclass(frozen=True)
class Judged:
    """A row and what the check says of it."""

    row: Row
    check: CheckedClaim

    @property
    def marked(self) -> bool:
        """Whether a reviewer sees anything at the sentence."""
        return self.unsupported or bool(self.check.reasons)

    @property
    def unsupported(self) -> bool:
        """Whether the verdict is against it."""
        return self.check.verdict == "unsupported"


def read_pages(folder: Path) -> Iterator[Row]:
    """The sentences about the pages of a folder; a page's author and site are known names, as in a draft."""
    pages = {page["id"]: page for page in json.loads((folder / "expected.json").read_text("utf-8"))}
    sources = {name: PreparedSource(page["text"], headline=page["title"]) for name, page in pages.items()}
    for line in SENTENCES.read_text("utf-8").splitlines()[1:]:
        part, name, start, end, text = line.split("\t")
        page = pages[name]
        known = frozenset(filter(None, (page.get("author"), urlsplit(page["url"]).netloc.split(".")[-2])))
        yield Row(TRUE, text, page["text"][int(start) : int(end)], sources[name], known, name, part == "held out")


def read_fixtures() -> Iterator[Row]:
    """The sentences of recorded answers in the language of their page, each once."""
    seen: set[str] = set()
    for path in sorted(FIXTURES.glob("*/claims.json")):
        case = path.parent
        if case.name.startswith(FAULTY):
            continue
        source = source_from_dict(json.loads((case / "source.json").read_text("utf-8")))
        prepared = prepare(source)
        known = frozenset(filter(None, (source.site, source.author)))
        for claim in json.loads(path.read_text("utf-8"))["claims"]:
            usable = claim["section"] in FACTS and claim["quote"] and claim["text"] not in seen
            if usable and guess_language(claim["text"]) == prepared.language:
                seen.add(claim["text"])
                yield Row(TRUE, claim["text"], claim["quote"], prepared, known, case.name)


def quoted(row: Row) -> Row:
    """The words that a sentence rests on, as a quotation."""
    inner = row.quote.translate(str.maketrans("“”", "‘’"))
    return Row(QUOTATION, f"The report says: “{inner}”.", row.quote, row.source, row.known, row.group, row.held_out)


def planted(row: Row, scorer: Any, chance: random.Random) -> Iterator[Row]:
    """The true sentence with one error of each kind."""
    for kind, text in plant(row.text, row.source.text, quoted(row).text, scorer, chance):
        yield Row(kind, text, row.quote, row.source, row.known, row.group, row.held_out)


def judge(rows: Iterable[Row]) -> list[Judged]:
    """Every sentence checked alone."""
    return [Judged(row, check_claims([Claim(row.text, row.quote, known=row.known)], row.source)[0]) for row in rows]


def show(title: str, judged: Sequence[Judged], samples: int) -> None:
    """A table of the share of each kind that is marked, and that is called unsupported."""
    print(f"\n{title}\n\n| sentences | n | marked | called unsupported |\n|---|---|---|---|")
    for kind in (TRUE, QUOTATION, *KINDS):
        rows = [one for one in judged if one.row.kind == kind]
        if rows:
            marked = sum(one.marked for one in rows) / len(rows)
            called = sum(one.unsupported for one in rows) / len(rows)
            print(f"| {kind} | {len(rows)} | {marked:.3f}{_interval(rows, samples)} | {called:.3f} |")


def place_right(rows: Iterable[Row]) -> tuple[int, int]:
    """Without the words that a sentence names: (for how many the place shown touches them, how many)."""
    right = total = 0
    for row in rows:
        parts = locate_parts(row.quote, row.source.folded)
        shown = check_claims([Claim(row.text)], row.source)[0].evidence
        if parts and shown:
            total += 1
            right += any(part.start < shown.end and shown.start < part.end for part in parts)
    return right, total


def _interval(rows: Sequence[Judged], samples: int) -> str:
    """Where 95 of 100 shares lie when whole pages are drawn anew."""
    if not samples:
        return ""
    groups: dict[str, list[bool]] = {}
    for one in rows:
        groups.setdefault(one.row.group, []).append(one.marked)
    chance, pages, shares = random.Random(0), list(groups.values()), []
    for _ in range(samples):
        drawn = [marked for page in chance.choices(pages, k=len(pages)) for marked in page]
        shares.append(sum(drawn) / len(drawn))
    shares.sort()
    return f" [{shares[int(0.025 * samples)]:.2f}, {shares[int(0.975 * samples)]:.2f}]"


def main() -> None:
    """Print how much of each kind is marked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("grounding", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--boot", type=int, default=0, help="samples for the intervals")
    parser.add_argument("-v", action="store_true", help="show false alarms and errors that were not found")
    asked = parser.parse_args()
    scorer = load_scorer(asked.grounding)
    true = [*read_fixtures(), *read_pages(asked.articles)]
    chance = random.Random(asked.seed)
    errors = [error for row in true for error in planted(row, scorer, chance)]
    judged = judge([*true, *map(quoted, true), *errors])
    print(f"{len(true)} true sentences, {len(errors)} planted errors")
    right, total = place_right(true)
    print(f"best evidence touches the words they name, found without them: {right / total:.3f} of {total}")
    show("All", judged, asked.boot)
    show("Held out", [one for one in judged if one.row.held_out], asked.boot)
    if asked.v:
        for one in judged:
            if one.marked == one.row.kind.startswith(TRUE) and not one.row.held_out:
                print(f"{one.row.kind}: {one.row.text}\n    quote: {one.row.quote}\n    {one.check.reasons}")


if __name__ == "__main__":
    main()
