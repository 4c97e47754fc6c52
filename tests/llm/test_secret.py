"""Taking the key out of what an endpoint says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from enrich.llm.secret import Secret
from tests.llm.misbehaving import spellings

KEY = "sk-proj_9f8E7d6C+5b/4a"


class Said(Struct, frozen=True):
    """Something that holds texts."""

    words: str
    more: tuple[str, ...] = ()


@pytest.mark.parametrize("way", spellings(KEY))
def test_the_key_is_found_in_every_spelling(way: str) -> None:
    """Whoever repeats the key in another form does not get it past us."""
    spelled = spellings(KEY)[way]
    cleaned = Secret(KEY).remove(f"it said {spelled}, and more")
    assert spelled not in cleaned
    assert cleaned.startswith("it said ")
    assert cleaned.endswith(", and more")
    assert "‹key›" in cleaned


def test_the_key_is_found_in_every_place() -> None:
    """Keys and values of objects, members of arrays and fields of structs are all looked at."""
    value = {KEY: [KEY, {"a": (KEY, 1, None)}], "b": Said(f"x {KEY}", (KEY,))}
    shown = {"‹key›": ["‹key›", {"a": ("‹key›", 1, None)}], "b": Said("x ‹key›", ("‹key›",))}
    assert Secret(KEY).remove(value) == shown


def test_what_does_not_hold_the_key_is_the_same() -> None:
    """Nothing else is touched: most of the key, or its characters in another order, are words."""
    for text in (KEY[:-1], KEY[::-1], KEY.replace("-", "x"), " ".join(KEY.split("-")[:1]), "sk-proj", ""):
        assert Secret(KEY).remove(text) == text


@given(st.lists(st.tuples(st.integers(0, len(KEY)), st.sampled_from("\u200b\u00ad* \\\n")), max_size=4), st.text())
def test_what_does_not_show_hides_nothing(marks: list[tuple[int, str]], around: str) -> None:
    """A reader who copies the words has no key, wherever a mark or a character without width was put into it."""
    spelled = KEY
    for place, mark in marks:
        spelled = spelled[:place] + mark + spelled[place:]
    assert "‹key›" in Secret(KEY).remove(f"{around} {spelled} {around}")


@given(st.text(min_size=1), st.sampled_from(["json", "plain"]))
def test_texts_without_the_key_stay_to_the_byte(text: str, form: str) -> None:
    """An answer is the model's, but for the key."""
    said = json.dumps(text) if form == "json" else text
    assert Secret(KEY).remove(said) == said


def test_a_secret_does_not_show_itself() -> None:
    """Printing it while looking for a bug does not print the key."""
    assert KEY not in repr(Secret(KEY))
