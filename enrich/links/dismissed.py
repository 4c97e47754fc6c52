"""Links that a person does not want suggested again: data in the vault, so that it is synced and versioned with it.

Notes are named by their paths; rare words of each are kept beside, by which one is found that has another path now.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct, field

from enrich.errors import SettingsError, reason_of
from enrich.links.renamed import Words, find_renamed
from enrich.text.json_text import read_json
from enrich.vault.file import read_file

if TYPE_CHECKING:
    from enrich.links.store import Store
    from enrich.vault.disk import Disk

FILE = ".enrich/dismissed.json"


class Dismissed(Struct, frozen=True):
    """Paths of targets that are not suggested."""

    everywhere: frozenset[str] = frozenset()
    by_note: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    """By which a renamed note is found again."""

    def for_note(self, path: str) -> frozenset[str]:
        """What is not suggested for the note at ``path``."""
        return self.everywhere | self.by_note.get(path, frozenset())

    def adding(self, note: str, target: str, words: Words) -> "Dismissed":
        """The same with one more; an empty ``note``: for the whole vault."""
        known = {**self.words, **words}
        if not note:
            return Dismissed(self.everywhere | {target}, self.by_note, known)
        own = self.by_note.get(note, frozenset()) | {target}
        return Dismissed(self.everywhere, {**self.by_note, note: own}, known)

    def following(self, store: "Store") -> "Dismissed":
        """The same with the paths that renamed notes have now."""
        paths = {*self.everywhere, *self.by_note, *(path for some in self.by_note.values() for path in some)}
        now = find_renamed(paths, self.words, store)
        if not now:
            return self
        by_note: dict[str, frozenset[str]] = {}
        for note, targets in self.by_note.items():
            path = now.get(note, note)
            by_note[path] = by_note.get(path, frozenset()).union(now.get(target, target) for target in targets)
        words = {now.get(path, path): some for path, some in self.words.items()}
        return Dismissed(frozenset(now.get(path, path) for path in self.everywhere), by_note, words)


def read_dismissed(root: Path) -> Dismissed:
    """What the vault's file says; SettingsError when a person has broken it."""
    path = root / FILE
    try:
        table = read_json(read_file(path))
        by_note = {str(note): frozenset(map(str, targets)) for note, targets in table.get("notes", {}).items()}
        words = {str(note): tuple(map(str, some)) for note, some in table.get("words", {}).items()}
        return Dismissed(frozenset(map(str, table.get("everywhere", ()))), by_note, words)
    except FileNotFoundError:
        return Dismissed()
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise SettingsError(f"{path}: {reason_of(error)}; mend or remove the file") from error


def dismiss(
    root: Path,
    state: Path,
    note: str,
    target: str,
    words: Words = MappingProxyType({}),
    disk: "Disk | None" = None,
) -> None:
    """Remember ``target`` for ``note``, or for the whole vault where ``note`` is empty. Safe under two processes.

    ``words`` are those by which the two are found again under another path (`enrich.links.renamed`). A full disk or a
    kill leaves what was there, or nothing: a file that is cut off would be in the way of every suggestion.
    """
    # the lock and the safe write are only needed here, and reading is on everybody's way
    from enrich.vault.disk import Disk
    from enrich.vault.write import create_file, replace_file, vault_lock

    path = root / FILE
    with vault_lock(root, state):
        data = _to_json(read_dismissed(root).adding(note, target, words))
        write = replace_file if path.exists() else create_file
        write(root, path, data, disk or Disk())


def _to_json(dismissed: Dismissed) -> bytes:
    notes = {note: sorted(targets) for note, targets in sorted(dismissed.by_note.items())}
    table: dict[str, object] = {"everywhere": sorted(dismissed.everywhere), "notes": notes}
    if dismissed.words:
        table["words"] = {path: list(some) for path, some in sorted(dismissed.words.items())}
    return json.dumps(table, ensure_ascii=False, indent=1).encode() + b"\n"
