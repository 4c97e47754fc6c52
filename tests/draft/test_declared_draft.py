"""Drafts of types that are no journal's: every shape, properties by writer, templates of two files."""

from pathlib import Path
from typing import Any

import pytest

from enrich.check.check_note import check_note
from enrich.check.note_check import Against
from enrich.check.style.lint import check_style
from enrich.draft.checked import check_answer
from enrich.draft.compose import Note, compose_note
from enrich.draft.section import parse_answer
from enrich.draft.title import Naming
from enrich.errors import SettingsError
from enrich.llm.extractive import ExtractiveEngine
from enrich.llm.prompt import build_prompt
from enrich.vault.note_type import NoteType, read_note_type
from tests.draft.parts import CANDIDATES, PROMPTS, make_context, make_source
from tests.vault.declared_type import make_type

TABLE = """
name = "reading"
h1 = false
[match]
tags = ["reading"]
[file]
name = "{date} {title}"
[[property]]
key = "heading"
writer = "tool"
value = "title"
[[property]]
key = "kind"
writer = "constant"
value = ["book", "text"]
form = "list"
[[property]]
key = "by"
form = "links"
writer = "source"
value = "author"
[[property]]
key = "at"
form = "url"
writer = "source"
[[property]]
key = "when"
form = "datetime"
writer = "source"
[[property]]
key = "length"
form = "number"
writer = "source"
[[property]]
key = "tags"
form = "tags"
writer = "model"
[[property]]
key = "near"
form = "links"
writer = "tool"
[[property]]
key = "rating"
[[property]]
key = "gist"
writer = "model"
value = "description"
optional = true
"""
SECTIONS = "".join(
    f'[[section]]\nname = "{shape}"\nheading = "The {shape}"\nlevel = {level}\nshape = "{shape}"\n'
    for level, shape in enumerate(("sentences", "bullets", "numbered", "quotes", "table", "free"), 1)
)
TEMPLATE = "---\n{{ front }}---\n" + "".join(
    f"\n{'#' * level} The {shape}\n{{{{ body.{shape} }}}}\n"
    for level, shape in enumerate(("sentences", "bullets", "numbered", "quotes", "table", "free"), 1)
)
FACT = {"text": "Norwick priced the controller at $1,900 a unit", "evidence": "priced it at $1,900 a unit"}
WORDS = "spare boards may take nine weeks, Norwick warned."


def answer_of(**changes: Any) -> dict[str, Any]:
    """An answer that rests on the source."""
    rows = [{**FACT, "link": None}]
    return {
        "title": "Norwick: the *price* of a controller?",
        "topics": ["robotics"],
        "description": {"text": "Norwick sells a controller.", "evidence": "priced it at $1,900 a unit"},
        "sentences": {"sentences": rows},
        "bullets": {"bullets": rows},
        "numbered": {"items": [*rows, {"text": "It ships in March", "evidence": "in March", "link": None}]},
        "quotes": {"quotes": [{"text": WORDS, "evidence": WORDS}]},
        "table": {"rows": [FACT]},
        "free": {"sentences": rows},
    } | changes


def compose(note_type: NoteType, answer: dict[str, Any], **more: Any) -> Note:
    """The note of an answer."""
    made = make_context()
    checked = check_answer(parse_answer(answer, note_type, CANDIDATES), made.source)
    return compose_note(checked, made, note_type, "", **more)


def test_a_note_of_every_shape_byte_for_byte(tmp_path: Path) -> None:
    """Properties by writer in the forms that Obsidian reads, headings at any level, quotations with their place."""
    note_type = make_type(tmp_path, TABLE + SECTIONS, TEMPLATE)
    note = compose(note_type, answer_of())
    assert note.stem == "2023-02-14 Norwick - the price of a controller"
    assert not note.intruders
    assert note.text == (
        "---\nheading: Norwick - the price of a controller\nkind:\n  - book\n  - text\nby:\n  - \"[[Ada Quill]]\"\n"
        "at: https://news.example.com/2023/02/14/heron-2\nwhen: 2023-02-14T00:00\nlength: 72\ntags:\n  - reading\n"
        "  - robotics\nnear:\n  - \"[[servo prices fall as plants reopen]]\"\n"
        "  - \"[[licence terms reach factory floors]]\"\n"
        "  - \"[[penang packaging bottleneck returns]]\"\nrating:\ngist: Norwick sells a controller.\n---\n"
        "\n# The sentences\nNorwick priced the controller at $1,900 a unit.\n"
        "\n## The bullets\n- Norwick priced the controller at $1,900 a unit.\n"
        "\n### The numbered\n1. Norwick priced the controller at $1,900 a unit.\n2. It ships in March.\n"
        "\n#### The quotes\n> spare boards may take nine weeks, Norwick warned.\n> — ¶ 3\n"
        "\n##### The table\n| what | where |\n| --- | --- |\n"
        "| Norwick priced the controller at $1,900 a unit. | ¶ 1 |\n"
        "\n###### The free\nNorwick priced the controller at $1,900 a unit.\n"
    )  # fmt: skip
    assert check_style(note.text, note.stem, note_type) == ()


def test_words_that_the_page_does_not_say_are_no_quotation(tmp_path: Path) -> None:
    """A quotation is the page's very words, or a finding; in the draft and when the note is checked later."""
    note_type = make_type(tmp_path, TABLE + SECTIONS, TEMPLATE)
    wrong = "spare boards might take nine weeks, Norwick warned."
    answer = answer_of(quotes={"quotes": [{"text": wrong, "evidence": WORDS}]})
    checked = check_answer(parse_answer(answer, note_type, ()), make_source())
    assert [row.section for row in checked.findings if row.rule == "E1"] == ["quotes"]
    for words, verdicts in ((WORDS, {"supported"}), (wrong, {"unsupported"})):
        note = compose(note_type, answer_of()).text.replace(WORDS, words)
        found = check_note(note, "2023-02-14 x", note_type, Against(make_source()))
        assert {row.verdict for row in found.sentences if row.section == "The quotes"} == verdicts


TWO_FILES = """
name = "clip"
[[section]]
name = "summary"
heading = "Summary"
"""
CLIP = (
    "---\ntitle: {{ note.title | yaml }}\ncreated: {{ note.created }}\nauthor: {{ source.author | yaml }}\n---\n"
    "# {{ title }}\n{{ links | join(' ') }} by {{ run.model }}\n\n## Summary\n{{ body.summary }}\n"
)


def test_two_files_are_a_type(tmp_path: Path) -> None:
    """Its prompt comes from the templates for any type, and asks for nothing that the note has no place for."""
    note_type = make_type(tmp_path, TWO_FILES, CLIP)
    source = make_source()
    prompt = build_prompt(note_type, source, CANDIDATES)
    assert prompt.schema["required"] == ["title", "summary"]
    assert "`summary` (heading: Summary)" in prompt.messages[0].content
    made = ExtractiveEngine(source, (), note_type, ()).complete(prompt, lambda _: None)
    note = compose(note_type, dict(made.answer), model="m-1")
    assert note.text.startswith("---\ntitle: Norwick Robotics releases Heron 2 controller\ncreated: 2023-02-14\n")
    assert note.text.count(" by m-1\n") == 1
    assert check_style(note.text, note.stem, note_type) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("note.title", "note.titel", r"line 2: no value for note.titel; did you mean title\? note has created, "),
        ("source.author", "source.autor", r"line 4: no value for source.autor; did you mean author\?"),
        ("body.summary", "body.sumary", r"line 10: no value for body.sumary; did you mean summary\? body has summary"),
        ("run.model", "runs.model", r"line 7: no value for runs; did you mean run\? known are body, "),
    ],
)
def test_a_template_that_names_what_is_not_there(tmp_path: Path, old: str, new: str, said: str) -> None:
    """The message names template, line, the wrong name, the nearest right one, and all there are."""
    note_type = make_type(tmp_path, TWO_FILES, CLIP.replace(old, new))
    answer = {"title": "x", "summary": {"sentences": [{**FACT, "link": None}]}}
    with pytest.raises(SettingsError, match=said):
        compose(note_type, answer)


@pytest.mark.parametrize("limits", ["[2, 4]", "[3, 3]", "[2, 9]", "[1, 2]"])
def test_the_no_model_engine_quotes_as_many_sentences_as_the_type_asks_for(tmp_path: Path, limits: str) -> None:
    """A small type with a number of sentences gets drafts that keep it, as far as the page has them."""
    note_type = make_type(tmp_path, f'{TWO_FILES}shape = "sentences"\nitems = {limits}\n', CLIP)
    source = make_source()
    made = ExtractiveEngine(source, (), note_type, ()).complete(build_prompt(note_type, source, ()), lambda _: None)
    note = compose(note_type, dict(made.answer))
    assert check_style(note.text, note.stem, note_type) == ()


def test_a_name_that_is_taken_gets_a_number_in_the_files_name_alone(tmp_path: Path) -> None:
    """The number tells files from one another; the article is not called so."""
    note_type = make_type(tmp_path, TWO_FILES, CLIP)
    answer = {"title": "The price", "summary": {"sentences": [{**FACT, "link": None}]}}
    note = compose(note_type, answer, naming=Naming(lambda name: name == "The price", number=True))
    assert (note.title, note.stem) == ("The price", "The price 2")


@pytest.mark.parametrize("name", ["article-note", "literature-note", "link-note"])
def test_the_no_model_engine_fills_what_ships(name: str) -> None:
    """Without a model a draft of each neutral type keeps its rules, and its quotations are the page's words."""
    note_type, source = read_note_type(name, (PROMPTS,)), make_source()
    prompt = build_prompt(note_type, source, CANDIDATES)
    made = ExtractiveEngine(source, CANDIDATES, note_type, ("robotics",)).complete(prompt, lambda _: None)
    note = compose(note_type, dict(made.answer))
    found = check_note(note.text, note.stem, note_type, Against(source))
    assert found.is_clean, (found.unsupported, found.failures)
    quotes = [line[2:] for line in note.text.splitlines() if line.startswith("> ") and "— ¶" not in line]
    assert all(quote.replace("\\$", "$") in source.text for quote in quotes)
