"""Terms: what counts as the same word."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.links.terms import find_terms, split_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The Acts of Parliament", ["act", "parliament"]),
        ("policies and glasses", ["policy", "glass"]),
        ("7B/13B models", ["7b", "13b", "model"]),
        ("常青笔记", ["常青", "青笔", "笔记"]),
        ("用Obsidian写", ["用", "obsidian", "写"]),
        ("trí tuệ nhân tạo", ["trí", "tuệ", "nhân", "tạo"]),
    ],
)
def test_words_of_any_script_become_terms(text: str, terms: list[str]) -> None:
    """A note in Chinese or Vietnamese is found by its words like one in English."""
    assert split_terms(text) == terms


def test_composed_and_decomposed_accents_are_the_same_term() -> None:
    """A note typed on a Mac is found by a text typed elsewhere."""
    text = "chính sách dữ liệu"
    assert split_terms(unicodedata.normalize("NFD", text)) == split_terms(text)


@given(st.text(alphabet=st.sampled_from("aBé s中文か-_. \n7’"), max_size=60))
def test_terms_with_offsets_are_the_same_terms(text: str) -> None:
    """A mention is found wherever the index would find the word, and its span covers it."""
    text = unicodedata.normalize("NFC", text)
    found = find_terms(text)
    assert [term for term, _, _ in found] == split_terms(text)
    assert all(0 <= start < end <= len(text) for _, start, end in found)
