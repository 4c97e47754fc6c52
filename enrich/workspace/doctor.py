"""What enrich works with here, and whether it works: for somebody who wonders why it does not."""

import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Literal

from msgspec import Struct

from enrich.distribution import DISTRIBUTION, __version__
from enrich.errors import EnrichError
from enrich.text.count import counted
from enrich.workspace.open_vault import OpenVault

State = Literal["ok", "note", "bad"]
LIBRARIES = ("openai", "jinja2", "python-frontmatter", "tenacity", "typer", "trafilatura", "lxml", "numpy")
"""Whose versions a report of a bug should name."""


class Examined(Struct, frozen=True):
    """One thing that was looked at."""

    name: str
    state: State
    """``note``: no fault, but somebody may want to know; ``bad``: something will not work."""
    said: str


def examine(opened: OpenVault, ask_endpoint: bool = True) -> tuple[Examined, ...]:
    """Versions, vault, index, note types, folders, key and endpoint; the key's value is nowhere.

    With ``ask_endpoint`` the configured endpoint is asked once which models it has: nothing else leaves the machine.
    """
    return (
        _versions(),
        *_vault(opened),
        *_folders(opened),
        *_model(opened, ask_endpoint),
    )


def _versions() -> Examined:
    found = [f"{name} {metadata.version(name)}" for name in LIBRARIES]
    place = f"Python {platform.python_version()} on {platform.system()}"
    return Examined("version", "ok", f"{DISTRIBUTION} {__version__}, {place}; {', '.join(found)}")


def _vault(opened: OpenVault) -> Iterator[Examined]:
    if opened.root is None:
        yield Examined("vault", "bad", "none found; name it with --vault DIR or ENRICH_VAULT")
        return
    vault = opened.vault
    drafts = sum(note.draft for note in vault.notes)
    notes = f"{counted(len(vault.notes), 'note')}, {counted(drafts, 'draft')} among them"
    yield Examined("vault", "ok", f"{opened.root}: {notes}")
    broken = [note.path for note in vault.notes if note.front_error]
    if broken:
        yield Examined("front matter", "note", f"cannot be read in {_some(broken)}; enrich check says what is wrong")
    yield _types(opened)
    yield _airlock(opened)
    yield _index(opened)


def _types(opened: OpenVault) -> Examined:
    try:
        names = ", ".join(opened.types)
        usual = opened.usual_type
    except EnrichError as error:
        return Examined("note types", "bad", str(error))
    own = sum(opened.type_of(note) is not None for note in opened.vault.notes)
    said = f"{names}; drafts are of {usual.name}, and {counted(own, 'note')} of one of them"
    return Examined("note types", "ok" if own else "note", said)


def _airlock(opened: OpenVault) -> Examined:
    from enrich.vault.write import find_place

    folder = opened.folder / opened.settings.airlock
    try:
        find_place(opened.folder, folder / "a draft.md")
    except EnrichError as error:
        return Examined("airlock", "bad", str(error))
    return Examined("airlock", "ok", f"{folder}{'' if folder.is_dir() else ', made with the first draft'}")


def _index(opened: OpenVault) -> Examined:
    from enrich.links.index import index_file

    file = index_file(opened.folder, opened.places.cache)
    if not file.is_file():
        return Examined("index", "note", f"{file}: could not be kept, so every command reads all notes anew")
    return Examined("index", "ok", f"{file}: {_size(file)}")


def _folders(opened: OpenVault) -> Iterator[Examined]:
    for name, folder in (("settings", opened.places.config), ("state", opened.places.state),
                         ("cache", opened.places.cache)):  # fmt: skip
        yield Examined(name, "ok", f"{folder}: {_size(folder)}" if folder.is_dir() else f"{folder}: not there yet")


def _model(opened: OpenVault, ask: bool) -> Iterator[Examined]:
    settings = opened.settings
    yield _key(opened)
    if not settings.model:
        yield Examined("model", "note", "none is set: drafts quote the article; ENRICH_MODEL or -m names one")
        return
    yield Examined("model", "ok", f"{settings.model}, asked at {settings.base_url}")
    if ask:
        yield _endpoint(opened)


def _key(opened: OpenVault) -> Examined:
    settings = opened.settings
    if settings.api_key:
        return Examined("key", "ok", f"is set, from {settings.origins.get('api_key', 'a default')}")
    state: State = "bad" if settings.model else "note"
    return Examined("key", state, "none; a model needs ENRICH_API_KEY (any word for one of your own machine)")


def _endpoint(opened: OpenVault) -> Examined:
    try:
        engine = opened.engine()
        models = engine.list_models()
    except EnrichError as error:
        return Examined("endpoint", "bad", str(error))
    known = engine.capabilities()
    can = (
        f"; it answers with {known.mode.replace('_', ' ')}" if known else "; what it can do shows with the first draft"
    )
    if models and opened.settings.model not in models:
        return Examined("endpoint", "note", f"answers, and does not list {opened.settings.model} among {_some(models)}")
    return Examined("endpoint", "ok", f"answers{can}")


def _some(names: "list[str] | tuple[str, ...]") -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _size(path: Path) -> str:
    """The bytes of a file, or of all files below a folder, for a person."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    count = float(sum(file.stat().st_size for file in files))
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:,.0f} {unit}"
        count /= 1000
    return f"{count:,.1f} GB"
