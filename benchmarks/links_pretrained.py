"""Fit the general models of `enrich.links.pretrained` over vaults of different authors and print the module.

    python -m benchmarks.links_pretrained VAULT… > enrich/links/pretrained.py

Every vault gives the same number of notes, so that no author decides alone.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from enrich.links.document import read_document
from enrich.links.memory_index import MemoryIndex
from enrich.links.mention import MENTION_FEATURES
from enrich.links.model import Model, Row, train_model
from enrich.links.rows import FEATURES
from enrich.links.training import TrainingExamples, choose_notes, join_examples, mention_rows_of, read_examples
from enrich.vault.vault import open_note, read_vault

_NOTES, _RIDGE, _MENTION_RIDGE = 150, 100.0, 5.0
_HEAD = '''"""The general models: what holds for vaults in general, fitted once over vaults of different authors.

They rank in vaults that have too few links to learn from, and they are where training starts. Not for editing by hand:
`benchmarks/links_pretrained.py` prints them.
"""

from enrich.links.model import Model
'''


def main() -> None:
    """Print the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    vaults = [read_vault_examples(root) for root in parser.parse_args().vaults]
    joined, linked, counts = join_examples([taught for _, examples in vaults for taught in examples])
    related = train_model(joined, linked, ridge=_RIDGE, counts=counts)
    rows: list[Row] = []
    labels: list[bool] = []
    for index, examples in vaults:
        for taught in examples:
            some_rows, some_labels = mention_rows_of(index, taught, related)
            rows += some_rows
            labels += some_labels
    mentions = train_model(rows, labels, ridge=_MENTION_RIDGE)
    print(
        _HEAD,
        _source("PRETRAINED_RELATED", related, FEATURES),
        _source("PRETRAINED_MENTIONS", mentions, MENTION_FEATURES),
        sep="\n",
        end="",
    )


def read_vault_examples(root: Path) -> tuple[MemoryIndex, list[TrainingExamples]]:
    """A vault in memory, and what some of its notes teach."""
    index = MemoryIndex()
    for note in read_vault(root).notes:
        index.add(read_document(note))
    index.finish()
    chosen = choose_notes(index, _NOTES, seed=1)
    return index, read_examples(index, chosen, lambda number: open_note(root, index.paths[number]))


def _source(name: str, model: Model, features: Sequence[str]) -> str:
    lines = (
        f"        {float(f'{weight:.3g}')},  # {feature}"
        for weight, feature in zip(model.weights, features, strict=True)
    )
    return "\n".join(
        (
            f"{name} = Model(",
            "    weights=(",
            *lines,
            "    ),",
            f"    intercept={model.intercept:.3g},",
            ")",
            '"""As `python -m benchmarks.links_pretrained` prints it."""',
            "",
        )
    )


if __name__ == "__main__":
    main()
