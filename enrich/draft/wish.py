"""A wish: which parts of a note are to be written, because they are missing or because the user names them."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from enrich.draft.outline import Outline, key_of_type
from enrich.errors import UsageError
from enrich.text.nearest import did_you_mean
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import SectionType

FIELDS = ("keywords", "description")
"""Properties that an answer has."""
SEE_ALSO = "see also"
"""What the see-also line is called in words."""


class Wish(Struct, frozen=True):
    """Parts of a note, in the order of its type."""

    fields: tuple[str, ...] = ()
    """Of `FIELDS`, or the names of properties that the model is asked for."""
    see_also: bool = False
    sections: tuple[SectionType, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.see_also or self.sections)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of an answer that holds them; empty when nobody has to be asked."""
        return (*self.fields, *(section.key for section in self.written))

    @property
    def written(self) -> tuple[SectionType, ...]:
        """The sections that a model writes."""
        return tuple(section for section in self.sections if section.writer == "model")

    @property
    def names(self) -> tuple[str, ...]:
        """The parts in words."""
        line = (SEE_ALSO,) if self.see_also else ()
        return (*self.fields, *line, *(section.name for section in self.sections))


class Named(Struct, frozen=True):
    """What a user names; nothing: all that is missing."""

    sections: tuple[str, ...] = ()
    """By name or by heading."""
    fields: tuple[str, ...] = ()
    see_also: bool = False
    linkage: bool = False

    def __bool__(self) -> bool:
        return bool(self.sections or self.fields or self.see_also or self.linkage)


def choose_parts(named: Named, outline: Outline, note_type: NoteType) -> Wish:
    """The parts that are named, else those that are missing. UsageError for one that cannot be written."""
    return _named(named, note_type) if named else _missing(outline, note_type)


def read_wish(names: Iterable[str], note_type: NoteType) -> Wish:
    """The wish whose `Wish.names` these are; UsageError where the type has no such section any more."""
    parts = list(names)
    known = fields_of(note_type)
    fields = [name for name in parts if name in known]
    sections = [name for name in parts if name not in (*known, SEE_ALSO)]
    named = Named(tuple(sections), tuple(fields), SEE_ALSO in parts)
    return _named(named, note_type) if named else Wish()


def fields_of(note_type: NoteType) -> tuple[str, ...]:
    """The properties that an answer for a note of the type can have, as a wish names them."""
    return (*FIELDS, *(row.name for row in note_type.asked_properties))


def find_section(name: str, note_type: NoteType) -> SectionType:
    """The section that ``name`` means; UsageError when there is none, or when it is the person's own."""
    meant = " ".join(name.split()).casefold()
    for section in note_type.sections:
        if meant in {section.name.casefold(), section.heading.casefold(), section.key.casefold()} and meant:
            if section.writer == "human":
                raise UsageError(f"section {section.name!r}: is yours to write; enrich writes nothing there")
            return section
    ours = [section.name for section in note_type.sections if section.writer != "human"]
    near = did_you_mean(name, ours, f"{note_type.name} has {', '.join(ours)}")
    raise UsageError(f"section {name!r}: is none of {note_type.name}; {near}")


def _named(named: Named, note_type: NoteType) -> Wish:
    wanted = [find_section(name, note_type) for name in named.sections]
    if named.linkage:
        trees = [section for section in note_type.sections if section.writer == "tool"]
        if not trees:
            raise UsageError(f"--linkage: notes of the type {note_type.name} have no linkage tree; leave it out")
        wanted += trees
    if named.see_also and not note_type.see_also:
        raise UsageError(f"--see-also: notes of the type {note_type.name} have no such line; leave it out")
    fields = [_find_field(name, note_type) for name in named.fields]
    return Wish(
        tuple(name for name in fields_of(note_type) if name in fields),
        named.see_also,
        tuple(section for section in note_type.sections if section in wanted),
    )


def _find_field(name: str, note_type: NoteType) -> str:
    """The property that is named by its key, or as an answer has it; UsageError when a model writes none such."""
    if name in FIELDS:
        if not key_of_type(name, note_type):
            raise UsageError(f"--{name}: notes of the type {note_type.name} have no such property; leave it out")
        return name
    asked = {row.key.casefold(): row.name for row in note_type.asked_properties}
    found = name if name in asked.values() else asked.get(name.casefold())
    if found is None:
        keys = [row.key for row in note_type.asked_properties]
        none = f"a model writes none in notes of the type {note_type.name}; leave it out"
        raise UsageError(f"--property {name}: {did_you_mean(name, keys, ', '.join(keys)) if keys else none}")
    return found


def _missing(outline: Outline, note_type: NoteType) -> Wish:
    _refuse_other_shape(outline, note_type)
    return Wish(
        tuple(name for name in fields_of(note_type) if _lacks_field(name, outline, note_type)),
        bool(note_type.see_also) and outline.layout.see_also is None,
        tuple(_lacking(note_type, outline)),
    )


def _lacks_field(name: str, outline: Outline, note_type: NoteType) -> bool:
    """Whether a note of the type must have the property and this one has nothing there."""
    key = key_of_type(name, note_type)
    is_left = any(row.key == key and row.is_asked and row.optional for row in note_type.properties)
    return bool(key) and not (is_left and key not in outline.layout.keys) and not outline.has_value(name)


def _lacking(note_type: NoteType, outline: Outline) -> Iterator[SectionType]:
    """The sections that a note of the type must have and this one lacks; of alternatives the first."""
    for section in note_type.sections:
        others = note_type.alternatives(section)
        is_left = section.optional and outline.place_of(section) is None
        if section.writer == "human" or is_left or bool(section.instead and others):
            continue
        if outline.lacks(section) and all(outline.lacks(other) for other in others):
            yield section


def _refuse_other_shape(outline: Outline, note_type: NoteType) -> None:
    """UsageError for a note with sections of its own and hardly one of the type's: it is another kind of note."""
    ours = {section.heading.casefold() for section in note_type.sections if section.heading}
    names = [heading.text.casefold() for heading in outline.headings if heading.level > 1]
    kept = _count(ours & set(names))
    if 2 * kept < len(ours) and _count(name for name in names if name not in ours) > kept:
        raise UsageError(
            f"{outline.layout.stem}: has {kept} of the {len(ours)} sections of {note_type.name} and others of its own, "
            "so it is another kind of note; name what to write, as with --section"
        )


def _count(names: Iterable[str]) -> int:
    return sum(1 for _ in names)
