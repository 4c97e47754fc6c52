"""Sentence borders."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.text.sentences import LONGEST, split_sentences

TEXTS = st.text(alphabet=st.one_of(st.sampled_from("aB 1.!?…。\n\"'”)USMr- "), st.characters(codec="utf-8")))


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. Senate met on Monday.", "It voted."],
        ["Mr. J. Smith paid $1.8 billion for 3.5 percent.", "Then he left!"],
        ["It rose in the U.S.", "The rest fell."],
        ["Acme Inc. bought Widget Corp. for cash.", "Why?", "Nobody knows."],
        ["“We won’t,” he said.", "“Never.”", "He left."],
        ["Work ends at 5 p.m.", "The office closes."],
        ["Sie startet am 24. November in Berlin.", "Danach folgt z.B. Wien."],
        ["In 2023.", "Then 2024 came."],
        ["Mô hình mới được công bố.", "Nó có 7 tỷ tham số."],
        ["Version 3.11.2 is out.", "$5 buys it."],
    ],
)
def test_borders_between_spaced_sentences(sentences: list[str]) -> None:
    """Abbreviations, initials, decimals and ordinals do not end a sentence; real ends do."""
    text = " ".join(sentences)
    assert [span.of(text) for span in split_sentences(text)] == sentences


def test_chinese_and_japanese() -> None:
    """Full-width stops end a sentence without a space behind them."""
    text = "公司发布了新模型。它有70亿参数！何时上市？"
    assert [span.of(text) for span in split_sentences(text)] == ["公司发布了新模型。", "它有70亿参数！", "何时上市？"]


def test_lines() -> None:
    """A heading without full stop is a sentence of its own; a hard-wrapped line is not."""
    text = "A heading\n\nThe text is\nwrapped here.\n- one bullet\n- Another bullet"
    spans = [span.of(text) for span in split_sentences(text)]
    assert spans == ["A heading", "The text is\nwrapped here.", "- one bullet", "- Another bullet"]


def test_list_number() -> None:
    """The number of a list item stays with the item."""
    assert len(split_sentences("1. Open the door.\n2. Close it.")) == 2


@given(TEXTS)
def test_sentences_cover_every_letter_in_order(text: str) -> None:
    """No word of a note or a source falls between two sentences."""
    spans = split_sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    covered = {at for span in spans for at in range(*span)}
    assert all(at in covered for at, character in enumerate(text) if character.isalnum())


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    """No sentence is longer than `LONGEST`, none is lost, and a word is cut only when it is longer than that itself."""
    text = "word " * 3_000
    spans = split_sentences(text)
    assert max(end - start for start, end in spans) <= LONGEST
    assert " ".join(span.of(text) for span in spans) == text.strip()
    assert [span.end - span.start for span in split_sentences("a" * 4_500)] == [2_000, 2_000, 500]
