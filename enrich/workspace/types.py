"""Note types: which there are, a new one, and a draft of one beside a note of the vault."""

import json
import re
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from enrich.errors import ExistsError, UsageError
from enrich.vault.note_type import list_mistakes, type_folders
from enrich.vault.prompt_file import is_shipped, read_prompt
from enrich.vault.type_text import write_table
from enrich.vault.write import create_file
from enrich.workspace.draft import draft_from_source, draft_note
from enrich.workspace.drafted import Drafted
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import DraftOptions, NewType


class TypeRow(Struct, frozen=True):
    """One note type of a vault."""

    name: str
    directory: Path
    is_shipped: bool
    """It came with enrich; else it is the vault's own."""
    notes: int = 0
    """Notes of the vault that are of it, drafts left out."""
    is_usual: bool = False
    """Drafts are of it."""
    fault: str = ""
    """Why it cannot be read; the rest of it is in `enrich.workspace.check_types`."""


class TriedType(Struct, frozen=True):
    """A draft of a type that was written nowhere, and a note of the vault that is of the type."""

    drafted: Drafted
    path: str = ""
    """Of the note, in the vault; empty where the vault has none."""
    text: str = ""


def list_types(opened: OpenVault) -> tuple[TypeRow, ...]:
    """Every note type by name; one that cannot be read is there with its fault."""
    rows = []
    for name, directory in sorted(type_folders(opened.prompts).items()):
        fault = next((str(error) for error in list_mistakes(directory)), "")
        rows.append(TypeRow(name, directory, is_shipped(directory), fault=fault))
    if any(row.fault for row in rows) or opened.root is None:
        return tuple(rows)
    counts, usual = opened.type_counts, opened.usual_type_name
    return tuple(replace(row, notes=counts[row.name], is_usual=row.name == usual) for row in rows)


def show_type(opened: OpenVault, name: str) -> str:
    """The table of a type with everything that it leaves out, as a ``type.toml``."""
    return write_table(opened.type_named(name))


def new_type(opened: OpenVault, wanted: NewType) -> Path:
    """Write a type of one's own into the vault: another one under a new name, or one with sections that are named.

    ExistsError where the vault has a type of that name; nothing is ever overwritten.
    """
    if not re.fullmatch(r"[\w-]{1,60}", wanted.name):
        raise UsageError(f"note type {wanted.name[:100]!r}: is no name; use letters, digits and hyphens")
    folder = f".enrich/prompts/{wanted.name}"
    if (opened.folder / folder).exists():
        raise ExistsError(f"{folder}: is there already; change that one, or choose another name")
    files = _copied(opened, wanted) if wanted.like else _of_sections(wanted)
    for name, text in files.items():
        create_file(opened.folder, opened.folder / folder / name, text.encode())
    opened.forget_types()
    return opened.folder / folder


def _copied(opened: OpenVault, wanted: NewType) -> dict[str, str]:
    """The files of another type; what its notes are known by is the new name."""
    like = opened.type_named(wanted.like)
    known_by = {str(value) for value in like.match.properties.values()} | {like.name, *like.match.tags}
    texts: dict[str, str] = {}
    for path in sorted(like.directory.rglob("*")):
        name = path.relative_to(like.directory).as_posix()
        if path.is_file() and (text := read_prompt(like.directory, name)) is not None:
            texts[name] = text
    for word in known_by:
        texts["type.toml"] = texts["type.toml"].replace(f'"{word}"', f'"{wanted.name}"')
    return texts


def _of_sections(wanted: NewType) -> dict[str, str]:
    """Two files: a table with the sections, and the template of a note that has them."""
    if not wanted.headings:
        raise UsageError(
            "types new: no sections are named; answer the questions at a terminal, or name a type with --from"
        )
    keys = [f"part {number}" for number, _ in enumerate(wanted.headings, 1)]
    lines = [f"name = {_quoted(wanted.name)}", f"language = {_quoted(wanted.language)}", "h1 = true", ""]
    lines += ["[match]", f"properties = {{ type = {_quoted(wanted.name)} }}", ""]
    if wanted.folder:
        lines += [
            "[file]",
            f"draft_folder = {_quoted(wanted.folder)}",
            f"approved_folder = {_quoted(wanted.folder)}",
            "",
        ]
    for key, heading in zip(keys, wanted.headings, strict=True):
        lines += ["[[section]]", f'name = "{key}"', f"heading = {_quoted(heading)}", 'shape = "bullets"', ""]
    body = "".join(
        f"\n## {heading}\n{{{{ body.{key.replace(' ', '_')} }}}}\n"
        for key, heading in zip(keys, wanted.headings, strict=True)
    )
    front = (
        f"---\ntitle: {{{{ note.title | yaml }}}}\ntype: {wanted.name}\nsource: {{{{ source.url | yaml }}}}\n"
        "author: {{ source.author | yaml }}\ncreated: {{ note.created }}\ndraft: true\n---\n\n# {{ note.title }}\n"
    )
    return {"type.toml": "\n".join(lines), "note.md.j2": front + body}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a TOML string too


def try_type(opened: OpenVault, source: str, options: DraftOptions) -> TriedType:
    """A draft about the page at an address, or the page of a run folder, in the usual type; written nowhere."""
    quiet = replace(options, keep_out=True, again=True)
    is_run = "://" not in source and (Path(source) / "run.json").is_file()
    drafted = draft_from_source(opened, Path(source), quiet) if is_run else draft_note(opened, source, quiet)
    kind = drafted.note_type
    notes = (note for note in opened.vault.notes if not note.draft and opened.type_of(note) == kind)
    newest = max(notes, key=lambda note: note.created or date.min, default=None)
    return TriedType(drafted) if newest is None else TriedType(drafted, newest.path, newest.text)
