"""What is wrong with a note type: in its table, in its templates, and in the note that they make."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from enrich.check.style.declared import check_declared
from enrich.check.style.layout import Layout, read_layout
from enrich.check.style.lint import check_style
from enrich.errors import SettingsError, UsageError
from enrich.llm.prompt import build_prompt
from enrich.source.source import Source
from enrich.text.nearest import did_you_mean, find_nearest
from enrich.text.span import Span
from enrich.vault.note_type import NoteType, list_mistakes, parse_note_type, prompt_folders, type_folders
from enrich.vault.prompt_file import is_shipped, read_prompt
from enrich.vault.render import render
from enrich.vault.template_variables import WORD, blank_variables
from enrich.workspace.open_vault import OpenVault

_OF_FORM = ("T1", "T4", "T5", "T10")
"""The rules that hang on the template alone: properties, title, sections and ending."""
_SAYS_TYPE = "M10"
"""The rule of a house that hangs on a word of the template: a copied one has the name of the other type."""
_AWKWARD = 'One: "two" #3'
"""What a headline may be. Written into the front matter as it is, it breaks it."""
_OF_PAGE = {
    "note": ("title", "description"), "": ("title", "description"),
    "source": ("title", "site", "author", "link"),
}  # fmt: skip
"""What of a template's variables may hold such words."""


class CheckedType(Struct, frozen=True):
    """A note type and everything that is wrong with it."""

    name: str
    mistakes: tuple[str, ...]
    """Each with file, line where there is one, and what to do."""


def check_types(opened: OpenVault, name: str = "") -> tuple[CheckedType, ...]:
    """Every mistake of one type, or of all of the vault's own: in its table, and in its templates.

    UsageError where no type is named and there is no vault that could have some.
    """
    folders = type_folders(opened.prompts if name else prompt_folders(opened.folder))
    if name and name not in folders:
        raise UsageError(f"note type {name[:100]!r}: is not known; {did_you_mean(name, folders, ', '.join(folders))}")
    chosen = {name: folders[name]} if name else {key: row for key, row in folders.items() if not is_shipped(row)}
    return tuple(CheckedType(key, tuple(find_mistakes(key, folder))) for key, folder in sorted(chosen.items()))


def find_mistakes(name: str, directory: Path) -> Iterator[str]:
    """Each mistake of the type called ``name`` in ``directory``; of a table that cannot be read those of the table."""
    if errors := list_mistakes(directory):
        yield from map(str, errors)
        return
    note_type = parse_note_type(directory)
    if note_type.name != name:
        yield f"{directory / 'type.toml'}: name is {note_type.name!r}, but its folder is called {name}; write the same"
    yield from _of_note_template(note_type)
    yield from _of_prompts(note_type)


def _of_note_template(note_type: NoteType) -> Iterator[str]:
    """What is wrong with ``note.md.j2``: it is missing, cannot be filled, or makes a note that is not of the type."""
    place = f"{note_type.name}/note.md.j2"
    variables = blank_variables(note_type, sees_links=True)
    try:
        text = read_prompt(note_type.directory, "note.md.j2")
        if text is None:
            yield f"{place}: is missing; add it, with {{{{ body.{note_type.sections[0].key} }}}} and the other sections"
            return
        made = render(note_type, "note.md.j2", variables)
    except SettingsError as error:
        yield str(error)
        return
    yield from (f"{place}: {fault}" for fault in _of_sections(note_type, text))
    yield from (f"{place}: {fault}" for fault in _of_note(note_type, made))
    if not note_type.house and read_layout(made, WORD).problem is None:
        yield from (f"{place}: {fault}" for fault in _of_awkward(note_type, variables))


def _of_sections(note_type: NoteType, text: str) -> Iterator[str]:
    """Sections that the template has no place for, or no heading; what a person adds where a note needs it has none."""
    for section in note_type.sections:
        may_lack = section.optional or note_type.alternatives(section)
        if section.writer == "human" and may_lack and section.heading not in text:
            continue
        if not re.search(rf"\bbody(?:\.{section.key}\b|\[)", text):
            yield f"has no place for the section {section.name!r}; add {{{{ body.{section.key} }}}}"
        heading = f"{'#' * section.level} {section.heading}"
        if section.heading and not re.search(rf"(?m)^{re.escape(heading)}\s*$", text):
            yield f"lacks the heading {heading!r} of the section {section.name!r}; add it, or change the table"


def _of_note(note_type: NoteType, made: str) -> Iterator[str]:
    """What the note that it makes has otherwise than the table: front matter, title, order of sections, ending."""
    layout = read_layout(made, WORD)
    if layout.problem is not None:
        line = f", line {layout.problem.line + 1} of the note" if layout.problem.line else ""
        yield f"makes front matter that is no YAML{line} ({layout.problem}); mend it"
        return
    if layout.front is None and re.match(r"\s*---[ \t]*\n", made):
        yield "makes front matter that does not begin with the first line, or that no line '---' ends; mend it"
        return
    if note_type.house:
        for found in check_style(made, WORD, note_type):
            if found.rule == _SAYS_TYPE:
                yield f"makes a note that does not fit: {found.message}; write {{{{ note.type | yaml }}}}"
    else:
        for found in check_declared(made, WORD, note_type):
            if found.rule in _OF_FORM and not found.message.endswith("is missing"):  # said of its heading already
                yield f"makes a note that does not fit: {found.section}: {found.message}; {_remedy(found.rule)}"


def _remedy(code: str) -> str:
    front = "add it, or {{ front }} for all properties, or change the table"
    return front if code == "T1" else "change it, or the table"


def _of_awkward(note_type: NoteType, variables: Mapping[str, Any]) -> Iterator[str]:
    """Words of a page that stand in the front matter as they are, and would break it."""
    for whole, parts in _OF_PAGE.items():
        for part in parts:
            told = f"{whole}.{part}".lstrip(".")
            layout = _filled_with(note_type, variables, whole, part)
            if layout is not None and _breaks(layout):
                fault = f"writes {told} into the front matter as it is, which a ':' in it breaks"
                yield f"{fault}; write {{{{ {told} | yaml }}}}"


def _filled_with(note_type: NoteType, variables: Mapping[str, Any], whole: str, part: str) -> Layout | None:
    """The note with awkward words in one place; None where the template cannot be filled with them."""
    given = {**variables, whole: {**variables[whole], part: _AWKWARD}} if whole else {**variables, part: _AWKWARD}
    try:
        return read_layout(render(note_type, "note.md.j2", given), WORD)
    except SettingsError:
        return None


def _breaks(layout: Layout) -> bool:
    """Whether a value of the front matter is not what it was meant to be."""
    if layout.problem is not None:
        return True
    front = layout.front.of(layout.text) if layout.front else ""
    return "One:" in front and not any(_AWKWARD in str(value) for value in layout.values.values())


def _of_prompts(note_type: NoteType) -> Iterator[str]:
    """What is wrong with the templates that the model's task is told with."""
    keys = {section.key for section in note_type.sections}
    for path in sorted(note_type.directory.glob("sections/*.j2")):
        name = path.name.removesuffix(".j2").removesuffix(".md")
        if (name not in keys or not path.name.endswith(".md.j2")) and find_nearest(name, keys):
            right = f"sections/{find_nearest(name, keys)}.md.j2"
            yield f"{note_type.name}/sections/{path.name}: is the template of no section; did you mean {right}?"
    source = Source("https://word.example", WORD, "", WORD, WORD, None, "", "en", WORD, (Span(0, 4),))
    try:
        build_prompt(note_type, source, ())
        render(note_type, "revise.md.j2", {"findings": [WORD], "keys": [WORD]})
    except SettingsError as error:
        yield str(error)
