"""Notes that show a model the form of its answer."""

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from enrich.draft.exemplar import ELSEWHERE, is_exemplary, render_exemplar
from enrich.draft.gather import Options, gather_context
from enrich.llm.schema import build_schema
from enrich.vault.note import parse_note
from enrich.vault.note_type import NoteType
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault, read_vault
from tests.draft.parts import journal_type, make_source
from tests.vault.folders import make_vault

FIXTURES = Path(__file__).parents[2] / "fixtures"
NOTE = FIXTURES / "vault/Notes/Tech_Journal/2023/brightmere buys a power contract before a building.md"


@pytest.fixture(scope="module")
def vault() -> Vault:
    """The fixture vault."""
    return read_vault(FIXTURES / "vault")


def fits(text: str, note_type: NoteType) -> bool:
    """Whether an exemplar is an answer that the schema takes, but for the ids of its links."""
    return Draft202012Validator(build_schema(note_type, [ELSEWHERE])).is_valid(json.loads(text))


def test_an_exemplar_is_the_answer_that_is_wanted() -> None:
    """A small model copies what it sees: the keys, `{link}`, one sentence a bullet; no front matter, no my take."""
    note = parse_note(NOTE.name, NOTE.read_text("utf-8"))
    text = render_exemplar(note, journal_type())
    assert fits(text, journal_type())
    answer = json.loads(text)
    assert answer["title"] == "brightmere buys a power contract before a building"
    linked = [row for row in answer["signal_braid"]["bullets"] if row["link"]]
    assert linked
    assert all(row["text"].count("{link}") == 1 for row in linked)
    for mark in ("[[", "](", "cssclasses", "note_id", "my_take", "todo"):
        assert mark not in text
    take = NOTE.read_text("utf-8").split("## my take\n")[1].split("\n")[0]
    assert take not in text
    assert len(text) < 0.8 * len(note.text)


def test_exemplars_keep_every_rule_and_are_no_candidates(vault: Vault) -> None:
    """A fault would be copied, and what a note shown whole says would be said of a note that is linked."""
    context = gather_context(make_source(), vault, Resolver(vault), journal_type(), Options(date(2024, 12, 1)))
    assert len(context.exemplars) == 2
    offered = {candidate.path for candidate in context.candidates}
    for exemplar in context.exemplars:
        assert exemplar.path not in offered
        assert fits(exemplar.text, journal_type())


def test_a_hollow_note_is_no_exemplar(vault: Vault) -> None:
    """A model that is shown what a script wrote writes on in its way; the next note stands in its place."""

    def exemplars(*hollow: str) -> list[str]:
        options = Options(date(2024, 12, 1), is_hollow=lambda path: path in hollow)
        return [
            one.path for one in gather_context(make_source(), vault, Resolver(vault), journal_type(), options).exemplars
        ]

    first, second = exemplars()
    assert exemplars(first)[0] == second
    assert first not in exemplars(first)
    assert not set(exemplars(first, second)) & {first, second}


def test_concepts_are_those_of_the_nearest_notes(tmp_path: Path) -> None:
    """Where the see-also line holds a concept pair, it is that of the notes about the article's subject."""
    subjects = {
        "robots": ("Norwick sells robots, servo motors and controllers to factories.", "Supply", "Trust"),
        "bread": ("Rye bread, sourdough, flour and ovens of village bakeries.", "Taste", "Patience"),
    }
    notes = {
        f"{name} {n}.md": f"---\ntags: [tech-journal]\n---\n\n*see also:* [[{one}]] · [[{other}]]\n\n{text}\n"
        for name, (text, one, other) in subjects.items()
        for n in range(20 if name == "bread" else 10)
    }
    vault = make_vault(tmp_path, notes)
    context = gather_context(make_source(), vault, Resolver(vault), journal_type(), Options(date(2024, 12, 1)))
    assert context.concepts == {"": ("Supply", "Trust")}


def test_a_note_that_breaks_a_rule_is_no_exemplar() -> None:
    """Nor is one that lacks a section."""
    text = NOTE.read_text("utf-8")
    found = [
        is_exemplary(parse_note(NOTE.name, each), journal_type(), lambda _: (True, True), ())
        for each in (text, text.replace("cssclasses:\n  - tech-journal\n", ""))
    ]
    assert found == [True, False]
    assert render_exemplar(parse_note(NOTE.name, text.replace("## risk surface", "## risks")), journal_type()) == ""
