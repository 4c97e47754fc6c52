"""Where a link goes: a mention in place of its words, a related note where the note's type puts it."""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from enrich.links.link_list import NAMES, RELATED, LinkLine, ListHeading, bare_name, find_lists, is_list_of_links
from enrich.links.terms import split_terms
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.edit import Edit
from enrich.vault.wikilink import find_uses
from enrich.vault.zones import front_matter_end, line_end, line_start

if TYPE_CHECKING:
    from enrich.vault.note_type import NoteType  # its TOML reader is not needed here

_BULLET = lazy_pattern(r"^- [^\n]*\.[ \t\r]*$", re.M)
_HEADING = lazy_pattern(r"^## ++(\S(?:.*[^ \t\r\n])?)[ \t\r]*+$", re.M)
_LAST_ITEM = lazy_pattern(r"^[ \t]*[-*+][ \t]+\S[^\n]*$", re.M)
_ROW_GAP = ", "
_DELIMITER = lazy_pattern(r"[ \t]*+:?-++:?[ \t]*+")
"""A cell of the row below a table's head."""
_PLUGIN_KEY = lazy_pattern(r"^[\"']?(?:[\w-]+-plugin|tldraw-file)[\"']?[ \t]*:", re.M)
"""The property by which a plugin knows its own notes (Kanban, Excalidraw): a heading there is a lane or a part."""
_CLOSING_MARK = lazy_pattern(r"(?<![\r\n])(?>(?:\r?\n)+)(#(?:[ \t][^\r\n]*+)?)(?>(?:\r?\n)*)\Z")


class LinkPlace(Struct, frozen=True):
    """An edit that makes the link: `text` in place of the characters of `span` (which may be empty).

    A line feed in `text` becomes the note's own line end when the edit is made (`enrich.vault.edit.edit_bytes`).
    """

    section: str
    """The heading it stands under; empty above the first."""
    span: Span
    text: str

    @property
    def edit(self) -> Edit:
        """The place as an edit of the note."""
        return Edit(self.span, self.text)


def place_mention(text: str, span: Span, link: str) -> LinkPlace:
    """The words of ``span`` as a link: bare where they are the link's own, else ``[[target|words]]``.

    A link holds no line end: one between the words comes after them.
    """
    written = span.of(text)
    words = " ".join(written.split()) if "\n" in written else written
    target = link.partition("|")[0]
    linked = f"[[{link}]]" if words == link else f"[[{target}|{words}]]"
    if words != written and text[span.end : span.end + 1] == " ":  # the line ends after the link instead
        span, linked = Span(span.start, span.end + 1), f"{linked}\n"
    return LinkPlace(section_at(text, span.start), span, linked)


def place_related(
    text: str, link: str, topic: Collection[str], note_type: "NoteType | None", heading: ListHeading = RELATED
) -> LinkPlace | None:
    """Where a related note goes.

    In a note of a type: ` (see [[link]])` before the full stop of the bullet without a link that has most in common
    with ``topic`` (terms of the target), in the section that the type names; None when each bullet has one, or the
    section as many as the type allows. Else where the note keeps its links: its see-also line, a section that is a
    list of links, the list that it ends with. Else a line under ``heading``, which is added when it is missing; None
    in the data of a plugin.
    """
    if is_plugin_data(text):
        return None
    section = next((s for s in note_type.sections if s.related_place == "see"), None) if note_type else None
    if section is None:
        row = _own_list(text, heading)
        return _place_in_list(text, row, link) if row else _place_line(text, link, heading)
    found = _section(text, section.heading)
    if found is None or (section.wikilinks and _count_links(text, found) >= section.wikilinks[1]):
        return None
    return _place_see(text, found, link, set(topic), section.heading)


def _count_links(text: str, part: Span) -> int:
    return sum(part.start <= span.start < part.end for span in find_uses(text))


def _place_see(text: str, section: Span, link: str, topic: set[str], heading: str) -> LinkPlace | None:
    bullets = [found for found in _BULLET.finditer(text, *section) if not _count_links(text, Span(*found.span()))]
    if not bullets:
        return None
    best = max(bullets, key=lambda found: len(topic.intersection(split_terms(found.group()))))
    stop = text.rindex(".", best.start(), best.end())
    return LinkPlace(heading, Span(stop, stop), f" (see [[{link}]])")


def _own_list(text: str, heading: ListHeading) -> LinkLine | None:
    """The last line of the list or row in which the note keeps its links; None where it has none."""
    lists = find_lists(text)
    names = NAMES | {bare_name(heading.name)}
    if labelled := [row for row in lists.rows if not row.is_item and bare_name(row.before) in names]:
        return labelled[0]
    sections = [(section, rows) for section in lists.sections if (rows := lists.of(section))]
    if named := [rows for section, rows in sections if bare_name(section.heading.name) in names]:
        return named[0][-1]
    below_title = [(section, rows) for section, rows in sections if section.heading.level > 1]
    if whole := [rows for section, rows in below_title if is_list_of_links(text, section, rows)]:
        return whole[-1][-1]
    last = lists.rows[-1] if lists.rows else None
    return last if last and last.is_item and last.span.end >= _end_of_prose(text) else None


def _place_in_list(text: str, row: LinkLine, link: str) -> LinkPlace:
    """One link more, in the list's own form."""
    above = [one.heading.name for one in find_lists(text).sections if one.body.start <= row.span.start]
    section = above[-1] if above else ""
    if row.is_item:
        return LinkPlace(section, Span(row.span.end, row.span.end), f"\n{row.next_marker}[[{link}]]")
    if not row.before and not row.gap:
        return LinkPlace(section, Span(row.span.end, row.span.end), f"\n[[{link}]]")
    return LinkPlace(section, Span(row.last.end, row.last.end), f"{row.gap or _ROW_GAP}[[{link}]]")


def _place_line(text: str, link: str, heading: ListHeading) -> LinkPlace:
    names = {bare_name(heading.name)} | NAMES
    sections = [one for one in find_lists(text).sections if bare_name(one.heading.name) in names]
    if not sections:
        at = _end_of_prose(text)
        gap = "\n\n" if at else ""
        return LinkPlace(heading.name, Span(at, at), f"{gap}{heading.line}\n- [[{link}]]")
    section = sections[0].body
    items = list(_LAST_ITEM.finditer(text, *section))
    at = items[-1].end() if items else line_end(text, line_start(text, section.start) - 1)
    at = len(text[:at].rstrip("\r"))
    return LinkPlace(sections[0].heading.name, Span(at, at), f"\n- [[{link}]]")


def _end_of_prose(text: str) -> int:
    """Before what some notes end with: a lone ``#``, or their title once more."""
    mark = _CLOSING_MARK.search(text)
    if mark and (mark[1].strip() == "#" or f"\n{mark[1].strip()}" in f"\n{text[: mark.start()]}"):
        return mark.start()
    return len(text.rstrip())


def section_at(text: str, at: int) -> str:
    """The H2 that ``at`` stands under; empty above the first."""
    above = [found[1] for found in _HEADING.finditer(text, 0, at)]
    return above[-1] if above else ""


def is_plugin_data(text: str) -> bool:
    """Whether a plugin reads the note as its data, a board or a drawing."""
    return bool(_PLUGIN_KEY.search(text, 0, front_matter_end(text)))


def is_in_table(text: str, at: int) -> bool:
    """Whether ``at`` stands in a row of a table, with or without a bar at the row's start."""
    line = text[line_start(text, at) : line_end(text, at)]
    if line.lstrip(" >\t").startswith("|"):
        return True
    if _is_delimiter(text[line_end(text, at) + 1 : line_end(text, line_end(text, at) + 1)]):
        return "|" in line  # the head
    while at := line_start(text, at):
        at -= 1
        above = text[line_start(text, at) : at]
        if not above.strip(" >\t\r"):
            return False
        if _is_delimiter(above):
            return True
    return False


def _is_delimiter(line: str) -> bool:
    """Whether the line is the one below a table's head: ``--- | :-:``."""
    line = line.strip(" >\t\r")
    return "|" in line and all(_DELIMITER.fullmatch(cell) for cell in line.strip("|").split("|"))


def _section(text: str, heading: str) -> Span | None:
    """From after the line of the H2 called ``heading``, ignoring case, to the next H1 or H2."""
    for found in _HEADING.finditer(text):
        if found[1].casefold() == heading.casefold():
            start = min(line_end(text, found.end()) + 1, len(text))
            end = re.compile(r"^#{1,2}(?:[ \t]|\r?$)", re.M).search(text, start)
            return Span(start, end.start() if end else len(text))
    return None
