"""The layout of a note: where its parts stand. Nothing is judged here, and nothing raises on a damaged note."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from enrich.text.lines import Lines
from enrich.text.mark import blank_marks
from enrich.text.pattern import lazy_pattern
from enrich.text.plain import from_plain
from enrich.text.span import Span
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import SectionType
from enrich.vault.wikilink import Link as NoteLink
from enrich.vault.wikilink import Wikilink, in_order, links_of_zones, markdown_links_of_zones
from enrich.vault.yaml_versions import YamlError, load_both
from enrich.vault.zones import Zone, scan_zones

_FRONT = lazy_pattern(r"\A---[^\S\n]*\n(?P<yaml>(?:[^\n]*\n)*?)---[^\S\n]*(?:\n|\Z)")
_FIELD = lazy_pattern(
    r"^(?P<key>[^\s#:'\"-](?:[^:\n]*[^:\s])?)[^\S\n]*+:(?=\s|\Z)"
    r"(?P<rest>(?:[^\n]*+\n(?>(?:[ \t][^\n]*+\n|-[ \t][^\n]*+\n)*)))",
    re.M,
)
_LEVEL = lazy_pattern(r"#{1,6}(?=\s|\Z)")
_UNDERLINE = lazy_pattern(r" {0,3}(?:=+|-+)[ \t]*")
_SEE_ALSO = lazy_pattern(r"\s*(?P<line>\*see also:\*[^\n]*)")
_BULLET = lazy_pattern(r"^- [^\n]*", re.M)
_PARAGRAPH = lazy_pattern(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")
_MARKDOWN_LINK = lazy_pattern(
    r"!?\[(?P<label>[^\[\]]*+)\]\((?P<address>[^()\s]*+(?>(?:\([^()\s]*+\)[^()\s]*+)*))[^()]*+\)"
)
_WIKILINK = lazy_pattern(r"!?\[\[(?:[^\[\]\n]*\|)?(?P<shown>[^\[\]|\n]+)\]\]")


class Heading(Struct, frozen=True):
    """One heading outside of code, with hashes or underlined; `name` is empty for a bare ``#``."""

    level: int
    name: str
    span: Span


class Part(Struct, frozen=True):
    """A section of the note: what stands between two headings."""

    name: str
    heading: Span | None
    """The H2's line; None for the lead."""
    body: Span
    """From the line after the heading up to the next heading, white space included."""


class Link(Struct, frozen=True):
    """A Markdown link."""

    label: str
    address: str
    span: Span


class Layout(Struct, frozen=True, dict=True):
    """A note's text and its parts. Spans count characters of `text`."""

    text: str
    stem: str
    front: Span | None = None
    """The YAML between the two ``---`` lines."""
    fields: Mapping[str, Span] = field(default_factory=dict)
    """Each key of the front matter with the lines of its value; a key that stands twice has its last lines here."""
    keys: tuple[str, ...] = ()
    """Every key in order, repeated ones too."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The front matter as YAML 1.2 reads it; empty when it is broken or missing."""
    old_values: Mapping[str, Any] = field(default_factory=dict)
    """The front matter as YAML 1.1 reads it."""
    problem: YamlError | None = None
    """Why the front matter cannot be read."""
    headings: tuple[Heading, ...] = ()
    zones: tuple[Zone, ...] = ()

    @property
    def body_start(self) -> int:
        """Where the front matter ends."""
        return self.zones[0].end if self.zones and self.zones[0].kind == "front" else 0

    @property
    def title(self) -> Heading | None:
        """The first H1 that has a name."""
        return next((heading for heading in self.headings if heading.level == 1 and heading.name), None)

    @property
    def h2_names(self) -> tuple[str, ...]:
        """The names of the H2s in order."""
        return tuple(heading.name for heading in self.headings if heading.level == 2)

    @cached_property
    def see_also(self) -> Span | None:
        """The ``*see also:*`` line, where it comes first under the title."""
        start = self.title.span.end if self.title else self.body_start
        found = _SEE_ALSO.match(self.text, start)
        return Span(*found.span("line")) if found else None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The lead, then one part for every H2."""
        start = self.see_also.end if self.see_also else (self.title.span.end if self.title else self.body_start)
        parts = [Part("lead", None, Span(start, self._next_heading(start)))]
        for heading in self.headings:
            if heading.level == 2:
                body = Span(min(heading.span.end + 1, len(self.text)), self._next_heading(heading.span.end))
                parts.append(Part(heading.name, heading.span, body))
        return tuple(parts)

    @cached_property
    def pieces(self) -> tuple[Part, ...]:
        """The lead, then what stands below each heading of any level up to the next one; the title is none."""
        lead = self.parts[0]
        rows = [heading for heading in self.headings if heading.name and heading is not self.title]
        bodies = (Span(min(row.span.end + 1, len(self.text)), self._next_heading(row.span.end)) for row in rows)
        return (lead, *(Part(row.name, row.span, body) for row, body in zip(rows, bodies, strict=True)))

    @cached_property
    def title_on_top(self) -> Heading | None:
        """The title that stands before all text; a first H1 further down is a heading of the text."""
        title = self.title
        return title if title and not self.text[self.body_start : title.span.start].strip() else None

    @cached_property
    def opening(self) -> Part:
        """What stands before the first heading but a title on top."""
        if self.title is None or self.title_on_top is not None:
            return self.parts[0]
        return Part("lead", None, Span(self.body_start, self._next_heading(self.body_start)))

    def part_of(self, section: SectionType, note_type: NoteType) -> Part | None:
        """What stands under the heading of ``section``; None where it is missing.

        Smaller headings are a part of it, but for those of the type's other sections.
        """
        if not section.heading:
            return self.opening
        rows = [
            heading for heading in self.headings if (heading.level, heading.name) == (section.level, section.heading)
        ]
        if not rows:
            return None
        start = rows[0].span.end
        others = {(row.level, row.heading) for row in note_type.sections}
        ends = (
            row.span.start
            for row in self.headings
            if row.span.start > start and (row.level <= section.level or (row.level, row.name) in others)
        )
        return Part(section.heading, rows[0].span, Span(min(start + 1, len(self.text)), next(ends, len(self.text))))

    def part(self, name: str) -> Part | None:
        """The first part called ``name``."""
        return next((part for part in self.parts if part.name == name), None)

    def part_at(self, offset: int) -> Part | None:
        """The part whose body holds ``offset``."""
        number = bisect_right(self._parts_by_place, offset, key=lambda part: part.body.start)
        part = self._parts_by_place[number - 1] if number else None
        return part if part and offset < part.body.end else None

    @cached_property
    def _parts_by_place(self) -> tuple[Part, ...]:
        # A section may stand before the title on a damaged note, and so before the lead.
        return tuple(sorted(self.parts, key=lambda part: part.body))

    @cached_property
    def lines(self) -> Lines:
        """The note's lines."""
        return Lines(self.text)

    @cached_property
    def wikilinks(self) -> tuple[Wikilink, ...]:
        """Every wikilink of the body, those of the HTML tree too."""
        return tuple(link for link in links_of_zones(self.text, self.zones) if not link.in_front)

    @cached_property
    def note_links(self) -> tuple[NoteLink, ...]:
        """Every link of the body to a note, in either form; those of the HTML tree too."""
        in_markdown = markdown_links_of_zones(self.text, self.zones)
        return in_order(self.wikilinks, tuple(link for link in in_markdown if link.may_be_note and not link.embed))

    def note_links_in(self, span: Span) -> tuple[NoteLink, ...]:
        """The links to notes that start inside of ``span``."""
        return tuple(link for link in self.note_links if span.start <= link.span.start < span.end)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Links that lead out of the vault: Markdown links and bare addresses, in order."""
        found = (self._link(zone) for zone in self.zones if zone.kind in {"link", "url"})
        return tuple(link for link in found if link is not None and "://" in link.address)

    def is_shaped(self, note_type: NoteType) -> bool:
        """Whether the headings that the type asks for stand in the note in order; others may stand between."""
        found = iter([(heading.level, heading.name) for heading in self.headings])
        return bool(note_type.required) and all(heading in found for heading in note_type.required)

    def _next_heading(self, start: int) -> int:
        number = bisect_left(self.headings, start, key=lambda heading: heading.span.start)
        return self.headings[number].span.start if number < len(self.headings) else len(self.text)

    def _link(self, zone: Zone) -> Link | None:
        span = Span(zone.start, zone.end)
        if zone.kind == "url":
            return Link("", span.of(self.text).strip("<>"), span)
        found = _MARKDOWN_LINK.match(self.text, zone.start)
        return Link(found["label"], found["address"], span) if found else Link("", span.of(self.text), span)


@lru_cache(maxsize=8)
def read_layout(text: str, stem: str) -> Layout:
    """Find the parts of a note. ``text`` has line feeds only; ``stem`` is its file's name without ``.md``."""
    zones = scan_zones(text)
    headings = tuple(filter(None, (_heading(text, zone) for zone in zones if zone.kind == "heading")))
    found = _FRONT.match(text)
    if found is None:
        return Layout(text, stem, headings=headings, zones=zones)
    front = Span(*found.span("yaml"))
    fields = [(match["key"], Span(*match.span())) for match in _FIELD.finditer(text, *front)]
    keys = tuple(key for key, _ in fields)
    bare = Layout(text, stem, front, dict(fields), keys, headings=headings, zones=zones)
    try:
        old, new = load_both(found["yaml"])
    except YamlError as error:
        return replace(bare, problem=error)
    return replace(bare, values=_mapping(new), old_values=_mapping(old))


def paragraphs(text: str, span: Span) -> tuple[Span, ...]:
    """The paragraphs of ``text`` inside of ``span``, without the blank lines between."""
    found = _PARAGRAPH.finditer(text, *span)
    return tuple(Span(match.start(), match.start() + len(match[0].rstrip())) for match in found)


def bullets(text: str, span: Span) -> tuple[Span, ...]:
    """The ``- `` lines of ``text`` inside of ``span``, with their dash."""
    return tuple(Span(*match.span()) for match in _BULLET.finditer(text, *span))


def split_todo(text: str, part: Part, section: SectionType) -> tuple[Span, Span | None]:
    """What is written of a part, and the ``todo:`` line below it by which the rest is left to the person."""
    body = part.body.of(text).rstrip()
    if body != section.todo and not body.endswith(f"\n{section.todo}"):
        return part.body, None
    start = part.body.start + len(body) - len(section.todo)
    return Span(part.body.start, start), Span(start, start + len(section.todo))


def reading(text: str) -> str:
    """``text`` as a reader sees it: links by what they show, without marks, escapes and a bullet's dash."""
    plain = blank_marks(text)
    plain = _WIKILINK.sub(lambda match: match["shown"], plain)
    plain = _MARKDOWN_LINK.sub(lambda match: match["label"], plain)
    return from_plain(" ".join(plain.split()).removeprefix("- "))


def _heading(text: str, zone: Zone) -> Heading | None:
    line = text[zone.start : zone.end]
    words, _, rule = line.rstrip().partition("\n")
    if _UNDERLINE.fullmatch(rule):
        return Heading(1 if rule.strip()[0] == "=" else 2, words.strip(), Span(zone.start, zone.end))
    found = _LEVEL.match(line)
    if found is None or "\n" in line:
        return None
    return Heading(found.end(), line[found.end() :].strip(), Span(zone.start, zone.end))


def _mapping(values: Any) -> Mapping[str, Any]:
    return values if isinstance(values, dict) else {}
