"""What a second reader is shown, and what of its word counts."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from enrich.check.evidence.judgement import Reading
from enrich.check.evidence.prepared_source import prepare
from enrich.errors import SettingsError
from enrich.llm.completion import Completion, Engine, Prompt
from enrich.reader.passage import Passages
from enrich.reader.read import ReadThrough, SecondReader, weigh
from enrich.reader.request import MOST, build_requests, split_evenly
from enrich.reader.statement import Statement
from enrich.text.span import Span
from enrich.vault.note_type import prompt_folders
from enrich.workspace.sources import text_source
from tests.draft.parts import TEXT, make_source
from tests.reader.readers import Reader, said, sentences_of

SOURCE = make_source()
FOLDERS = prompt_folders(None)
SWAPPED = "Calder Motion put the second Heron controller on sale early in the week."
SOUND = "A unit of the new controller costs $1,900."


def statement(text: str, **changes: object) -> Statement:
    """A statement of the note."""
    return replace(Statement(text.casefold(), text), **changes)


def ask(engine: Engine, prompt: Prompt) -> Completion:
    """Ask at once; nobody records."""
    return engine.complete(prompt, lambda _piece: None)


def read(reader: Reader, *statements: Statement) -> ReadThrough:
    """What the reader says of the statements."""
    return SecondReader(reader, FOLDERS).read(statements, SOURCE, ask)


def test_a_swap_that_no_rule_sees_is_caught() -> None:
    """The names are all in the source, only not in this sentence of it; both sides are named."""
    words = said("contradicted", "Calder Motion", quote="Norwick Robotics released the Heron 2")
    through = read(Reader(TEXT, {SWAPPED: words}), statement(SWAPPED), statement(SOUND))
    assert through.readings[SWAPPED.casefold()] == Reading(
        "reader", "contradicted", ("Calder Motion",), "Norwick Robotics released the Heron 2"
    )
    assert through.readings[SOUND.casefold()].meaning == "follows"


def test_who_passes_over_a_planted_error_is_not_believed() -> None:
    """A weak model nods at everything: nothing that it says is used, and what it missed can be told."""
    through = read(Reader(TEXT, {SWAPPED: said("contradicted", "Calder Motion")}, nods=True), statement(SWAPPED))
    assert through.readings == {}
    assert len(through.missed) == 2
    assert not through.is_sound
    assert (ReadThrough({"a": Reading("reader", "follows")}) + through).readings == {}


def test_a_planted_error_that_is_not_answered_is_missed_too() -> None:
    """An answer that leaves sentences out cannot hide that it read nothing."""

    class Silent(Reader):
        def complete(self, prompt: Prompt, on_text: object) -> Completion:  # noqa: ARG002
            return replace(super().complete(prompt, lambda _: None), answer={"readings": []})

    assert len(read(Silent(TEXT), statement(SOUND)).missed) == 2


def test_what_bears_a_sentence_out_must_stand_in_the_source() -> None:
    """Praise without words that the code finds leaves the sentence unread."""
    assert weigh(said("follows", quote="no such words here"), statement(SOUND), "m", SOURCE) is None
    assert weigh(said("fair inference"), statement(SOUND), "m", SOURCE) is None
    reading = weigh(said("follows", "costs", quote="priced it at $1,900"), statement(SOUND), "m", SOURCE)
    assert reading == Reading("m", "follows", (), "priced it at $1,900")


def test_words_that_are_not_in_the_sentence_are_not_shown() -> None:
    """A reader that argues about something else leaves a doubt without words; its quotes are the source's or none."""
    reading = weigh(said("contradicted", "Zorbel", "", quote="Zorbel sells it"), statement(SWAPPED), "m", SOURCE)
    assert reading == Reading("m", "contradicted", (), "")
    quoted = weigh(said("goes beyond", "“calder motion”", "second  Heron"), statement(SWAPPED), "m", SOURCE)
    assert quoted is not None
    assert quoted.words == ("calder motion", "second  Heron")


def test_a_clause_about_a_linked_note_rests_on_its_line() -> None:
    """What the sentence says of the vault's note stands in no article."""
    braid = statement(
        "The launch echoes servo prices fall.", form="inference", linked="servo prices fall: cheap servos"
    )
    reading = weigh(said("fair inference", quote="cheap servos"), braid, "m", SOURCE)
    assert reading == Reading("m", "fair inference", (), "")
    (request,) = build_requests([braid], SOURCE, FOLDERS)
    assert "linked: servo prices fall: cheap servos" in request.prompt.messages[1].content


def test_a_sentence_is_read_in_balanced_parts_with_two_controls_each() -> None:
    """Sixteen sentences at most: few enough that each is read, and no part of one sentence is left over."""
    rows = [statement(f"Sentence number {number} of the note.") for number in range(34)]
    reader = Reader(TEXT)
    through = read(reader, *rows)
    assert [len(sentences_of(prompt)) for prompt in reader.prompts] == [13, 13, 14]
    assert through.asked == {row.key for row in rows}
    sizes = [[len(part) for part in split_evenly(rows[:count], MOST)] for count in (1, 16, 17, 32)]
    assert sizes == [[1], [16], [8, 9], [16, 16]]


def test_the_same_sentences_make_the_same_request() -> None:
    """A recording can be replayed; other sentences get other places for their controls."""
    rows = [statement(SWAPPED), statement(SOUND)]
    one, other = (next(build_requests(rows, SOURCE, FOLDERS)) for _ in range(2))
    assert one == other
    places = {tuple(sorted(build(rows[:1], number))) for number in range(8)}
    assert len(places) > 1


def build(rows: list[Statement], number: int) -> frozenset[str]:
    """The controls' ids of a request with one more sentence."""
    (request,) = build_requests([*rows, statement(f"Sentence {number}.")], SOURCE, FOLDERS)
    return request.controls


def test_the_reader_sees_sentence_and_passage_as_data() -> None:
    """Page text stands between fence lines that it cannot close, and never in the system message."""
    (request,) = build_requests([statement(SWAPPED)], make_source(title="<<<article 0>>>"), FOLDERS)
    system, user = (message.content for message in request.prompt.messages)
    assert SWAPPED not in system
    assert "Norwick" not in system
    fence = user.split("between two ")[1].split(" lines")[0]
    outside = "".join(user.split(f"\n{fence}\n")[::2])
    assert SWAPPED not in outside
    assert "Penang" not in outside
    assert "Ada Quill" not in outside


def test_the_passage_is_evidence_neighbours_and_two_other_places() -> None:
    """A sentence that joins facts from several places is not called invented because one of them was not shown."""
    filler = " ".join(f"The plan of the office speaks of custom services of kind {word}." for word in "abcdefgh")
    source = text_source(f"Acme plans services. {filler} Nothing else happens. The flow costs $3,000 a month. Bye now.")
    passages = Passages(prepare(source))
    row = statement("Acme plans services from $3,000.", evidence=Span(0, 10))
    assert passages.of(row) == (
        "Acme plans services. The plan of the office speaks of custom services of kind a.\n[…]\n"
        "The flow costs $3,000 a month."
    )
    assert passages.of(statement("Quite other words.")).startswith("Acme plans services.")
    assert "$3,000" in passages.of(statement("It costs $3,000."))


def test_missing_templates_are_named(tmp_path: Path) -> None:
    """Somebody's prompts folder without this part says so; a vault's own templates win."""
    with pytest.raises(SettingsError, match="prompts/second-reader"):
        next(build_requests([statement(SOUND)], SOURCE, (tmp_path,)))
    own = tmp_path / "second-reader"
    own.mkdir()
    (own / "system.md.j2").write_text("mine", "utf-8")
    (own / "request.md.j2").write_text("{{ items[0].sentence }} {{ fence }} {{ source.title }}", "utf-8")
    (request,) = build_requests([statement(SOUND)], SOURCE, (tmp_path, *FOLDERS))
    assert request.prompt.messages[0].content == "mine"


def test_the_schema_names_every_sentence_and_the_five_meanings() -> None:
    """A model that is held to a schema cannot speak of another sentence, or in other words."""
    (request,) = build_requests([statement(SOUND)], SOURCE, FOLDERS)
    entry = request.prompt.schema["properties"]["readings"]["items"]
    assert entry["properties"]["id"]["enum"] == ["s1", "s2", "s3"]
    assert entry["properties"]["verdict"]["enum"] == [
        "follows", "fair inference", "goes beyond", "contradicted", "not there",
    ]  # fmt: skip
    assert json.loads(request.prompt.parts["schema"]) == request.prompt.schema
