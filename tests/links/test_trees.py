"""Trees that mend a weighted sum of features, and how rows are scored with them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from enrich.links.model import Model, Tree, train_model
from enrich.links.trees import score_rows, with_trees


def either_but_not_both() -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Rows of six features, of which the first two decide: a link where one is high and the other is not."""
    rows = np.random.default_rng(3).random((2000, 6))
    return rows, (rows[:, 0] > 0.5) ^ (rows[:, 1] > 0.5)


def share_right(model: Model, rows: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    """How many rows the model is right about."""
    return float(np.mean((score_rows(model, rows) > 0) == labels))


def test_trees_learn_what_a_sum_cannot_say() -> None:
    """An author who links by votes here and by titles there is not ranked as if both always counted."""
    rows, labels = either_but_not_both()
    line = train_model(rows[:1500], labels[:1500])
    trees = with_trees(line, rows[:1500], labels[:1500], np.ones(1500))
    assert share_right(line, rows[1500:], labels[1500:]) < 0.6
    assert share_right(trees, rows[1500:], labels[1500:]) > 0.9


def test_a_row_scores_the_same_in_a_query_as_in_training() -> None:
    """What training took for likely is shown as likely."""
    rows, labels = either_but_not_both()
    model = with_trees(train_model(rows, labels), rows, labels, np.ones(len(rows)))
    assert [model.score(row) for row in rows[:50].tolist()] == pytest.approx(score_rows(model, rows[:50]).tolist())


def test_a_tree_adds_the_value_of_its_answers() -> None:
    """The answers of a tree are read in one order everywhere; a value at the limit is not above it."""
    tree = Tree((1, 0, 0, 1), (0.0, 0.0, 5.0, 9.0), tuple(map(float, range(16))))
    model = Model((0.0, 0.0), 0.5, (tree,))
    assert model.score((0.0, 1.0)) == 8.5
    assert model.score((6.0, 10.0)) == 15.5
    assert score_rows(model, np.array([[0.0, 1.0], [6.0, 10.0]])).tolist() == [8.5, 15.5]


def test_the_same_links_teach_the_same_trees() -> None:
    """Scores do not move when the index is made anew."""
    rows, labels = either_but_not_both()
    line = train_model(rows, labels)
    assert with_trees(line, rows, labels, np.ones(len(rows))) == with_trees(line, rows, labels, np.ones(len(rows)))


def test_a_signal_that_never_differs_does_no_harm() -> None:
    """A vault without dates or tags has columns of zeros."""
    rows, labels = either_but_not_both()
    rows[:, 2:] = 0.0
    model = with_trees(train_model(rows, labels), rows, labels, np.ones(len(rows)))
    assert share_right(model, rows, labels) > 0.9


def test_no_rows_have_no_scores() -> None:
    """A note that nothing speaks for teaches nothing, and stops nothing."""
    assert not len(score_rows(Model((1.0, 2.0), 0.5), np.zeros((0, 0))))
