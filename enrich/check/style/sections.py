"""Rules about the shape: title, see-also line, sections, links and tree, as the type's table has them."""

import unicodedata
from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from enrich.check.style.layout import Part, bullets, paragraphs, reading, split_todo
from enrich.check.style.linkage import wikilink_count
from enrich.check.style.linkage_tree import read_tree, tree_of
from enrich.check.style.prose import written_parts
from enrich.check.style.rule import Fault, Rule, Subject, outside, say
from enrich.text.count import counted
from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.words import count_words
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import SectionType

_STEM = lazy_pattern(r"[a-z0-9]+(?: [a-z0-9]+)*")


def title(subject: Subject) -> Iterator[Fault]:
    """M3."""
    layout = subject.layout
    stem = unicodedata.normalize("NFC", layout.stem)
    written = layout.values.get("title")
    span = layout.title.span if layout.title else None
    if written is not None and str(written) != stem:
        yield Fault(
            "title",
            f"the front matter's title is {str(written)!r}, the file's name {stem!r}",
            layout.fields.get("title"),
        )
    if layout.title is not None and layout.title.name != stem:
        yield Fault("title", f"the heading is {layout.title.name!r}, the file's name {stem!r}", span)
    if stem != stem.lower():
        yield Fault("title", f"the file's name {stem!r} is not lowercase", span)


def stem(subject: Subject) -> Iterator[Fault]:
    """M4."""
    name, note_type = subject.layout.stem, subject.note_type
    span = subject.layout.title.span if subject.layout.title else None
    if not _STEM.fullmatch(name):
        yield Fault("title", f"{name!r} has other characters than a-z, 0-9 and single spaces", span)
    if outside(len(name.split()), note_type.title_words):
        yield Fault("title", f"{counted(len(name.split()), 'word')}; allowed are {say(note_type.title_words)}", span)
    if outside(len(name), note_type.title_characters):
        yield Fault("title", f"{counted(len(name), 'character')}; allowed are {say(note_type.title_characters)}", span)


def order(subject: Subject) -> Iterator[Fault]:
    """M14."""
    layout, headings = subject.layout, subject.note_type.headings
    if missing := [heading for heading in headings if heading not in layout.h2_names]:
        yield Fault("note", f"the section {', '.join(repr(name) for name in missing)} is missing")
    elif not layout.is_shaped(subject.note_type):
        yield Fault("note", f"sections stand in the order {', '.join(layout.h2_names)}, not {', '.join(headings)}")
    for part in layout.parts:
        if part.heading is None:
            continue
        before, body = layout.text[: part.heading.start], part.body.of(layout.text)
        if not before.endswith("\n\n") or before.endswith("\n\n\n") or not body.strip() or body.startswith("\n"):
            yield Fault(
                part.name, f"## {part.name}: one blank line before the heading, its text on the next line", part.heading
            )


def section_form(section: SectionType, subject: Subject) -> Iterator[Fault]:
    """The rule that a row of the type's table names: its shape, its items and their words.

    Of a section that is left to the person only too much can be told.
    """
    part = subject.layout.part(section.heading or "lead")
    if part is None:
        return
    written, todo = split_todo(subject.text, part, section)
    if todo is not None:
        words = section.words if section.shape == "bullets" else (0, section.words[1])
        section, part = replace(section, items=(0, section.items[1]), words=words), replace(part, body=written)
        if not written.of(subject.text).strip():
            return
    if section.shape == "tree":
        yield from _tree(subject, part)
    elif section.shape == "bullets":
        yield from _bullets(section, subject, part)
    else:
        yield from _paragraph(section, subject, part)
    if section.wikilinks_rule == section.rule:
        yield from wikilink_count(section, subject)


def _paragraph(section: SectionType, subject: Subject, part: Part) -> Iterator[Fault]:
    found = paragraphs(subject.text, part.body)
    if len(found) != 1:
        yield Fault(part.name, f"{part.name} has {counted(len(found), 'paragraph')}, not 1", part.body)
        return
    span, text = found[0], reading(found[0].of(subject.text))
    kind = "question" if section.shape == "question" else "sentence"
    if outside(count := len(split_sentences(text)), section.items):
        yield Fault(part.name, f"{part.name} has {counted(count, kind)}; allowed are {say(section.items)}", span)
    if outside(words := count_words(text), section.words):
        yield Fault(part.name, f"{part.name} has {counted(words, 'word')}; allowed are {say(section.words)}", span)
    if section.shape == "question" and not text.endswith(("?", "？")):
        yield Fault(part.name, f"{part.name} does not end with a question mark", span)


def _bullets(section: SectionType, subject: Subject, part: Part) -> Iterator[Fault]:
    found = bullets(subject.text, part.body)
    if outside(len(found), section.items):
        yield Fault(
            part.name, f"{part.name} has {counted(len(found), 'bullet')}; allowed are {say(section.items)}", part.body
        )
    if any(line.strip() and not line.startswith("- ") for line in part.body.of(subject.text).splitlines()):
        yield Fault(part.name, f"{part.name} has lines that are no bullets: start each with '- '", part.body)
    for number, span in enumerate(found, 1):
        for message in _bullet(section, reading(span.of(subject.text))):
            yield Fault(part.name, f"bullet {number} of {part.name} {message}", span)


def _bullet(section: SectionType, text: str) -> Iterator[str]:
    if outside(words := count_words(text), section.words):
        yield f"has {counted(words, 'word')}; allowed are {say(section.words)}"
    if section.sentence_form:
        if len(split_sentences(text)) != 1:
            yield f"has {counted(len(split_sentences(text)), 'sentence')}, not 1"
        if text[:1].islower():
            yield f"starts with {text.split()[0]!r}: write a capital"
        if not text.endswith((".", "。")):
            yield "does not end with a full stop"


def _tree(subject: Subject, part: Part) -> Iterator[Fault]:
    text = part.body.of(subject.text).strip("\n")
    shown, related = read_tree(text)
    if text != tree_of(shown, related):
        expected = tree_of(shown, related).splitlines()
        line = next(
            (at for at, (a, b) in enumerate(zip(text.splitlines(), expected, strict=False), 1) if a != b), len(expected)
        )
        yield Fault(part.name, f"line {line} of the linkage tree differs from the tree the tool writes", part.body)
    tags = subject.layout.values.get("tags")
    if isinstance(tags, list) and (foreign := [tag for tag in shown if tag not in map(str, tags)]):
        yield Fault(part.name, f"the linkage tree shows #{foreign[0]}, which is no tag of the note", part.body)


def usual_items(subject: Subject) -> Iterator[Fault]:
    """S5."""
    for section, part in written_parts(subject):
        open_ = split_todo(subject.text, part, section)[1] is not None
        if section.shape == "bullets" and section.aim_items is not None and not open_:
            count = len(bullets(subject.text, part.body))
            if not outside(count, section.items) and outside(count, section.aim_items):
                yield Fault(
                    part.name,
                    f"{part.name} has {counted(count, 'bullet')}; {say(section.aim_items)} are usual",
                    part.body,
                )


RULES = (
    Rule("M3", "title, heading and file name are the same, and lowercase", title),
    Rule("M4", "the file name has the type's length, in a-z, 0-9 and spaces", stem, of_shape=True),
    Rule("M14", "the type's sections stand in order, one blank line before each", order, of_shape=True),
    Rule("S5", "a list has the usual number of bullets", usual_items, of_shape=True),
)


def section_rules(note_type: NoteType) -> Iterator[Rule]:
    """The rules that the rows of the type's table name."""
    for section in note_type.sections:
        if section.rule:
            yield Rule(section.rule, _reason(section), partial(section_form, section), of_shape=True)


def _reason(section: SectionType) -> str:
    if section.shape == "tree":
        return f"{section.name} is the tree that the tool writes, byte for byte"
    words = f"{say(section.words)} words"
    if section.wikilinks and section.wikilinks_rule == section.rule:
        words += f", {say(section.wikilinks)} wikilinks"
    if section.shape == "bullets":
        return f"{section.name}: {say(section.items)} bullets of {words}"
    kind = "question" if section.shape == "question" else "sentence"
    return f"{section.name}: one paragraph, {say(section.items)} {kind}{'s' if section.items[1] > 1 else ''}, {words}"
