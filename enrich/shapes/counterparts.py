"""Which section and which property of one type are which of another."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from enrich.vault.note_type import NoteType
from enrich.vault.section_type import SectionType

Row = TypeVar("Row")


class Counterparts(Struct, frozen=True):
    """What becomes of each; what is not named stays as it is."""

    keys: Mapping[str, str]
    """The new key of each old one."""
    sections: Mapping[tuple[int, str], SectionType]
    """The new section of each old heading, by its level and words."""


def find_counterparts(
    old: NoteType, new: NoteType, keys: Mapping[str, str], headings: Mapping[str, str]
) -> Counterparts:
    """By what the person says, then by name, by heading, by what a property is taken from, and where one is left over.

    ``keys`` and ``headings`` are the person's: the old name, and the new one.
    """
    by_key = _pair(
        old.properties,
        new.properties,
        (
            lambda a, b: keys.get(a.key) == b.key,
            lambda a, b: a.key not in keys and a.key.casefold() == b.key.casefold(),
            lambda a, b: a.key not in keys and bool(a.field) and (a.writer, a.field) == (b.writer, b.field),
        ),
    )
    by_heading = _pair(
        [row for row in old.sections if row.heading],
        [row for row in new.sections if row.heading],
        (
            lambda a, b: headings.get(a.heading) == b.heading,
            lambda a, b: a.heading not in headings and a.heading.casefold() == b.heading.casefold(),
            lambda a, b: a.heading not in headings and a.name.casefold() == b.name.casefold(),
        ),
    )
    by_heading += _only_ones(old.sections, new.sections, by_heading, headings)
    said = {key: name for key, name in keys.items() if key not in {row.key for row in old.properties}}
    return Counterparts({a.key: b.key for a, b in by_key} | said, {(a.level, a.heading): b for a, b in by_heading})


def _pair(old: Sequence[Row], new: Sequence[Row], signs: Iterable[Callable[[Row, Row], bool]]) -> list[tuple[Row, Row]]:
    pairs: list[tuple[Row, Row]] = []
    for is_same in signs:
        for one in old:
            free = [other for other in new if all(other is not taken for _, taken in pairs)]
            found = next((other for other in free if is_same(one, other)), None)
            if found is not None and all(one is not taken for taken, _ in pairs):
                pairs.append((one, found))
    return pairs


def _only_ones(
    old: Sequence[SectionType],
    new: Sequence[SectionType],
    pairs: Sequence[tuple[SectionType, SectionType]],
    said: Mapping[str, str],
) -> list[tuple[SectionType, SectionType]]:
    """Sections of which each type has one more of that shape and writer."""
    left = [row for row in old if row.heading and row.heading not in said and all(row is not a for a, _ in pairs)]
    free = [row for row in new if row.heading and all(row is not b for _, b in pairs)]
    kinds = {(row.shape, row.writer) for row in left}
    found = []
    for kind in sorted(kinds):
        ones = [row for row in left if (row.shape, row.writer) == kind]
        others = [row for row in free if (row.shape, row.writer) == kind]
        if len(ones) == len(others) == 1:
            found.append((ones[0], others[0]))
    return found
