"""Mechanical mends: what a rule asks for and nobody has to decide, as edits that leave every other byte alone.

Mended are byte order mark and carriage returns (M1), spaces, invisible characters and double blank lines (M22), the
order of keys and the form of lists in the front matter (M2), the lines around title and headings (M1, M14), the
linkage tree (M19) and the end of the note (M21); of other types the order of properties (T1) and the last line (T10).
Left alone is what could carry meaning: code, a space that breaks a
line, a tab that indents, a joiner between letters, comments in the front matter, prose inside the linkage section.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.finding import Finding
from enrich.check.style.front_matter import KEYS, LISTS
from enrich.check.style.layout import Layout, Part, read_layout
from enrich.check.style.linkage_tree import TREE_TAGS, tree_link, tree_of
from enrich.check.style.lint import is_held_to_shape, rules_of
from enrich.check.style.markup import NOTE_END
from enrich.text.cleaned import BOM
from enrich.text.count import counted
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.note_type import NoteType
from enrich.vault.yaml_scalar import yaml_scalar
from enrich.vault.yaml_versions import YamlError, load_both
from enrich.vault.zones import Zone, line_start

FIXABLE = frozenset({"M1", "M2", "M14", "M19", "M21", "M22", "T1", "T10"})
"""Rules of which at least some faults can be mended."""

_HIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_JOINERS = "\u200c\u200d"
_INVISIBLE = lazy_pattern(
    # A joiner between letters of other scripts, or inside of a picture, is part of the word.
    f"(?<![{_JOINERS}])[{_JOINERS}]*+[{_HIDDEN}][{_HIDDEN}{_JOINERS}]*|(?<=[\x00-\x7f])[{_JOINERS}]+"
    f"|(?<![{_JOINERS}])[{_JOINERS}]++(?=[\x00-\x7f]|\\Z)"
)
_INNER_TAB = lazy_pattern(r"(?<=\S)(?= *+\t)[ \t]++(?=\S)")
_LINE_SPACE = lazy_pattern(r"(?<![^\S\n])[^\S\n]++(?=\n|\Z)")
_GOES_ON = lazy_pattern(r"\n[^\S\n]*[^\s#]")
_DOUBLE_BLANK = lazy_pattern(r"\n{3,}")
_FENCES = frozenset("`~$%=")
_OPEN_ENDED = frozenset({"code", "comment", "unclosed", "html block"})
_ROUNDS = 4
"""Times that all stages are gone through at most, a bound: a late stage can end what was code for an early one."""
_TREE_WORDS = lazy_pattern(r"<[^<>]*>|\[\[[^\[\]\n]*\]\]|#[^\s<]+|linkage tree|tags|related")


class Mended(Struct, frozen=True):
    """A note after its mends."""

    text: str
    findings: tuple[Finding, ...]
    """What was mended; spans count characters of the text as the mends before had left it."""


class _Mend(Struct, frozen=True):
    finding: Finding
    edits: tuple[Edit, ...]


def mend(text: str, stem: str, note_type: NoteType) -> Mended:
    """Mend what is mechanical. Mending again changes nothing; a text without such faults comes back as it is.

    Of a type that is not a house's invisible characters, the order of declared properties and the last line are.

    ``text`` is the file decoded as UTF-8 with ``surrogateescape``, carriage returns included; the mended text goes back
    the same way, as whole bytes (line ends are among what is mended).
    """
    asks = {rule.id: rule.reason for rule in rules_of(note_type)}
    findings: list[Finding] = []
    for _ in range(_ROUNDS):
        mended = _mend_once(text, stem, note_type)
        findings += [replace(finding, asks=asks.get(finding.rule, "")) for finding in mended.findings]
        if mended.text == text:
            break
        text = mended.text
    return Mended(text, tuple(findings))


def _mend_once(text: str, stem: str, note_type: NoteType) -> Mended:
    """Each stage once, on what the stage before has left."""
    findings: list[Finding] = []
    layout = read_layout(text, stem)
    for stage in _STAGES if note_type.house else _DECLARED_STAGES:
        mends = tuple(stage(layout, note_type))
        if mends:
            layout = read_layout(apply_edits(layout.text, [edit for found in mends for edit in found.edits]), stem)
            findings += [found.finding for found in mends]
    return Mended(layout.text, tuple(findings))


def _transport(layout: Layout, _: NoteType) -> Iterator[_Mend]:
    if layout.text.startswith(BOM):
        yield _mend("M1", "note", "byte order mark", Edit(Span(0, 1), ""))
    # A lone carriage return is an old line end; before a line feed it is superfluous.
    returns = [Edit(Span(*found.span()), "\n") for found in re.finditer(r"\r\n?", layout.text)]
    if returns:
        yield _mend("M1", "note", counted(len(returns), "carriage return"), *returns)


def _invisible(layout: Layout, _: NoteType) -> Iterator[_Mend]:
    yield from _everywhere(layout, _INVISIBLE, "", "invisible character")


def _tabs(layout: Layout, _: NoteType) -> Iterator[_Mend]:
    yield from _everywhere(layout, _INNER_TAB, " ", "tab between words")


def _spaces(layout: Layout, _: NoteType) -> Iterator[_Mend]:
    yield from _everywhere(layout, _LINE_SPACE, "", "space at a line's end")


def _blank_lines(layout: Layout, _: NoteType) -> Iterator[_Mend]:
    yield from _everywhere(layout, _DOUBLE_BLANK, "\n\n", "double blank line")


def _everywhere(layout: Layout, pattern: re.Pattern[str], becomes: str, what: str) -> Iterator[_Mend]:
    """One mend for all places, outside of code."""
    code = [zone for zone in layout.zones if zone.kind == "code"]
    edits = [
        Edit(Span(*found.span()), becomes)
        for found in pattern.finditer(layout.text)
        if not (_touches(code, found) or _parts_marks(layout, found))
        and not (pattern is _LINE_SPACE and _breaks_line(layout, found))
    ]
    if edits:
        yield _mend("M22", "note", counted(len(edits), what), *edits)


def _parts_marks(layout: Layout, found: re.Match[str]) -> bool:
    """Whether what was found keeps two signs of Markdown apart that would begin something together: a fence of code."""
    before = layout.text[max(0, found.start() - 1) : found.start()]
    return before in _FENCES and layout.text.startswith(before, found.end())


def _breaks_line(layout: Layout, found: re.Match[str]) -> bool:
    """Whether two spaces at a line's end break a paragraph's line in the body, as Markdown has it."""
    if len(found[0]) < 2 or found.start() < layout.body_start:
        return False
    before = layout.text[line_start(layout.text, found.start()) : found.start()]
    goes_on = _GOES_ON.match(layout.text, found.end()) is not None
    return bool(before.strip()) and not before.startswith("#") and goes_on


def _touches(zones: Sequence[Zone], found: re.Match[str]) -> bool:
    """Whether what was found reaches into one of the zones, which are in order and apart."""
    before = bisect_left(zones, found.end(), key=lambda zone: zone.start)
    return before > 0 and found.start() < zones[before - 1].end


def _lists(layout: Layout, _: NoteType) -> Iterator[_Mend]:
    for key in sorted(LISTS & set(layout.fields)):
        span = layout.fields[key]
        written, block = span.of(layout.text), _block_list(key, layout)
        if block and block != written and _reads_alike(layout, Edit(span, block)):
            yield _mend("M2", "front matter", f"the form of the list {key}", Edit(span, block))


def _block_list(key: str, layout: Layout) -> str:
    """The list one item a line; empty when its items are not plain enough to be sure."""
    items = layout.values.get(key)
    if not isinstance(items, list) or not items or "#" in layout.fields[key].of(layout.text):
        return ""
    lines = [_scalar(item) for item in items if type(item) in {str, int}]
    return f"{key}:\n" + "".join(f"  - {line}\n" for line in lines) if len(lines) == len(items) else ""


def _scalar(item: str | int) -> str:
    return yaml_scalar(item) if isinstance(item, str) else str(item)


def _order(layout: Layout, _: NoteType) -> Iterator[_Mend]:
    ordered = [key for key in KEYS if key in layout.keys] + [key for key in layout.keys if key not in KEYS]
    yield from _in_order("M2", layout, ordered)


def _declared_order(layout: Layout, note_type: NoteType) -> Iterator[_Mend]:
    """The type's properties in its order, in the places that such properties have; others stay where they are."""
    declared = [row.key for row in note_type.properties if row.key in layout.keys]
    if len(declared) < len([key for key in layout.keys if key in declared]):
        return  # a key stands twice
    ordered = iter(declared)
    yield from _in_order("T1", layout, [next(ordered) if key in declared else key for key in layout.keys])


def _in_order(rule: str, layout: Layout, ordered: Sequence[str]) -> Iterator[_Mend]:
    if layout.front is None or len(layout.keys) != len(set(layout.keys)):
        return
    pieces = {key: span.of(layout.text) for key, span in layout.fields.items()}
    if "".join(pieces.values()) != layout.front.of(layout.text):
        return
    edit = Edit(layout.front, "".join(pieces[key] for key in ordered))
    if list(ordered) != list(pieces) and _reads_alike(layout, edit):
        yield _mend(rule, "front matter", "the order of the keys", edit)


def _reads_alike(layout: Layout, edit: Edit) -> bool:
    """Whether both kinds of reader find the same values in the front matter after the edit."""
    if layout.front is None or layout.problem is not None:
        return False
    shifted = Edit(Span(edit.span.start - layout.front.start, edit.span.end - layout.front.start), edit.text)
    try:
        old, new = load_both(apply_edits(layout.front.of(layout.text), [shifted]))
    except YamlError:
        return False
    return bool(old == layout.old_values and new == layout.values)


def _headings(layout: Layout, note_type: NoteType) -> Iterator[_Mend]:
    text, start = layout.text, layout.body_start
    gap = re.match(r"\n*(?=# \S)", text[start:])
    if layout.front is not None and gap and gap[0] != "\n":
        yield _mend("M1", "title", "the lines above the title", Edit(Span(start, start + gap.end()), "\n"))
    if not is_held_to_shape(layout, note_type):
        return
    for part in layout.parts:
        edits = tuple(_around(text, part))
        if edits:
            yield _mend("M14", part.name, f"the lines around '## {part.name}'", *edits)


def _around(text: str, part: Part) -> Iterator[Edit]:
    if part.heading is None:
        return
    above = len(text[: part.heading.start].rstrip("\n"))
    if above and part.heading.start - above != 2:
        yield Edit(Span(above, part.heading.start), "\n\n")
    below = part.body.of(text)
    if below.strip() and below.startswith("\n"):
        yield Edit(Span(part.body.start, part.body.end - len(below.lstrip("\n"))), "")


def _tree(layout: Layout, note_type: NoteType) -> Iterator[_Mend]:
    for section in note_type.sections:
        part = layout.part(section.heading) if section.shape == "tree" else None
        if part is None or not is_held_to_shape(layout, note_type):
            continue
        written = part.body.of(layout.text)
        if _TREE_WORDS.sub("", written).strip():
            continue
        span = Span(part.body.start, part.body.start + len(written.rstrip("\n")))
        tree = _expected_tree(layout, part)
        if tree != span.of(layout.text):
            yield _mend("M19", part.name, "the linkage tree", Edit(span, tree))


def _expected_tree(layout: Layout, part: Part) -> str:
    """The tree with the items that can still be read, else with those that the note itself tells."""
    written = part.body.of(layout.text)
    tags = [str(tag) for tag in layout.values.get("tags") or ()]
    shown = re.findall(r"#([^\s<]+)", written)
    related = re.findall(r"\[\[([^\[\]\n]+)\]\]", written)
    if not shown or (tags and set(shown) - set(tags)):
        shown = tags[TREE_TAGS]
    return tree_of(shown, related or _linked_in_prose(layout, part))


def _linked_in_prose(layout: Layout, tree: Part) -> list[str]:
    see_also = layout.see_also or Span(0, 0)
    prose = (
        tree_link(link, layout.text)
        for link in layout.note_links
        if not (tree.body.start <= link.span.start < tree.body.end) and not link.embed
        and not (see_also.start <= link.span.start < see_also.end)
    )  # fmt: skip
    return list(dict.fromkeys(prose))[:3]


def _ending(layout: Layout, _: NoteType) -> Iterator[_Mend]:
    text, title = layout.text, layout.title
    if not text.strip() or any(zone.kind in _OPEN_ENDED and zone.end == len(text) for zone in layout.zones):
        return
    # The end of many notes repeats the title behind the bare mark.
    repeated = rf"(?:[^\S\n]+{re.escape(title.name)})?" if title else ""
    start = title.span.end if title else layout.body_start
    end = _end_of_prose(text, start, re.compile(f"#{repeated}"))
    if text[end:] != NOTE_END:
        yield _mend("M21", "note", "the end of the note", Edit(Span(end, len(text)), NOTE_END))


def _declared_ending(layout: Layout, note_type: NoteType) -> Iterator[_Mend]:
    """The last line of the type's notes, where a note ends otherwise."""
    text, ending = layout.text, note_type.ending.strip()
    is_open = any(zone.kind in _OPEN_ENDED and zone.end == len(text) for zone in layout.zones)
    end, line_end = len(text.rstrip()), "\r\n" if "\r\n" in text else "\n"
    if ending and end > layout.body_start and not is_open and text[line_start(text, end) : end].strip() != ending:
        yield _mend("T10", "note", "the last line", Edit(Span(end, len(text)), f"{line_end * 2}{ending}{line_end}"))


def _end_of_prose(text: str, start: int, mark: re.Pattern[str]) -> int:
    """The offset behind what stands before the lines at the end that are nothing but `mark`."""
    end = _end_of_words(text, start, len(text))
    while (line := line_start(text, end)) > start and mark.fullmatch(text, line, end):
        end = _end_of_words(text, start, line)
    return end


def _end_of_words(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _mend(rule: str, section: str, what: str, *edits: Edit) -> _Mend:
    return _Mend(Finding(rule, "must", section, what, edits[0].span), edits)


_STAGES: tuple[Callable[[Layout, NoteType], Iterator[_Mend]], ...] = (
    _transport, _invisible, _tabs, _spaces, _blank_lines, _lists, _order, _headings, _tree, _ending,
)  # fmt: skip
_DECLARED_STAGES = (_invisible, _declared_order, _declared_ending)
