"""Links that a person does not want suggested again: data in the vault, so that it is synced and versioned with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from enrich.errors import EnrichError, SettingsError, reason_of
from enrich.text.json_text import read_json
from enrich.vault.file import read_file

FILE = ".enrich/dismissed.json"


@dataclass(frozen=True)
class Dismissed:
    """Paths of targets that are not suggested."""

    everywhere: frozenset[str] = frozenset()
    by_note: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def for_note(self, path: str) -> frozenset[str]:
        """What is not suggested for the note at ``path``."""
        return self.everywhere | self.by_note.get(path, frozenset())

    def adding(self, note: str, target: str) -> "Dismissed":
        """The same with one more; an empty ``note``: for the whole vault."""
        if not note:
            return Dismissed(self.everywhere | {target}, self.by_note)
        own = self.by_note.get(note, frozenset()) | {target}
        return Dismissed(self.everywhere, {**self.by_note, note: own})


def read_dismissed(root: Path) -> Dismissed:
    """What the vault's file says; SettingsError when a person has broken it."""
    path = root / FILE
    try:
        table = read_json(read_file(path))
        by_note = {str(note): frozenset(map(str, targets)) for note, targets in table.get("notes", {}).items()}
        return Dismissed(frozenset(map(str, table.get("everywhere", ()))), by_note)
    except FileNotFoundError:
        return Dismissed()
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise SettingsError(f"{path}: {reason_of(error)}; mend or remove the file") from error


def dismiss(root: Path, state: Path, note: str, target: str) -> None:
    """Remember ``target`` for ``note``, or for the whole vault where ``note`` is empty. Safe under two processes."""
    # the lock and the safe write are only needed here, and reading is on everybody's way
    from enrich.vault.disk import Disk
    from enrich.vault.write import find_place, replace_file, vault_lock

    path = root / FILE
    with vault_lock(root, state):
        data = _to_json(read_dismissed(root).adding(note, target))
        find_place(root, path)
        try:
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                Disk().store(path, b"{}\n")
        except OSError as error:
            raise EnrichError(f"{path}: {reason_of(error)}; nothing was remembered, check the folder") from error
        replace_file(root, path, data)


def _to_json(dismissed: Dismissed) -> bytes:
    notes = {note: sorted(targets) for note, targets in sorted(dismissed.by_note.items())}
    table = {"everywhere": sorted(dismissed.everywhere), "notes": notes}
    return json.dumps(table, ensure_ascii=False, indent=1).encode() + b"\n"
