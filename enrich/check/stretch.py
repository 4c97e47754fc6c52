"""The stretches of prose that a note is made of, and how the sentences of each are judged."""

import re
from collections.abc import Iterator

from msgspec import Struct

from enrich.check.evidence.judgement import Kind
from enrich.check.evidence.passage import Passage
from enrich.check.front_values import value_span
from enrich.check.style.layout import Layout, bullets, paragraphs, split_todo
from enrich.check.style.shape import find_items, item_lines
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import SectionType

_MARKED = frozenset({"numbered", "quotes", "table"})
"""Shapes whose items begin with a marker that is no part of what they say."""
_LINK = r"(?:\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]*\]\((?:<[^<>\n]*>|[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)|\d{4}-\d\d-\d\d)"
_REFERENCE = lazy_pattern(rf"(?:[-*+>][ \t]+)?(?:\**see also:?\**:?\s+)?{_LINK}(?:[,;·\s]+{_LINK})*[.]?", re.IGNORECASE)
"""A line of links and dates, which says nothing that a source could bear out."""
_TITLE_NAME = lazy_pattern(r"#\s+")


class Stretch(Struct, frozen=True):
    """A passage and how its sentences are judged; `kind` is None for a human's own words."""

    section: str
    kind: Kind | None
    passage: Passage
    quoted: bool = False
    """It is the source's own words, word for word."""


def find_stretches(layout: Layout, note_type: NoteType) -> Iterator[Stretch]:
    """Every stretch of prose of the note: title, description, then the sections; the tree and see-also are none."""
    text = layout.text
    if layout.title is not None:
        name = _TITLE_NAME.match(text, layout.title.span.start)
        start = name.end() if name else layout.title.span.start
        yield Stretch("title", "inference", Passage(text, Span(start, layout.title.span.end)))
    if (description := _description(layout)) is not None:
        yield Stretch("description", "fact", Passage(text, description))
    rows = {section.heading or "lead": section for section in note_type.sections}
    for part in layout.parts if note_type.house or not rows else layout.pieces:
        section = rows.get(part.name)
        if section is not None and section.shape == "tree":
            continue
        written, todo = split_todo(text, part, section) if section else (part.body, None)
        if section is not None and section.shape in _MARKED:
            yield from _items(text, written, part.name, section)
            continue
        for span in _paragraphs(text, written):
            if not note_type.house and _REFERENCE.fullmatch(span.of(text)):
                continue
            passage = Passage(text, span)
            if _is_prose(passage) or (text.startswith("- ", span.start) and passage.text.strip()):
                yield Stretch(part.name, _kind(section), passage)
        if todo is not None and section is not None and section.writer == "model":
            # No prose, but a line that the reviewer writes over; a human's section has a field of its own.
            yield Stretch(part.name, None, Passage(text, todo))


def _items(text: str, body: Span, name: str, section: SectionType) -> Iterator[Stretch]:
    """The lines of items whose marker is not a bullet's; what says the place of a quotation is none."""
    for item in find_items(text, body, section.shape)[0]:
        for line in item_lines(text, item, section.shape):
            yield Stretch(name, _kind(section), Passage(text, line), section.shape == "quotes")


def _description(layout: Layout) -> Span | None:
    """The description's words, between its quotation marks where it has them."""
    if not isinstance(layout.values.get("description"), str) or "description" not in layout.fields:
        return None
    return value_span(layout, "description")


def _paragraphs(text: str, body: Span) -> Iterator[Span]:
    """Bullets one by one, other paragraphs whole."""
    for span in paragraphs(text, body):
        found = bullets(text, span)
        if found and found[0].start == span.start:
            yield from found
        else:
            yield span


def _is_prose(passage: Passage) -> bool:
    words = passage.text.strip()
    return bool(words) and not words.startswith(("<", "#", "|", "```"))


def _kind(section: SectionType | None) -> Kind | None:
    """A question and a section that the type does not know may infer, but not with new numbers and names."""
    if section is None or (section.writer == "model" and section.evidence == "none"):
        return "inference"
    return None if section.writer == "human" else section.evidence
