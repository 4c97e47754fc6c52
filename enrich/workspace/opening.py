"""Which vault a command is about, and which settings hold there."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from enrich.config import Places, Settings, environment, load_settings, user_places
from enrich.errors import UsageError
from enrich.vault.root import find_vault

AskConsent = Callable[[Path, str], bool]
"""Whether the user agrees, now, that this ``.env`` names this address."""


class Setting(NamedTuple):
    """A setting as it holds."""

    name: str
    value: object
    """Of the key: ``set``, or nothing."""
    origin: str
    """``flag``, ``environment``, ``.env``, the path of a file, or ``default``."""


def find_root(named: Path | None, near: Path | None = None) -> Path | None:
    """The vault that was named, else the one ``near`` a note, else ``ENRICH_VAULT``, else the nearest parent of here.

    UsageError when what was named is no folder.
    """
    env = environment()
    root = named or near or (Path(env["ENRICH_VAULT"]) if env.get("ENRICH_VAULT") else find_vault(Path.cwd()))
    if root is not None and not root.is_dir():
        raise UsageError(f"{root}: is not a folder; name the vault's folder with --vault or ENRICH_VAULT")
    return root


def read_settings(root: Path | None, flags: Mapping[str, str | None], ask: AskConsent) -> tuple[Settings, Places]:
    """The settings for the vault at ``root``, and the user's folders; ``ask`` is asked where consent is needed."""
    places = user_places()
    consent = partial(_has_consent, places.state, ask)
    return load_settings(environment(), Path.cwd(), root, places.config, flags, consent), places


def _has_consent(state: Path, ask: AskConsent, file: Path, address: str) -> bool:
    """Whether the user agreed to the address of this ``.env``; a yes is remembered."""
    from enrich.consent import is_trusted, trust

    if is_trusted(state, file, address):
        return True
    if not ask(file, address):
        return False
    trust(state, file, address)
    return True


def describe_settings(root: Path | None, settings: Settings) -> tuple[Setting, ...]:
    """Every setting as it holds here, and where it was read; the vault first."""
    rows = [Setting("vault", "" if root is None else str(root), "where the command runs")]
    for name in settings.__struct_fields__:
        if name == "origins":
            continue
        value = getattr(settings, name)
        shown = ("set" if value else "") if name == "api_key" else value
        rows.append(Setting(name, shown, settings.origins.get(name, "default")))
    return tuple(rows)
