"""Changes of a note's text that keep the bytes of what is only moved."""

from collections.abc import Iterable

from msgspec import Struct

from enrich.text.cleaned import CleanedText
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits, line_ending


class Change(Struct, frozen=True):
    """Put `parts` in the place of `span`; an empty span inserts."""

    span: Span
    """Of the text with line feeds only, as every layout counts."""
    parts: tuple[str | Span, ...] = ()
    """New words, in which a line ends with a line feed, and places of the same text that come here as they are."""


def make_changes(text: str, changes: Iterable[Change]) -> str:
    """``text`` after all of the changes; new words get the line ends that most of its lines have."""
    cleaned, ending = CleanedText(text), line_ending(text)

    def place(span: Span) -> Span:
        """The span in `text`; a carriage return belongs to the line feed behind it."""
        found = cleaned.original(span)
        if found is None:
            raise AssertionError("a span has no place in the text that it was read from")
        start = found.start - (text[max(0, found.start - 1) : found.start + 1] == "\r\n")
        return Span(start, max(start, found.end if span.start < span.end else start))

    def written(part: str | Span) -> str:
        return part.replace("\n", ending) if isinstance(part, str) else place(part).of(text)

    return apply_edits(text, [Edit(place(row.span), "".join(map(written, row.parts))) for row in changes])
