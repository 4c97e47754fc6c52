"""Settings: where each value comes from, and the only reader of the environment.

The order is flag, environment, ``.env`` in the working folder, the vault's ``.enrich/config.toml``, the user's
``config.toml``, default. A vault can come from somebody else, so its file may not name a model, an address or a key;
a ``.env`` that names an address is not given a key that stands elsewhere; and one that can have come from somebody else
needs consent to its address (`enrich.dotenv_file`, `enrich.consent`).
"""

import os
import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from enrich.dotenv_file import DotEnv, read_dotenv
from enrich.errors import SettingsError
from enrich.text.pattern import lazy_pattern
from enrich.vault.file_name import folder_fault
from enrich.vault.toml_file import Check, Table, are_texts, is_count, is_one_of, is_text, read_toml, show

DEFAULT_BASE_URL = "https://api.openai.com/v1"

VAULT_KEYS = ("airlock", "type", "see_also", "related_heading", "quartz_ignore", "links_exclude")
USER_KEYS = (*VAULT_KEYS, "model", "reader", "base_url", "timeout", "embeddings", "keep_runs", "prices")
LONGEST_TIMEOUT = 86_400
"""Seconds, a day. By hand: nobody waits longer for an answer, and a socket does not take every number."""
MOST_OF_A_PRICE = 1_000_000
"""Chosen: far above any price; a larger number is a slip."""

VARIABLES = {
    "model": ("ENRICH_MODEL",),
    "reader": ("ENRICH_READER",),
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
_NUMBERS: Mapping[str, type[int] | type[float]] = {"timeout": float, "keep_runs": int}

Consent = Callable[[Path, str], bool]
"""Whether the user trusts this file with this address."""
OTHER_VARIABLES = frozenset({"ENRICH_VAULT", "ENRICH_HOME"})
"""Variables that say where things are, and are no settings of a file."""
PREFIX = "ENRICH_"


class Settings(Struct, frozen=True):
    """Every setting with its value."""

    model: str = ""
    """Empty: the no-model engine drafts."""
    reader: str = ""
    """The model that reads a draft's sentences beside their passages; empty: `model` does."""
    base_url: str = DEFAULT_BASE_URL
    api_key: str = ""
    airlock: str = "AI_Sandbox"
    """Folder in the vault that drafts go to, and nowhere else."""
    type: str = ""
    """Empty: the type that most notes of the vault are of."""
    see_also: str = "notes"
    related_heading: str = "related"
    """Where ``suggest-links`` lists related notes in a note that has not the shape of a type."""
    quartz_ignore: tuple[str, ...] = ("private", "templates", ".obsidian")
    """Folders that the site leaves out (Quartz's ``ignorePatterns``)."""
    links_exclude: tuple[str, ...] = ()
    """Folders, and tags with ``#``, whose notes are suggested nowhere."""
    timeout: float = 120.0
    """Seconds that a model may be silent before it is given up; a large local one may need more."""
    embeddings: str = ""
    """What turns notes into vectors: a model of the endpoint, or a folder with one (``./…``, ``~/…``, ``/…``).

    Empty: notes are compared by their words, and none of them leaves the machine.
    """
    keep_runs: int = 200
    """Run folders that are kept in the state folder, besides those of drafts that still wait in an airlock."""
    prices: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By model: what a million tokens cost, ``input`` and ``output``."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each value that is not the default was read."""

    def __repr__(self) -> str:
        return f"Settings(model={self.model!r}, base_url={self.base_url!r}, airlock={self.airlock!r}, …)"  # no key


class Places(Struct, frozen=True):
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
    env: Mapping[str, str],
    folder: Path,
    vault: Path | None,
    user_config: Path,
    flags: Mapping[str, str | None],
    consent: Consent = lambda _file, _address: False,
) -> Settings:
    """Settings from ``flags``, ``env``, ``folder/.env``, the vault's and the user's file.

    SettingsError names the file and the key that is wrong.
    """
    dotenv = read_dotenv(folder, vault)
    _refuse_misspelt(env, "the environment")
    _refuse_misspelt(dotenv.variables if dotenv else {}, ".env")
    layers: list[tuple[str, Mapping[str, Any]]] = [
        ("flag", {key: value for key, value in flags.items() if value is not None}),
        ("environment", _named(env)),
        (".env", {} if dotenv is None else _named(dotenv.variables)),
    ]
    if vault is not None:
        path = vault / ".enrich" / "config.toml"
        layers.append((str(path), _read_file(path, VAULT_KEYS)))
    path = user_config / "config.toml"
    user = _read_file(path, USER_KEYS)
    layers.append((str(path), user))

    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, layer in layers:
        for key, value in layer.items():
            if key not in values:
                values[key], origins[key] = value, origin
    _refuse_key_for_foreign_address(origins)
    settings = _settings(values, origins)
    if dotenv is not None:
        _refuse_foreign(dotenv, settings, user.get("base_url", ""), consent)
    return settings


def require_key(settings: Settings) -> None:
    """SettingsError when a model is set and no key is."""
    if settings.model and not settings.api_key:
        raise SettingsError(
            f"model {settings.model}: no API key; set ENRICH_API_KEY (or OPENAI_API_KEY) in the environment "
            'or in .env; enrich draft -m "" drafts without a model'
        )


def hint_model(settings: Settings) -> str:
    """How to name a model, for somebody who has set a key and no model; empty where that was meant (``-m ""``)."""
    if settings.model or not settings.api_key or settings.origins.get("model") == "flag":
        return ""
    return "name a model with ENRICH_MODEL or -m, as in -m gpt-4o-mini"


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


def _refuse_foreign(dotenv: DotEnv, settings: Settings, own: str, consent: Consent) -> None:
    """What a ``.env`` may only say that is the user's own, or that the user has agreed to."""
    given = {key for key, origin in settings.origins.items() if origin == ".env"}
    if "base_url" in given and not _is_known(settings.base_url, own):
        _require_consent(dotenv, settings.base_url, consent)
    if "embeddings" in given and names_folder(settings.embeddings) and dotenv.doubt:
        raise SettingsError(
            f"{dotenv.path}: names a model in the folder {show(settings.embeddings)}, which is not loaded because this "
            f"file {dotenv.doubt}; set ENRICH_EMBEDDINGS in the environment or your own config.toml"
        )
    if "keep_runs" in given and dotenv.doubt:
        raise SettingsError(
            f"{dotenv.path}: ENRICH_KEEP_RUNS removes run folders of yours, and this file {dotenv.doubt}; "
            "set it in the environment or your own config.toml"
        )


def _require_consent(dotenv: DotEnv, address: str, consent: Consent) -> None:
    if not dotenv.doubt:
        return
    if not is_plain_address(address):
        raise SettingsError(
            f"{dotenv.path}: its address is no plain http or https one, and this file {dotenv.doubt}; "
            "set ENRICH_BASE_URL in the environment"
        )
    if not consent(dotenv.place, address):
        raise SettingsError(
            f"{dotenv.path}: would send text of yours to {address}, and this file {dotenv.doubt}; "
            f"if you trust it, run: enrich trust {shlex.quote(str(dotenv.path))}"
        )


def names_folder(embeddings: str) -> bool:
    """Whether the setting is written as the path of a folder, rather than as a model of the endpoint."""
    return embeddings.startswith(("/", ".", "~", "\\")) or Path(embeddings).is_absolute()


def is_plain_address(address: str) -> bool:
    """Whether every reader of addresses takes this one for the same host; nobody's password is in it."""
    return bool(_PLAIN_ADDRESS.fullmatch(address))


def _is_known(address: str, own: str) -> bool:
    """Whether the address is of this machine, the default, or the user's own."""
    known = {DEFAULT_BASE_URL, own.rstrip("/")}
    return address.rstrip("/") in known or bool(is_plain_address(address) and _LOOPBACK.match(address))


def _settings(values: Mapping[str, Any], origins: Mapping[str, str]) -> Settings:
    fit: dict[str, Any] = {}
    for key, value in values.items():
        if value == "":  # an empty flag takes the default back
            continue
        fit[key] = value = _to_number(value, _NUMBERS[key]) if key in _NUMBERS else value
        if fault := _CHECKS[key](value):
            shown = "" if key == "api_key" else f"is {show(value)}, "
            raise SettingsError(f"{_where(key, origins)}: {shown}{fault}")
    for name in {"quartz_ignore", "links_exclude"} & fit.keys():
        fit[name] = tuple(fit[name])
    return Settings(**fit, origins=dict(origins))


def _where(key: str, origins: Mapping[str, str]) -> str:
    """The name under which the user gave the setting ``key``, and where."""
    origin = origins[key]
    if origin == "flag":
        return f"--{key.replace('_', '-')}"
    if origin in ("environment", ".env"):
        return f"{VARIABLES[key][0]} in {'the environment' if origin == 'environment' else origin}"
    return f"{key} in {origin}"


def _to_number(value: Any, kind: type[int] | type[float]) -> Any:
    """The number that a text is; what is none stays as it is."""
    try:
        return kind(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _is_timeout(value: Any) -> str:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= LONGEST_TIMEOUT
    return "" if fits else f"not a number of seconds up to {LONGEST_TIMEOUT:,}; write it as 300"


def _is_run_count(value: Any) -> str:
    fits = not is_count(1_000_000)(value) and value > 0
    return "" if fits else "not a number of runs up to 1,000,000; write it as 200"


def _are_prices(value: Any) -> str:
    form = 'write [prices."MODEL"] with input = 0.15 and output = 0.60, each for a million tokens'
    if not isinstance(value, dict):
        return f"not a table; {form}"
    for model, row in value.items():
        known = isinstance(row, dict) and row.keys() == {"input", "output"}
        if not known or not all(_is_amount(amount) for amount in row.values()):
            return f"not a table of prices for {show(model)}; {form}"
    return ""


def _is_amount(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_OF_A_PRICE


def _is_folder(value: Any) -> str:
    return is_text(value) or folder_fault(value)


def _is_heading(value: Any) -> str:
    fault = is_text(value)
    return fault or ("with markup; use words alone" if re.search(r"[<>\[\]{}`$%|#^]", value) else "")


def _is_key(value: Any) -> str:
    fits = isinstance(value, str) and value.isascii() and value.isprintable()
    return "" if fits else "holds a character that no key has; copy it again"


_PLAIN_ADDRESS = lazy_pattern(
    r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:/[a-z0-9._~/%-]*)?",
    re.IGNORECASE | re.ASCII,
)
_LOOPBACK = lazy_pattern(r"https?://(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?:[:/]|\Z)", re.IGNORECASE | re.ASCII)

_CHECKS: Mapping[str, Check] = {
    "model": is_text,
    "reader": is_text,
    "base_url": is_text,
    "api_key": _is_key,
    "airlock": _is_folder,
    "type": is_text,
    "see_also": is_one_of("auto", "notes", "concepts"),
    "related_heading": _is_heading,
    "quartz_ignore": are_texts,
    "links_exclude": are_texts,
    "timeout": _is_timeout,
    "embeddings": is_text,
    "keep_runs": _is_run_count,
    "prices": _are_prices,
}
"""What each setting must be, wherever it was read."""


def address_of(variables: Mapping[str, str | None]) -> str:
    """The base URL that ``variables`` name; empty when they name none."""
    return _named(variables).get("base_url", "")


def _named(variables: Mapping[str, str | None]) -> dict[str, str]:
    """Settings that ``variables`` hold, by setting name; an empty value counts as not set."""
    found = {}
    for key, names in VARIABLES.items():
        for name in names:
            if value := (variables.get(name) or "").strip():
                found[key] = value
                break
    return found


def _read_file(path: Path, known: tuple[str, ...]) -> Mapping[str, Any]:
    """The values of a ``config.toml`` that may hold the keys ``known``; none where there is no such file."""
    if not os.path.lexists(path):
        return {}
    file = read_toml(path)
    if elsewhere := next((key for key in file.values if key in _CHECKS and key not in known), ""):
        raise file.error(
            (elsewhere,), f"{elsewhere!r} cannot be set here; put it into the environment or your own config.toml"
        )
    file.hold_to(Table({key: _or_empty(_CHECKS[key]) for key in known}))
    return file.values


def _or_empty(check: Check) -> Check:
    """Empty text: the default."""
    return lambda value: "" if value == "" else check(value)
