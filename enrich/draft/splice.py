"""Put parts of a composed note into a note that is there: edits in the note's own habits, and no other byte.

The composed note (`enrich.draft.compose`) says how its type writes a part: heading, body, see-also line, the lines of a
property. What is put in is read again afterwards: a part that a reader would not find as it was meant is refused.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from enrich.check.style.layout import Layout
from enrich.draft.outline import Outline, Place, read_outline
from enrich.draft.wish import Wish
from enrich.errors import EnrichError
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.section_type import SectionType
from enrich.vault.yaml_versions import YamlError, load_both

_COMMENT = lazy_pattern(r"(?:^|(?<!\s)\s+)#[^\n]*")
_ITEM = lazy_pattern(r"^([ \t]*)- +(.*)$", re.MULTILINE)
_NOTHING = lazy_pattern(r"(?:\[\s*\]|~|null|\"\"|'')?")


class Splice(Struct, frozen=True):
    """A note's outline, and the outline of the composed note that its parts come from."""

    outline: Outline
    composed: Outline
    wish: Wish
    trees: Mapping[str, str]
    """The body of each section that no model writes, by the section's name."""
    places: Mapping[str, int] = {}
    """How many of the note's headings of its level stand before a missing section, by its name; left out: the type's
    order tells."""

    def edits(self) -> tuple[Edit, ...]:
        """What makes the wished parts of the note; none for a part that is so already.

        EnrichError where a part has no place in the note, or would not be read as it was meant.
        """
        for above in dict.fromkeys((self._above, max(1, self._above))):  # a heading behind HTML needs a blank line
            edits = tuple(self._edits(above))
            if self._is_read(edits):
                return edits
        raise EnrichError(
            f"{self.outline.layout.stem}: has no place where {', '.join(self.wish.names)} would be read as such; look "
            "for code, a comment or front matter that is not closed, and write it by hand"
        )

    def body(self, section: SectionType) -> str:
        """What is to stand in the section."""
        if section.name in self.trees:
            return self.trees[section.name]
        place = self.composed.place_of(section)
        return "" if place is None else self.composed.content(place).of(self.composed.text)

    @property
    def _above(self) -> int:
        return self._habits[0]

    @property
    def _habits(self) -> tuple[int, int]:
        """Blank lines around headings: the note's own, where it has headings."""
        has_headings = any(row.level > 1 for row in self.outline.headings)
        return (self.outline if has_headings else self.composed).habits

    def _edits(self, above: int) -> Iterator[Edit]:
        if self._fields:
            yield from self._front()
        if self.wish.see_also:
            yield from self._see_also()
        for section in self.wish.sections:
            yield from self._section(section, above)

    def _section(self, section: SectionType, above: int) -> Iterator[Edit]:
        """The section in its place; one that is left to the person takes no words away."""
        body, place = self.body(section), self.outline.place_of(section)
        if place is None:
            mark = "#" * self._level(section)
            block = f"{mark} {section.heading}\n{chr(10) * self._habits[1]}{body}"
            yield self._block(block, self._line_for(section), above, above)
            return
        held = self.outline.content(place)
        if held.start < held.end:
            if body != held.of(self.outline.text) and not self._keeps(section, body):
                yield Edit(held, body)
        elif body:
            yield self._block(body, place.start, self._habits[1] if place.level else 1, above)

    def _keeps(self, section: SectionType, body: str) -> bool:
        """Whether the section's own words stay: the new ones are not whole, and the person would lose some."""
        is_left = body == section.todo or body.endswith(f"\n{section.todo}")
        return is_left and not self.outline.lacks(section)

    def _level(self, section: SectionType) -> int:
        """Of its heading: as the type's other sections have it in this note."""
        own = self.composed.place_of(section)
        return self.outline.level or (own.level if own is not None else 2)

    def _line_for(self, section: SectionType) -> int:
        """The line end behind which a missing section goes: what the section before it holds, else before the next."""
        if section.name in self.places:
            return self._line_at(self.places[section.name], self._level(section))
        rows = self.outline.note_type.sections
        number = rows.index(section)
        for before in reversed(rows[:number]):
            place = self.outline.place_of(before)
            if place is not None:
                return self._end_of(place)
        for after in rows[number + 1 :]:
            place = self.outline.place_of(after)
            if place is not None and place.level:
                start = self.outline.text.rfind("\n", 0, place.start) + 1
                return self._last_line(start)
        lead = Place(0, 0, self._before_ending())
        return self._end_of(lead)

    def _line_at(self, number: int, level: int) -> int:
        """The line end behind what the first ``number`` headings of the level hold, the lead among it."""
        rows = [row for row in self.outline.headings if row.level <= level]
        own = [at for at, row in enumerate(rows) if row.level == level]
        after = rows[own[number] :] if number < len(own) else rows[own[-1] + 1 :] if own else []
        end = min(after[0].span.start, self._before_ending()) if after else self._before_ending()
        return self._last_line(self.outline.text.rfind("\n", 0, end) + 1 if after else end)

    def _before_ending(self) -> int:
        """Where the last line begins that is nothing but a bare ``#``; the end of the note where there is none."""
        last = self.outline.headings[-1:]
        return last[0].span.start if last and not last[0].text else self.outline.end

    def _end_of(self, place: Place) -> int:
        """The end of the last line that a section holds; of its heading where it holds nothing."""
        return self.outline.content(place).end

    def _last_line(self, before: int) -> int:
        """The end of the last line with words before an offset."""
        return self.outline.content(Place(0, 0, before)).end

    def _block(self, block: str, at: int, above: int, below: int) -> Edit:
        """``block`` on lines of its own behind the line that ends at ``at``, so many blank lines around it."""
        text = self.outline.text
        rest = text[at:]
        if not at:
            return Edit(Span(0, 0), f"{block}\n\n")
        lacking = 1 + below - (len(rest) - len(rest.lstrip("\n"))) if rest.strip() else 0
        return Edit(Span(at, at), "\n" * (1 + above) + block + "\n" * max(0, lacking))

    def _see_also(self) -> Iterator[Edit]:
        line, layout = self.composed.layout.see_also, self.outline.layout
        if line is None:
            return
        written = line.of(self.composed.text)
        if layout.see_also is not None:
            yield Edit(layout.see_also, written)
            return
        start = layout.title.span.end if layout.title is not None else layout.body_start
        if layout.title is None and start and self.outline.text[start - 1] == "\n":
            start -= 1
        yield self._block(written, start, 1, 1)

    def _front(self) -> Iterator[Edit]:
        """The lines of the wished properties, behind the property that the type has before them."""
        layout = self.outline.layout
        lines = {name: self._lines(name) for name in self._fields}
        if layout.front is None:
            yield Edit(Span(0, 0), f"---\n{''.join(lines.values())}---\n{chr(10) if self.outline.text.strip() else ''}")
            return
        for name, written in lines.items():
            key = self.outline.key_of(name)
            span = layout.fields.get(key)
            at = self._place_of_key(name)
            yield Edit(Span(at, at) if span is None else span, written)

    @property
    def _fields(self) -> tuple[str, ...]:
        """Those of the wished properties that the composed note has a value for."""
        return tuple(name for name in self.wish.fields if self.composed.has_value(name))

    def _place_of_key(self, name: str) -> int:
        layout, order = self.outline.layout, self.composed.layout.keys
        ours = {key.casefold(): span for key, span in layout.fields.items()}
        key = self.composed.key_of(name)
        number = order.index(key) if key in order else len(order)
        before = next((ours[key] for key in reversed(order[:number]) if key in ours), None)
        if before is not None:
            return before.end
        after = next((ours[key] for key in order[number:] if key in ours), None)
        return after.start if after is not None else (layout.front or Span(0, 0)).end

    def _lines(self, name: str) -> str:
        """The property's lines: the type's value, the note's own key, form of lists, and comment."""
        composed, layout = self.composed.layout, self.outline.layout
        written = composed.fields[self.composed.key_of(name)].of(composed.text).partition(":")[2]
        key = self.outline.key_of(name)
        old = layout.fields[key].of(layout.text) if key in layout.fields else ""
        first = old.partition("\n")[0].partition(":")
        comment = _comment(first[2])
        head = f"{first[0]}:" if old else f"{key}:"
        items = [item[2] for item in _ITEM.finditer(written)]
        if not items:
            return f"{head} {written.strip()}{comment}\n"
        indent = self._indent()
        if indent is None:
            return f"{head} [{', '.join(items)}]{comment}\n"
        return f"{head}{comment}\n" + "".join(f"{indent}- {item}\n" for item in items)

    def _indent(self) -> str | None:
        """What stands before the dash of a list in this note; None: its lists are written in brackets."""
        layout = self.outline.layout
        lists = [layout.fields[key].of(layout.text) for key, value in layout.values.items() if isinstance(value, list)]
        items = [found[1] for text in lists if (found := _ITEM.search(text))]
        if items:
            return items[0]
        return None if any(text.partition(":")[2].strip() not in ("", "[]") for text in lists) else "  "

    def _is_read(self, edits: tuple[Edit, ...]) -> bool:
        """Whether a reader of the edited note finds the parts as they were meant, and all else as it was."""
        before = self.outline
        after = read_outline(apply_edits(before.text, edits), before.layout.stem, before.note_type)
        return (
            all(self._is_there(section, after) for section in self.wish.sections)
            and _others(before, self.wish) == _others(after, self.wish)
            and (not self.wish.see_also or after.layout.see_also is not None or not self._has_see_also)
            and self._front_is_read(after.layout)
        )

    @property
    def _has_see_also(self) -> bool:
        return self.composed.layout.see_also is not None

    def _is_there(self, section: SectionType, after: Outline) -> bool:
        place = after.place_of(section)
        if place is None or any(
            zone.start < place.start < zone.end for zone in after.layout.zones
        ):  # in what is hidden
            return False
        held, body = after.content(place).of(after.text), self.body(section)
        return held == body or self._keeps(section, body) or not body

    def _front_is_read(self, after: Layout) -> bool:
        """Whether both kinds of YAML readers see the new values, and every other one as before."""
        if not self._fields:
            return True
        before, composed = self.outline.layout, self.composed.layout
        try:
            meant = [dict(values or {}) for values in _read_both(before)]
            found = _read_both(after)
        except YamlError:
            return False
        for values in meant:
            for name in self._fields:
                values[self.outline.key_of(name)] = composed.values[self.composed.key_of(name)]
        return list(found) == meant


def _read_both(layout: Layout) -> tuple[Any, Any]:
    return ({}, {}) if layout.front is None else load_both(layout.front.of(layout.text))


def _others(outline: Outline, wish: Wish) -> list[tuple[int, str]]:
    """The headings that are no wished section's, nor inside of one."""
    places = [place for section in wish.sections if (place := outline.place_of(section)) is not None]
    ours = {section.heading.casefold() for section in wish.sections}
    return [
        (row.level, row.text)
        for row in outline.headings
        if row.text.casefold() not in ours and not any(p.start <= row.span.start < p.end for p in places)
    ]


def _comment(value: str) -> str:
    """The comment behind an empty value, with the space before it; what follows a value goes with the value."""
    found = _COMMENT.search(value)
    return found[0] if found and _NOTHING.fullmatch(value[: found.start()].strip()) else ""
