"""The files of a folder of prompts. Those of a vault came with it: none of them may lead anywhere else."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from enrich.errors import SettingsError
from enrich.vault.file import read_file

MOST_BYTES = 100_000
"""In one template. By hand: the largest that ships has 2,783."""


@cache
def shipped_prompts() -> Path:
    """The folder of prompts that ships with enrich: the only one whose templates are trusted."""
    package = Path(__file__).resolve().parent.parent
    return package / "prompts" if (package / "prompts").is_dir() else package.parent / "prompts"


def is_shipped(folder: Path) -> bool:
    """Whether the folder, links followed, is one that ships with enrich."""
    return Path(os.path.realpath(folder)).is_relative_to(shipped_prompts())


def find_folder(name: str, folders: Sequence[Path]) -> Path:
    """The folder called ``name`` in the first of ``folders`` that has it; SettingsError when none has."""
    for folder in folders:
        if (folder / name).is_dir():
            return folder / name
    raise SettingsError(f"prompts/{name}: is missing; restore the folder that ships with enrich")


def find_prompt(folder: Path, name: str) -> Path | None:
    """The file ``name`` of the type's ``folder``, links followed; None when there is none.

    SettingsError when it lies outside of the prompts, which are the folders beside ``folder``.
    """
    try:
        path = Path(os.path.realpath(folder / name))
        there = path.exists() or os.path.lexists(folder / name)
    except (OSError, ValueError):  # a name that no file can have
        return None
    if not path.is_relative_to(os.path.realpath(folder.parent)):
        raise SettingsError(f"{folder.name}/{name}: leads out of the folder of prompts; copy what is meant into it")
    return path if there else None


def read_prompt(folder: Path, name: str) -> str | None:
    """The text of a template; None when there is none, SettingsError when it cannot be read or leads elsewhere."""
    path = find_prompt(folder, name)
    if path is None:
        return None
    try:
        return read_file(path, MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
    except UnicodeDecodeError as error:
        reason = str(error)
    raise SettingsError(f"{folder.name}/{name}: {reason}; mend the template")
