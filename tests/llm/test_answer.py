"""Reading answers: what counts as the object that was asked for."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.llm.answer import MOST_CHARACTERS, read_answer
from tests.llm.samples import ANSWER, SCHEMA, TEXT


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"\ufeff {TEXT}\n",
        f"Here it is:\n```json\n{TEXT}\n```\nAnything else?",
        f"Here it is: {TEXT} Anything else?",
        f"{TEXT}\nHope that helps.",
        f'An object like {{"title": 1}} would be wrong, so: {TEXT}',
        f'<think>Maybe {{"title": "no", "link": null}}?</think>\n{TEXT}',
        f"the opening tag was swallowed by the template</think>{TEXT}",
        json.dumps({"response": ANSWER}),
    ],
)
def test_object_is_found_in_what_models_put_around_it(text: str) -> None:
    """A model without JSON mode wraps its answer; the draft is made all the same."""
    assert read_answer(text, SCHEMA).answer == ANSWER


def test_thinking_tags_inside_of_a_string_stay() -> None:
    """An article about reasoning models keeps its words."""
    text = json.dumps({"title": "what <think>x</think> does", "link": None})
    assert read_answer(f"hm</think>{text}", SCHEMA).answer == {"title": "what <think>x</think> does", "link": None}


def test_thoughts_are_no_answer() -> None:
    """An answer that a model only considered, before it was cut off, is not drafted from."""
    assert read_answer(f"<think>perhaps {TEXT}", SCHEMA).answer is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("I can't do that.", "the answer holds no JSON object"),
        ("", "the answer holds no JSON object"),
        ("[1, 2]", "the answer holds no JSON object"),
        ('{"title": "x"}', "the answer lacks 'link'"),
        ('{"title": 7, "link": null}', "title is number, not string"),
        ('{"title": "x", "link": "n9"}', 'link is "n9", not one of ["n1", "n2", null]'),
        ('{"title": "x", "link": null, "mood": 1}', "the answer has 'mood', which is not asked for"),
        ('{"title": "x", "title": "y", "link": null}', "key 'title' stands twice in one object"),
        ('{"title": NaN, "link": null}', "NaN is not JSON"),
        ('{"title": "\\ud800", "link": null}', "half a surrogate pair"),
        ('{"title": "x", "link": n', "the JSON cannot be read"),
    ],
)
def test_problems_are_said_in_words(text: str, problem: str) -> None:
    """What is wrong is said so that a person and the model's second try can act on it."""
    reading = read_answer(text, SCHEMA)
    assert reading.answer is None
    assert problem in " ".join(reading.problems)


def test_problems_name_their_place() -> None:
    """In a long answer the sentence that is wrong is named."""
    row: dict[str, Any] = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
    schema = {"type": "object", "properties": {"rows": {"type": "array", "items": row, "minItems": 2}}}
    assert read_answer('{"rows": [{"text": "a"}, {}]}', schema).problems == ("rows[1] lacks 'text'",)
    assert read_answer('{"rows": []}', schema).problems == ("rows: [] is too short",)


def test_choice_complains_about_the_nearest_shape() -> None:
    """With several allowed shapes, the complaint is about the one that was meant."""
    nearest: dict[str, Any] = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
    schema = {"type": "object", "properties": {"row": {"anyOf": [{"type": "null"}, nearest]}}, "required": ["row"]}
    assert read_answer('{"row": {"text": 3}}', schema).problems == ("row.text is number, not string",)


@pytest.mark.parametrize(
    "text", ["{" * 200_000, '{"a":' * 50_000, "x" * (MOST_CHARACTERS + 1), '{"title": "' + "9" * 99]
)
def test_monstrous_answers_end_as_problems(text: str) -> None:
    """A model that runs wild costs an error message, not the program."""
    assert read_answer(text, SCHEMA).answer is None


def test_control_characters_in_strings_are_let_through() -> None:
    """Models write raw line breaks into strings; the check of plain text deals with them later."""
    assert read_answer('{"title": "a\nb", "link": null}', SCHEMA).answer == {"title": "a\nb", "link": None}


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_breaks_the_reading(before: str, after: str) -> None:
    """Whatever a model writes, what comes of it is an answer or a reason."""
    for text in (before, f"{before}{TEXT}{after}", before + TEXT[:-5] + after):
        reading = read_answer(text, SCHEMA)
        assert reading.answer is not None or reading.problems
