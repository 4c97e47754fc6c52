"""What a type declares: properties, file name, title, sections, links, ending, id. Rules of all but a house's types.

Who makes types out of notes asks `keeps_type` whether a note that is there passes one, and `check_declared` what it
does not keep. Both ask only what the type declares, so links into the vault and evidence play no part. Which notes are
of the type is another question: `enrich.vault.habits.is_of_type`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from enrich.check.finding import Finding
from enrich.check.style.layout import Part, paragraphs, read_layout, split_todo
from enrich.check.style.property_form import ASKS, find_fault
from enrich.check.style.rule import Fault, Rule, Subject, outside, say
from enrich.check.style.shape import NAMES, find_items, item_words, prose_words
from enrich.text.cleaned import CleanedText
from enrich.text.count import counted
from enrich.text.mark import remove_marks
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import count_words
from enrich.vault.note_type import BARE_TYPE, CAPITALIZED, Case, NoteType
from enrich.vault.section_type import LISTED, SectionType

_IN_NAME = {
    "{title}": "(?P<title>.+)", "{date}": r"\d{4}-\d\d-\d\d", "{year}": r"\d{4}", "{month}": r"\d\d",
    "{note_id}": r"\d{6}[A-Z]{2,4}\d{2,9}",
}  # fmt: skip


def keeps_type(text: str, stem: str, note_type: NoteType) -> bool:
    """Whether the note ``text`` of the file ``stem``.md keeps every must of what its type declares."""
    return all(finding.level != "must" for finding in check_declared(text, stem, note_type))


def check_declared(text: str, stem: str, note_type: NoteType) -> tuple[Finding, ...]:
    """What the note does not keep of what its type declares; nothing else is looked at."""
    subject = Subject(read_layout(CleanedText(text).text, stem), note_type)
    return tuple(finding for rule in declared_rules(note_type) for finding in rule.findings(subject))


def declared_rules(note_type: NoteType) -> tuple[Rule, ...]:
    """The rules that follow from the type's table, by number; none for what it does not declare."""
    wish = note_type.level == "should"
    return tuple(
        Rule(code, reason, check, wish=is_limit and wish)
        for code, reason, check, is_limit, is_declared in _RULES
        if is_declared(note_type)
    )


def has_keys(subject: Subject) -> Iterator[Fault]:
    """T1."""
    layout, rows = subject.layout, subject.note_type.properties
    if layout.problem is not None:
        return  # M2 says it
    if missing := [row.key for row in rows if not row.optional and row.key not in layout.keys]:
        yield Fault("front matter", f"lacks {', '.join(missing)}", layout.front)
    declared = [row.key for row in rows if row.key in layout.keys]
    found = [key for key in dict.fromkeys(layout.keys) if key in declared]
    if found != declared:
        order = f"properties stand in the order {', '.join(found)}, not {', '.join(declared)}"
        yield Fault("front matter", order, layout.front)


def has_forms(subject: Subject) -> Iterator[Fault]:
    """T2."""
    layout = subject.layout
    for row in subject.note_type.properties:
        if row.key in layout.values and (fault := find_fault(row, layout.values[row.key])):
            yield Fault("front matter", f"{row.key} {fault}", layout.fields.get(row.key, layout.front))


def file_name(subject: Subject) -> Iterator[Fault]:
    """T3."""
    note_type, stem = subject.note_type, subject.layout.stem
    found = match_name(stem, note_type)
    span = subject.layout.title.span if subject.layout.title else None
    if found is None:
        yield Fault("title", f"the file's name {stem!r} has not the form {note_type.file_name}", span)
    elif not _has_case(found["title"], note_type.case):
        yield Fault("title", f"the file's name {stem!r} is not in {note_type.case} case", span)


def match_name(stem: str, note_type: NoteType) -> re.Match[str] | None:
    """The name of a file by the type's pattern, with its ``title``; None where it has not that form."""
    pattern = re.sub(r"\\{\w+\\}", lambda found: _IN_NAME[found[0].replace("\\", "")], re.escape(note_type.file_name))
    return re.fullmatch(pattern, stem)


def _has_case(title: str, case: Case) -> bool:
    if case == "lower":
        return title == title.lower()
    if case == "title":
        return not any(word[0].islower() for word in title.split() if len(word) >= CAPITALIZED)
    return case == "keep" or not title[:1].islower()


def heading_one(subject: Subject) -> Iterator[Fault]:
    """T4."""
    layout, note_type = subject.layout, subject.note_type
    of_sections = {row.heading for row in note_type.sections if row.level == 1}
    title = layout.title_on_top
    is_title = title is not None and title.name not in of_sections
    if note_type.h1 and not is_title:
        yield Fault("title", "the title does not stand as a heading of level 1 above the text", None)
    if note_type.h1 is False and is_title and title is not None:
        yield Fault("title", f"{title.name!r} stands as the title; notes of the type have no such heading", title.span)


def sections(subject: Subject) -> Iterator[Fault]:
    """T5."""
    note_type, layout = subject.note_type, subject.layout
    places = {(row.level, row.heading): row for row in note_type.sections if row.heading}
    found = [places[key] for key in ((row.level, row.name) for row in layout.headings) if key in places]
    for row in note_type.sections:
        if row.heading and row not in found and not _is_excused(row, note_type, found):
            yield Fault("note", f"the section {row.heading!r} is missing")
    for before, row in pairwise(found):
        if _rank(row, note_type) < _rank(before, note_type):
            part = layout.part_of(row, note_type)
            yield Fault("note", f"{row.heading!r} stands after {before.heading!r}", part.heading if part else None)
    places_taken = {_rank(row, note_type): row for row in found}
    for row in dict.fromkeys(found):
        other = places_taken[_rank(row, note_type)]
        if other is not row:
            yield Fault(
                "note", f"{row.heading!r} and {other.heading!r} both stand there; one stands instead of the other"
            )
    for twice in {row.name: row for row in found if found.count(row) > 1}.values():
        yield Fault("note", f"the section {twice.heading!r} stands {found.count(twice)} times")
    yield from _foreign(subject)


def _is_excused(row: SectionType, note_type: NoteType, found: Sequence[SectionType]) -> bool:
    return row.optional or any(other in found for other in note_type.alternatives(row))


def _rank(row: SectionType, note_type: NoteType) -> int:
    """The row's place in the table; sections that may stand instead of one another have one place."""
    return min(note_type.sections.index(one) for one in (row, *note_type.alternatives(row)))


def _foreign(subject: Subject) -> Iterator[Fault]:
    """Headings beside the sections', where the type is closed."""
    note_type = subject.note_type
    if not note_type.closed:
        return
    known = {(row.level, row.heading) for row in note_type.sections if row.heading}
    levels = {level for level, _ in known} or set(range(1, 7))
    for heading in subject.layout.headings:
        is_title = heading is subject.layout.title and note_type.h1 is not False
        if heading.name and heading.level in levels and (heading.level, heading.name) not in known and not is_title:
            yield Fault("note", f"{heading.name!r} is no section of the type", heading.span)


def shapes(subject: Subject) -> Iterator[Fault]:
    """T6."""
    for section, part, body, _ in _written(subject):
        if section.shape in LISTED:
            found, stray = find_items(subject.text, body, section.shape)
            if not found or stray is not None:
                kind = f"{NAMES[section.shape]}s"
                lacks = f"has lines that are no {kind}" if found else f"has no {kind}"
                yield Fault(part.name, f"{part.name} {lacks}", stray or part.body)
        elif section.shape in ("paragraph", "question"):
            if (count := len(paragraphs(subject.text, body))) != 1:
                yield Fault(part.name, f"{part.name} has {counted(count, 'paragraph')}, not 1", part.body)
            elif section.shape == "question" and not prose_words(subject.text, body).endswith(("?", "？")):
                yield Fault(part.name, f"{part.name} does not end with a question mark", part.body)


def limits(subject: Subject) -> Iterator[Fault]:
    """T7."""
    for section, part, body, left in _written(subject):
        least = 0 if left else section.items[0]
        items = [item_words(subject.text, span, section.shape) for span in _items(subject, section, body)]
        words = prose_words(subject.text, body)
        count = len(items) if section.shape in LISTED else len(split_sentences(words))
        kind = NAMES.get(section.shape, "sentence")
        if outside(count, (least, section.items[1])):
            yield Fault(
                part.name, f"{part.name} has {counted(count, kind)}; allowed are {say(section.items)}", part.body
            )
        for number, text in enumerate(items if section.shape in LISTED else [words], 1):
            if outside(length := count_words(text), section.words) and not (left and length < section.words[0]):
                who = f"{kind} {number} of {part.name}" if section.shape in LISTED else part.name
                said = f"{who} has {counted(length, 'word')}; allowed are {say(section.words)}"
                yield Fault(part.name, said, part.body)


def _items(subject: Subject, section: SectionType, body: Span) -> Sequence[Span]:
    return find_items(subject.text, body, section.shape)[0] if section.shape in LISTED else ()


def links(subject: Subject) -> Iterator[Fault]:
    """T8."""
    for section, part, _, _ in _written(subject):
        count = len(subject.layout.note_links_in(part.body))
        if section.wikilinks is not None and outside(count, section.wikilinks):
            allowed = say(section.wikilinks)
            yield Fault(part.name, f"{part.name} has {counted(count, 'wikilink')}; allowed are {allowed}", part.body)


def citation(subject: Subject) -> Iterator[Fault]:
    """T9."""
    for section, part, _, _ in _written(subject):
        inside = [link for link in subject.layout.links if part.body.start <= link.span.start < part.body.end]
        if section.citation and not inside:
            yield Fault(part.name, f"{part.name} has no link to the page", part.body)


def ending(subject: Subject) -> Iterator[Fault]:
    """T10."""
    last = subject.text.rstrip().rpartition("\n")[2]
    if last.strip() != subject.note_type.ending.strip():
        span = Span(max(0, len(subject.text) - 20), len(subject.text))
        yield Fault("note", f"the last line is {last[:40]!r}, not {subject.note_type.ending!r}", span)


def note_id(subject: Subject) -> Iterator[Fault]:
    """T11."""
    key, code = subject.note_type.id_key, subject.note_type.code
    found = subject.layout.values.get(key)
    if found is None:
        yield Fault("front matter", f"lacks {key}, the note's id", subject.layout.front)
    elif not re.fullmatch(rf"\d{{6}}{code}\d{{2,9}}", str(found)):
        yield Fault("front matter", f"{key} is {found}, not YYMMDD{code} and a number", subject.layout.fields.get(key))
    elif found in subject.taken_ids:
        yield Fault("front matter", f"{key} {found} belongs to another note too", subject.layout.fields.get(key))


def title_length(subject: Subject) -> Iterator[Fault]:
    """T12."""
    name, note_type = subject.layout.stem, subject.note_type
    span = subject.layout.title.span if subject.layout.title else None
    if outside(count := len(name.split()), note_type.title_words):
        yield Fault("title", f"{counted(count, 'word')}; allowed are {say(note_type.title_words)}", span)
    if outside(len(name), note_type.title_characters):
        yield Fault("title", f"{counted(len(name), 'character')}; allowed are {say(note_type.title_characters)}", span)


def head_limits(subject: Subject) -> Iterator[Fault]:
    """T13."""
    layout, note_type = subject.layout, subject.note_type
    tags, description = layout.values.get("tags"), layout.values.get("description")
    if isinstance(tags, list) and outside(len(tags), note_type.tag_count):
        yield Fault("front matter", f"{counted(len(tags), 'tag')}; allowed are {say(note_type.tag_count)}",
                    layout.fields.get("tags"))  # fmt: skip
    if isinstance(description, str) and outside(
        size := len(remove_marks(description)), note_type.description_characters
    ):
        allowed = say(note_type.description_characters)
        said = f"the description has {counted(size, 'character')}; allowed are {allowed}"
        yield Fault("description", said, layout.fields.get("description"))


def prose(subject: Subject) -> Iterator[Fault]:
    """T14."""
    rows = list(_written(subject))
    words = sum(count_words(prose_words(subject.text, row.body)) for row in rows)
    low, high = subject.note_type.prose_words
    low = 0 if _is_left(subject) else low
    if outside(words, (low, high)):
        yield Fault("note", f"all sections together have {counted(words, 'word')}; allowed are {say((low, high))}")
    for word in subject.note_type.prose_never:
        if found := re.search(
            rf"(?<![\w-]){re.escape(word)}(?![\w-])", subject.text[subject.layout.body_start :], re.I
        ):
            at = subject.layout.body_start + found.start()
            yield Fault("note", f"{found[0]!r} is a word that the type does without", Span(at, at + len(found[0])))


def _is_left(subject: Subject) -> bool:
    """Whether a section, or the rest of one, still waits for the person."""
    return any(split_todo(subject.text, part, section)[1] is not None for section, part in _parts(subject))


def _parts(subject: Subject) -> Iterator[tuple[SectionType, Part]]:
    """Each section that stands there, without the note's ending."""
    for section in subject.note_type.sections:
        part = subject.layout.part_of(section, subject.note_type)
        if part is not None:
            yield section, replace(part, body=without_ending(subject.text, part.body, subject.note_type.ending))


class _Written(NamedTuple):
    """A section in which something is written."""

    section: SectionType
    part: Part
    body: Span
    """Without a ``todo:`` line and the note's ending."""
    left: bool
    """The rest of it is left to the person."""


def _written(subject: Subject) -> Iterator[_Written]:
    """Each section that can be judged: what is left to the person, or to nobody, is not asked."""
    for section, part in _parts(subject):
        if section.shape == "tree":
            continue
        body, todo = split_todo(subject.text, part, section)
        is_asked = section.items[0] > 0 and section.writer == "model" and not section.optional and todo is None
        if is_asked or body.of(subject.text).strip():
            yield _Written(section, replace(part, body=body), body, todo is not None)


def without_ending(text: str, body: Span, ending: str) -> Span:
    """What stands in a section of ``text``: the last one ends before the line ``ending`` that ends every note."""
    written = body.of(text).rstrip()
    is_last = body.end >= len(text.rstrip())
    if not (ending and is_last and (written == ending or written.endswith(f"\n{ending}"))):
        return body
    return Span(body.start, body.start + len(written) - len(ending))


_Check = Callable[[Subject], Iterator[Fault]]
_RULES: tuple[tuple[str, str, _Check, bool, Callable[[NoteType], bool]], ...] = (
    ("T1", "the type's properties are there, in order", has_keys, False, lambda row: bool(row.properties)),
    ("T2", ASKS, has_forms, False, lambda row: bool(row.properties)),
    ("T3", "the file is called as the type says", file_name, False,
     lambda row: row.file_name != "{title}" or row.case != "keep"),
    ("T4", "the title stands as a heading, or does not, as the type says", heading_one, False,
     lambda row: row.h1 is not None),
    ("T5", "the type's sections are there, in order", sections, False,
     lambda row: bool(row.headings) or row.closed),
    ("T6", "each section has its shape", shapes, False, lambda _: True),
    ("T7", "each section has its number of items and words", limits, True, lambda _: True),
    ("T8", "each section has its number of links to notes", links, True,
     lambda row: any(section.wikilinks for section in row.sections)),
    ("T9", "the section that cites has a link to the page", citation, False,
     lambda row: any(section.citation for section in row.sections)),
    ("T10", "the note ends as the type says", ending, False, lambda row: bool(row.ending)),
    ("T11", "the note's id is the day, the type's code and a number, and no other note has it", note_id, False,
     lambda row: bool(row.code)),
    ("T12", "the title has the type's length", title_length, True,
     lambda row: (row.title_words, row.title_characters) != (BARE_TYPE.title_words, BARE_TYPE.title_characters)),
    ("T13", "tags and description are within the type's limits", head_limits, True,
     lambda row: (row.tag_count, row.description_characters)
     != (BARE_TYPE.tag_count, BARE_TYPE.description_characters)),
    ("T14", "the prose has the type's length, and none of the words that it does without", prose, True,
     lambda row: row.prose_words != BARE_TYPE.prose_words or bool(row.prose_never)),
)  # fmt: skip
"""Code, what it asks for, the check, whether it is a limit, and whether a type declares it."""
