"""Rules about the file and its markup: what its readers would trip over, hide, load or run."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from enrich.check.style.active import find_active, find_formulas
from enrich.check.style.rule import Fault, Rule, Subject
from enrich.errors import SettingsError
from enrich.text.count import counted
from enrich.text.mark import find_marks
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Cover, Span
from enrich.vault.note_type import NoteType
from enrich.vault.render import render
from enrich.vault.template_variables import blank_variables
from enrich.vault.zones import Zone

NOTE_END = "\n\n#\n"
"""How every note ends: a bare ``#`` under a blank line."""

_DOUBLE_BLANK = lazy_pattern(r"\n{3,}")
_TRAILING_SPACE = lazy_pattern(r"(?<![^\S\n])[^\S\n]++(?=\n|\Z)")
# Controls, format characters (zero-width, bidi, soft hyphen, tags), line separators, and bytes that are no UTF-8.
_HIDDEN = lazy_pattern(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0001\U000e0020-\U000e007f]"
)
_TREE_TAG = lazy_pattern(r"</?(?:div|ul|li)(?:\s+class=\"linkage-tree(?:-title)?\")?\s*>")
_SHOWN_PER_RULE = 5
"""Findings. By hand: who has seen five mends the rest too."""
_FOREIGN = {
    "code": "code", "comment": "a comment, which is hidden from readers", "template": "a template command",
    "HTML": "HTML that is not the linkage tree", "image": "an image, which loads from outside",
    "embed": "an embedded note or file", "callout": "a callout", "table": "a table",
    "unread": "a paragraph that is too long, or has too many brackets, to be read for markup",
}  # fmt: skip
_UNSAFE = {
    "template": "a template command", "HTML": "HTML", "address": "an address that is no link to the web",
    "unread": _FOREIGN["unread"],
}  # fmt: skip
_HIDDEN_MEANING = {
    "highlight": "a highlight", "tag": "a tag", "field": "a field of Dataview", "footnote": "a footnote",
    "block name": "a block's name", "entity": "a character entity", "struck words": "struck words",
    "address": "an address that is no link to the web",
}  # fmt: skip


def file_form(subject: Subject) -> Iterator[Fault]:
    """M1."""
    text, layout = subject.text, subject.layout
    if not text.startswith("---\n"):
        yield Fault("front matter", f"the first line is {text.partition(chr(10))[0][:20]!r}, not '---'", Span(0, 3))
    elif layout.front is None:
        yield Fault("front matter", "the front matter has no closing '---'", Span(0, 3))
    elif not re.match(r"\n# \S", text[layout.body_start :]):
        start = layout.body_start
        yield Fault("title", "one blank line and then '# title' must follow the front matter", Span(start, start + 1))


def ending(subject: Subject) -> Iterator[Fault]:
    """M21."""
    text = subject.text
    if not text.endswith(NOTE_END) or text.endswith("\n" + NOTE_END):
        span = Span(max(0, len(text) - 20), len(text))
        yield Fault("note", f"the note ends with {text[-12:]!r}, not with a blank line and a bare '#'", span)
    titles = [heading for heading in subject.layout.headings if heading.level == 1 and heading.name]
    if len(titles) != 1:
        message = (
            f"{counted(len(titles), 'heading')} of level 1 ({', '.join(repr(title.name) for title in titles)}), not 1"
        )
        yield Fault("note", message, titles[-1].span if titles else None)


def invisible(subject: Subject) -> Iterator[Fault]:
    """M22."""
    text, lines = subject.text, subject.layout.lines
    for found in islice(_TRAILING_SPACE.finditer(text), _SHOWN_PER_RULE):
        yield Fault("note", f"line {lines.number_at(found.start())} ends with a space", Span(*found.span()))
    for found in islice(_DOUBLE_BLANK.finditer(text), _SHOWN_PER_RULE):
        yield Fault(
            "note", f"more than one blank line after line {lines.number_at(found.start())}", Span(*found.span())
        )
    yield from hidden(subject)


def hidden(subject: Subject) -> Iterator[Fault]:
    """M22, as far as a note of any kind must keep it."""
    text, lines = subject.text, subject.layout.lines
    for found in islice(_HIDDEN.finditer(text), _SHOWN_PER_RULE):
        yield Fault("note", f"line {lines.number_at(found.start())} has {_name_hidden(found[0])}", Span(*found.span()))


def _name_hidden(character: str) -> str:
    """What it is; half of a surrogate pair stands for a byte that could not be decoded."""
    if "\udc80" <= character <= "\udcff":
        return f"a byte that is not UTF-8 (0x{ord(character) - 0xDC00:02x})"
    return f"an invisible character ({unicodedata.name(character, f'U+{ord(character):04X}').lower()})"


def foreign_markup(subject: Subject) -> Iterator[Fault]:
    """M23."""
    return _active(subject, _FOREIGN)


def unsafe(subject: Subject) -> Iterator[Fault]:
    """M23, as far as a note of any type must keep it: what runs, loads or leads elsewhere than it says."""
    return _active(subject, _UNSAFE)


def hidden_meaning(subject: Subject) -> Iterator[Fault]:
    """M28. Addresses of the web are M13's."""
    web = ("http://", "https://", "www.")
    return (
        fault
        for fault in _active(subject, _HIDDEN_MEANING)
        if fault.span is None or not fault.span.of(subject.text).lower().lstrip("<").startswith(web)
    )


def _active(subject: Subject, said: Mapping[str, str]) -> Iterator[Fault]:
    """Active markup of some kinds, but for the linkage tree and what the type's own template puts into every note."""
    trees = _trees(subject)
    found = [active for active in find_active(subject.text) if active.kind in said and active.span.start not in trees]
    own = _of_template(subject.note_type) if found else frozenset()
    seen: set[tuple[str, int]] = set()
    for active in found:
        line = subject.layout.lines.number_at(active.span.start)
        if (active.kind, active.what) in own or (active.kind, line) in seen:
            continue
        seen.add((active.kind, line))
        yield Fault(_section(subject, active.span), f"line {line} has {said[active.kind]}", active.span)


@cache
def _of_template(note_type: NoteType) -> frozenset[tuple[str, str]]:
    """The active markup that every note of the type has, whatever it says."""
    try:
        text = render(note_type, "note.md.j2", blank_variables(note_type))
    except SettingsError:  # a template that cannot be filled puts nothing anywhere
        return frozenset()
    return frozenset((active.kind, active.what) for active in find_active(text))


def dollars(subject: Subject) -> Iterator[Fault]:
    """M25."""
    for paragraph, signs in find_formulas(subject.text, subject.layout.body_start):
        line = subject.layout.lines.number_at(paragraph.start)
        message = f"the paragraph at line {line} has {len(signs)} bare '$', which set it as a formula"
        yield Fault("note", f"{message}; write '\\$'", Span(signs[0], signs[-1] + 1))


def unverified(subject: Subject) -> Iterator[Fault]:
    """E1."""
    for mark in find_marks(subject.text):
        words = ", ".join(mark.words)
        message = f"the source does not say {words}" if words else "the source does not say this sentence"
        yield Fault(_section(subject, mark.span), f"{message}; mend the sentence or vouch for it", mark.span)


def _section(subject: Subject, span: Span) -> str:
    if span.start < subject.layout.body_start:
        return "front matter"
    part = subject.layout.part_at(span.start)
    return part.name if part else "note"


def _trees(subject: Subject) -> Cover:
    text = subject.text
    blocks = (zone for zone in subject.layout.zones if zone.kind == "html block")
    return Cover(Span(zone.start, zone.end) for zone in blocks if _is_tree(text, zone))


def _is_tree(text: str, zone: Zone) -> bool:
    # Whether its every byte is right is another rule; here it counts that nothing but the tree's own tags is inside.
    block = text[zone.start : zone.end]
    return block.startswith("<div") and "linkage-tree" in block and "<" not in _TREE_TAG.sub("", block)


RULES = (
    Rule("M1", "the file starts with '---', and a blank line and the title follow the front matter", file_form),
    Rule("M21", "the note ends with a blank line and a bare '#', and has one title", ending),
    Rule("M22", "no trailing space, tab, double blank line or invisible character", invisible),
    Rule("M23", "no image, embed, callout, code, comment, table or HTML besides the linkage tree", foreign_markup),
    Rule("M28", "no highlight, tag, field, footnote, block name, entity or address in the text", hidden_meaning),
    Rule("M25", "fewer than two bare '$' in a paragraph", dollars),
    Rule("E1", "no sentence is marked as unverified", unverified),
)
