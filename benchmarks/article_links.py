"""Are the notes that `enrich draft` offers for an article about the same? Against notes that were judged by reading.

    python -m benchmarks.article_links JUDGED.json PAGES VAULT [--embeddings] [--strange VAULT]

JUDGED is ``../shared/article_links/article_links.dev.json``, PAGES ``../shared/articles``, VAULT ``../shared/journal``.
Prints nDCG@12 of the ranking, what is offered (its share of grade 0 and the recall of grade 2), and the same for each
page with the limit fitted to the other pages alone. With ``--embeddings`` texts are compared by the model of the extra
``embeddings`` too. With ``--strange`` it says what of a vault is offered for pages that have nothing to do with it: the
same, and those of ``fixtures``.
"""

import argparse
import gzip
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from enrich.draft.gather import CANDIDATES, tags_in_source
from enrich.errors import SourceError
from enrich.links.likeness import Compare
from enrich.links.meaning import Vectors
from enrich.links.query import Query
from enrich.links.rank import rank_notes
from enrich.llm.packaged_embedding import PackagedEmbedder
from enrich.source.extract import extract_source
from enrich.source.saved_page import read_page
from enrich.source.source import Source
from enrich.vault.note import Note
from enrich.vault.note_type import prompt_folders, read_note_type
from enrich.vault.resolve import Resolver
from enrich.vault.vault import read_vault

Scored = Sequence[tuple[Note, float, int]]
_STEPS = [share / 100 for share in range(5, 96)]


@dataclass(frozen=True)
class Judged:
    """A page's notes as they are ranked, and what reading says of them."""

    name: str
    ranked: Sequence[tuple[int, float]]
    """Grade and score, best first."""
    grades: Sequence[int]
    """Of all notes that were judged."""

    def offered(self, limit: float) -> list[int]:
        """The grades of the notes that are offered when a score of ``limit`` is needed."""
        return [grade for grade, score in self.ranked[:CANDIDATES] if score >= limit]

    @property
    def ndcg(self) -> float:
        """nDCG@12 of the ranking, whatever the scores."""
        best = _gain(sorted(self.grades, reverse=True)[:12])
        return _gain([grade for grade, _ in self.ranked[:12]]) / best if best else 0.0


def main() -> None:
    """Print a line a page, and the means."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judged", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--embeddings", action="store_true")
    parser.add_argument("--strange", type=Path)
    arguments = parser.parse_args()
    judged = json.loads(arguments.judged.read_text("utf-8"))
    sources = {name: read_source(arguments.pages, name, page["url"]) for name, page in judged.items()}
    with _comparing(arguments.embeddings) as compare:
        pages = rank_pages(sources, judged, arguments.vault, compare)
        print_judged(pages)
        if arguments.strange:
            print_strange([*sources.values(), *_fixed_sources()], arguments.strange, compare)


def print_judged(pages: Sequence[Judged]) -> None:
    """A line a page, and the means."""
    names = [page.name for page in pages]
    for page in pages:
        print(page.name, f"nDCG {page.ndcg:.2f}", "offered:", *page.offered(0.5))
    print(f"nDCG@12 {sum(page.ndcg for page in pages) / len(pages):.3f}")
    print("offered:", _summary(pages, dict.fromkeys(names, 0.5)))
    for most in (0.4, 0.45, 0.5):
        others = {page.name: _choose([other for other in pages if other is not page], most) for page in pages}
        print(f"limit at which the other pages have {most}:", _summary(pages, others))


def print_strange(sources: Sequence[Source], root: Path, compare: Compare | None) -> None:
    """How many notes of a vault are offered for pages that have nothing to do with it."""
    rank = _ranking(root, compare)
    offered = [min(CANDIDATES, sum(score >= 0.5 for _, score, _ in rank(source))) for source in sources]
    share = offered.count(0) / len(offered)
    print(f"{root.name}: {len(offered)} strange pages: {share:.2f} offered nothing, {sum(offered)} notes in all")


def read_source(pages: Path, name: str, url: str) -> Source:
    """The article of a packed page."""
    return extract_source(
        read_page(gzip.decompress(next(pages.glob(f"{name}*.html.gz")).read_bytes()), url), date.today()
    )


def rank_pages(
    sources: Mapping[str, Source], judged: Mapping[str, Any], root: Path, compare: Compare | None
) -> list[Judged]:
    """Every judged page with its ranking."""
    rank = _ranking(root, compare)
    found = []
    for name, source in sources.items():
        grades = judged[name]["judged"]
        ranked = [(grades.get(note.path, 0), score) for note, score, _ in rank(source)]
        found.append(Judged(name, ranked, list(grades.values())))
    return found


def _ranking(root: Path, compare: Compare | None) -> Callable[[Source], Scored]:
    vault, note_type = read_vault(root), read_note_type("tech-journal", prompt_folders(None))
    resolver = Resolver(vault)

    def rank(source: Source) -> Scored:
        query = Query(source.title, source.text, tags_in_source(source, vault, note_type), created=source.published)
        return rank_notes(query, vault, note_type, resolver, compare=compare).scored

    return rank


def _fixed_sources() -> list[Source]:
    """The English articles of this repository's cases: invented, so that no vault knows of them."""
    found = []
    for file in sorted(Path("fixtures/cases").glob("*/page.html")):
        with suppress(SourceError):  # some cases are pages that must be refused
            found.append(extract_source(read_page(file.read_bytes(), "https://example.com/a"), date.today()))
    return [source for source in found if source.language.startswith("en")]


@contextmanager
def _comparing(embeddings: bool) -> Iterator[Compare | None]:
    with TemporaryDirectory() as folder:
        vectors = Vectors(Path(folder, "vectors"), PackagedEmbedder(), print)
        yield vectors.compare if embeddings else None
        vectors.close()


def _choose(pages: Sequence[Judged], most: float) -> float:
    """The lowest limit at which at most this share of what is offered has grade 0."""
    limits = (limit for limit in _STEPS if _shares(pages, {page.name: limit for page in pages})[0] <= most)
    return next(limits, _STEPS[-1])


def _shares(pages: Sequence[Judged], limits: Mapping[str, float]) -> tuple[float, float, float]:
    """The share of grade 0 among all that is offered, the mean recall of grade 2, and notes a page."""
    offered = [(page, page.offered(limits[page.name])) for page in pages]
    every = [grade for _, some in offered for grade in some]
    recalls = [some.count(2) / page.grades.count(2) for page, some in offered if 2 in page.grades]
    return every.count(0) / max(1, len(every)), sum(recalls) / max(1, len(recalls)), len(every) / len(pages)


def _summary(pages: Sequence[Judged], limits: Mapping[str, float]) -> str:
    zero, recall, offered = _shares(pages, limits)
    return f"grade 0 {zero:.2f}, recall of 2 {recall:.2f}, {offered:.1f} notes a page"


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


if __name__ == "__main__":
    main()
