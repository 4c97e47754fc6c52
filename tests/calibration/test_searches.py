"""How far a search goes: whose links vote, which words are too common, which older notes are asked."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from enrich.links.backlinks import find_backlinks
from enrich.links.document import read_document
from enrich.links.features import Features, gather_features, search_words
from enrich.links.index import Told, open_index, open_records
from enrich.links.memory_index import MemoryIndex
from enrich.links.mention import Mention, find_mentions
from enrich.links.subject import read_subject
from enrich.links.suggest import Wishes, suggest_links
from enrich.vault.note import parse_note
from tests.calibration.test_learning import index_of
from tests.links.garden import write_vault


def features_of(index: MemoryIndex, path: str, text: str, near: dict[int, float] | None = None) -> Features:
    """What speaks for links from a new note."""
    return gather_features(read_subject(read_document(parse_note(path, text)), near=near), index)


def test_the_nearest_notes_in_meaning_vote() -> None:
    """What the notes link to that are nearest in meaning is voted for, and not what any note does."""
    index = index_of([*(f"text [[n{number + 120}]]" for number in range(120)), *("text" for _ in range(120))])
    near = {number: 1 - number / 200 for number in range(120)}
    votes = features_of(index, "new.md", "other words", near).by_meaning.outs
    assert sorted(number - 120 for number in votes.best(240)) == list(range(25))


def test_in_a_small_folder_every_note_votes() -> None:
    """What a folder of forty notes links to counts for a new note there, whatever its words."""
    index = MemoryIndex()
    for number in range(40):
        index.add(read_document(parse_note(f"Small/n{number}.md", f"text [[t{number}]]")))
    for number in range(40):
        index.add(read_document(parse_note(f"t{number}.md", "text")))
    index.finish()
    assert len(features_of(index, "Small/new.md", "other words").by_folder.outs.best(80)) == 40


def test_the_most_linked_notes_are_candidates_of_any_note() -> None:
    """A note that shares nothing with the vault may still belong to what much is linked to, but not to everything."""
    texts = [f"text {' '.join(f'[[n{target}]]' for target in range(number))}" for number in range(1, 80)]
    candidates = features_of(index_of(texts), "Elsewhere/new.md", "other words").candidates
    assert candidates == tuple(range(40))


@pytest.mark.parametrize("others", [12, 300])
def test_words_that_hardly_another_note_has_tell_in_any_vault(others: int) -> None:
    """A word of one other note tells all that a word can, one of six less; more than three rare ones add nothing."""
    texts = ["sextant", "sextant astrolabe quadrant compass", *["lantern"] * 6, *["plain"] * others]
    index = index_of(texts)
    found = features_of(index, "new.md", "astrolabe quadrant compass sextant lantern")
    rarest, three, rare = (
        [scores.of(number) for number in (0, 1, 2, 8)]
        for scores in (found.rarest_word, found.rarest_words, found.rare_words)
    )
    assert rarest[1] == 1 > rarest[0] > rarest[2] > rarest[3] == 0
    assert three == [rarest[0], 3, rarest[2], 0]
    assert rare == [1, 4, 0, 0]


def test_in_a_young_vault_no_word_is_too_common() -> None:
    """Three notes of eight on one subject are found by its word; in a grown vault a word of so many tells nothing."""
    texts = ["a turbine"] * 3 + ["a bell"] * 5
    assert sorted(search_words(index_of(texts), {"turbine": 1}).best(9)) == [0, 1, 2]
    assert not search_words(index_of(texts * 30), {"turbine": 1}).best(9)


def named_in(text: str, notes: int) -> list[Mention]:
    """What is found in the text, in a vault where so many notes are called Ines Castellan."""
    return find_mentions(text, (), index_of(["---\naliases: [Ines Castellan]\n---\n"] * notes))


@pytest.mark.parametrize(("gap", "notes", "is_found"), [(2, 1, True), (30, 1, False), (1, 7, True), (1, 12, False)])
def test_words_far_apart_and_a_name_of_many_notes_name_none(gap: int, notes: int, is_found: bool) -> None:
    """Two columns of a table are no name, and what a dozen notes are called says nothing about which is meant."""
    assert bool(named_in(f"It was Ines{' ' * gap}Castellan.", notes)) is is_found


def test_a_name_of_several_notes_that_nothing_else_speaks_for_is_hardly_a_link(tmp_path: Path) -> None:
    """It is offered to who asks for all, and one of a single note is shown."""
    notes = {f"n{number}.md": f"text [[n{number // 9}]]\n" for number in range(60)}
    notes |= {f"roads/{number}.md": "---\naliases: [coast road]\n---\n" for number in range(7)}
    notes |= {f"coast/coast road {number}.md": "" for number in range(80)}
    notes |= {"lanes/8.md": "---\naliases: [quarry lane]\n---\n"}
    text = "Along the coast road, then up Quarry Lane.\n"
    with closing(open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache", wait=False)) as index:
        found = suggest_links(parse_note("Elsewhere/new.md", text), index, wishes=Wishes(kind="mention"))
    assert [(one.path, round(one.score, 4)) for one in found] == [("lanes/8.md", 0.9243), ("roads/0.md", 0.0003)]


def test_a_reason_names_a_few_of_many(tmp_path: Path) -> None:
    """Of what two notes share a reader is told as much as can be taken in at a glance."""
    front, words = "---\ntags: [tin, copper, brass, steel]\n---\n", "kettle spout handle lid base rim"
    notes = {f"n{number}.md": f"{front}A {words} {number} by [[{words}]].\n" for number in range(6)}
    notes |= {f"{words}.md": f"{front}Metal.\n"} | {f"o{number}.md": f"Other {number}.\n" for number in range(30)}
    with closing(open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache")) as index:
        note = parse_note("new.md", f"{front}The rim, the base, a lid and a handle; a spout of a kettle.\n")
        reasons = {one.path: one.reason for one in suggest_links(note, index)}
    assert reasons[f"{words}.md"] == (
        "4 of the 5 most similar notes link to it (“n0”, “n1” and 2 more); shares #tin #copper #brass; "
        "title words: lid, handle, spout, kettle; 6 notes link to it"
    )


def test_a_reason_leaves_out_what_tells_nothing(tmp_path: Path) -> None:
    """A tag that most notes of a young vault have, and two letters that are no word, speak for no link."""
    notes = {f"n{n}.md": f"---\ntags: [tin{', brass' if n < 6 else ''}]\n---\nNote {n}.\n" for n in range(10)}
    notes["n0.md"] += "Marked zq by the smith of Orrin.\n"
    with closing(open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache")) as index:
        note = parse_note("new.md", "---\ntags: [tin, brass]\n---\nzq is the mark of Orrin.\n")
        reasons = {one.path: one.reason for one in suggest_links(note, index)}
    assert reasons["n0.md"] == "shares #brass; rare words of both: Orrin"


def asked_of(tmp_path: Path, naming: int) -> set[str]:
    """The older notes that are asked for a link to a note called Quagga, in a vault where so many hold that word."""
    notes = {f"n{number}.md": f"The quagga of book {number}.\n" for number in range(naming)}
    notes |= {f"zoo {number}.md": "Tickets and maps.\n" for number in range(60)}
    text = f"# Quagga\n\nIt lives in {', '.join(f'zoo {number}' for number in range(60))}.\n"
    root = write_vault(tmp_path / "vault", notes | {"Quagga.md": text})
    asked = set[str]()
    with closing(open_index(root, tmp_path / "cache")) as index:
        assert find_backlinks(text, "Quagga.md", index, lambda path: asked.add(path)) == ()
    return asked


def test_older_notes_that_name_a_new_one_are_asked_and_the_nearest(tmp_path: Path) -> None:
    """A note that very many name is asked of none by its name, so that a command does not search all day."""
    few, many = asked_of(tmp_path / "few", 30), asked_of(tmp_path / "many", 60)
    assert {path for path in few if path.startswith("n")} == {f"n{number}.md" for number in range(30)}
    assert len([path for path in few if path.startswith("zoo")]) == len(many) == 40


@pytest.mark.parametrize(("notes", "told"), [(90, []), (110, ["reading 110 notes"])])
def test_reading_is_told_where_it_takes_a_moment(notes: int, told: list[str], tmp_path: Path) -> None:
    """Who waits for many notes to be read is told why; a day's writing is read without a word."""
    root = write_vault(tmp_path / "vault", {f"n{number}.md": "text\n" for number in range(notes)})
    said: list[str] = []
    open_records(root, tmp_path / "cache", Told(said.append))
    assert said == told


def made_anew(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether an index is made anew, not brought up to date, when notes are rewritten."""
    root = write_vault(tmp_path / "vault", before)
    open_index(root, tmp_path / "cache", wait=False).close()
    write_vault(root, after)
    said: list[str] = []
    open_index(root, tmp_path / "cache", Told(said.append), wait=False).close()
    return "writing the index" in said


@pytest.mark.parametrize(
    ("size", "changed", "anew"), [(60, 45, False), (60, 55, True), (280, 53, False), (280, 60, True)]
)
def test_much_writing_makes_the_index_anew(size: int, changed: int, anew: bool, tmp_path: Path) -> None:
    """A day's writing is taken in; where fifty notes, or a fifth of a larger vault, have changed, all is read again."""
    before = {f"n{number}.md": f"text {number}\n" for number in range(size)}
    assert made_anew(tmp_path, before, {f"n{number}.md": f"words {number}\n" for number in range(changed)}) is anew


@pytest.mark.parametrize(("changed", "anew"), [(2, False), (3, True)])
def test_much_linking_makes_the_index_anew(changed: int, anew: bool, tmp_path: Path) -> None:
    """Links are learned from again where a tenth of them have changed, in however few notes."""
    links = {number: [f"[[t{target}]]" for target in range(32)] for number in range(20)}
    notes = {f"n{number}.md": f"List {number}. {' '.join(some)}\n" for number, some in links.items()}
    targets = {f"t{target}.md": f"text {target}\n" for target in range(32)}
    assert made_anew(tmp_path, notes | targets, {f"n{number}.md": "No list.\n" for number in range(changed)}) is anew


def test_a_small_vault_is_learned_from_at_once(tmp_path: Path) -> None:
    """Nobody is told that the ranking still learns where that takes a second."""
    root = write_vault(tmp_path / "vault", {f"n{number}.md": f"text [[n{number // 2}]]\n" for number in range(40)})
    with closing(open_index(root, tmp_path / "cache", wait=False)) as index:
        assert not index.is_learning


def test_learning_goes_after_what_its_user_does(tmp_path: Path) -> None:
    """A process that learns in the background leaves the processor to whatever was started by hand."""
    code = "import os; from enrich.links.learn import main; main(); print(os.nice(0))"
    asked = (sys.executable, "-c", code, tmp_path, tmp_path / "index.sqlite3", "")
    learner = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert int(learner.stdout) == min(os.nice(0) + 10, 19)
