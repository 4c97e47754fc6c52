"""What a person is asked about a learned type, and what the answers make of it."""

from pathlib import Path

from enrich.shapes.questions import Question, ask_about
from enrich.vault.note import Note, parse_note
from enrich.vault.note_type import NoteType
from enrich.workspace.check_types import find_mistakes
from tests.shapes.written_notes import BOOKS, book_note, learn_one, write_type


def rated() -> list[Note]:
    """Notes about books with a mark and a mood of the person's."""
    notes = []
    for number, title in enumerate(BOOKS, 1):
        note = book_note(title, number)
        mine = f"rating: {number}\nmood: m{number} and more\n"
        head, _, rest = note.text.removeprefix("---\n").partition("---\n")
        notes.append(parse_note(note.path, f"---\n{head}{mine}---\n{rest}"))
    return notes


def asked(folder: Path, said: str, *notes: Note) -> tuple[NoteType, list[str]]:
    """The type that is written after this answer about properties, and what was asked."""
    questions: list[str] = []

    def ask(question: Question) -> str:
        questions.append(question.text)
        return said if question.text.startswith("properties") else question.default

    learned = ask_about(learn_one(*notes), ask)
    return write_type(folder, learned), questions


def test_properties_that_vary_are_the_persons_unless_they_say_otherwise(tmp_path: Path) -> None:
    """One question names them; what is named is asked of a model, with its form, and the rest stays the person's."""
    found, questions = asked(tmp_path, " Mood ", *rated())
    assert [text for text in questions if text.startswith("properties")] == [
        "properties rating, mood are yours: which of them a model writes (a, b)?"
    ]
    assert [(row.key, row.form, row.about) for row in found.asked_properties] == [("mood", "text", "mood")]
    assert next(row.writer for row in found.properties if row.key == "rating") == "person"
    assert list(find_mistakes(found.name, found.directory)) == []


def test_nobody_is_asked_for_them_by_default(tmp_path: Path) -> None:
    """Enter leaves all of them to the person."""
    found, _ = asked(tmp_path, "none", *rated())
    assert found.asked_properties == ()


def test_a_template_line_by_line_has_a_slot_for_them(tmp_path: Path) -> None:
    """Where the notes disagree on another key, so that the template writes every line, the model's has one too."""
    notes = [
        parse_note(note.path, note.text.replace("---\n", f"---\nodd: {value}\n", 1))
        for note, value in zip(rated(), ("1", "[a]", "true", "x: y"), strict=True)
    ]
    found, _ = asked(tmp_path, "rating", *notes)
    assert '{{ property["rating"] | trim }}' in (found.directory / "note.md.j2").read_text("utf-8")
    assert list(find_mistakes(found.name, found.directory)) == []
