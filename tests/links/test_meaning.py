"""Meaning: what is embedded and when, what it adds to the ranking, and that nothing depends on it."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from enrich.errors import ModelError
from enrich.links.document import read_document, text_of_meaning
from enrich.links.index import Index, discard_index, index_file, open_index
from enrich.links.meaning import Vectors, vector_file
from enrich.links.suggest import Suggestion, Wishes, suggest_links
from enrich.vault.file import read_text
from enrich.vault.note import parse_note
from enrich.vault.walk import list_files
from tests.links.garden import garden, note, write_vault

SENSES = ("sea", "sky", "fire", "wood")


class Senses:
    """Knows of made-up words which sense they have: ``sea17`` and ``sea4`` are near, though no letter says so."""

    name, destination = "senses", ""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One number a sense, and a little of the text itself."""
        if self.fails:
            raise ModelError("embeddings: the endpoint sleeps")
        self.asked += texts
        return [[0.1 + text.count(sense) for sense in SENSES] + self._own(text) for text in texts]

    def _own(self, text: str) -> list[float]:
        return [byte / 512 for byte in hashlib.sha256(text.encode()).digest()[:4]]


class Told:
    """What a person was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str) -> None:
        """Note it down."""
        self.lines.append(line)


def vault_of_senses(root: Path) -> Path:
    """Notes whose words are all their own; each links to the two of its sense that came before it."""
    notes = {}
    for number in range(80):
        sense = SENSES[number * 7 % len(SENSES)]
        earlier = [n for n in range(number) if SENSES[n * 7 % len(SENSES)] == sense][-2:]
        links = " ".join(f"See [[n{n}]]." for n in earlier)
        notes[f"n{number}.md"] = f"# n{number}\n\n{f'{sense}{number}x ' * 12}\n\n{links}\n"
    return write_vault(root, notes)


def vectors_of(root: Path, cache: Path, senses: Senses, told: Told | None = None) -> Vectors:
    """The vectors of a vault by a fake model."""
    return Vectors(vector_file(root, cache), senses, told or Told())


def suggested(index: Index, path: str) -> list[Suggestion]:
    """The best suggestions for a note of the vault."""
    found = suggest_links(
        parse_note(path, read_text(index.root / path)), index, wishes=Wishes(limit=10, kind="related")
    )
    return list(found)


def test_a_shared_sense_without_a_shared_word_is_learned(tmp_path: Path) -> None:
    """The author links by what notes mean; with vectors that is found, and the reason says so."""
    root = vault_of_senses(tmp_path / "vault")
    (root / "new.md").write_text("# new\n\n" + "sea999 " * 12, "utf-8")
    plain = suggested(open_index(root, tmp_path / "plain"), "new.md")
    index = open_index(root, tmp_path / "cache", vectors=vectors_of(root, tmp_path / "cache", Senses()))
    found = suggested(index, "new.md")
    own = {f"n{number}.md" for number in range(80) if SENSES[number * 7 % len(SENSES)] == "sea"}
    assert len(own & {one.path for one in found[:6]}) >= 5
    assert len(own & {one.path for one in plain[:6]}) < 5
    assert any("note in meaning" in one.reason for one in found)


def test_only_what_means_something_else_is_embedded_again(tmp_path: Path) -> None:
    """A touch, a move and an index that is made anew cost no request; a new sentence costs one text."""
    root = write_vault(tmp_path / "vault", garden(1))
    senses, cache = Senses(), tmp_path / "cache"

    def opened() -> list[str]:
        senses.asked = []
        open_index(root, cache, vectors=vectors_of(root, cache, senses)).close()
        return senses.asked

    assert len(opened()) == len(list_files(root).notes)
    assert opened() == []
    path = root / "Notes/law story 0.md"
    path.touch()
    (root / "Notes/violin story 0.md").rename(root / "violin story 0.md")
    assert opened() == []
    discard_index(index_file(root, cache))
    assert opened() == []
    path.write_text(path.read_text("utf-8") + "\nA sentence on duty.\n", "utf-8")
    (asked,) = opened()
    assert asked.endswith("A sentence on duty.")


def test_a_text_that_is_not_saved_is_embedded_once(tmp_path: Path) -> None:
    """An editor that asks again about the same buffer costs nothing."""
    root = write_vault(tmp_path / "vault", garden(1))
    senses = Senses()
    index = open_index(root, tmp_path / "cache", vectors=vectors_of(root, tmp_path / "cache", senses))
    senses.asked = []
    for _ in range(2):
        suggest_links(parse_note("../x.md", "# x\n\nA law on sea.\n"), index)
    assert len(senses.asked) == 1


def test_texts_are_compared_and_embedded_once(tmp_path: Path) -> None:
    """The notes nearest to an article are embedded by the first draft alone, and a failure is told, not raised."""
    senses, told = Senses(), Told()
    vectors = vectors_of(tmp_path, tmp_path / "cache", senses, told)
    for _ in range(2):
        near, far = vectors.compare("sea1 sea2", ["sea3 sea4", "fire1 fire2"]) or (0.0, 0.0)
        assert near > 0.9 > 0.5 > far
    assert sorted(senses.asked) == ["fire1 fire2", "sea1 sea2", "sea3 sea4"]
    assert vectors.compare("sea1 sea2", []) == []
    senses.fails = True
    assert vectors.compare("sea9", ["sea3 sea4"]) is None
    assert told.lines == ["embeddings: the endpoint sleeps; ranked without the meaning of notes"]
    vectors.close()


def test_links_are_not_embedded() -> None:
    """A draft has no links yet, so a note is compared as if it had none."""
    text = "---\ndescription: On a.\n---\n# a\n\nText [[Trust in Rules]] goes\n\non.\n"
    assert text_of_meaning(read_document(parse_note("a.md", text))) == "a. On a. # a Text | goes on."


def test_a_vault_too_small_to_learn_from_is_ranked_with_embeddings(tmp_path: Path) -> None:
    """A few notes and a link teach nothing, and the general weights know no meaning: that was a crash."""
    root = write_vault(tmp_path / "vault", garden(2))
    index = open_index(root, tmp_path / "cache", vectors=vectors_of(root, tmp_path / "cache", Senses()))
    assert suggested(index, "Notes/law story 0.md")


def test_failure_is_told_and_ranking_goes_on_without(known_garden: Path, tmp_path: Path) -> None:
    """An endpoint that sleeps costs a line on stderr, never the suggestions: they are what they are without it."""
    root = known_garden
    path, senses, told = "Notes/law story 0.md", Senses(), Told()
    plain = suggested(open_index(root, tmp_path / "cache"), path)
    senses.fails = True
    cache = tmp_path / "other"
    assert suggested(open_index(root, cache, vectors=vectors_of(root, cache, senses, told)), path) == plain
    (line,) = told.lines
    assert "the endpoint sleeps; ranked without the meaning of notes" in line


def test_failure_at_the_question_alone_uses_the_plain_models(known_garden: Path, tmp_path: Path) -> None:
    """The vault is embedded, the new text cannot be: weights for meaning are not used on rows that have none."""
    root = known_garden
    senses, told, cache = Senses(), Told(), tmp_path / "other"
    text = "# x\n\nA note about law, regulator and court.\n"
    plain = suggest_links(parse_note("../x.md", text), open_index(root, tmp_path / "cache"))
    index = open_index(root, cache, vectors=vectors_of(root, cache, senses, told))
    senses.fails = True
    assert suggest_links(parse_note("../x.md", text), index) == plain
    assert len(told.lines) == 1


def test_what_was_embedded_before_a_failure_is_kept(tmp_path: Path) -> None:
    """A quota that ends in mid-vault is not paid twice."""
    root = write_vault(tmp_path / "vault", {f"n{n}.md": note(f"n{n}", "a", 1, f"Text {n}.") for n in range(150)})

    class Ends(Senses):
        """Gives vectors for the first hundred texts."""

        def embed(self, texts: Sequence[str]) -> list[list[float]]:
            """As ever, until the quota ends."""
            if len(self.asked) + len(texts) > 100:
                raise ModelError("embeddings: status 429: quota")
            return super().embed(texts)

    first, then, cache = Ends(), Senses(), tmp_path / "cache"
    open_index(root, cache, vectors=vectors_of(root, cache, first)).close()
    open_index(root, cache, vectors=vectors_of(root, cache, then)).close()
    assert len(first.asked) > 0
    assert len(first.asked) + len(then.asked) == 150


def test_texts_that_leave_the_machine_are_announced_once(tmp_path: Path) -> None:
    """Before the first note goes anywhere the person reads how many go where."""
    root = write_vault(tmp_path / "vault", garden(1))

    class Away(Senses):
        """The same, elsewhere."""

        destination = "api.example.org"

    told, cache = Told(), tmp_path / "cache"
    for _ in range(2):
        open_index(root, cache, vectors=vectors_of(root, cache, Away(), told)).close()
    count = len(list_files(root).notes)
    assert told.lines == [f"the text of {count} notes goes to api.example.org (ENRICH_EMBEDDINGS)"]


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    """Rubbish in the file costs one run without meaning, and the vectors."""
    root = write_vault(tmp_path / "vault", garden(1))
    cache, senses, told = tmp_path / "cache", Senses(), Told()
    cache.mkdir()
    vector_file(root, cache).write_bytes(b"no database" * 400)
    assert suggested(open_index(root, cache, vectors=vectors_of(root, cache, senses, told)), "Notes/law story 0.md")
    assert "ranked without" in told.lines[0]
    index = open_index(root, cache, vectors=vectors_of(root, cache, senses, told))
    assert index.learned.with_meaning is not None
    assert len(told.lines) == 1


def test_another_model_is_another_set_of_vectors(tmp_path: Path) -> None:
    """Vectors of two models are never compared, and going back to the first costs nothing."""
    root = write_vault(tmp_path / "vault", garden(1))
    cache, senses, other = tmp_path / "cache", Senses(), Senses()
    other.name = "other"
    for model in (senses, other):
        open_index(root, cache, vectors=vectors_of(root, cache, model)).close()
        assert len(model.asked) == len(list_files(root).notes)
        model.asked = []
    open_index(root, cache, vectors=vectors_of(root, cache, senses)).close()
    assert senses.asked == []


@pytest.mark.parametrize("numbers", [[3.0, -4.0, 0.0], [1e-7, 2e-7, 0.0], [0.0, 0.0, 0.0]])
def test_the_direction_of_a_vector_is_kept(tmp_path: Path, numbers: list[float]) -> None:
    """A byte a number keeps the angle within a hundredth, however long the vector was; nothing divides by zero."""

    class Fixed(Senses):
        """One vector for everything."""

        def embed(self, texts: Sequence[str]) -> list[list[float]]:
            """The same for each."""
            return [numbers for _ in texts]

    vectors = Vectors(tmp_path / "v.sqlite3", Fixed(), Told())
    kept = vectors.vector_of("x")
    assert kept is not None
    length = float(np.linalg.norm(numbers))
    if length:
        assert float(kept @ np.array(numbers) / length) > 0.999
    assert np.isfinite(kept).all()


def test_vectors_of_removed_notes_are_dropped(tmp_path: Path) -> None:
    """The file does not grow with every edit for ever."""
    root = write_vault(tmp_path / "vault", garden(1))
    cache, senses = tmp_path / "cache", Senses()
    open_index(root, cache, vectors=vectors_of(root, cache, senses)).close()
    (root / "Notes/Chips and Power.md").unlink()
    open_index(root, cache, vectors=vectors_of(root, cache, senses)).close()
    connection = sqlite3.connect(vector_file(root, cache))
    (count,) = connection.execute("SELECT count(*) FROM vector").fetchone()
    connection.close()
    assert count == len(list_files(root).notes)
