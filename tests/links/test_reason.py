"""Reasons: each names what a person can look up."""

from pathlib import Path

import pytest

from enrich.links.index import Index, open_index
from enrich.links.suggest import Suggestion, Wishes, suggest_links
from enrich.vault.note import parse_note
from tests.links.garden import garden, note, write_vault

CHINESE = "云计算把无服务器计算服务放在数据中心。"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The garden with notes that are alike in one way each."""
    notes = garden()
    notes["Notes/Rare.md"] = note("Rare", "alone", 3, "The gyroscope and the theodolites of Graz, 2021.")
    notes["Notes/European Union.md"] = note("European Union", "a/b", 4, "law", front="aliases: [EU]\n")
    notes["Notes/Union of Rooms.md"] = note("Union of Rooms", "alone", 5, "Nothing.", front="aliases: [EU]\n")
    notes["Notes/云.md"] = note("云", "alone", 6, CHINESE)
    for number in range(3):
        notes[f"Notes/says {number}.md"] = note(f"says {number}", "alone", 7, "A [[European Union|bloc]] acts.")
    return open_index(write_vault(tmp_path_factory.mktemp("reason") / "vault", notes), tmp_path_factory.mktemp("cache"))


def why(index: Index, text: str, path: str) -> Suggestion:
    """The suggestion of the note at ``path`` for a text."""
    found = suggest_links(parse_note("Notes/new.md", text), index, wishes=Wishes(limit=80))
    return next(suggestion for suggestion in found if suggestion.path == path)


def test_similar_notes_that_link_are_named(index: Index) -> None:
    """Who doubts the reason can open the neighbours and see the link."""
    text = note("new", "policy", 20, "A note about law, regulator, compliance, fine and audit.")
    reason = why(index, text, "Notes/Trust in Rules.md").reason
    assert "of the 5 most similar notes link to it (“" in reason
    assert "story" in reason
    assert "” and “" in reason or " more)" in reason
    assert "shares #policy" in reason
    assert "notes link to it" in reason


def test_rare_words_are_quoted_as_the_note_writes_them(index: Index) -> None:
    """The words that both notes have, as they stand in this one; figures and common words are no reason."""
    reason = why(index, "# new\n\nTheodolites beat a Gyroscope in 2021.\n", "Notes/Rare.md").reason
    assert "rare words of both: Theodolites, Gyroscope" in reason
    assert "2021" not in reason


def test_overlapping_pairs_of_characters_are_one_word(index: Index) -> None:
    """Chinese is compared by pairs of characters, and shown in words."""
    reason = why(index, "# new\n\n他说无服务器很好。\n", "Notes/云.md").reason
    assert "无服务器" in reason


def test_a_mention_says_whose_name_it_is_and_what_else_it_may_mean(index: Index) -> None:
    """An alias is told from the name, habit is counted, and a second meaning is named."""
    alias = why(index, "# new\n\nThe EU acts.\n", "Notes/European Union.md")
    assert "“EU” is another name of it" in alias.reason
    assert "could also mean “Union of Rooms”" in alias.reason
    name = why(index, "# new\n\nThe European Union acts.\n", "Notes/European Union.md")
    assert "its name stands here" in name.reason
    habit = why(index, "# new\n\nThe bloc acts.\n", "Notes/European Union.md")
    assert "“bloc” is a link to it in 3 notes" in habit.reason


def test_of_nested_tags_the_deepest_is_shown(index: Index) -> None:
    """``#a/b`` says all that ``#a`` says."""
    reason = why(index, note("new", "a/b", 20, "The law."), "Notes/European Union.md").reason
    assert "shares #a/b" in reason
    assert "#a " not in reason


def test_there_is_always_a_reason(index: Index) -> None:
    """Also a note that only folder and date speak for says so, and no share of a score stands for a reason."""
    text = note("new", "alone", 20, "Words that nobody has: qwertz.")
    found = suggest_links(parse_note("Notes/new.md", text), index, wishes=Wishes(limit=80))
    assert found
    assert all(suggestion.reason for suggestion in found)
    assert not any("%" in suggestion.reason for suggestion in found)


def test_being_linked_often_is_no_reason_by_itself(index: Index) -> None:
    """That many notes link to a hub does not tell why this one should."""
    found = suggest_links(
        parse_note("Notes/new.md", note("new", "alone", 20, "Qwertz.")), index, wishes=Wishes(limit=80)
    )
    assert not any(
        suggestion.reason.split(";")[0].endswith("to it") for suggestion in found if "most" not in suggestion.reason
    )


@pytest.mark.parametrize(
    ("tags", "shared"),
    [("literature-note", ""), ("type/concept", ""), ("status/seedling", ""), ("daily", ""), ("optics", "#optics")],
)
def test_kinds_and_states_of_notes_are_no_reason(tmp_path: Path, tags: str, shared: str) -> None:
    """``#literature-note`` says what a note is, not what it is about."""
    notes = {f"n{number}.md": f"# n{number}\n\nPlain text of weather.\n" for number in range(20)}
    notes["lens.md"] = f"---\ntags: [{tags}]\n---\n# lens\n\nGlass bends light.\n"
    text = f"---\ntags: [{tags}]\n---\n# prism\n\nGlass splits light.\n"
    index = open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache")
    found = suggest_links(parse_note("prism.md", text), index, wishes=Wishes(limit=80))
    assert f"shares {shared}" in next(one for one in found if one.path == "lens.md").reason or not shared
    assert shared or not any("shares" in one.reason for one in found)


@pytest.mark.parametrize(
    ("title", "text", "empty"),
    [
        ("Storia di un faro", "The lamps di Genova and the faro burn at night and in the storm.", "di"),
        ("Lehre von der Optik", "The Optik, von Kepler and der Linse, was new in the time.", "der"),
        ("La luz en Lima", "The luz of Lima, en la noche, and the sea.", "en"),
        ("Le phare et la mer", "The phare et la lune in the night of the harbour.", "et"),
    ],
)
def test_small_words_of_another_language_are_no_reason(tmp_path: Path, title: str, text: str, empty: str) -> None:
    """A title may be in another language than the text that would link to it."""
    notes = {f"n{number}.md": f"# n{number}\n\nPlain text of weather.\n" for number in range(8)} | {f"{title}.md": "x"}
    index = open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache")
    reason = why_in(index, f"# s\n\n{text}\n", f"{title}.md")
    assert f" {empty}," not in f"{reason.replace(':', ',').replace(';', ',')},"


def why_in(index: Index, text: str, path: str) -> str:
    """The reason for a note in any vault."""
    return next(
        one.reason
        for one in suggest_links(parse_note("s.md", text), index, wishes=Wishes(limit=80))
        if one.path == path
    )
