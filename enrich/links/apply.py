"""Suggestions made: the edits of a note's text that put the links where they belong.

Links are placed one after the other, each in the text that those before it have left, so that no bullet gets two. What
comes out are edits of the text as it was; nothing outside of them changes.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from enrich.links.kept import find_made
from enrich.links.link_list import RELATED, ListHeading
from enrich.links.markdown_form import MarkdownForm
from enrich.links.place import LinkPlace, is_in_table, place_mention, place_related
from enrich.links.suggest import Suggestion
from enrich.links.terms import split_terms
from enrich.links.tree_related import follow_link
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.note import stem_of
from enrich.vault.note_type import NoteType
from enrich.vault.wikilink import Link, MarkdownLink, find_links
from enrich.vault.zones import line_end, line_start, protected_zones


class Style(Struct, frozen=True):
    """Where related notes go in a note."""

    note_type: NoteType | None = None
    """None: the note has not the shape of its type, or no type."""
    heading: ListHeading = RELATED
    """The heading of the list of links in notes that have none yet."""
    markdown: MarkdownForm | None = None
    """None: links are wikilinks."""


class Placed(Struct, frozen=True):
    """A suggestion with the place that its link got."""

    suggestion: Suggestion
    section: str
    span: Span
    """In the text before any edit; empty for an insertion."""
    text: str
    """What stands there now: the link with the words around it."""
    line: int
    """The line of the text before any edit, from 1."""
    context: str
    """The line as it reads with the link."""
    at: int = 0
    """Where in `context` the link, or the line that holds it, begins."""
    address: str = ""
    """Where a link in Markdown's form leads, decoded; empty for a wikilink."""


class Plan(Struct, frozen=True):
    """What becomes of a note."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Suggestion, ...]
    """Those that found no place: every bullet has a link already, or the place is no prose."""
    edits: tuple[Edit, ...]
    """Of the text before; no two overlap."""


def plan_links(
    text: str, suggestions: Iterable[Suggestion], style: Style = Style(), wording: Mapping[str, str] | None = None
) -> Plan:
    """Place every suggestion, mentions first; the linkage tree's list of related links follows.

    ``wording`` gives, by the target's path, words to write in place of ours: for a mention the link, for a related note
    its line, or what stands before the full stop. ``{link}`` in it becomes the link.
    """
    sheet = Sheet(text)
    placed: list[Placed] = []
    unplaced: list[Suggestion] = []
    for suggestion in sorted(suggestions, key=lambda suggestion: suggestion.kind):
        done = sheet.put(suggestion, style, (wording or {}).get(suggestion.path, ""))
        if done is None:
            unplaced.append(suggestion)
        else:
            placed.append(done)
    for done in placed:
        sheet.follow(done.suggestion, style)
    return Plan(tuple(placed), tuple(unplaced), sheet.edits)


def has_place_of_type(text: str, note_type: NoteType) -> bool:
    """Whether the text has the section in which its type puts related links."""
    headings = {section.heading.casefold() for section in note_type.sections if section.related_place}
    return any(line.startswith("## ") and line[3:].strip().casefold() in headings for line in text.splitlines())


class Sheet:
    """A text with the edits made so far."""

    def __init__(self, text: str) -> None:
        self.before = text
        self.now = text
        self._edits: list[Edit] = []
        self._links = find_links(text)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Edits of the text before, in order."""
        return tuple(self._edits)

    def put(self, suggestion: Suggestion, style: Style, wording: str = "") -> Placed | None:
        """Make the link; None, and no change, when it finds no place where it would be a link."""
        place = self.find_place(suggestion, style)
        if place is None:
            return None
        text = _reworded(place.text, wording.replace("{link}", f"[[{suggestion.target}]]")) if wording else place.text
        target = suggestion.target.partition("|")[0]
        if style.markdown is not None:
            text = style.markdown.write(text, suggestion.target, suggestion.path)
            target = style.markdown.target(suggestion.target, suggestion.path)
        earlier = self.now, list(self._edits), self._links
        before = self._replace(place.span, text)
        links = find_links(self.now)
        made = find_made(self._links, links, [Edit(place.span, text)])
        if not _is_the_link(made, target, self.now):
            self.now, self._edits, self._links = earlier
            return None
        self._links = links
        line = self.before.count("\n", 0, before.start) + 1
        shown = text.rstrip("\n")
        end = place.span.start + len(shown)
        start = line_start(self.now, end)
        context = self.now[start : line_end(self.now, end)].rstrip("\r")
        at = max(0, end - start - len(shown.rpartition("\n")[2]))
        part = f"#{suggestion.heading}" if suggestion.heading else ""
        address = target + part if style.markdown is not None else ""
        return Placed(suggestion, place.section, before, text, line, context, at, address)

    def preview(self, suggestion: Suggestion, style: Style, wording: str = "") -> Placed | None:
        """Where `put` would make the link; nothing is changed."""
        earlier = self.now, list(self._edits), self._links
        placed = self.put(suggestion, style, wording)
        self.now, self._edits, self._links = earlier
        return placed

    def find_place(self, suggestion: Suggestion, style: Style) -> LinkPlace | None:
        """Where the link would go now; spans are of the text as it is now."""
        if suggestion.span is None:
            topic = split_terms(stem_of(suggestion.path))
            return place_related(self.now, suggestion.target, topic, style.note_type, style.heading)
        span = self._moved(suggestion.span)
        if span is None or self._is_protected(suggestion.span):
            return None
        place = place_mention(self.now, span, suggestion.target)
        return LinkPlace(place.section, place.span, _for_table(place.text, self.now, span))

    def follow(self, suggestion: Suggestion, style: Style) -> None:
        """Let the linkage tree show the link too, where the note has a tree with room."""
        written = f"[[{suggestion.target}]]"
        if style.markdown is not None:
            written = style.markdown.write(written, suggestion.target, suggestion.path)
        edit = follow_link(self.now, suggestion.target, written)
        if edit is not None:
            self._replace(edit.span, edit.text)

    def _is_protected(self, span: Span) -> bool:
        """Whether the words, in the text before, are not prose alone."""
        return any(zone.start < span.end and span.start < zone.end for zone in self._zones)

    @cached_property
    def _zones(self) -> tuple[Span, ...]:
        return protected_zones(self.before)

    def _moved(self, span: Span) -> Span | None:
        """Where words of the text before stand now; None when an edit has touched them."""
        shift = 0
        for edit in self._edits:
            if edit.span.end > span.start:
                if edit.span.start < span.end:
                    return None
                break
            shift += len(edit.text) - (edit.span.end - edit.span.start)
        return Span(span.start + shift, span.end + shift)

    def _replace(self, span: Span, text: str) -> Span:
        """Edit the text as it is now; gives the span in the text before."""
        number, shift, is_insertion = 0, 0, span.start == span.end
        for edit in self._edits:
            start = edit.span.start + shift
            if span.end < start or (span.end == start and not is_insertion):
                break
            if is_insertion and span.start <= start + len(edit.text):  # into, or right beside, what we wrote before
                at = span.start - start
                self._edits[number] = Edit(edit.span, edit.text[:at] + text + edit.text[at:])
                self.now = apply_edits(self.before, self._edits)
                return Span(edit.span.start, edit.span.start)
            number += 1
            shift += len(edit.text) - (edit.span.end - edit.span.start)
        before = Span(span.start - shift, span.end - shift)
        self._edits.insert(number, Edit(before, text))
        self.now = apply_edits(self.before, self._edits)
        return before


def _is_the_link(made: list[Link] | None, target: str, text: str) -> bool:
    """Whether just one link was made, to ``target``, that no bracket beside it makes another thing of."""
    if made is None or len(made) != 1:
        return False
    link = made[0]
    if link.target != target.partition("#")[0] or not (isinstance(link, MarkdownLink) or link.makes_backlink):
        return False
    return text[link.span.start - 1 : link.span.start] != "[" and text[link.span.end : link.span.end + 1] != "]"


def _reworded(text: str, wording: str) -> str:
    """``text`` with its last line's words replaced; the lines above and the line's own start stay."""
    head, feed, _ = text.rpartition("\n")
    return head + feed + wording


def _for_table(link: str, text: str, span: Span) -> str:
    """``link`` as it is written in a row of a table, where a bare ``|`` would end the cell."""
    return link.replace("|", "\\|") if is_in_table(text, span.start) else link
