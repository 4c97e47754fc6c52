"""How well articles are extracted: text, title, date and author against pages read by hand.

    python -m benchmarks.extraction ../shared/articles

The folder holds ``<id>.html.gz`` and ``expected.json``, a list of objects with ``id``, ``url``, ``title``,
``published``, ``author`` and ``text``. Texts are compared by their 4-word shingles, each counted as often as it occurs:
precision is the share of ours that is in the article, recall the share of the article that is in ours.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from enrich.errors import SourceError
from enrich.source.extract import extract_source
from enrich.source.source import Page, Source

_WORD = re.compile(r"\w+")
_SHINGLE = 4


@dataclass(frozen=True)
class Row:
    """One page's result."""

    name: str
    precision: float
    recall: float
    title: bool
    published: bool
    author: bool
    seconds: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main(folder: Path) -> None:
    """Print a line a page and the totals."""
    rows = []
    print(f"{'page':10} {'F1':>6} {'P':>6} {'R':>6}  title date author  seconds")
    for expected in json.loads((folder / "expected.json").read_text("utf-8")):
        row = measure(folder, expected)
        if row:
            rows.append(row)
            marks = "  ".join("yes " if mark else "NO  " for mark in (row.title, row.published, row.author))
            print(f"{row.name:10} {row.f1:6.3f} {row.precision:6.3f} {row.recall:6.3f}  {marks} {row.seconds:6.2f}")
    print(
        f"{len(rows)} pages: mean F1 {_mean([row.f1 for row in rows]):.3f}, "
        f"P {_mean([row.precision for row in rows]):.3f}, R {_mean([row.recall for row in rows]):.3f}; "
        f"titles {sum(row.title for row in rows)}, dates {sum(row.published for row in rows)}, "
        f"authors {sum(row.author for row in rows)} exact; {_mean([row.seconds for row in rows]):.2f} s a page"
    )


def measure(folder: Path, expected: dict[str, Any]) -> Row | None:
    """Extract one page and compare; prints the reason when it is refused."""
    body = gzip.decompress((folder / f"{expected['id']}.html.gz").read_bytes())
    start = time.perf_counter()
    try:
        source = extract_source(Page(expected["url"], expected["url"], body), date.today())
    except SourceError as error:
        print(f"{expected['id']:10} refused: {error}")
        return None
    return _compare(source, expected, time.perf_counter() - start)


def _compare(source: Source, expected: dict[str, Any], seconds: float) -> Row:
    ours, theirs = _shingles(source.text), _shingles(expected["text"])
    shared = (ours & theirs).total()
    return Row(
        name=expected["id"],
        precision=shared / max(1, ours.total()),
        recall=shared / max(1, theirs.total()),
        title=source.title == expected["title"],
        published=str(source.published) == expected["published"],
        author=source.author == expected["author"],
        seconds=seconds,
    )


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def _mean(values: list[float]) -> float:
    return sum(values) / max(1, len(values))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
