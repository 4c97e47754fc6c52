"""A note of one shape becomes one of another: properties, title, see-also line, sections, ending. Its words stay."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from enrich.check.style.declared import check_declared
from enrich.check.style.layout import Layout, read_layout
from enrich.shapes.change import Change, make_changes
from enrich.shapes.counterparts import Counterparts
from enrich.shapes.migrate_front import change_front
from enrich.text.cleaned import CleanedText
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import SectionType
from enrich.vault.wikilink import find_wikilinks

_SEE_ALSO = frozenset({
    "see also", "related", "related notes", "siehe auch", "voir aussi", "véase también", "xem thêm", "см. также",
    "参见", "相关笔记",
})  # fmt: skip
"""Headings of a section that does what a see-also line does."""
_ONLY_LINKS = lazy_pattern(r"(?:[-*+][ \t]+|[·,]|\s|!?\[\[[^\[\]\n]+\]\])*")


class Migrated(Struct, frozen=True):
    """What a note would become."""

    text: str
    """With the line ends that the note has; the same text where nothing is to change."""
    lacks: tuple[str, ...] = ()
    """What the new type asks for, and only a person can give."""
    refused: str = ""
    """Why the note was left alone."""


class _Chunk(Struct, frozen=True):
    """A part of the body that moves as a whole: from a heading of the types to the next one."""

    row: SectionType | None
    """The new type's section; None for the lead, and for what it does not have."""
    parts: tuple[str | Span, ...]
    """Without the blank lines below it."""


def migrate_note(note: Note, old: NoteType, new: NoteType, counterparts: Counterparts) -> Migrated:
    """The note as one of the ``new`` type. What no change is about stays, byte for byte."""
    text = note.text
    if fault := _fault(_read(text, note.stem)):
        return Migrated(text, refused=fault)
    steps: tuple[Callable[[Layout], Iterable[Change]], ...] = (
        lambda layout: change_front(layout, note, old, new, counterparts),
        lambda layout: _change_title(layout, note, new),
        lambda layout: _line_to_section(layout, old, new),
        lambda layout: _section_to_line(layout, old, new),
        lambda layout: _change_sections(layout, old, new, counterparts),
        lambda layout: _change_ending(layout, old, new),
    )
    for step in steps:
        text = make_changes(text, step(_read(text, note.stem)))
    faults = (row.message for row in check_declared(text, note.stem, new) if row.level == "must")
    return Migrated(text, tuple(dict.fromkeys(faults)))


def _read(text: str, stem: str) -> Layout:
    return read_layout(CleanedText(text).text, stem)


def _fault(layout: Layout) -> str:
    """Why nothing can be done for the note."""
    if layout.problem is not None:
        return "its front matter cannot be read; mend it first"
    if len(set(layout.keys)) < len(layout.keys):
        return "a property stands twice in its front matter; remove one first"
    places = [(row.level, row.name) for row in layout.headings if row.name]
    twice = [name for level, name in dict.fromkeys(places) if places.count((level, name)) > 1 and level > 1]
    return f"the heading {twice[0]!r} stands twice; rename one first" if twice else ""


def _change_title(layout: Layout, note: Note, new: NoteType) -> Iterator[Change]:
    """The title as H1, or not; one that says something else than the file's name is the person's, and stays."""
    start = layout.body_start
    if new.h1 and layout.title is None:
        yield Change(Span(start, start), ("\n" if start else "", f"# {note.title}\n"))
    elif new.h1 is False and layout.title is not None and layout.title.name in (note.stem, layout.values.get("title")):
        span = layout.title.span
        if not layout.text[start : span.start].strip():
            rest = layout.text[span.end :]
            yield Change(Span(span.start, span.end + len(rest) - len(rest.lstrip("\n"))))


def _line_to_section(layout: Layout, old: NoteType, new: NoteType) -> Iterator[Change]:
    """The links of the see-also line, as a section of the new type that has none."""
    section = _see_also_section(new)
    if not old.see_also or new.see_also or layout.see_also is None or section is None:
        return
    if layout.part_of(section, new) is not None:
        return
    line = layout.see_also.of(layout.text)
    bullets = "".join(f"- {link.span.of(line)}\n" for link in find_wikilinks(line))
    rest = layout.text[layout.see_also.end :]
    yield Change(Span(layout.see_also.start, layout.see_also.end + len(rest) - len(rest.lstrip("\n"))))
    at = _body_end(layout, old)
    gap = "" if layout.text[:at].endswith("\n\n") else "\n" if layout.text[:at].endswith("\n") else "\n\n"
    below = "\n" if layout.text[at:].strip() else ""
    yield Change(Span(at, at), (f"{gap}{_heading(section)}\n{bullets}{below}",))


def _section_to_line(layout: Layout, old: NoteType, new: NoteType) -> Iterator[Change]:
    """The links of a section that holds nothing else, as the see-also line of the new type."""
    section = _see_also_section(old)
    part = layout.part_of(section, old) if section else None
    if old.see_also or not new.see_also or part is None or part.heading is None or layout.see_also is not None:
        return
    if _see_also_section(new) is not None:
        return
    body = Span(part.body.start, min(part.body.end, _body_end(layout, old)))
    links = [link.span.of(body.of(layout.text)) for link in find_wikilinks(body.of(layout.text))]
    if not links or not _ONLY_LINKS.fullmatch(body.of(layout.text)):
        return
    line = f"*see also:* {' · '.join(links)}\n"
    if layout.title is None:
        yield Change(Span(layout.body_start, layout.body_start), ("\n" if layout.body_start else "", line))
    else:
        at = min(layout.title.span.end + 1, len(layout.text))
        yield Change(Span(at, at), ("\n", line))
    yield Change(Span(part.heading.start, body.end))


def _see_also_section(note_type: NoteType) -> SectionType | None:
    return next((row for row in note_type.sections if row.heading.casefold().strip(" :") in _SEE_ALSO), None)


def _change_sections(layout: Layout, old: NoteType, new: NoteType, counterparts: Counterparts) -> Iterator[Change]:
    """Headings renamed, sections in the new type's order, and a place for those that it asks for.

    Sections change places among themselves: what stands between two of them, and what no type names, goes with the one
    above it, and the blank lines stay where they are.
    """
    places = _places(layout, old, new, counterparts)
    end = _body_end(layout, old)
    starts = [span.start for span, _ in places]
    lead = Span(layout.body_start, starts[0] if starts else end)
    spans = [Span(a, b) for a, b in zip(starts, [*starts[1:], end], strict=True)]
    slots = [_trimmed(layout, span) for span in spans]
    chunks = [_chunk(layout, slot, heading, row) for slot, (heading, row) in zip(slots, places, strict=True)]
    ordered = _in_order(chunks, new)
    for slot, after in zip(slots, ordered, strict=True):
        if after.parts != (slot,):
            yield Change(slot, after.parts)
    yield from _missing(layout, new, ordered, slots, lead)


def _places(
    layout: Layout, old: NoteType, new: NoteType, counterparts: Counterparts
) -> list[tuple[Span, SectionType | None]]:
    """The heading of each section of either type, and the new type's section that it becomes."""
    ours = {(row.level, row.heading): row for row in new.sections if row.heading}
    known = {(row.level, row.heading) for row in old.sections if row.heading}
    found = []
    for heading in layout.headings:
        place = (heading.level, heading.name)
        row = counterparts.sections.get(place) or (None if place in known else ours.get(place))
        if (row is not None or place in known) and heading is not layout.title:
            found.append((heading.span, row))
    return found


def _trimmed(layout: Layout, span: Span) -> Span:
    """The span without the blank lines at its end."""
    return Span(span.start, span.start + len(span.of(layout.text).rstrip()))


def _chunk(layout: Layout, slot: Span, heading: Span, row: SectionType | None) -> _Chunk:
    if row is None or heading.of(layout.text).strip() == _heading(row):
        return _Chunk(row, (slot,))
    return _Chunk(row, (_heading(row), Span(heading.end, slot.end)))


def _heading(row: SectionType) -> str:
    return f"{'#' * row.level} {row.heading}"


def _in_order(chunks: Sequence[_Chunk], new: NoteType) -> list[_Chunk]:
    """Sections of the new type in its order, in the places that such sections have; the others where they are."""
    place = {row.name: at for at, row in enumerate(new.sections)}
    ours = sorted(
        (chunk for chunk in chunks if chunk.row), key=lambda chunk: place[chunk.row.name if chunk.row else ""]
    )
    rest = iter(ours)
    return [next(rest) if chunk.row else chunk for chunk in chunks]


def _missing(
    layout: Layout, new: NoteType, chunks: Sequence[_Chunk], slots: Sequence[Span], lead: Span
) -> Iterator[Change]:
    """A heading and a ``todo:`` line for each section that the new type asks for, below the one that stands before."""
    at, there = (
        _trimmed(layout, lead).end,
        {chunk.row.name: slot.end for chunk, slot in zip(chunks, slots, strict=True) if chunk.row},
    )
    for row in new.sections:
        if row.name in there:
            at = there[row.name]
        elif (row.level, row.heading) in new.required and row.shape != "tree":
            yield Change(Span(at, at), (f"\n\n{_heading(row)}\n{row.todo}",))


def _change_ending(layout: Layout, old: NoteType, new: NoteType) -> Iterator[Change]:
    """The last line of the new type in the place of the old one's."""
    if old.ending == new.ending:
        return
    end = len(layout.text.rstrip())
    at = _body_end(layout, old)
    if at < end:
        if new.ending:
            yield Change(Span(at, end), (new.ending,))
        else:
            yield Change(Span(at - len(layout.text[:at]) + len(layout.text[:at].rstrip()), end))
    elif new.ending and layout.text[:end].rpartition("\n")[2].strip() != new.ending:
        yield Change(Span(end, end), (f"\n\n{new.ending}" + ("" if layout.text[end:].startswith("\n") else "\n"),))


def _body_end(layout: Layout, old: NoteType) -> int:
    """Where the line stands that ends every note of the old type; the end of the text where there is none."""
    text = layout.text.rstrip()
    if old.ending and text.endswith(f"\n{old.ending}"):
        return len(text) - len(old.ending)
    return len(layout.text)
