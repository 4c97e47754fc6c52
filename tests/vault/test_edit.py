"""Edits at offsets."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits, edit_bytes, line_ending
from enrich.vault.file import read_text


@st.composite
def edited(draw: st.DrawFn) -> tuple[bytes, list[Edit]]:
    """Any bytes, and edits that fit them."""
    data = draw(st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode(errors="replace")))
    size = len(data.decode(errors="surrogateescape"))
    cuts = sorted(draw(st.lists(st.integers(0, size), max_size=6)))
    spans = [Span(cuts[at], cuts[at + 1]) for at in range(0, len(cuts) - 1, 2)]
    return data, [
        Edit(span, draw(st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=5))) for span in spans
    ]


def test_edits_are_done_at_the_offsets_of_the_old_text() -> None:
    """Several edits of one note do not shift each other."""
    edits = [Edit(Span(4, 7), "[[two]]"), Edit(Span(0, 3), "[[one]]"), Edit(Span(7, 7), "!")]
    assert apply_edits("one two three", edits) == "[[one]] [[two]]! three"


def test_insertions_at_one_place_keep_their_order() -> None:
    """Two lines added under one heading come in the order they were proposed."""
    assert apply_edits("ab", [Edit(Span(1, 1), "1"), Edit(Span(1, 1), "2")]) == "a12b"


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(2, 9)], [(2, 1)], [(-1, 1)]])
def test_edits_that_do_not_fit(spans: list[tuple[int, int]]) -> None:
    """Overlapping edits would tear a link apart; they are refused whole."""
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits("abc", [Edit(Span(*span), "x") for span in spans])


@given(edited())
def test_every_other_byte_stays(case: tuple[bytes, list[Edit]]) -> None:
    """Bytes that are no UTF-8, line ends and marks outside of the edits come out as they went in."""
    data, edits = case
    text = data.decode(errors="surrogateescape")
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        pieces += [text[at : edit.span.start].encode(errors="surrogateescape"), edit.text.encode()]
        at = edit.span.end
    assert edit_bytes(data, edits) == b"".join((*pieces, text[at:].encode(errors="surrogateescape")))


@given(st.binary(max_size=80))
def test_no_edit_changes_nothing(data: bytes) -> None:
    """A note without a suggestion is written back as it was, whatever its bytes."""
    assert edit_bytes(data, []) == data


def test_offsets_are_those_of_the_note_that_was_read(tmp_path: Path) -> None:
    """A span found in a note's text fits its bytes, damaged ones included."""
    data = b"\xef\xbb\xbfcaf\xe9 \xc3\xa9\r\nword\xff\xfe end"
    path = tmp_path / "a.md"
    path.write_bytes(data)
    at = read_text(path).index("word")
    assert edit_bytes(data, [Edit(Span(at, at + 4), "[[word]]")]) == data.replace(b"word", b"[[word]]")


def test_an_added_line_ends_like_the_others() -> None:
    """A line feed among Windows line ends would show as a change of the whole file in some tools."""
    assert edit_bytes(b"a\r\nb\r\n", [Edit(Span(3, 3), "new\n")]) == b"a\r\nnew\r\nb\r\n"
    assert [line_ending(text) for text in ("", "a\n", "a\r\nb\r\nc\n", "a\r\nb\nc\n")] == ["\n", "\n", "\r\n", "\n"]
