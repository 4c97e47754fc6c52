"""The house style: every rule, asked of one note."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from msgspec.structs import replace

from enrich.check.finding import Finding
from enrich.check.style import front_matter, linkage, markup, prose, sections
from enrich.check.style.declared import declared_rules
from enrich.check.style.layout import Layout, read_layout
from enrich.check.style.rule import Rule, Subject
from enrich.text.cleaned import BOM, CleanedText
from enrich.text.count import counted
from enrich.text.span import Span
from enrich.vault.note_type import NoteType

_FIXED: tuple[Rule, ...] = (*markup.RULES, *front_matter.RULES, *sections.RULES, *linkage.RULES, *prose.RULES)

NO_TYPE = NoteType(name="", directory=Path(), sections=())
"""The type of a note whose form nobody has described."""
_FOR_EVERY_NOTE: tuple[Rule, ...] = (
    Rule("M2", "the front matter can be read by YAML 1.1 and 1.2", front_matter.sound),
    Rule("M22", "no invisible character", markup.hidden),
    *(rule for rule in _FIXED if rule.id in ("M26", "E1")),
)
_FOR_EVERY_TYPE: tuple[Rule, ...] = (
    *_FOR_EVERY_NOTE,
    Rule("M23", "no HTML, template command or address that a program would act on", markup.unsafe),
    *(rule for rule in _FIXED if rule.id == "M27"),
)
LACKS_LINKS = frozenset({"M11", "T8"})
"""Rules that ask for links, which a vault may have too few notes for; a section's own are in its table."""


def rules_of(note_type: NoteType) -> tuple[Rule, ...]:
    """Every rule for a note of this type, must rules first, by number.

    Of a type that is not the house's, what it declares and what holds for every note.
    """
    if not note_type.house:
        return tuple(sorted((*_FOR_EVERY_TYPE, *declared_rules(note_type)), key=_place))
    of_table = (*sections.section_rules(note_type), *linkage.link_rules(note_type))
    return tuple(sorted((*_FIXED, *of_table), key=_place))


def check_style(
    text: str,
    stem: str,
    note_type: NoteType,
    taken_ids: Collection[str] = (),
    resolves: Callable[[str], tuple[bool, bool]] | None = None,
    allow_unresolved: Collection[str] = (),
) -> tuple[Finding, ...]:
    """What the note does not keep of its type's rules, in the order of the rules.

    ``text`` is the file as it is, carriage returns and byte order mark included; ``stem`` its name without ``.md``.
    ``taken_ids`` holds the ``note_id`` of every *other* note. ``resolves`` says of a link's target whether Obsidian and
    Quartz find it; without it links are not looked up. Targets in ``allow_unresolved`` may lead nowhere.
    Rules about the shape are asked of notes that have the type's sections (see `is_held_to_shape`).
    """
    cleaned = CleanedText(text)
    layout = read_layout(cleaned.text, stem)
    subject = Subject(layout, note_type, taken_ids, resolves, allow_unresolved)
    shaped = is_held_to_shape(layout, note_type)
    asked = (rule for rule in rules_of(note_type) if shaped or not rule.of_shape)
    found = (
        replace(finding, span=cleaned.original(finding.span)) for rule in asked for finding in rule.findings(subject)
    )
    return (*(_transport(text) if note_type.house else ()), *found)


def check_untyped(
    text: str,
    stem: str,
    resolves: Callable[[str], tuple[bool, bool]] | None = None,
    allow_unresolved: Collection[str] = (),
) -> tuple[Finding, ...]:
    """What a note of no known type does not keep of the few rules that hold for every note; see `check_style`."""
    cleaned = CleanedText(text)
    subject = Subject(read_layout(cleaned.text, stem), NO_TYPE, (), resolves, allow_unresolved)
    found = (finding for rule in _FOR_EVERY_NOTE for finding in rule.findings(subject))
    return tuple(replace(finding, span=cleaned.original(finding.span)) for finding in found)


def excuse_links(findings: Iterable[Finding], note_type: NoteType) -> tuple[Finding, ...]:
    """``findings`` where there are too few notes to link to: that links are missing is no must there."""
    excused = {*LACKS_LINKS, *(section.links_rule for section in note_type.sections)}
    return tuple(replace(row, level="should") if row.rule in excused else row for row in findings)


def is_held_to_shape(layout: Layout, note_type: NoteType) -> bool:
    """Whether the note must have the type's shape: it has the sections, or it is a draft that lost some of them.

    A vault holds notes of many shapes; a published one that lacks a section is another kind of note, not a broken one.
    """
    if layout.is_shaped(note_type):
        return True
    tags = layout.values.get("tags")
    is_of_type = isinstance(tags, list) and tags[:1] == [note_type.name]
    kept = len(set(layout.h2_names) & set(note_type.headings))
    return is_of_type and layout.values.get("draft") is True and 2 * kept >= len(note_type.headings)


def _transport(text: str) -> tuple[Finding, ...]:
    """M1, as far as the bytes are concerned."""
    findings = []
    asks = next(rule.reason for rule in _FIXED if rule.id == "M1")
    if text.startswith(BOM):
        findings.append(Finding("M1", "must", "note", "the file starts with a byte order mark", Span(0, 1), asks))
    if returns := text.count("\r"):
        at = text.index("\r")
        message = f"{counted(returns, 'line ends', 'lines end')} with a carriage return, not with a line feed alone"
        findings.append(Finding("M1", "must", "note", message, Span(at, at + 1), asks))
    return tuple(findings)


def _place(rule: Rule) -> tuple[int, int]:
    return "MTES".find(rule.id[0]), int(rule.id[1:])
