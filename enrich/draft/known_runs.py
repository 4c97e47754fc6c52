"""Which run made a note: the run folders of the state folder, and those that the user had kept elsewhere."""

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from enrich.distribution import __version__
from enrich.draft.run import read_about
from enrich.source.address import address_key
from enrich.text.json_text import read_json
from enrich.vault.write import explain_disk

PLACE = "place.json"
"""Where the note of a run was written, for notes that have no id to be found by."""


class KnownRuns(Struct, frozen=True, dict=True):
    """The run folders below one folder, as they are when the first is asked for; each ``run.json`` is read once."""

    folder: Path
    vault: Path | None = None
    """The vault of the notes that `find_at` is asked for."""

    def find_at(self, path: str) -> Path | None:
        """The newest run folder that wrote the note at ``path`` of the vault; None when none did."""
        vault = "" if self.vault is None else str(self.vault.resolve())
        places = (file.parent for file in sorted(self.folder.glob(f"*/{PLACE}"), reverse=True))
        return next((folder for folder in places if read_place(folder) == (vault, path)), None)

    def find(self, note_id: str, url: str) -> Path | None:
        """The newest run folder that made the note ``note_id`` of the page ``url``; None when none did.

        It lies below `folder`, or where a folder there says that the user had it kept (`remember_run`).
        Both must fit: two vaults of one user can hold notes with the same id.
        """
        key = note_id, address_key(url)
        places = (_place_of(folder, about) for folder, about in self._by_note.get(key, ()))
        return next((place for place in places if _key_of(read_about(place)) == key), None)

    @cached_property
    def _by_note(self) -> Mapping[tuple[str, str], list[tuple[Path, Mapping[str, Any]]]]:
        """By note id and address, the newest first."""
        found: defaultdict[tuple[str, str], list[tuple[Path, Mapping[str, Any]]]] = defaultdict(list)
        for path in sorted(self.folder.glob("*/run.json"), reverse=True):
            about = read_about(path.parent)
            found[_key_of(about)].append((path.parent, about))
        return found


def read_place(run: Path) -> tuple[str, str]:
    """The vault and the path in it at which a run wrote its note; empty where it does not say."""
    try:
        saved = read_json((run / PLACE).read_bytes())
        return str(saved["vault"]), str(saved["path"])
    except (OSError, ValueError, TypeError, KeyError):
        return "", ""


def remember_run(runs: Path, name: str, run: Path, about: Mapping[str, str]) -> None:
    """Note below ``runs`` where the user had a run folder kept, so that `KnownRuns` finds it."""
    try:
        folder = runs / name
        folder.mkdir(parents=True)
        values = {"enrich": __version__, "recorded": str(run.resolve()), **about}
        text = json.dumps(values, ensure_ascii=False, indent=1)
        (folder / "run.json").write_text(text + "\n", "utf-8", newline="\n")
    except OSError as error:
        raise explain_disk(error, str(runs)) from error


def _key_of(about: Mapping[str, Any]) -> tuple[str, str]:
    return str(about.get("note_id")), address_key(str(about.get("url")))


def _place_of(folder: Path, about: Mapping[str, Any]) -> Path:
    """Where the run is kept: the folder itself, or the one that the user named."""
    recorded = about.get("recorded")
    return Path(recorded) if isinstance(recorded, str) and "\0" not in recorded else folder
