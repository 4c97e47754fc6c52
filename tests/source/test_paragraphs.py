"""Paragraphs and their offsets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.source.paragraphs import clean_paragraph, join_paragraphs, split_paragraphs


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  two \n words\t", "two words"),
        ("no\u00a0break\u3000wide", "no break wide"),
        ("so\u00adft zero\u200bwidth \ufeffmark", "soft zerowidth mark"),
        ("right\u202eleft\u2066", "rightleft"),
        ("tag\U000e0041\U000e0042ged", "tagged"),
        ("byte\U000e0101s in selectors\ufe0f", "bytes in selectors"),
        ("bell\x07 icon\ue001", "bell icon"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Tie\u0302\u0301ng", "Tiếng"),
        ("\u200b", ""),
    ],
)
def test_nothing_invisible_reaches_the_text(text: str, cleaned: str) -> None:
    """Words for a machine cannot hide in characters that nobody sees; spelling is kept."""
    assert clean_paragraph(text) == cleaned


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30)))
def test_the_spans_tile_the_text(paragraphs: list[str]) -> None:
    """Every paragraph is found at its offsets, and nothing but blank lines lies between them."""
    text, spans = join_paragraphs(paragraphs)
    assert "\n\n".join(span.of(text) for span in spans) == text
    assert all(span.of(text) and "\n" not in span.of(text) for span in spans)
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One\nline\n\nTwo", ["One\nline", "Two"]),
        ("One\r\nline\r\n \r\nTwo", ["One\nline", "Two"]),
        ("One\nTwo\n", ["One", "Two"]),
        ("第一段\n还是第一段\n\n第二段", ["第一段还是第一段", "第二段"]),
        ("", [""]),
    ],
)
def test_plain_text_has_paragraphs(text: str, paragraphs: list[str]) -> None:
    """Pasted text keeps its paragraphs, whether they are set off by blank lines or not."""
    assert split_paragraphs(text) == paragraphs
