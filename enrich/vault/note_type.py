"""A note type: the shape of a kind of note, read from a folder of prompts. Data, not code.

A folder holds ``type.toml`` (the section table), one template a section under ``sections/``, a system template, a
request template and the note template. A vault's own ``.enrich/prompts/`` wins over the ones that ship with enrich.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from enrich.errors import SettingsError, UsageError, reason_of
from enrich.text.nearest import did_you_mean
from enrich.vault.file import read_file

Limits = tuple[int, int]
"""Lowest and highest, both allowed."""

Writer = Literal["model", "human", "tool"]
Shape = Literal["paragraph", "bullets", "question", "tree"]
Evidence = Literal["fact", "inference", "none"]

_KINDS: Mapping[Any, str] = {str: "words in quotes", bool: "true or false"}
"""What a message calls the kinds of values in the table."""


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
    """What stands in a human's section until the human writes."""
    wikilinks_rule: str = ""
    """The id of the rule that counts the wikilinks: `rule` itself where links are a must, else a wish (`S1`)."""
    links_rule: str = ""
    """The id of the must rule that there is a wikilink and no bullet starts with one (`M17`)."""
    sentence_form: bool = False
    """Each bullet is one sentence with a capital and a full stop."""
    first_person: bool = False
    """The writer may say `I` here."""
    related_place: str = ""
    """How a related link is placed here: ``see`` puts ` (see [[stem]])` before a bullet's full stop."""

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

    def approved_folder(self, year: int) -> str:
        """Where an approved note of ``year`` goes, from the vault's root."""
        return (self.published_folder or f"Notes/{self.folder}").format(year=year)

    @property
    def headings(self) -> tuple[str, ...]:
        """The H2s in order."""
        return tuple(section.heading for section in self.sections if section.heading)

    @property
    def written_by_model(self) -> tuple[SectionType, ...]:
        """The rows that the model writes, in order."""
        return tuple(section for section in self.sections if section.writer == "model")


def prompt_folders(vault: Path | None) -> tuple[Path, ...]:
    """Folders that hold note types, the strongest first: the vault's own, then the ones that ship with enrich."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "prompts" if (package / "prompts").is_dir() else package.parent / "prompts"
    own = () if vault is None else (vault / ".enrich" / "prompts",)
    return (*own, shipped)


def read_note_type(name: str, folders: tuple[Path, ...]) -> NoteType:
    """The note type called ``name`` from the first of ``folders`` that has it; UsageError when none has."""
    for folder in folders:
        if (folder / name / "type.toml").is_file():
            return parse_note_type(folder / name)
    known = sorted({path.parent.name for folder in folders for path in folder.glob("*/type.toml")})
    meant = did_you_mean(name, known, "see docs/note-types.md to make one of your own")
    raise UsageError(f"note type {name!r}: is not known ({', '.join(known)} are); {meant}")


def read_note_types(folders: tuple[Path, ...]) -> tuple[NoteType, ...]:
    """Every note type of ``folders``, by name; the first folder that has a name wins."""
    names = sorted({path.parent.name for folder in folders for path in folder.glob("*/type.toml")})
    return tuple(read_note_type(name, folders) for name in names)


def parse_note_type(directory: Path) -> NoteType:
    """Read ``type.toml`` of ``directory``; SettingsError names the file and the key that is wrong."""
    path = directory / "type.toml"
    try:
        table = tomllib.loads(read_file(path).decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {reason_of(error)}; mend the file or remove the folder") from error
    try:
        return _note_type(table, directory)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"{path}: {reason_of(error)}; compare with the type.toml that ships with enrich") from error


def _note_type(table: Mapping[str, Any], directory: Path) -> NoteType:
    title, tags, keywords = _table(table, "title"), _table(table, "tags"), _table(table, "keywords")
    prose = _table(table, "prose")
    return NoteType(
        name=_text(table, "name"),
        code=_text(table, "code"),
        folder=_text(table, "folder"),
        directory=directory,
        sections=tuple(_section(row) for row in _rows(table)),
        published_folder=str(table.get("published_folder", "")),
        link_targets=tuple(table.get("link_targets", ())),
        see_also=_number(table, "see_also", 0),
        title_words=_limits(title.get("words", NoteType.title_words)),
        title_characters=_limits(title.get("characters", NoteType.title_characters)),
        tag_count=_limits(tags.get("count", NoteType.tag_count)),
        tag_known_after=_number(tags, "known_after", NoteType.tag_known_after),
        keyword_count=_number(keywords, "count", NoteType.keyword_count),
        keyword_never=tuple(keywords.get("never", ())),
        description_characters=_limits(_table(table, "description").get("characters", NoteType.description_characters)),
        prose_words=_limits(prose.get("words", NoteType.prose_words)),
        prose_never=tuple(prose.get("never", ())),
    )


def _section(row: Mapping[str, Any]) -> SectionType:
    known = {field.name: field for field in fields(SectionType)}
    if unknown := set(row) - set(known):
        word = sorted(unknown)[0]
        meant = did_you_mean(word, known, f"known are {', '.join(known)}")
        raise ValueError(f"section {row.get('name', '?')!r} has the unknown key {word!r}, {meant}")
    missing = [name for name, field in known.items() if field.default is MISSING and name not in row]
    if missing:
        raise ValueError(f"section {row.get('name', '?')!r} lacks {missing[0]!r}")
    for key, allowed in (("writer", Writer), ("shape", Shape), ("evidence", Evidence)):
        if row[key] not in get_args(allowed):
            raise ValueError(
                f"section {row['name']!r}: {key} is {row[key]!r}, not one of {', '.join(get_args(allowed))}"
            )
    for key, value in row.items():
        kind = known[key].type
        if kind in _KINDS and type(value) is not kind:
            raise ValueError(f"section {row['name']!r}: {key} is {value!r}, not {_KINDS[kind]}")
    limits = {"items", "words", "aim", "aim_items", "wikilinks"}
    for key in ("rule", "links_rule", "wikilinks_rule"):
        if not re.fullmatch(r"(?:[MS]\d+)?", row.get(key, "")):
            raise ValueError(f"section {row['name']!r}: {key} is {row[key]!r}, not a rule such as M12 or S1")
    values: dict[str, Any] = {key: _limits(value) if key in limits else value for key, value in row.items()}
    return SectionType(**values)


def _limits(value: Any) -> Limits:
    pair = list(value) if isinstance(value, list | tuple) else []
    if len(pair) != 2 or not all(type(limit) is int for limit in pair) or not 0 <= pair[0] <= pair[1]:
        raise ValueError(f"limits {value!r} are not [lowest, highest]")
    return (pair[0], pair[1])


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise ValueError(f"{key} is {value!r}, not a table: write [{key}] on a line of its own")
    return value


def _rows(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = table.get("section")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise ValueError("has no [[section]], and a note needs one at least")
    return rows


def _number(table: Mapping[str, Any], key: str, default: int) -> int:
    value = table.get(key, default)
    if type(value) is not int or value < 0:
        raise ValueError(f"{key} is {value!r}, not a whole number")
    return value


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key} is {value!r}, not words in quotes")
    return value
