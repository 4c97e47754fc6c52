"""The section table that notes of one kind keep: headings, shapes, limits, who writes what."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.style import declared
from enrich.check.style.layout import paragraphs
from enrich.check.style.linkage_tree import is_tree
from enrich.check.style.prose import first_person_singular
from enrich.check.style.shape import find_items, item_words, prose_words
from enrich.shapes.note_shape import NoteShape
from enrich.shapes.sequence import Slot
from enrich.shapes.share import ENOUGH, MOST, MOST_WORDS, MUST, holds, limits_of, usual
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import count_words
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import LISTED, SectionType, Shape, section_key
from enrich.vault.type_table import MOST_SECTIONS

_OWN_VOICE = 0.5
"""Share of the notes in which a section says *I*, from which it is taken for the person's own. By hand: it is asked."""
_TREES = 0.5
"""Share of the notes in which a linkage tree stands, from which enrich writes one. No rule is about older trees."""
_DRAFTED = 0.5
"""Share of the notes that have a section, from which a draft has it."""
_LONGEST_NAME = 50
"""Characters of a section's name: the table allows 60, and a number may follow."""
_LISTS: tuple[Shape, ...] = ("bullets", "numbered", "quotes", "table")


class Written(Struct, frozen=True):
    """A section of one note."""

    shape: NoteShape
    body: Span

    @property
    def text(self) -> str:
        """What stands there."""
        return self.body.of(self.shape.text).strip("\n")


class LearnedSection(Struct, frozen=True):
    """A row of the table, and what the notes have there."""

    row: SectionType
    written: tuple[Written, ...]
    """The sections of the notes that have it, the empty ones too."""
    remark: str = ""
    drafted: bool = True
    """Whether a draft has it: what few notes have, and what stands in another's place, the person adds."""
    first_lines: tuple[str, ...] = ()
    """What it begins with in all notes."""
    last_lines: tuple[str, ...] = ()
    unclear: bool = False
    """Who writes it is for the person to say."""
    fixed: bool = False
    """All of it is the same in all notes, and stands in `first_lines`."""


def learn_sections(shapes: Sequence[NoteShape], slots: Iterable[Slot], ending: str) -> tuple[LearnedSection, ...]:
    """The rows for the lead and for each heading of ``slots``, in order."""
    rows = [SectionType("lead")]
    taken = {"lead"}
    for slot in list(slots)[: MOST_SECTIONS - 1]:
        first = ""
        for level, heading in slot.names[: MOST_SECTIONS - len(rows)]:
            name = _free_name(heading, taken)
            taken.add(section_key(name))
            optional = bool(first) or slot.present < len(shapes)
            rows.append(SectionType(name, heading=heading, level=level, optional=optional, instead=first))
            first = first or name
    frame = NoteType("", Path(), tuple(rows), ending=ending)
    learned = (_learn(row, shapes, frame) for row in rows)
    return tuple(one for one in learned if one.row.heading or any(part.text.strip() for part in one.written))


def _learn(row: SectionType, shapes: Sequence[NoteShape], frame: NoteType) -> LearnedSection:
    parts = ((shape, shape.part(row, frame)) for shape in shapes)
    written = tuple(Written(shape, part.body) for shape, part in parts if part is not None)
    filled = [one for one in written if one.text.strip()]
    row = replace(row, optional=row.optional or (not row.heading and len(filled) < len(written)))
    row = replace(row, shape=_shape_of(row, filled, frame))
    row = _with_limits(row, filled, empty=len(filled) < len(written))
    drafted = not row.instead and (not row.optional or len(filled) >= _DRAFTED * len(shapes))
    first, last, fixed = _fixed_lines(filled) if row.shape != "tree" else ((), (), False)
    row = replace(row, **_writer_of(row, filled))
    remark = _remark(row, filled)
    if fixed or not drafted:
        row, remark = replace(row, writer="human", evidence="none", citation=False), _FIXED if fixed else _UNDRAFTED
    unclear = drafted and bool(remark)
    return LearnedSection(row, written, remark, drafted, first, last, unclear, fixed)


_FIXED = "the same in all notes: the template has it"
_UNDRAFTED = "not in the template: add it by hand where a note needs it"


def _fixed_lines(filled: Sequence[Written]) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The paragraphs that all notes begin and end the section with, and whether there are no others.

    A line that all have inside of a paragraph, a list or an HTML block is no constant: what follows it belongs to it.
    """
    if len(filled) < ENOUGH:
        return (), (), False
    texts = [one.text.split("\n") for one in filled]
    usual_text, share = usual(map(tuple, texts))
    if usual_text and share >= MUST:
        return usual_text, (), True
    first = _whole_paragraphs(_shared_lines(texts))
    last = _whole_paragraphs(_shared_lines([lines[len(first) :][::-1] for lines in texts]))[::-1]
    return first, last, False


def _whole_paragraphs(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines up to the last blank one."""
    found = list(lines)
    while found and found[-1].strip():
        found.pop()
    return tuple(found)


def _shared_lines(texts: Sequence[Sequence[str]]) -> Iterator[str]:
    for lines in zip(*texts, strict=False):
        line, share = usual(lines)
        if line is None or share < 1:
            return
        yield line


def _shape_of(row: SectionType, filled: Sequence[Written], frame: NoteType) -> Shape:
    """The first shape that the rules of a type find in all notes but a few."""
    if not filled:
        return "free"
    if sum(is_tree(one.text) for one in filled) >= _TREES * len(filled):
        return "tree"
    is_prose = holds(_is_prose(one) for one in filled)
    strict: tuple[Shape, ...] = (*_LISTS, "question", "paragraph") if is_prose else _LISTS
    fitting = (shape for shape in strict if _fits(replace(row, shape=shape), filled, frame))
    return next(fitting, "sentences" if is_prose else "free")


def _fits(row: SectionType, filled: Sequence[Written], frame: NoteType) -> bool:
    """Whether the rule about shapes finds no fault with the section, whatever it says of the others."""
    others = (replace(one, shape="free") for one in frame.sections)
    wanted = replace(frame, sections=tuple(row if one.name == row.name else one for one in others))
    return holds(not any(declared.shapes(one.shape.subject(wanted))) for one in filled)


def _is_prose(one: Written) -> bool:
    """Whether the section is nothing but sentences: no list, no quotation, no HTML, no code, no smaller heading."""
    text, body = one.shape.text, one.body
    if any(find_items(text, body, shape)[0] for shape in _LISTS):
        return False
    kinds = {zone.kind for zone in one.shape.layout.zones if body.start <= zone.start < body.end}
    return kinds.isdisjoint({"code", "html block", "heading", "template", "math", "comment"})


def _with_limits(row: SectionType, filled: Sequence[Written], empty: bool) -> SectionType:
    """The row with what lies between the 10th and the 90th percentile of the notes."""
    if not filled or row.shape == "tree":
        return row
    items, words, links = list[int](), list[int](), list[int]()
    for one in filled:
        text = one.shape.text
        links.append(len(one.shape.layout.note_links_in(one.body)))
        if row.shape in LISTED:
            spans = find_items(text, one.body, row.shape)[0]
            items.append(len(spans))
            words += [count_words(item_words(text, span, row.shape)) for span in spans]
        else:
            prose = prose_words(text, one.body)
            items.append(len(split_sentences(prose)))
            words.append(count_words(prose))
    low, high = limits_of(items, MOST)
    return replace(
        row,
        items=(0 if empty else low, high),
        words=limits_of(words, MOST_WORDS),
        wikilinks=limits_of(links, MOST),
    )


def _writer_of(row: SectionType, filled: Sequence[Written]) -> dict[str, Any]:
    """Who writes the section, what its sentences are held to, whether it cites."""
    if row.shape == "tree":
        return {"writer": "tool", "evidence": "none"}
    if _is_own(row, filled) and (row.heading or row.shape in ("free", "table")):
        return {"writer": "human", "evidence": "none"}
    if row.shape == "question":
        return {"evidence": "none"}
    cites = row.shape in ("paragraph", "sentences") and holds(_cites(one) for one in filled)
    is_list = row.shape in ("bullets", "numbered")
    return {"citation": cites, "evidence": "inference" if is_list else "fact"}


def _is_own(row: SectionType, filled: Sequence[Written]) -> bool:
    """Whether the section is the person's own: it says *I*, or holds what is no prose, or nothing."""
    if not filled or first_person_singular(row.heading):
        return True
    if row.shape == "table" or (row.shape == "free" and not any(_is_prose(one) for one in filled)):
        return True
    return _says_i(filled)


def _says_i(filled: Sequence[Written]) -> bool:
    voices = [bool(first_person_singular(prose_words(one.shape.text, one.body))) for one in filled]
    return sum(voices) >= _OWN_VOICE * len(voices)


def _cites(one: Written) -> bool:
    """Whether the first paragraph has a Markdown link to the web."""
    first = next(iter(paragraphs(one.shape.text, one.body)), None)
    links = (link for link in one.shape.layout.links if link.label)
    return first is not None and any(first.start <= link.span.start < first.end for link in links)


def _remark(row: SectionType, filled: Sequence[Written]) -> str:
    """What is not clear, and for the person to say."""
    if not filled:
        return "no note has anything here: who writes it?"
    if not row.heading and _says_i(filled):
        return "many notes say I here; human: it is left to you"
    if row.writer == "human" and row.shape != "table" and not first_person_singular(row.heading):
        return "taken for your own words; model: it is drafted"
    return ""


def _free_name(heading: str, taken: Collection[str]) -> str:
    """A section's name made of its heading: letters, digits, blanks and hyphens, and no other section's."""
    words = " ".join(re.findall(r"[^\W_]+", heading))[:_LONGEST_NAME].strip()
    name = words if section_key(words).isidentifier() else f"section {words}".strip()
    names = chain((name,), (f"{name} {number}" for number in count(2)))
    return next(one for one in names if section_key(one) not in taken)
