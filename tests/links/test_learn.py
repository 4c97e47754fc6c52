"""Learning from a vault's links while its user goes on."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from enrich.links.index import ask_index, index_file, open_index
from enrich.links.learn import learn
from enrich.links.learner import learning_lock, start_learning
from tests.links.garden import copy_with_index, garden, write_vault

MANY = 67
"""Stories of each topic, and three hubs: as few as are not learned from at once."""


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A vault that is too large to be learned from before the first answer."""
    return write_vault(tmp_path / "vault", garden(MANY))


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after the first answer."""
    root = write_vault(tmp_path_factory.mktemp("answered") / "vault", garden(MANY))
    opened(root)
    return root


@pytest.fixture
def root(answered: Path, tmp_path: Path) -> Path:
    """A copy of it with its index, in which nothing is learned yet."""
    return copy_with_index(answered, tmp_path)


@pytest.fixture(scope="module")
def learned(answered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same when somebody has waited for what is learned."""
    root = copy_with_index(answered, tmp_path_factory.mktemp("learned"))
    opened(root, wait=True)
    return root


def opened(root: Path, wait: bool = False) -> tuple[bool, int, str]:
    """Whether the index is still learning, from how many notes it has learned, and what a person is told."""
    with closing(open_index(root, root.parent / "cache", wait=wait)) as index:
        return index.is_learning, index.learned.models.related.notes, index.advice


def test_a_first_answer_does_not_wait_for_learning(fresh: Path) -> None:
    """It ranks as in vaults in general, and says so with the option that waits."""
    learning, notes, advice = opened(fresh)
    assert (learning, notes) == (True, 0)
    assert "--wait" in advice


def test_who_waits_gets_what_was_learned(learned: Path) -> None:
    """And so does whoever comes after, without waiting."""
    learning, notes, advice = opened(learned)
    assert not learning
    assert notes > 0
    assert advice == ""


def test_only_one_process_learns(root: Path) -> None:
    """Who comes second leaves it alone, and so does who finds it done."""
    opened(root)
    file = index_file(root, root.parent / "cache")
    with learning_lock(file):
        assert not learn(root, file)
        start_learning(root, file)
        assert opened(root)[0] is True
    assert learn(root, file)
    assert not learn(root, file)


def test_an_answer_starts_the_process_that_learns(root: Path) -> None:
    """It ends by itself, and the next answer uses what it has learned."""
    cache = root.parent / "cache"
    assert ask_index(lambda: open_index(root, cache, wait=False), lambda index: index.is_learning)
    deadline = time.monotonic() + 120
    while opened(root)[0] and time.monotonic() < deadline:
        time.sleep(0.2)
    assert opened(root)[1] > 0


def test_a_learner_that_is_killed_leaves_the_index_as_it_was(root: Path) -> None:
    """Nothing is half learned: the next one begins anew."""
    opened(root)
    file = index_file(root, root.parent / "cache")
    learner = subprocess.Popen((sys.executable, "-P", "-m", "enrich.links.learn", str(root), str(file)))
    time.sleep(0.3)
    learner.kill()
    learner.wait()
    assert opened(root)[:2] == (True, 0)
    assert learn(root, file)


def test_much_writing_is_learned_from_later(learned: Path, tmp_path: Path) -> None:
    """A vault that has changed a lot ranks with what was learned before until it is learned from again."""
    root = copy_with_index(learned, tmp_path)
    before = opened(root)[1]
    for number in range(80):
        (root / f"another {number}.md").write_text(f"# another {number}\n\nA plain text of law and trust.\n", "utf-8")
    learning, notes, _ = opened(root)
    assert (learning, notes) == (True, before)


def test_an_index_without_tables_is_nothing_to_learn_for(tmp_path: Path) -> None:
    """A file that another version wrote, or nobody, is left alone."""
    file = tmp_path / "index.sqlite3"
    sqlite3.connect(file).close()
    assert not learn(tmp_path, file)
