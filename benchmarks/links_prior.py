"""Fit the general models of `enrich.links.prior` over vaults of different authors and print the module.

    python -m benchmarks.links_prior VAULT… > enrich/links/prior.py

Every vault gives the same number of notes, so that no author decides alone.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from enrich.links.document import read_document
from enrich.links.memory import MemoryShelf
from enrich.links.mention import MENTION_SIGNALS
from enrich.links.model import Model, Row, train_model
from enrich.links.rows import SIGNALS
from enrich.links.training import Lesson, choose_teachers, join_lessons, mention_rows_of, read_lessons
from enrich.vault.vault import open_note, read_vault

_NOTES, _RIDGE, _MENTION_RIDGE = 150, 100.0, 20.0
_HEAD = '''"""The general models: what holds for vaults in general, fitted once over vaults of different authors.

They rank in vaults that have too few links to learn from, and they are where training starts. Not for editing by hand:
`benchmarks/links_prior.py` prints them.
"""

from enrich.links.model import Model
'''


def main() -> None:
    """Print the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    vaults = [read_vault_lessons(root) for root in parser.parse_args().vaults]
    joined, linked, counts = join_lessons([lesson for _, lessons in vaults for lesson in lessons])
    related = train_model(joined, linked, ridge=_RIDGE, counts=counts)
    rows: list[Row] = []
    labels: list[bool] = []
    for shelf, lessons in vaults:
        for lesson in lessons:
            some_rows, some_labels = mention_rows_of(shelf, lesson, related)
            rows += some_rows
            labels += some_labels
    mentions = train_model(rows, labels, ridge=_MENTION_RIDGE)
    print(
        _HEAD, _source("RELATED_PRIOR", related, SIGNALS), _source("MENTION_PRIOR", mentions, MENTION_SIGNALS), sep="\n"
    )


def read_vault_lessons(root: Path) -> tuple[MemoryShelf, list[Lesson]]:
    """A vault in memory, and what some of its notes teach."""
    shelf = MemoryShelf()
    for note in read_vault(root).notes:
        shelf.add(read_document(note))
    shelf.finish()
    teachers = choose_teachers(shelf, _NOTES, seed=1)
    return shelf, read_lessons(shelf, teachers, lambda number: open_note(root, shelf.paths[number]))


def _source(name: str, model: Model, signals: Sequence[str]) -> str:
    lines = (
        f"        {float(f'{weight:.3g}')},  # {signal}" for weight, signal in zip(model.weights, signals, strict=True)
    )
    return "\n".join(
        (f"{name} = Model(", "    weights=(", *lines, "    ),", f"    intercept={model.intercept:.3g},", ")", "")
    )


if __name__ == "__main__":
    main()
