"""What a vault's links teach: from which notes, how firmly, and when anew."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from enrich.links.document import read_document
from enrich.links.memory_index import MemoryIndex
from enrich.links.model import Model, train_model
from enrich.links.training import (
    TrainingExamples,
    choose_notes,
    mention_rows_of,
    read_examples,
    train_mentions,
    train_related,
)
from enrich.links.trees import score_rows, with_trees
from enrich.vault.note import parse_note
from tests.calibration.test_grown import grown_vault

LOSS = {"of a sum": 0.6187, "of a sum and trees": 0.6013}
"""The mean log-loss of links that were held out; .6406 for the half of the sum that the trees rest on."""
LOSS_OF_A_NOTE = {"links": 1.0879, "mentions": 0.0686}
"""The same, summed up over what a held-out note of the grown vault is offered."""
SPARE = 0.001
"""So far may sums of floats move it."""


def linked_rows() -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Twelve features of 900 candidates: a title counts where votes are few, a date in few of them; seven are noise."""
    random = np.random.default_rng(7)
    rows = random.random((900, 12))
    votes, title, date, words, tags = rows.T[:5]
    odds = np.where(votes > 0.7, 2.0, 3 * (title - 0.5)) + 2.5 * (date > 0.9) * (words < 0.5) + 1.5 * tags - 1.9
    return rows, random.random(900) < 1 / (1 + np.exp(-odds))


def test_links_that_were_held_out_are_foretold_as_well_as_before() -> None:
    """An author's few and contradictory links are neither learned by heart nor ignored."""
    rows, linked = linked_rows()
    line = train_model(rows[:300], linked[:300], Model((0.0,) * 12, 0.0))
    trees = with_trees(line, rows[:300], linked[:300], np.ones(300))
    assert _loss(line, rows[300:], linked[300:]) == pytest.approx(LOSS["of a sum"], abs=SPARE)
    assert _loss(trees, rows[300:], linked[300:]) == pytest.approx(LOSS["of a sum and trees"], abs=SPARE)


def _loss(model: Model, rows: NDArray[np.float64], linked: NDArray[np.bool_]) -> float:
    chance = 1 / (1 + np.exp(-score_rows(model, rows)))
    return float(-np.log(np.where(linked, chance, 1 - chance)).mean())


Taught = tuple[MemoryIndex, list[TrainingExamples]]


@pytest.fixture(scope="module")
def taught() -> Taught:
    """What 150 notes of the grown vault teach, of which forty are hollow."""
    notes = [parse_note(path, text) for path, text in grown_vault().items()]
    index = MemoryIndex()
    for note in notes:
        index.add(read_document(note))
    index.finish()
    linking = sorted((number for number in range(len(notes)) if index.outs.at(number)), key=lambda n: n * 37 % 101)
    hollow = {notes[number].path: 1.0 for number in linking[:40]}
    return index, read_examples(index, linking[:150], notes.__getitem__, echoes=hollow)


def test_links_of_other_notes_are_foretold_as_well_as_before(taught: Taught) -> None:
    """What a vault's links teach holds for notes that were not learned from, and hollow notes teach a little."""
    index, examples = taught
    learned, held = examples[:110], examples[110:]
    related = train_related(learned).model
    mentions = train_mentions(index, learned, related).model
    lost = sum(_loss(related, one.rows, one.linked) * len(one.rows) for one in held) / len(held)
    assert lost == pytest.approx(LOSS_OF_A_NOTE["links"], rel=0.01)
    named = [(np.array(rows), np.array(meant)) for rows, meant in (mention_rows_of(index, o, related) for o in held)]
    lost = sum(_loss(mentions, rows, meant) * len(rows) for rows, meant in named if len(rows)) / len(held)
    assert lost == pytest.approx(LOSS_OF_A_NOTE["mentions"], rel=0.02)


@pytest.mark.parametrize(("notes", "learned", "trees"), [(10, 0, 0), (20, 20, 0), (90, 90, 0), (110, 110, 200)])
def test_as_much_is_learned_as_notes_can_teach(notes: int, learned: int, trees: int, taught: Taught) -> None:
    """A young vault is ranked as vaults are in general; what a sum cannot say is learned from a hundred notes."""
    trained = train_related(taught[1][:notes])
    assert (trained.notes, len(trained.model.trees)) == (learned, trees)


def index_of(texts: Sequence[str]) -> MemoryIndex:
    """An index of notes ``n0``, ``n1`` …"""
    index = MemoryIndex()
    for number, text in enumerate(texts):
        index.add(read_document(parse_note(f"n{number}.md", text)))
    index.finish()
    return index


@pytest.mark.parametrize(
    ("words", "links", "is_chosen"), [(12, 1, True), (4, 1, False), (50, 28, True), (50, 40, False), (50, 0, False)]
)
def test_lists_and_stubs_teach_nothing(words: int, links: int, is_chosen: bool) -> None:
    """Who keeps lists of forty links, or notes of a few words, is not taken to link every note like these."""
    text = " ".join(f"word{number}" for number in range(words)) + " ".join(f" [[n{n}]]" for n in range(1, links + 1))
    index = index_of([text, *("plain" for _ in range(50))])
    assert (0 in choose_notes(index)) is is_chosen
