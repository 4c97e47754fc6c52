"""The index: made, kept up to date, rebuilt."""

import json
import multiprocessing
import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

from enrich.links.index import Index, Told, ask_index, index_file, open_index, open_records
from enrich.links.suggest import Suggestion, Wishes, suggest_links
from enrich.vault.file import read_text
from enrich.vault.note import parse_note
from enrich.vault.vault import read_vault
from tests.links.garden import TOPICS, garden, note, write_vault


def suggestions(index: Index, path: str, **wishes: object) -> list[Suggestion]:
    """What is suggested for a note of the vault."""
    text = read_text(index.root / path)
    return list(suggest_links(parse_note(path, text), index, wishes=Wishes(**wishes)))  # type: ignore[arg-type]


def test_the_hub_of_a_topic_is_suggested_first(known_garden: Path, tmp_path: Path) -> None:
    """The author links every note of a topic to its hub, so the one that lacks the link gets it suggested."""
    index = open_index(known_garden, tmp_path / "cache")
    for path, hub in (("Notes/law story 0.md", "Trust in Rules"), ("Notes/violin story 0.md", "Sound of Rooms")):
        best = suggestions(index, path)[0]
        assert best.target == hub
        assert best.score > 0.5
        assert "of the 5 most similar notes link to it" in best.reason
    assert index.advice == ""


def test_few_notes_are_ranked_without_training_and_say_so(tmp_path: Path) -> None:
    """With five notes there is nothing to learn from; suggestions come all the same, with a remark."""
    notes = dict(list(garden(4).items())[:5])
    index = open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache")
    assert "too few links" in index.advice
    assert suggestions(index, "Notes/law story 0.md")


def test_an_empty_vault_has_no_suggestions(tmp_path: Path) -> None:
    """The first note of a new vault is no error."""
    (tmp_path / "vault").mkdir()
    index = open_index(tmp_path / "vault", tmp_path / "cache")
    assert suggest_links(parse_note("first.md", "# first\n\nSome text.\n"), index) == ()


def test_changes_are_taken_in_as_if_everything_were_read_again(known_garden: Path, tmp_path: Path) -> None:
    """After edits, a new note and a removed one, lookups answer like an index made anew."""
    root = known_garden
    (root / "Notes/law story 0.md").write_text(note("law story 0", "policy", 2, "Now about wafer cooling. [[Fresh]]"))
    (root / "Notes/Fresh.md").write_text(note("Fresh", "policy", 20, "A new regulator.", "[[Trust in Rules]]"))
    (root / "Notes/chord story 1.md").unlink()
    updated, anew = open_index(root, tmp_path / "cache"), open_index(root, tmp_path / "other")
    paths = {entry.path: n for n, entry in updated.store.entries(range(60)).items()}
    fresh = {entry.path: n for n, entry in anew.store.entries(range(60)).items()}
    assert paths.keys() == fresh.keys()
    for path, number in paths.items():
        ours, theirs = updated.store.ties([number])[number], anew.store.ties([fresh[path]])[fresh[path]]
        assert {updated.store.path_of(n) for n in ours.outs} == {anew.store.path_of(n) for n in theirs.outs}
    for key in ("wwafer", "tfresh", "nfresh", "=tag:policy", "wchord", "wregulator"):
        ours_at = {updated.store.path_of(value >> 8) for value in updated.store.postings(key)}
        assert ours_at == {anew.store.path_of(value >> 8) for value in anew.store.postings(key)}, key


def draw(root: Path, *ends: str) -> None:
    """A canvas with the notes at ``ends`` and an arrow from each to the next."""
    cards = [{"id": path, "type": "file", "file": path} for path in ends]
    arrows = [{"fromNode": one, "toNode": other} for one, other in pairwise(ends)]
    (root / "Board.canvas").write_text(json.dumps({"nodes": cards, "edges": arrows}), "utf-8")


def ties_of(index: Index, path: str) -> tuple[set[str], set[str]]:
    """The notes that the note at ``path`` links to, and that link to it."""
    (ties,) = index.store.ties([index.store.number_of(path)]).values()
    return {index.store.path_of(n) for n in ties.outs}, {index.store.path_of(n) for n in ties.ins}


def test_arrows_of_a_canvas_are_links(known_garden: Path, tmp_path: Path) -> None:
    """They count among a note's links, nothing drawn is suggested, and what is drawn anew is taken in."""
    root = known_garden
    law, hub = "Notes/law story 0.md", "Notes/Trust in Rules.md"
    index = open_index(root, tmp_path / "cache")
    assert hub in [one.path for one in suggestions(index, law)]
    index.close()
    draw(root, law, hub, "Notes/new.md")
    index = open_index(root, tmp_path / "cache")
    assert ties_of(index, law)[0] == {hub}
    assert law in ties_of(index, hub)[1]
    assert hub not in [one.path for one in suggestions(index, law)]
    index.close()
    (root / "Notes/new.md").write_text(note("new", "policy", 20, "A law."))
    index, anew = open_index(root, tmp_path / "cache"), open_index(root, tmp_path / "other")
    for path in (law, hub, "Notes/new.md"):
        assert ties_of(index, path) == ties_of(anew, path)
    assert ties_of(index, "Notes/new.md")[1] == {hub}
    index.close()
    (root / "Board.canvas").unlink()
    assert ties_of(open_index(root, tmp_path / "cache"), law) == (set(), set())


def test_arrows_teach_like_links(tmp_path: Path) -> None:
    """A vault whose author draws where others link is learned from."""
    notes = {path: text.replace("[[", "").replace("]]", "") for path, text in garden().items()}
    root = write_vault(tmp_path / "vault", notes)
    ends = [
        (path, f"Notes/{hub}.md")
        for tag, (hub, _) in TOPICS.items()
        for path, text in notes.items()
        if f"- {tag}\n" in text and hub not in path and not path.endswith(" 0.md")
    ]
    paths = list(notes)
    cards = [{"id": path, "type": "file", "file": path} for path in paths]
    arrows = [{"fromNode": one, "toNode": other} for one, other in ends]
    (root / "Board.canvas").write_text(json.dumps({"nodes": cards, "edges": arrows}), "utf-8")
    index = open_index(root, tmp_path / "cache")
    assert index.learned.models.related.links == len(ends)
    assert suggestions(index, "Notes/law story 0.md")[0].target == "Trust in Rules"


@pytest.mark.parametrize("damage", [b"no database at all", b""])
def test_a_damaged_index_is_made_anew(known_garden: Path, tmp_path: Path, damage: bytes) -> None:
    """A cut-off cache file costs a rebuild, not an error."""
    root = known_garden
    index_file(root, tmp_path / "cache").write_bytes(damage)
    index = open_index(root, tmp_path / "cache")
    assert suggestions(index, "Notes/law story 0.md")[0].target == "Trust in Rules"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE note SET entry = '[broken'",
        "UPDATE note SET entry = CAST(x'fffe5b' AS TEXT)",
        "UPDATE note SET entry = 5",
        "UPDATE note SET entry = '[]'",
        "UPDATE meta SET value = CAST(x'7bff7d' AS TEXT) WHERE key = 'facts'",
        "UPDATE meta SET value = '{}' WHERE key = 'facts'",
        "UPDATE meta SET value = '[[[[1]]]]' WHERE key LIKE 'models%'",
        "UPDATE posting SET packed = x'ff'",
        "DROP TABLE posting",
    ],
)
def test_damage_that_shows_late_is_repaired_too(known_garden: Path, tmp_path: Path, damage: str) -> None:
    """Pages that were overwritten are noticed when they are asked for, and the answer still comes."""
    root = known_garden
    with sqlite3.connect(index_file(root, tmp_path / "cache")) as connection:
        connection.execute(damage)
    connection.close()
    best = ask_index(
        lambda: open_index(root, tmp_path / "cache"), lambda index: suggestions(index, "Notes/law story 0.md")
    )[0]
    assert best.target == "Trust in Rules"


def test_an_index_of_another_version_is_made_anew(known_garden: Path, tmp_path: Path) -> None:
    """After an upgrade the old cache is not misread."""
    root = known_garden
    with sqlite3.connect(index_file(root, tmp_path / "cache")) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'version'")
    connection.close()
    steps: list[str] = []
    open_index(root, tmp_path / "cache", Told(steps.append)).close()
    assert any(step.startswith("reading") for step in steps)


def test_an_unchanged_vault_is_not_read_again(known_garden: Path, tmp_path: Path) -> None:
    """The second use starts at once."""
    root = known_garden
    steps: list[str] = []
    open_index(root, tmp_path / "cache", Told(steps.append)).close()
    assert steps == []


def open_and_count(root: Path, cache: Path) -> int:
    """What each of several processes does at once."""
    index = open_index(root, cache)
    try:
        return len(suggestions(index, "Notes/law story 0.md"))
    finally:
        index.close()


def test_processes_that_start_together_share_one_index(tmp_path: Path) -> None:
    """Two terminals at once neither fail nor spoil the index."""
    root = write_vault(tmp_path / "vault", garden())
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        counts = pool.starmap(open_and_count, [(root, tmp_path / "cache")] * 3)
    assert len(set(counts)) == 1
    assert counts[0] > 0


def test_every_reader_finds_the_same_notes(tmp_path: Path) -> None:
    """What a draft may link to is what suggestions know: linked folders once, and no folders of programs."""
    root = write_vault(tmp_path / "vault", {"a.md": "x", "b/c.md": "x", "node_modules/d.md": "x", ".trash/e.md": "x"})
    write_vault(tmp_path / "elsewhere", {"f.md": "x"})
    (root / "more").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (root / "again").symlink_to(root / "b", target_is_directory=True)
    paths = {"a.md", "b/c.md", "more/f.md"}
    index = open_index(root, tmp_path / "cache")
    assert set(index.store.numbers()) == paths
    index.close()
    assert {note.path for note in open_records(root, tmp_path / "cache").notes} == paths
    assert {note.path for note in read_vault(root).notes} == paths


def test_records_need_no_training_and_the_ranking_follows_them(tmp_path: Path) -> None:
    """A check that comes first learns nothing; suggestions afterwards learn, and see what changed in between."""
    root, cache = write_vault(tmp_path / "vault", garden()), tmp_path / "cache"
    steps: list[str] = []
    assert len(open_records(root, cache, Told(steps.append)).notes) == 33
    assert not any("learning" in step for step in steps)
    open_index(root, cache).close()
    (root / "Notes/Fresh.md").write_text(note("Fresh", "policy", 20, "A new regulator.", "[[Trust in Rules]]"))
    (root / "Notes/chord story 1.md").unlink()
    assert "Notes/Fresh.md" in open_records(root, cache).by_path
    index = open_index(root, cache)
    hub = index.store.number_of("Notes/Trust in Rules.md")
    assert index.store.number_of("Notes/Fresh.md") in index.store.ties([hub])[hub].ins
    assert index.store.number_of("Notes/chord story 1.md") == -1
    index.close()


def test_records_of_a_damaged_index_are_read_anew(tmp_path: Path) -> None:
    """A cut-off cache file costs the reading of the notes, not an error."""
    root, cache = write_vault(tmp_path / "vault", garden()), tmp_path / "cache"
    open_records(root, cache)
    index_file(root, cache).write_bytes(b"no database at all")
    assert len(open_records(root, cache).notes) == 33
