"""Build the edges that commands share: settings, vault, engine, dates, standard input."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.config import Places, Settings, environment, load_settings, user_places
from enrich.console import Console
from enrich.distribution import require_extra
from enrich.errors import UsageError
from enrich.vault.root import find_vault

if TYPE_CHECKING:
    from enrich.links.meaning import Embedder, Vectors
    from enrich.llm.client import LiveEngine


@dataclass(frozen=True)
class Setup:
    """Where a command runs: the vault, the user's folders, the settings."""

    vault: Path | None
    places: Places
    settings: Settings


def read_setup(vault: Path | None, flags: Mapping[str, str | None]) -> Setup:
    """Settings for the vault that was named, else ``ENRICH_VAULT``, else the nearest parent that is a vault."""
    env, folder, places = environment(), Path.cwd(), user_places()
    root = vault or (Path(env["ENRICH_VAULT"]) if env.get("ENRICH_VAULT") else find_vault(folder))
    if root is not None and not root.is_dir():
        raise UsageError(f"{root}: is not a folder; name the vault's folder with --vault or ENRICH_VAULT")
    return Setup(root, places, load_settings(env, folder, root, places.config, flags))


def require_vault(setup: Setup) -> Path:
    """The vault's folder; UsageError when none was named or found."""
    if setup.vault is None:
        raise UsageError("vault: none found here; name it with --vault or ENRICH_VAULT, or run inside one")
    return setup.vault


def parse_date(text: str | None) -> date | None:
    """``YYYY-MM-DD``; UsageError for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"date {text!r}: is not a date; write it as 2023-07-18") from None


def read_input(name: str, what: str, console: Console) -> bytes:
    """The bytes of a file, or of standard input for ``-``; UsageError when the file cannot be read."""
    if name == "-":
        if sys.stdin.isatty():
            console.warn(f"reading the {what} from the terminal; end it with Ctrl-D")
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UsageError(
            f"{name}: {error.strerror or error}; name a file with the {what}, or - for standard input"
        ) from error


def live_engine(setup: Setup) -> "LiveEngine":
    """The engine that asks the configured model, as patient as the settings say."""
    require_extra("model", "openai", setup.settings.model)
    from enrich.llm.client import LiveEngine
    from enrich.llm.endpoint import Endpoint, Patience

    settings = setup.settings
    patience = Patience(read=settings.timeout, total=max(Patience.total, 1.5 * settings.timeout))
    endpoint = Endpoint(settings.base_url, settings.model, settings.api_key, patience=patience)
    return LiveEngine(endpoint, setup.places.state / "endpoints.json")


@contextmanager
def open_vectors(setup: Setup, console: Console) -> "Iterator[Vectors | None]":
    """The vectors of the vault's notes; None where no model for them is set."""
    if not setup.settings.embeddings:
        yield None
        return
    from enrich.links.meaning import Vectors, vector_file

    file = vector_file(require_vault(setup), setup.places.cache)
    with closing(Vectors(file, _embedder(setup.settings), console.warn)) as vectors:
        yield vectors


def _embedder(settings: Settings) -> "Embedder":
    """A folder of this machine when the setting is written as a path, else a model of the endpoint."""
    if settings.embeddings.startswith(("/", ".", "~", "\\")) or Path(settings.embeddings).is_absolute():
        from enrich.llm.local_embedding import LocalEmbedder

        return LocalEmbedder(Path(settings.embeddings).expanduser())
    require_extra("model", "openai", settings.embeddings)
    from enrich.llm.embedder import EndpointEmbedder
    from enrich.llm.endpoint import Endpoint, Patience

    patience = Patience(tries=3, total=60.0, read=min(60.0, settings.timeout))  # suggestions do not wait for longer
    return EndpointEmbedder(Endpoint(settings.base_url, settings.embeddings, settings.api_key, patience=patience))
