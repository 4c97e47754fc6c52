"""Training on the vault's own links: notes are taken as if nobody had linked them yet, and the model guesses.

The less there is to learn from, the more the model stays with what holds for vaults in general (`enrich.links.prior`):
the penalty pulls the weights towards it, and with too few links nothing is trained at all.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from enrich.links.memory import MemoryShelf
from enrich.links.model import Model, Row, train_model
from enrich.links.prior import RELATED_PRIOR
from enrich.links.rows import read_rows
from enrich.links.signals import gather_evidence
from enrich.links.subject import Subject

FEWEST_NOTES = 15
"""Notes with links that training needs."""
MOST_NOTES = 300
_MOST_LINKS, _FEWEST_WORDS = 30, 10


@dataclass(frozen=True)
class Trained:
    """A model and what it was trained on; 0 notes when it is the general one."""

    model: Model
    notes: int = 0
    links: int = 0


def choose_teachers(shelf: MemoryShelf, most: int = MOST_NOTES, seed: int = 0) -> list[int]:
    """Numbers of the notes to learn from: a random choice of those with some links and some text."""
    able = [
        entry.number
        for entry, outs in zip(shelf.notes, shelf.outs, strict=True)
        if 1 <= len(outs) <= _MOST_LINKS and entry.words >= _FEWEST_WORDS
    ]
    random.Random(seed).shuffle(able)  # noqa: S311 - a sample, not a secret
    return able[:most]


def train_related(shelf: MemoryShelf, teachers: Sequence[int], subject_of: Callable[[int], Subject | None]) -> Trained:
    """The model for related notes, trained on the links of ``teachers``; ``subject_of`` reads a note again."""
    if len(teachers) < FEWEST_NOTES:
        return Trained(RELATED_PRIOR)
    rows: list[Row] = []
    labels: list[bool] = []
    for number in teachers:
        subject = subject_of(number)
        if subject is not None:
            candidates, found = read_rows(gather_evidence(subject, shelf))
            rows += found
            labels += [candidate in shelf.outs[number] for candidate in candidates]
    if not any(labels):
        return Trained(RELATED_PRIOR)
    return Trained(train_model(rows, labels, RELATED_PRIOR), len(teachers), sum(labels))
