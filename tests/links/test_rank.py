"""Candidates of a draft: notes about the article's subject, and none where the vault has none."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from enrich.links.likeness import Compare
from enrich.links.query import Query
from enrich.links.rank import Ranking, rank_notes
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault, read_vault

ARTICLE = """The lighthouse at Corran Point will be lit by a wave turbine from March. The keepers' old oil lamp goes
to the harbour museum. Engineers of the port say that the turbine gives forty kilowatts in a calm sea, twice what the
lamp and the foghorn need. The rest charges the batteries of the pilot boats. Sailors had asked whether the light would
fail in a storm; the turbine stops itself in waves above nine metres, and batteries keep the lighthouse lit for three
nights."""
NOTES = {
    "Wave power.md": "A wave turbine at sea gives power in a swell. The turbine of the port stops in high waves; "
    "batteries hold what a storm takes away.",
    "Lighthouses.md": "The keepers of a lighthouse lit an oil lamp each night. Sailors know the light of each harbour.",
    "Pilot boats.md": "Pilot boats of the harbour run on batteries now. The port charges them from the sea turbine.",
    "Bread.md": "Flour, water and salt, and a night of patience. The oven must be hot before the loaf goes in.",
    "Tax forms.md": "The office wants form seven in March. Send it with the receipts of the whole year.",
    "Index of the sea.md": "\n".join(
        f"- [[{name}]] lighthouse turbine" for name in ("Wave power", "Lighthouses", "Pilot boats") * 3
    ),
    "Old/Turbines.md": "The wave turbine at the lighthouse of the port, with batteries for the lamp in a storm at sea.",
}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Notes about the sea, others that are not, an index, and some thirty about something else again."""
    for name, text in NOTES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"---\ntitle: {Path(name).stem}\n---\n{text}\n", "utf-8")
    for number in range(30):
        text = f"Game {number} of the chess club. The knight of board {number} took a pawn, and the bishop was lost."
        (tmp_path / f"Game {number}.md").write_text(text, "utf-8")
    return read_vault(tmp_path)


@pytest.fixture
def note_type() -> NoteType:
    """A type that may link to any note of this vault."""
    return read_note_type("tech-journal", prompt_folders(None))


def rank(vault: Vault, note_type: NoteType, query: Query, compare: Compare | None = None) -> Ranking:
    """The notes by how likely they are about the query's subject."""
    return rank_notes(query, vault, note_type, Resolver(vault), compare=compare)


def meaning(near: Mapping[str, float]) -> Compare:
    """A model that tells how near the notes are whose texts begin so; all others are far."""

    def compare(text: str, others: Sequence[str]) -> list[float]:
        assert text.startswith("A lighthouse runs on waves. ")
        return [next((value for title, value in near.items() if other.startswith(title)), 0.0) for other in others]

    return compare


def offered(vault: Vault, note_type: NoteType, query: Query) -> list[str]:
    """The paths that a draft would be offered."""
    return [candidate.path for candidate in rank_notes(query, vault, note_type, Resolver(vault)).candidates(12)]


def test_notes_about_the_subject_are_offered_and_no_others(vault: Vault, note_type: NoteType) -> None:
    """An author is not shown a dozen notes of which three have to do with the article."""
    found = offered(vault, note_type, Query("A lighthouse runs on waves", ARTICLE))
    assert {"Wave power.md", "Lighthouses.md", "Pilot boats.md"} <= set(found)
    assert not {path for path in found if path in ("Bread.md", "Tax forms.md") or path.startswith("Game")}


def test_an_index_of_links_is_never_offered(vault: Vault, note_type: NoteType) -> None:
    """A map of content shares every word with an article and says nothing about it."""
    scored = rank(vault, note_type, Query("A lighthouse runs on waves", ARTICLE)).scored
    assert "Index of the sea.md" not in [note.path for note, _, _ in scored]


def test_what_the_owner_leaves_out_is_never_offered(vault: Vault, note_type: NoteType) -> None:
    """Obsidian's excluded files stay out of drafts."""
    query = Query("A lighthouse runs on waves", ARTICLE, exclude=frozenset({"Old/Turbines.md"}))
    assert "Old/Turbines.md" in offered(vault, note_type, Query(query.title, query.text))
    assert "Old/Turbines.md" not in offered(vault, note_type, query)


@pytest.mark.parametrize(
    "text",
    [
        "The choir of Saint Anne sings a new mass by a young composer. The soprano came from Lisbon for the evening.",
        "Der Gemeinderat von Hellnau heizt das Freibad mit Abwärme. Das Wasser hat jetzt vierundzwanzig Grad.",
        "青石镇用旧渔网修补海堤。渔民把旧网剪成条,和沙子一起填进堤里。",
        "Three nights in a row the mayor wrote letters. The office has never seen so many stamps and so much ink.",
    ],
)
def test_an_article_that_is_like_nothing_gets_nothing(vault: Vault, note_type: NoteType, text: str) -> None:
    """No candidate is better than one that has nothing to do with the article."""
    assert offered(vault, note_type, Query(text.partition(".")[0], text)) == []
    assert offered(vault, note_type, Query("", "")) == []


def test_the_likeliest_note_comes_first_with_a_score_and_reasons(vault: Vault, note_type: NoteType) -> None:
    """Candidates are numbered by how likely they are, and each says why."""
    ranking = rank(vault, note_type, Query("A lighthouse runs on waves", ARTICLE))
    first, *others = ranking.candidates(12)
    assert first.id == "n1"
    assert all(first.score >= other.score >= 0.5 for other in others)
    assert first.reasons


def test_the_worse_place_by_words_and_by_meaning_counts(vault: Vault, note_type: NoteType) -> None:
    """A note has to share words with an article and to be about the same; one alone is not enough."""
    query = Query("A lighthouse runs on waves", ARTICLE)
    near = meaning({"Wave power": 0.7, "Pilot boats": 0.5, "Game 7": 0.9})
    found = [row.path for row in rank(vault, note_type, query, near).candidates(12)]
    assert sorted(found) == ["Pilot boats.md", "Wave power.md"]


def test_a_name_in_the_article_stands_for_common_words(vault: Vault, note_type: NoteType) -> None:
    """An empty note whose name the text says is offered; not one whose name is an everyday word of another sense."""
    query = Query("A lighthouse runs on waves", ARTICLE)
    for path, near, offered in (("Lamp.md", 0.4, True), ("Calm.md", 0.1, False)):
        (vault.root / path).write_text("Soon.\n", "utf-8")
        ranking = rank(read_vault(vault.root), note_type, query, meaning({path.removesuffix(".md"): near}))
        assert (path in [row.path for row in ranking.candidates(12)]) is offered


def test_an_article_that_is_near_nothing_in_meaning_gets_nothing(vault: Vault, note_type: NoteType) -> None:
    """Being the first of many that have nothing to do with an article is no reason to be linked."""
    ranking = rank(vault, note_type, Query("A lighthouse runs on waves", ARTICLE), meaning({}))
    assert ranking.candidates(12) == ()
    assert ranking.scored


def no_meaning(_: str, __: Sequence[str]) -> None:
    """A model that fails."""


def test_without_an_answer_words_alone_count(vault: Vault, note_type: NoteType) -> None:
    """A model that fails takes nothing away from a draft."""
    query = Query("A lighthouse runs on waves", ARTICLE)
    without = rank(vault, note_type, query, no_meaning)
    assert without.candidates(12) == rank(vault, note_type, query).candidates(12) != ()
