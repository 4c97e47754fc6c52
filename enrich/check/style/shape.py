"""What stands in a section of each shape: bullets, numbered items, quotations, rows of a table."""

from collections.abc import Iterator

from enrich.check.style.layout import paragraphs, reading
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.section_type import Shape

_STARTS = {
    "bullets": lazy_pattern(r"[-*+][ \t]+\S"),
    "numbered": lazy_pattern(r"\d{1,9}[.)][ \t]+\S"),
    "quotes": lazy_pattern(r" {0,3}>"),
    "table": lazy_pattern(r"(?<![ \t])[ \t]*\|"),
}
_RULE = lazy_pattern(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
"""The line between a table's head and its rows."""
_MARKER = lazy_pattern(r"(?m)^[ \t]*(?:>[ \t]?)+|^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+|(?<![ \t])[ \t]*\|[ \t]*")
_PLACE = lazy_pattern(r"\n[ \t]*>[ \t]*(?:\n[ \t]*>[ \t]*)*[—–-]{1,2}[ \t]*[^\n]*\Z")
NAMES = {
    "bullets": "bullet",
    "numbered": "numbered item",
    "quotes": "quotation",
    "table": "row",
    "question": "question",
}
"""What a message calls an item; of the other shapes it is a sentence."""


def find_items(text: str, body: Span, shape: Shape) -> tuple[tuple[Span, ...], Span | None]:
    """The items of a list in ``body``, and the first line that belongs to none of them, if there is one.

    An item goes on over indented lines; a quotation over all lines with ``>``. The head of a table is no item.
    """
    items: list[Span] = []
    stray: Span | None = None
    for line, is_first in _lines(text, body):
        words = line.of(text)
        starts = _STARTS[shape].match(words) is not None
        goes_on = bool(items) and not is_first and (starts if shape == "quotes" else words[:1].isspace())
        if goes_on and (shape == "quotes" or not starts):
            items[-1] = Span(items[-1].start, line.end)
        elif starts:
            items.append(line)
        else:
            stray = stray or line
    if shape == "table":
        return tuple(_rows(text, items)), stray
    return tuple(items), stray


def item_words(text: str, span: Span, shape: Shape) -> str:
    """What a reader sees of an item: without its marker, of a quotation without the line that says its place."""
    return reading(bare_item(span.of(text), shape))


def bare_item(item: str, shape: Shape) -> str:
    """An item without its markers, links and marks as they are; see `item_words`."""
    return " ".join(_MARKER.sub(" ", _PLACE.sub("", item) if shape == "quotes" else item).split())


def item_lines(text: str, item: Span, shape: Shape) -> Iterator[Span]:
    """What each line of an item says, without its marker; of a row its first cell."""
    kept = item.start + len(_PLACE.sub("", item.of(text)) if shape == "quotes" else item.of(text))
    for line, _ in _lines(text, Span(item.start, kept)):
        marker = _MARKER.match(line.of(text))
        start = line.start + (marker.end() if marker else 0)
        end = text.find("|", start, line.end) if shape == "table" else -1
        if words := text[start : end if end >= 0 else line.end].rstrip():
            yield Span(start, start + len(words))


def prose_words(text: str, body: Span) -> str:
    """All paragraphs of ``body`` as a reader sees them."""
    return " ".join(reading(_MARKER.sub(" ", span.of(text))) for span in paragraphs(text, body))


def _lines(text: str, body: Span) -> Iterator[tuple[Span, bool]]:
    """Each line that is not blank, and whether a blank one or nothing stands before it."""
    at, is_first = body.start, True
    for line in body.of(text).splitlines(keepends=True):
        if line.strip():
            yield Span(at, at + len(line.rstrip())), is_first
        is_first = not line.strip()
        at += len(line)


def _rows(text: str, lines: list[Span]) -> Iterator[Span]:
    """The rows below the head's rule; all lines where there is none."""
    rules = [number for number, line in enumerate(lines) if _RULE.fullmatch(line.of(text))]
    yield from lines[rules[0] + 1 :] if rules else lines
