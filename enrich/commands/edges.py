"""Build the edges that commands share: settings, vault, engine, dates, standard input."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.config import Places, Settings, environment, load_settings, names_folder, user_places
from enrich.console import Console, printable
from enrich.errors import UsageError, reason_of
from enrich.vault.file import Skipped, read_file
from enrich.vault.root import find_vault

if TYPE_CHECKING:
    from enrich.links.meaning import Embedder, Vectors
    from enrich.llm.client import LiveEngine
    from enrich.vault.vault import Vault

NO_VAULT = (
    "none found, for no folder from here up has an .obsidian in it; name the folder of your notes with "
    "--vault DIR (--vault . for this one) or ENRICH_VAULT"
)


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
    consent = partial(_ask_consent, places.state)
    return Setup(root, places, load_settings(env, folder, root, places.config, flags, consent))


def _ask_consent(state: Path, file: Path, address: str) -> bool:
    """Whether the user agreed to the address of this ``.env``; asks at a terminal, and remembers a yes."""
    from enrich.consent import is_trusted, trust

    if is_trusted(state, file, address):
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    import typer

    said = (
        f"{file}: names the address {address}. Articles, example notes and, with ENRICH_EMBEDDINGS, all notes go there."
    )
    if not typer.confirm(printable(f"{said}\nIs that meant?"), err=True):
        return False
    trust(state, file, address)
    return True


def require_vault(setup: Setup) -> Path:
    """The vault's folder; UsageError when none was named or found."""
    if setup.vault is None:
        raise UsageError(f"vault: {NO_VAULT}")
    return setup.vault


def open_vault(root: Path, console: Console) -> "Vault":
    """Every note of the vault; what could not be read is named."""
    from enrich.vault.vault import read_vault

    vault = read_vault(root)
    tell_skipped(vault.unreadable, console)
    return vault


def tell_skipped(skipped: Iterable[Skipped], console: Console) -> None:
    """Name what is called like a note and was not read; once, however many readers pass over it."""
    for path, reason in skipped:
        shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path)
        console.warn_once(f"{shown}: {reason}; it was not read")


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
        raise UsageError(f"{name}: {reason_of(error)}; name a file with the {what}, or - for standard input") from error


def read_named(path: Path) -> bytes:
    """The bytes of a note that the user named; UsageError when it is no file, or cannot be read."""
    try:
        return read_file(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}; name a note of the vault") from error


def live_engine(setup: Setup) -> "LiveEngine":
    """The engine that asks the configured model, as patient as the settings say."""
    from enrich.llm.client import LiveEngine
    from enrich.llm.endpoint import Endpoint, Patience

    settings = setup.settings
    # Who waits a shorter time for a sign of life does not wait ten minutes for a server that only gives such signs.
    patience = Patience(
        read=settings.timeout,
        total=max(Patience.total, 1.5 * settings.timeout),
        answer=max(60.0, 5 * settings.timeout),
    )
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
    if names_folder(settings.embeddings):
        from enrich.llm.local_embedding import LocalEmbedder

        return LocalEmbedder(Path(settings.embeddings).expanduser())
    from enrich.llm.embedder import EndpointEmbedder
    from enrich.llm.endpoint import Endpoint, Patience

    # suggestions do not wait for longer
    patience = Patience(tries=3, total=60.0, read=min(60.0, settings.timeout), answer=120.0)
    return EndpointEmbedder(Endpoint(settings.base_url, settings.embeddings, settings.api_key, patience=patience))
