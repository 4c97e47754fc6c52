"""Edits of a note at offsets. All else stays, byte for byte: line ends, a mark at the start, bytes that are no text."""

from collections.abc import Iterable

from msgspec import Struct

from enrich.text.span import Span


class Edit(Struct, frozen=True):
    """Put `text` in the place of `span`; an empty span inserts before the character at its start."""

    span: Span
    """Offsets count code points of the note's text, in which a byte that is no UTF-8 is one character."""
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with every edit done at the offsets of ``text``; insertions at one place keep their order.

    ValueError when two edits overlap or one lies outside of the text.
    """
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if not at <= edit.span.start <= edit.span.end <= len(text):
            raise ValueError(f"edit at {edit.span.start} to {edit.span.end} overlaps another one or the text's end")
        parts += text[at : edit.span.start], edit.text
        at = edit.span.end
    return "".join((*parts, text[at:]))


def edit_bytes(data: bytes, edits: Iterable[Edit]) -> bytes:
    """A note's bytes with every edit done; spans are those of `enrich.vault.file.read_text` for the same bytes.

    A line feed in an edit's text becomes the note's own line end.
    """
    text = data.decode(errors="surrogateescape")
    ending = line_ending(text)
    own = (Edit(edit.span, edit.text.replace("\n", ending)) for edit in edits)
    return apply_edits(text, own).encode(errors="surrogateescape")


def line_ending(text: str) -> str:
    """What most lines of ``text`` end with: ``"\\r\\n"`` or ``"\\n"``."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
