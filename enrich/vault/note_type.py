"""A note type: the shape of a kind of note, read from a folder of prompts. Data, not code.

A folder holds ``type.toml`` (the section table), one template a section under ``sections/``, a system template, a
request template and the note template. A vault's own ``.enrich/prompts/`` wins over the ones that ship with enrich.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

from enrich.errors import SettingsError, UsageError
from enrich.text.nearest import did_you_mean
from enrich.vault.file_name import folder_fault, name_fault
from enrich.vault.prompt_file import find_prompt, shipped_prompts
from enrich.vault.toml_file import (
    Table,
    TomlFile,
    are_limits,
    are_texts,
    is_count,
    is_flag,
    is_line,
    is_one_of,
    is_text,
    read_toml,
)

Limits = tuple[int, int]
"""Lowest and highest, both allowed."""

Writer = Literal["model", "human", "tool"]
Shape = Literal["paragraph", "bullets", "question", "tree"]
Evidence = Literal["fact", "inference", "none"]

MOST_TYPES = 100
"""In one folder of prompts. By hand: each is read whenever a type is looked for; two ship."""
MOST_SECTIONS = 50
"""By hand: the shipped types have seven at most, and each section is a part of every prompt."""
COPIED_WORDS = 11
"""The longest run of words that a note may share with its source or another note outside quotation marks. By hand:
names and terms are shorter, a sentence that was taken over is longer. The system prompts say it too."""
_FIELDS = ("year",)
"""What a folder's pattern may name."""


@dataclass(frozen=True)
class SectionType:
    """One row of the section table."""

    name: str
    writer: Writer
    shape: Shape
    evidence: Evidence
    heading: str = ""
    """The H2; empty for the lead, which stands before the first H2."""
    rule: str = ""
    """The id of the must rule that holds the section to this row (`M12`)."""
    items: Limits = (1, 1)
    """Sentences of a paragraph, bullets of a list."""
    words: Limits = (1, 10_000)
    """Of the whole paragraph, of each bullet, of the question."""
    aim: Limits | None = None
    """What the model is asked for; `words` where it is not given."""
    aim_items: Limits | None = None
    """What the model is asked for; `items` where it is not given."""
    wikilinks: Limits | None = None
    """Wikilinks of the whole section; None: no rule."""
    citation: bool = False
    """The first sentence ends with the note's only external link, labelled by publisher."""
    placeholder: str = ""
    """What stands there until a human writes it; see `todo`."""
    wikilinks_rule: str = ""
    """The id of the rule that counts the wikilinks: `rule` itself where links are a must, else a wish (`S1`)."""
    links_rule: str = ""
    """The id of the must rule that no bullet starts with a wikilink (`M17`); `wikilinks` counts them."""
    sentence_form: bool = False
    """Each bullet is one sentence with a capital and a full stop."""
    first_person: bool = False
    """The writer may say `I` here."""
    related_place: str = ""
    """How a related link is placed here: ``see`` puts ` (see [[stem]])` before a bullet's full stop."""

    @property
    def todo(self) -> str:
        """The line of a section that is left to the person: the type's `placeholder`, else ``todo:`` and the name."""
        return self.placeholder or f"todo: {self.name}"

    @property
    def key(self) -> str:
        """The name as an identifier: `scene_cut`."""
        return self.name.replace(" ", "_").replace("-", "_")


@dataclass(frozen=True)
class NoteType:
    """A kind of note: its table and the folder with its templates."""

    name: str
    code: str
    folder: str
    directory: Path
    """Where ``type.toml`` and the templates are."""
    sections: tuple[SectionType, ...]
    language: str = "en"
    """What its notes are written in, as a primary tag: the words around quotations are in it."""
    published_folder: str = ""
    """Where an approved note goes, from the vault's root; empty: `folder` below ``Notes/``."""
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

    def draft_folder(self, year: int) -> str:
        """Where a draft of ``year`` goes, from the airlock folder."""
        return self.folder.format(year=year)

    def approved_folder(self, year: int) -> str:
        """Where an approved note of ``year`` goes, from the vault's root."""
        return (self.published_folder or f"Notes/{self.folder}").format(year=year)

    @property
    def headings(self) -> tuple[str, ...]:
        """The H2s in order."""
        return tuple(section.heading for section in self.sections if section.heading)

    @property
    def most_links(self) -> int:
        """Other notes that a note links to at most, in the see-also line and in its sections."""
        return self.see_also + sum(section.wikilinks[1] for section in self.sections if section.wikilinks)

    @property
    def written_by_model(self) -> tuple[SectionType, ...]:
        """The rows that the model writes, in order."""
        return tuple(section for section in self.sections if section.writer == "model")


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
    known = sorted(_type_folders(folders))
    meant = did_you_mean(name, known, "see docs/note-types.md to make one of your own")
    raise UsageError(f"note type {name[:100]!r}: is not known; known are {', '.join(known)}; {meant}")


def read_note_types(folders: tuple[Path, ...]) -> tuple[NoteType, ...]:
    """Every note type of ``folders``, by name; the first folder that has a name wins."""
    return tuple(parse_note_type(folder) for _, folder in sorted(_type_folders(folders).items()))


def _type_folders(folders: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        types = [path.parent for path in folder.glob("*/type.toml") if path.is_file()]
        if len(types) > MOST_TYPES:
            raise SettingsError(f"{folder}: holds {len(types):,} note types; keep at most {MOST_TYPES}")
        found = {path.name: path for path in types} | found
    return found


def parse_note_type(directory: Path) -> NoteType:
    """Read ``type.toml`` of ``directory``; SettingsError names the file, the line and the key that is wrong."""
    path = find_prompt(directory, "type.toml")
    if path is None:
        raise SettingsError(f"{directory}: has no type.toml; add one, or remove the folder")
    file = read_toml(directory / "type.toml")
    file.hold_to(_TYPE)
    _refuse_unfit_sections(file)
    return _note_type(file.values, directory)


def _note_type(table: Mapping[str, Any], directory: Path) -> NoteType:
    title, tags, keywords = table.get("title", {}), table.get("tags", {}), table.get("keywords", {})
    prose = table.get("prose", {})
    return NoteType(
        name=table["name"],
        code=table["code"],
        folder=table["folder"],
        directory=directory,
        sections=tuple(_section(row) for row in table["section"]),
        language=table.get("language", NoteType.language),
        published_folder=table.get("published_folder", ""),
        link_targets=tuple(table.get("link_targets", ())),
        see_also=table.get("see_also", 0),
        title_words=_limits(title.get("words", NoteType.title_words)),
        title_characters=_limits(title.get("characters", NoteType.title_characters)),
        tag_count=_limits(tags.get("count", NoteType.tag_count)),
        tag_known_after=tags.get("known_after", NoteType.tag_known_after),
        keyword_count=keywords.get("count", NoteType.keyword_count),
        keyword_never=tuple(keywords.get("never", ())),
        description_characters=_limits(table.get("description", {}).get("characters", NoteType.description_characters)),
        prose_words=_limits(prose.get("words", NoteType.prose_words)),
        prose_never=tuple(prose.get("never", ())),
    )


def _section(row: Mapping[str, Any]) -> SectionType:
    values: dict[str, Any] = {key: _limits(value) if isinstance(value, list) else value for key, value in row.items()}
    return SectionType(**values)


def _limits(value: Iterable[int]) -> Limits:
    low, high = value
    return (low, high)


def _refuse_unfit_sections(file: TomlFile) -> None:
    """What the table of one section cannot tell: how many there are, and that their names differ."""
    rows = file.values["section"]
    if not 0 < len(rows) <= MOST_SECTIONS:
        raise file.error(("section",), f"{len(rows)} sections; write 1 to {MOST_SECTIONS}")
    keys: set[str] = set()
    for number, row in enumerate(rows):
        key = row["name"].replace(" ", "_").replace("-", "_")
        if key in keys:
            raise file.error(("section", number, "name"), f"a second section is called {row['name']!r}; rename one")
        keys.add(key)


def _is_pattern(value: Any) -> str:
    """The pattern of a folder: names below one another, in which ``{year}`` may stand."""
    if fault := is_text(value):
        return fault
    try:
        parts = list(Formatter().parse(value))
    except ValueError as error:
        return f"which is no pattern ({error}); use {{year}}"
    for _, name, width, conversion in parts:
        if name is not None and (name not in _FIELDS or width or conversion):
            return "which names more than a pattern may; use {year} as it stands here"
    return folder_fault(value.format(year=2000))


def _is_code(value: Any) -> str:
    fits = isinstance(value, str) and re.fullmatch("[A-Z]{2,4}", value)
    return "" if fits else "not two to four capital letters; write it as TJ"


def _is_language(value: Any) -> str:
    fits = isinstance(value, str) and re.fullmatch("[a-z]{2,3}", value)
    return "" if fits else "not the tag of a language; write it as en"


def _is_rule(value: Any) -> str:
    fits = isinstance(value, str) and re.fullmatch(r"(?:[MS][0-9]{1,3})?", value)
    return "" if fits else "not a rule such as M12 or S1"


def _is_section_name(value: Any) -> str:
    fits = isinstance(value, str) and value.replace(" ", "_").replace("-", "_").isidentifier() and len(value) <= 60
    return "" if fits else "not a name of letters, digits, spaces and hyphens; a template is called after it"


def _is_type_name(value: Any) -> str:
    fits = isinstance(value, str) and re.fullmatch(r"[\w-]{1,60}", value)
    return "" if fits else "not a name of letters, digits and hyphens; it becomes a tag"


def _is_placeholder(value: Any) -> str:
    return is_line(value.replace("\n", "") if isinstance(value, str) else value)


_COUNT, _COUNTS, _MANY = is_count(99), are_limits(99), are_limits(100_000)
"""By hand: what nobody means. Items, links and tags of a note have two digits, its words and characters five."""

_SECTION_TABLE = Table(
    {
        "name": _is_section_name,
        "writer": is_one_of(*get_args(Writer)),
        "shape": is_one_of(*get_args(Shape)),
        "evidence": is_one_of(*get_args(Evidence)),
        "heading": is_line,
        "rule": _is_rule,
        "items": _COUNTS,
        "words": _MANY,
        "aim": _MANY,
        "aim_items": _COUNTS,
        "wikilinks": _COUNTS,
        "citation": is_flag,
        "placeholder": _is_placeholder,
        "wikilinks_rule": _is_rule,
        "links_rule": _is_rule,
        "sentence_form": is_flag,
        "first_person": is_flag,
        "related_place": is_one_of("", "see"),
    },
    required=("name", "writer", "shape", "evidence"),
    many=True,
    told="[[section]]",
)
_TYPE = Table(
    {
        "name": _is_type_name,
        "code": _is_code,
        "folder": _is_pattern,
        "published_folder": lambda value: "" if value == "" else _is_pattern(value),
        "language": _is_language,
        "link_targets": are_texts,
        "see_also": _COUNT,
        "title": Table({"words": _COUNTS, "characters": _MANY}, told="[title]"),
        "tags": Table({"count": _COUNTS, "known_after": is_count(100_000)}, told="[tags]"),
        "keywords": Table({"count": _COUNT, "never": are_texts}, told="[keywords]"),
        "description": Table({"characters": _MANY}, told="[description]"),
        "prose": Table({"words": _MANY, "never": are_texts}, told="[prose]"),
        "section": _SECTION_TABLE,
    },
    required=("name", "code", "folder", "section"),
)
"""What a ``type.toml`` may hold."""
