"""A vault made ready for drafts: the type of its notes in its settings, the model in the user's own."""

import json
from contextlib import suppress
from pathlib import Path

from enrich.errors import EnrichError, ExistsError, SettingsError, UsageError, reason_of
from enrich.vault.toml_file import is_line, read_toml
from enrich.vault.write import create_file
from enrich.workspace.open_vault import OpenVault


def init_vault(opened: OpenVault, note_type: str = "", model: str | None = None) -> tuple[str, ...]:
    """Write the type of drafts into the vault's settings, and ``model`` into the user's own; what was done, in words.

    A file that is there stays as it is. No model is written where it is None, and none is needed where it is empty.
    """
    name = opened.type_named(note_type).name if note_type else opened.usual_type.name
    done = [_say_type(opened, name)]
    if model:
        done.append(_say_model(opened.places.config / "config.toml", model))
    elif model == "" and opened.settings.model:
        done.append(f"model: {opened.settings.model} is set; enrich draft --model '' asks none")
    return tuple(done)


def _say_type(opened: OpenVault, name: str) -> str:
    file = opened.folder / ".enrich" / "config.toml"
    text = f"# Settings of this vault for enrich; every key: docs/settings.md.\ntype = {json.dumps(name)}\n"
    try:
        create_file(opened.folder, file, text.encode())
    except ExistsError:
        if opened.settings.type == name:
            return f"{file}: says so already"
        return f"{file}: is there already and stays as it is; put type = {json.dumps(name)} into it"
    return f"{file}: drafts are of the type {name}"


def _say_model(file: Path, model: str) -> str:
    """A vault names no model, for it may be somebody else's: the name goes into the user's own settings."""
    if fault := is_line(model):
        raise UsageError(f"model {model[:100]!r}: is {fault}")
    line = f"model = {json.dumps(model, ensure_ascii=False)}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as opened:
            opened.write(f"# Your own settings for enrich; every key: docs/settings.md.\n{line}\n")
    except FileExistsError:
        with suppress(EnrichError):
            if read_toml(file).values.get("model") == model:
                return f"{file}: names the model {model} already"
        return f"{file}: is there already and stays as it is; put {line} into it"
    except OSError as error:
        raise SettingsError(f"{file}: {reason_of(error)}; set ENRICH_MODEL instead") from error
    return f"{file}: drafts are written by {model}"
