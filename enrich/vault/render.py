"""Fill a template of a note type: in this process when it shipped with enrich, else in one that has bounds."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enrich.vault.prompt_file import find_prompt, is_shipped, shipped_prompts
from enrich.vault.template import fill

if TYPE_CHECKING:
    from enrich.vault.note_type import NoteType

DEFAULTS = "default"
"""The folder of templates for types that have none of their own."""


def render(note_type: "NoteType", name: str, variables: Mapping[str, Any], otherwise: str = "") -> str:
    """Fill the template ``name`` of the type's folder with ``variables``; see `render_in`.

    Where the type has none, the template ``otherwise`` of those that ship for any type is filled; empty: of its name.
    """
    default = otherwise or name
    if find_prompt(note_type.directory, name) is None and (shipped_prompts() / DEFAULTS / default).is_file():
        return render_in(shipped_prompts() / DEFAULTS, default, variables)
    return render_in(note_type.directory, name, variables)


def render_in(folder: Path, name: str, variables: Mapping[str, Any]) -> str:
    """Fill the template ``name`` of a folder of prompts with ``variables``.

    Nothing is escaped: the result is Markdown, and what goes in was made plain before. A folder that did not ship with
    enrich is somebody else's program, so its templates are filled in a process of their own that has bounds.
    SettingsError names the template and every missing variable.
    """
    if is_shipped(folder):
        return fill(folder, name, variables)
    from enrich.vault.template_process import fill_apart

    return fill_apart(folder, name, variables)
