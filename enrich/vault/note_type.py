"""A note type: the shape of a kind of note, read from a folder of prompts. Data, not code.

A folder holds ``type.toml`` (`enrich.vault.type_table` says what may stand there) and the note's template; templates
for the model are its own or those of ``prompts/default``. A vault's own ``.enrich/prompts/`` wins over the types that
ship with enrich.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from enrich.errors import SettingsError, UsageError
from enrich.text.nearest import did_you_mean
from enrich.vault.file_name import name_fault
from enrich.vault.prompt_file import find_prompt, is_shipped, read_prompt, shipped_prompts
from enrich.vault.property_type import PropertyType
from enrich.vault.section_type import LISTED, Limits, SectionType, Shape
from enrich.vault.toml_file import TomlFile, read_toml
from enrich.vault.type_table import find_mistakes

Case = Literal["keep", "lower", "title", "sentence"]
Level = Literal["must", "should"]

MOST_TYPES = 100
"""In one folder of prompts. By hand: each is read whenever a type is looked for; few ship."""
COPIED_WORDS = 11
"""The longest run of words that a note may share with its source or another note outside quotation marks. By hand:
names and terms are shorter, a sentence that was taken over is longer. The system prompts say it too."""
_USUAL_ITEMS: Mapping[Shape, Limits] = {
    "paragraph": (2, 3), "sentences": (2, 4), "bullets": (3, 5), "numbered": (3, 5), "quotes": (1, 3), "table": (2, 4),
    "question": (1, 1), "free": (2, 5), "tree": (1, 1),
}  # fmt: skip
"""What the model is asked for where a section has no limits. By hand: what such sections have in four vaults."""
_USUAL_WORDS = {True: (8, 30), False: (20, 70)}
"""The same for the words of one item of a list, and of a paragraph."""
_ANY_ITEMS, _ANY_WORDS = (0, 99), (0, 10_000)
"""No limits: what no section of a note has more of."""

CAPITALIZED = 4
"""Letters from which a word of a title in title case has a capital. By hand: styles leave shorter ones either way."""
HEAD = ("title", "topics", "keywords", "description")
_TOPICS = (2, 4)
"""Topics that a model is asked for where a type has no limits. By hand: what notes of four vaults have."""


class Match(Struct, frozen=True):
    """Which notes are of a type: one of these is enough. See `enrich.vault.habits.is_of_type`."""

    folders: tuple[str, ...] = ()
    """Below the vault's root; folders in them too."""
    tags: tuple[str, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)
    css_classes: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    """In this order; others may stand between."""

    def __hash__(self) -> int:
        return hash((self.folders, self.tags, self.headings))  # not the properties, which are a mapping


class NoteType(Struct, frozen=True, dict=True):
    """A kind of note: its table and the folder with its templates."""

    name: str
    directory: Path
    """Where ``type.toml`` and the templates are."""
    sections: tuple[SectionType, ...]
    code: str = ""
    """The letters in a note id; empty: notes of the type have none."""
    id_key: str = "note_id"
    """The property that holds the note id."""
    folder: str = ""
    """The pattern of the folder of drafts, below the airlock; empty: the airlock itself."""
    published_folder: str = ""
    """Where an approved note goes, from the vault's root; empty: see `approved_folder`."""
    language: str = "en"
    """What its notes are written in, as a primary tag: the words around quotations are in it; empty: the article's."""
    h1: bool | None = None
    """Whether the title stands as H1; None: either."""
    ending: str = ""
    """The last line; empty: any."""
    closed: bool = False
    """Whether no other headings may stand beside the sections'."""
    match: Match = Match()
    file_name: str = "{title}"
    """The pattern of a file's name."""
    case: Case = "keep"
    """How the title is written."""
    properties: tuple[PropertyType, ...] = ()
    """The front matter in order; empty: what the template writes."""
    level: Level = "must"
    """Of limits; sections, their order and the forms of properties are a must in any case."""
    head: tuple[str, ...] = HEAD
    """What the model is asked for besides the sections: what its notes have, the title in any case."""
    house: str = ""
    """The journal whose own rules hold too; empty: only what the type declares."""
    link_targets: tuple[str, ...] = ()
    """Note types that may be linked to; empty: every type."""
    see_also: int = 0
    title_words: Limits = (1, 99)
    title_characters: Limits = (1, 120)
    tag_count: Limits = (1, 99)
    tag_known_after: int = 3
    keyword_count: int = 5
    keyword_never: tuple[str, ...] = ()
    description_characters: Limits = (1, 300)
    prose_words: Limits = (1, 100_000)
    prose_never: tuple[str, ...] = ()
    """Words that the voice of the journal does without."""

    def section(self, name: str) -> SectionType:
        """The row called ``name``; KeyError when there is none."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)

    def draft_folder(self, created: date) -> str:
        """Where a draft of that day goes, from the airlock folder; empty: there."""
        return fill_pattern(self.folder, created)

    def approved_folder(self, created: date) -> str:
        """Where an approved note of that day goes, from the vault's root.

        Left out it is the folder that the type's notes are found by, else that of drafts below ``Notes/``.
        """
        return fill_pattern(self.approved_pattern, created)

    @property
    def dated(self) -> bool:
        """Whether the folder of an approved note depends on its day."""
        return "{" in self.approved_pattern

    @property
    def approved_pattern(self) -> str:
        """The pattern of `approved_folder`."""
        return self.published_folder or next(iter(self.match.folders), f"Notes/{self.folder}".rstrip("/"))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in order."""
        return tuple(section.heading for section in self.sections if section.heading)

    @cached_property
    def required(self) -> tuple[tuple[int, str], ...]:
        """Level and words of each heading that every note of the type has, in order."""
        rows = (row for row in self.sections if row.heading and not row.optional and not self.alternatives(row))
        return tuple((row.level, row.heading) for row in rows)

    def alternatives(self, section: SectionType) -> tuple[SectionType, ...]:
        """The sections that may stand instead of ``section``: those that it names, and those that name it."""
        return tuple(row for row in self.sections if row.name == section.instead or row.instead == section.name)

    @property
    def topic_count(self) -> Limits:
        """How many topics the model gives: the tags without those that every note of the type has."""
        if not self.house and self.tag_count == BARE_TYPE.tag_count:
            return _TOPICS
        fixed = 2 if self.house else len(self.match.tags[:1])  # a house's: the type and the year
        return max(1, self.tag_count[0] - fixed), max(1, self.tag_count[1] - fixed)

    def in_language(self, language: str) -> "NoteType":
        """The type as its notes are written in ``language``; as it is where that is empty."""
        return replace(self, language=language) if language else self

    def stem(self, title: str, created: date, note_id: str) -> str:
        """The name of a note's file, without ``.md``."""
        return fill_pattern(self.file_name, created, title=title, note_id=note_id).strip()

    @property
    def most_links(self) -> int:
        """Other notes that a note links to at most, in the see-also line and in its sections."""
        return self.see_also + sum(section.wikilinks[1] for section in self.sections if section.wikilinks)

    @property
    def written_by_model(self) -> tuple[SectionType, ...]:
        """The rows that the model writes, in order."""
        return tuple(section for section in self.sections if section.writer == "model")

    @property
    def asked_properties(self) -> tuple[PropertyType, ...]:
        """The properties that the model is asked for by name, in order."""
        return tuple(row for row in self.properties if row.is_asked)


BARE_TYPE = NoteType(name="", directory=Path(), sections=())
"""A type that says nothing: what holds where a table leaves a key out."""


def fill_pattern(pattern: str, created: date, **names: str) -> str:
    """A pattern of a folder or file name with what it names: ``{year}``, ``{month}``, ``{date}``."""
    return pattern.format(year=f"{created:%Y}", month=f"{created:%m}", date=created.isoformat(), **names)


def prompt_folders(vault: Path | None) -> tuple[Path, ...]:
    """Folders that hold note types, the strongest first: the vault's own, then the ones that ship with enrich.

    SettingsError when the vault's own is a link to somewhere else.
    """
    if vault is None:
        return (shipped_prompts(),)
    own, place = vault / ".enrich" / "prompts", vault.resolve() / ".enrich" / "prompts"
    if own.exists() and own.resolve() != place:
        raise SettingsError(f"{own}: leads out of the vault; make it a folder of its own")
    return (own, shipped_prompts())


def read_note_type(name: str, folders: tuple[Path, ...]) -> NoteType:
    """The note type called ``name`` from the first of ``folders`` that has it; UsageError when none has."""
    for folder in folders:
        if not name_fault(name) and (folder / name / "type.toml").is_file():
            return parse_note_type(folder / name)
    known = sorted(type_folders(folders))
    meant = did_you_mean(name, known, "see docs/note-types.md to make one of your own")
    raise UsageError(f"note type {name[:100]!r}: is not known; known are {', '.join(known)}; {meant}")


def read_note_types(folders: tuple[Path, ...]) -> tuple[NoteType, ...]:
    """Every note type of ``folders``, by name; the first folder that has a name wins."""
    return tuple(parse_note_type(folder) for _, folder in sorted(type_folders(folders).items()))


def type_folders(folders: Iterable[Path]) -> dict[str, Path]:
    """The folder of each type by its name; the first of ``folders`` that has a name wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        types = [path.parent for path in folder.glob("*/type.toml") if path.is_file()]
        if len(types) > MOST_TYPES:
            raise SettingsError(f"{folder}: holds {len(types):,} note types; keep at most {MOST_TYPES}")
        found = {path.name: path for path in types} | found
    return found


def parse_note_type(directory: Path) -> NoteType:
    """Read ``type.toml`` of ``directory``; SettingsError names the file, the line and the key that is wrong."""
    return _parse_shipped(directory) if is_shipped(directory) else _parse(directory)


@cache
def _parse_shipped(directory: Path) -> NoteType:
    """What ships stays as it is while the program runs, and has no mistake: `tests/workspace/test_check_types.py`."""
    return _note_type(_read_table(directory).values, directory)


def _parse(directory: Path) -> NoteType:
    file = _read_table(directory)
    for mistake in find_mistakes(file):
        raise file.error(*mistake)
    return _note_type(file.values, directory)


def list_mistakes(directory: Path) -> tuple[SettingsError, ...]:
    """Every mistake in the ``type.toml`` of ``directory``, each with file, line, key and what to do."""
    try:
        file = _read_table(directory)
    except SettingsError as error:
        return (error,)
    return tuple(file.error(*mistake) for mistake in find_mistakes(file))


def _read_table(directory: Path) -> TomlFile:
    if find_prompt(directory, "type.toml") is None:
        raise SettingsError(f"{directory}: has no type.toml; add one, or remove the folder")
    return read_toml(directory / "type.toml")


def _note_type(table: Mapping[str, Any], directory: Path) -> NoteType:
    file, ids = table.get("file", {}), table.get("id", {})
    sections = tuple(_section(row) for row in table["section"])
    plain = {key: table[key] for key in ("language", "h1", "ending", "closed", "see_also") if key in table}
    return NoteType(
        name=table["name"],
        directory=directory,
        sections=sections,
        code=ids.get("code", table.get("code", "")),
        id_key=ids.get("key", BARE_TYPE.id_key),
        folder=file.get("draft_folder", table.get("folder", "")),
        published_folder=file.get("approved_folder", table.get("published_folder", "")),
        match=_match(table, sections),
        file_name=file.get("name", BARE_TYPE.file_name),
        case=file.get("case", BARE_TYPE.case),
        properties=tuple(_property(row) for row in table.get("property", ())),
        level=table.get("limits", {}).get("level", BARE_TYPE.level),
        head=_head(table, directory),
        house=table.get("rules", {}).get("house", ""),
        link_targets=tuple(table.get("link_targets", ())),
        **plain,
        **dict(_limits_of(table)),
    )


def _head(table: Mapping[str, Any], directory: Path) -> tuple[str, ...]:
    """The keys that a property is made of, or that the note's template names; of a house all."""
    if table.get("rules", {}).get("house"):
        return HEAD
    properties = [_property(row) for row in table.get("property", ())]
    given = {row.field for row in properties if row.writer == "model"}
    named = set(re.findall(r"\w+", read_prompt(directory, "note.md.j2") or ""))
    uses = {"topics": {"tags"}, "keywords": {"keywords"}, "description": {"description"}}
    return tuple(key for key in HEAD if key == "title" or uses[key] & (given | named))


def _limits_of(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of a note type that stand in tables of their own, where they are given."""
    fields = {
        "title_words": ("title", "words"), "title_characters": ("title", "characters"),
        "tag_count": ("tags", "count"), "tag_known_after": ("tags", "known_after"),
        "keyword_count": ("keywords", "count"), "keyword_never": ("keywords", "never"),
        "description_characters": ("description", "characters"),
        "prose_words": ("prose", "words"), "prose_never": ("prose", "never"),
    }  # fmt: skip
    for name, (part, key) in fields.items():
        if key in table.get(part, {}):
            yield name, _frozen(table[part][key])


def _match(table: Mapping[str, Any], sections: Iterable[SectionType]) -> Match:
    """As given; else notes that bear the type's name, and those with its headings, where it has two or more.

    A house's own notes say their type in a way of their own: `Note.type_name`.
    """
    name, given = table["name"], table.get("match")
    if given is not None:
        properties = {key.lower(): _frozen(value) for key, value in given.get("properties", {}).items()}
        texts = (tuple(given.get(key, ())) for key in ("folder", "tags", "cssclasses", "headings"))
        folders, tags, classes, headings = texts
        return Match(folders, tags, properties, classes, headings)
    own = tuple(row.heading for row in sections if row.heading and not row.optional and not row.instead)
    headings = own if len(own) > 1 else ()
    if table.get("rules", {}).get("house"):
        return Match(headings=headings)
    return Match((), (name,), {"type": name}, (name,), headings)


def _section(row: Mapping[str, Any]) -> SectionType:
    """A row with what is left out: no limits, and for the model what such sections usually have."""
    values: dict[str, Any] = {key: _frozen(value) for key, value in row.items()}
    shape = values.get("shape", "paragraph")
    if "items" not in values:
        values |= {"items": _ANY_ITEMS, "aim_items": values.get("aim_items", _USUAL_ITEMS[shape])}
    if "words" not in values:
        values |= {"words": _ANY_WORDS, "aim": values.get("aim", _USUAL_WORDS[shape in LISTED])}
    if values.get("writer", "model") != "model":
        values.setdefault("evidence", "none")
    return SectionType(**values)


def _property(row: Mapping[str, Any]) -> PropertyType:
    return PropertyType(**{key: _frozen(value) for key, value in row.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
