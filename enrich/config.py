"""Settings: where each value comes from, and the only reader of the environment.

The order is flag, environment, ``.env`` in the working folder, the vault's ``.enrich/config.toml``, the user's
``config.toml``, default. A vault can come from somebody else, so its file may not name a model, an address or a key;
and a ``.env`` that names an address is not given a key that stands elsewhere.
"""

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enrich.errors import SettingsError, reason_of
from enrich.vault.file import read_file

DEFAULT_BASE_URL = "https://api.openai.com/v1"

VAULT_KEYS = {"airlock", "type", "see_also", "related_heading", "quartz_ignore"}
USER_KEYS = VAULT_KEYS | {"model", "base_url", "timeout", "embeddings", "keep_runs"}

VARIABLES = {
    "model": ("ENRICH_MODEL",),
    "base_url": ("ENRICH_BASE_URL", "OPENAI_BASE_URL"),
    "api_key": ("ENRICH_API_KEY", "OPENAI_API_KEY"),
    "airlock": ("ENRICH_AIRLOCK",),
    "type": ("ENRICH_TYPE",),
    "see_also": ("ENRICH_SEE_ALSO",),
    "related_heading": ("ENRICH_RELATED_HEADING",),
    "timeout": ("ENRICH_TIMEOUT",),
    "embeddings": ("ENRICH_EMBEDDINGS",),
    "keep_runs": ("ENRICH_KEEP_RUNS",),
}
"""The environment variables of each setting, the strongest first."""
OTHER_VARIABLES = frozenset({"ENRICH_VAULT", "ENRICH_HOME"})
"""Variables that say where things are, and are no settings of a file."""
PREFIX = "ENRICH_"
_NUMBERS = frozenset({"timeout", "keep_runs"})


@dataclass(frozen=True)
class Settings:
    """Every setting with its value."""

    model: str = ""
    """Empty: the embedded engine drafts."""
    base_url: str = DEFAULT_BASE_URL
    api_key: str = field(default="", repr=False)
    airlock: str = "AI_Sandbox"
    """Folder in the vault that drafts go to, and nowhere else."""
    type: str = "tech-journal"
    see_also: str = "notes"
    related_heading: str = "related"
    """Where ``suggest-links`` lists related notes in a note that has not the shape of a type."""
    quartz_ignore: tuple[str, ...] = ("private", "templates", ".obsidian")
    """Folders that the site leaves out (Quartz's ``ignorePatterns``)."""
    timeout: float = 120.0
    """Seconds that a model may be silent before it is given up; a large local one may need more."""
    embeddings: str = ""
    """What turns notes into vectors: a model of the endpoint, or a folder with one (``./…``, ``~/…``, ``/…``).

    Empty: notes are compared by their words, and none of them leaves the machine.
    """
    keep_runs: int = 200
    """Run folders that are kept in the state folder, besides those of drafts that still wait in an airlock."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each value that is not the default was read."""


@dataclass(frozen=True)
class Places:
    """The user's folders, by the platform's rules."""

    config: Path
    state: Path
    cache: Path


def user_places() -> Places:
    """``ENRICH_HOME`` holds all three when it is set; else the platform's folders."""
    if home := os.environ.get("ENRICH_HOME"):
        return Places(Path(home) / "config", Path(home) / "state", Path(home) / "cache")
    from platformdirs import PlatformDirs

    folders = PlatformDirs("enrich", appauthor=False)
    return Places(folders.user_config_path, folders.user_state_path, folders.user_cache_path)


def environment() -> Mapping[str, str]:
    """The process's environment."""
    return os.environ


def load_settings(
    env: Mapping[str, str], folder: Path, vault: Path | None, user_config: Path, flags: Mapping[str, str | None]
) -> Settings:
    """Settings from ``flags``, ``env``, ``folder/.env``, the vault's and the user's file.

    SettingsError names the file and the key that is wrong.
    """
    dotenv = _read_dotenv(folder / ".env")
    _refuse_misspelt(env, "the environment")
    _refuse_misspelt(dotenv, ".env")
    layers: list[tuple[str, Mapping[str, Any]]] = [
        ("flag", {key: value for key, value in flags.items() if value is not None}),
        ("environment", _named(env)),
        (".env", _named(dotenv)),
    ]
    if vault is not None:
        path = vault / ".enrich" / "config.toml"
        layers.append((str(path), _read_file(path, VAULT_KEYS, "put it into the environment or your own config.toml")))
    path = user_config / "config.toml"
    layers.append((str(path), _read_file(path, USER_KEYS, "only these can: " + ", ".join(sorted(USER_KEYS)))))

    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, layer in layers:
        for key, value in layer.items():
            if key not in values:
                values[key], origins[key] = value, origin
    _refuse_key_for_foreign_address(origins)
    return _settings(values, origins)


def require_key(settings: Settings) -> None:
    """SettingsError when a model is set and no key is."""
    if settings.model and not settings.api_key:
        raise SettingsError(
            f"model {settings.model}: no API key; set ENRICH_API_KEY (or OPENAI_API_KEY) in the environment "
            "or in .env, or unset ENRICH_MODEL to draft with the embedded engine"
        )


def hint_model(settings: Settings) -> str:
    """How to name a model, for somebody who has set a key and no model; empty where that was meant (``-m ""``)."""
    if settings.model or not settings.api_key or settings.origins.get("model") == "flag":
        return ""
    return "name one with ENRICH_MODEL or -m, as in -m gpt-4o-mini"


def _refuse_misspelt(names: Iterable[str], where: str) -> None:
    """A variable that is nearly a setting would be passed over in silence, and another model asked than was meant."""
    from enrich.text.nearest import find_nearest

    known = {name for names in VARIABLES.values() for name in names} | OTHER_VARIABLES
    ours = {name.removeprefix(PREFIX): name for name in known if name.startswith(PREFIX)}
    for name in names:
        if name.upper().startswith(PREFIX) and name not in known:
            nearest = find_nearest(name[len(PREFIX) :], ours)
            if nearest:
                raise SettingsError(f"{name} in {where}: is no setting; did you mean {ours[nearest]}?")


def _refuse_key_for_foreign_address(origins: Mapping[str, str]) -> None:
    """A downloaded folder's ``.env`` must not send the user's own key to an address that it names."""
    if origins.get("base_url") == ".env" and origins.get("api_key") == "environment":
        raise SettingsError(
            ".env: names a base URL, but the API key is in the environment and would be sent there; "
            "set ENRICH_BASE_URL in the environment too, or put ENRICH_API_KEY into the same .env"
        )


def _settings(values: Mapping[str, Any], origins: Mapping[str, str]) -> Settings:
    ignored = values.get("quartz_ignore", Settings.quartz_ignore)
    if not isinstance(ignored, list | tuple):
        raise SettingsError(f'{_where("quartz_ignore", origins)}: is not a list; write it as ["private"]')
    timeout = _seconds(values.get("timeout", Settings.timeout), origins)
    keep_runs = _count(values.get("keep_runs", Settings.keep_runs), origins)
    texts = {key: values[key] for key in VARIABLES if values.get(key) and key not in _NUMBERS}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise SettingsError(f"{_where(key, origins)}: is not text; put it in quotes")
    ignored = tuple(str(item) for item in ignored)
    settings = Settings(**texts, quartz_ignore=ignored, timeout=timeout, keep_runs=keep_runs, origins=dict(origins))
    if settings.see_also not in ("auto", "notes", "concepts"):
        where = _where("see_also", origins)
        raise SettingsError(f"{where}: {settings.see_also!r} is not known; use notes, concepts or auto")
    return settings


def _where(key: str, origins: Mapping[str, str]) -> str:
    """The name under which the user gave the setting ``key``, and where."""
    origin = origins[key]
    if origin == "flag":
        return f"--{key.replace('_', '-')}"
    if origin in ("environment", ".env"):
        return f"{VARIABLES[key][0]} in {'the environment' if origin == 'environment' else origin}"
    return f"{key} in {origin}"


def _count(value: Any, origins: Mapping[str, str]) -> int:
    if isinstance(value, bool) or not str(value).isdecimal() or int(value) < 1:
        raise SettingsError(f"{_where('keep_runs', origins)}: {value!r} is not a number of runs; write it as 200")
    return int(value)


def _seconds(value: Any, origins: Mapping[str, str]) -> float:
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise SettingsError(f"{_where('timeout', origins)}: {value!r} is not a number of seconds; write it as 300")
    return seconds


def _named(variables: Mapping[str, str | None]) -> dict[str, str]:
    """Settings that ``variables`` hold, by setting name; an empty value counts as not set."""
    found = {}
    for key, names in VARIABLES.items():
        for name in names:
            if value := (variables.get(name) or "").strip():
                found[key] = value
                break
    return found


def _read_dotenv(path: Path) -> Mapping[str, str | None]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    return dotenv_values(path, interpolate=False)


def _read_file(path: Path, known: set[str], remedy: str) -> Mapping[str, Any]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(read_file(path).decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {reason_of(error)}; mend or remove the file") from error
    if unknown := sorted(set(table) - known):
        from enrich.text.nearest import did_you_mean

        raise SettingsError(f"{path}: {unknown[0]!r} cannot be set here; {did_you_mean(unknown[0], known, remedy)}")
    return table
