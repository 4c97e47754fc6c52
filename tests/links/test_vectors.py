"""The two calculators: what training learns from is what a query asks."""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.links.document import read_document
from enrich.links.features import gather_features
from enrich.links.index import open_index
from enrich.links.memory_index import MemoryIndex
from enrich.links.note_index import NoteIndex
from enrich.links.rows import FEATURES, read_rows
from enrich.links.subject import read_subject
from enrich.links.training import read_note_examples
from enrich.vault.note import parse_note
from enrich.vault.walk import list_files
from tests.links.garden import garden, write_vault

WORDS = ("law", "fine", "audit", "wafer", "socket", "chord", "melody", "choir", "duty", "Café")
FOLDERS = ("", "Notes/", "Notes/2022/", "Ideas/")


@st.composite
def vaults(draw: st.DrawFn) -> dict[str, str]:
    """Up to twenty notes in some folders, with names, tags, dates and links that often meet."""
    names = draw(
        st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), max_size=20, unique=True)
    )
    return {f"{draw(st.sampled_from(FOLDERS))}{name}.md": _note(draw, name, names) for name in names}


def _note(draw: st.DrawFn, name: str, names: list[str]) -> str:
    some = st.lists(st.sampled_from(WORDS), max_size=4)
    day, later = (draw(st.dates(date(2022, 1, 1), date(2022, 3, 1))) for _ in range(2))
    linked = [f"[[{other}]]" for other in draw(st.lists(st.sampled_from(names), max_size=4)) if other != name]
    front = [
        *(f"created: {day}" for _ in range(draw(st.integers(0, 1)))),
        *(f"updated: {later}" for _ in range(draw(st.integers(0, 1)))),
        f"aliases: [{', '.join(draw(some))}]",
        f"tags: [{', '.join(draw(some))}]",
        f"keywords: [{', '.join(draw(some))}]",
        *(["draft: true"] if draw(st.integers(0, 9)) == 0 else []),
    ]
    return "\n".join(("---", *front, "---", *draw(some), "## one", *linked, " ".join(draw(some)), ""))


def rows_by_path(memory_index: NoteIndex, path: str, text: str, number: int) -> dict[str, list[float]]:
    """The row of each candidate."""
    features = gather_features(read_subject(read_document(parse_note(path, text)), number), memory_index)
    numbers, rows = read_rows(features)
    return {
        features.entries[number].path: [float(value) for value in row]
        for number, row in zip(numbers, rows, strict=True)
    }


def differences(trained: dict[str, list[float]], asked: dict[str, list[float]]) -> Iterator[tuple[str, str]]:
    """Candidate and feature of each value that is not the same; pytest's own `approx` is slow for so many."""
    for other, row in trained.items():
        for name, one, two in zip(FEATURES, row, asked[other], strict=True):
            if not isclose(one, two, rel_tol=1e-9, abs_tol=1e-9):
                yield other, name


def assert_same_rows(root: Path, notes: dict[str, str], some: Iterable[str]) -> None:
    """A query on the store and training on the memory_index in memory see the same candidates with the same rows.

    Asked for are ``some`` of the notes.
    """
    memory_index = _index_of({path: notes[path] for path in list_files(root).notes})
    index = open_index(root, root.parent / "cache")
    numbers = {path: number for number, path in enumerate(memory_index.paths)}
    for path in some:
        trained = rows_by_path(memory_index, path, notes[path], numbers[path])
        asked = rows_by_path(index.store, path, notes[path], index.store.number_of(path))
        assert trained.keys() == asked.keys(), path
        assert list(differences(trained, asked)) == [], path
    index.close()


@settings(max_examples=40, deadline=None)
@given(vaults())
def test_a_query_sees_the_rows_that_training_saw(notes: dict[str, str]) -> None:
    """Weights learned with arrays would mean nothing if plain sums gave other numbers."""
    with tempfile.TemporaryDirectory() as folder:
        assert_same_rows(write_vault(Path(folder) / "vault", notes), notes, notes)


def test_rows_agree_on_a_vault_with_hubs_and_crowds(tmp_path: Path) -> None:
    """Where more notes are alike than are looked at, both cut in the same place."""
    size = 70
    notes = garden(size)
    # The hub of each topic, and its first and last stories: their words come again with every eighth, and a month ends.
    some = [path for number, path in enumerate(notes) if not 8 < number % (size + 1) <= size - 8]
    assert_same_rows(write_vault(tmp_path / "vault", notes), notes, some)


@pytest.mark.parametrize("size", [3, 4, 10])
def test_a_note_teaches_what_it_would_show_as_a_draft(size: int) -> None:
    """Its own links, and those to it, leave no trace in the rows it teaches; a draft does not have them."""
    notes = garden(size)
    path = next(path for path in notes if path.endswith("story 1.md"))
    notes["Notes/back.md"] = "It answers [[law story 1]] and [[regulator story 1]], of [[Trust in Rules]]."
    draft = {other: text.replace("[[regulator story 1]]", "") for other, text in notes.items()}
    draft[path] = draft[path].replace("[[Trust in Rules]]", "")
    taught, shown = (_rows_in_memory(some, path) for some in (notes, draft))
    columns = [FEATURES.index(name) for name in ("tag pull", "folder pull", "trait pull", "links", "times linked")]
    assert {other: [row[column] for column in columns] for other, row in taught.items()} == {
        other: [row[column] for column in columns] for other, row in shown.items() if other in taught
    }


def test_names_are_judged_in_a_text_that_holds_their_words() -> None:
    """What a mention teaches is seen as in a draft: the words of the link stand in the text, the link does not."""
    notes = garden(4)
    path = next(path for path in notes if path.endswith("story 1.md"))
    memory_index = _index_of(notes)
    taught = read_note_examples(memory_index, list(notes).index(path), parse_note(path, notes[path]))
    at = [memory_index.paths[number].rpartition("/")[2] for number in taught.named].index("Trust in Rules.md")
    assert taught.meant == [True] * len(taught.mentions)
    assert taught.named_rows[at][FEATURES.index("title coverage")] == pytest.approx(1.0)
    assert not taught.rows[taught.linked][:, FEATURES.index("title coverage")].all()


def _rows_in_memory(notes: dict[str, str], path: str) -> dict[str, list[float]]:
    return rows_by_path(_index_of(notes), path, notes[path], list(notes).index(path))


def _index_of(notes: dict[str, str]) -> MemoryIndex:
    memory_index = MemoryIndex()
    for other, text in notes.items():
        memory_index.add(read_document(parse_note(other, text)))
    memory_index.finish()
    return memory_index
