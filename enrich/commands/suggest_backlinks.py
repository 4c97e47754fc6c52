"""``enrich suggest-links --backlinks``: older notes that should now link to a note, as a patch."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from enrich.commands.edges import read_named
from enrich.commands.journal import leave_out_refused
from enrich.commands.suggest_lines import place_to_dict
from enrich.commands.suggest_run import OpenNote, Suggesting
from enrich.commands.suggest_write import changed_note, write_notes
from enrich.errors import RefusedError, UsageError
from enrich.links.apply import Placed
from enrich.links.backlinks import Backlink, find_backlinks
from enrich.links.patch import unified_patch
from enrich.links.suggest import Suggestion
from enrich.text.count import counted
from enrich.vault.journal import Change


@dataclass(frozen=True)
class Backlinked:
    """An older note with its new link."""

    note: OpenNote
    backlink: Backlink
    placed: Placed
    after: bytes

    @property
    def patch(self) -> str:
        """The change as a unified diff."""
        text = self.after.decode(errors="surrogateescape")
        return unified_patch(self.note.path, self.note.data.decode(errors="surrogateescape"), text)


def run_backlinks(suggesting: Suggesting) -> None:
    """Print the patch of each note's backlinks; with ``--apply`` write them, all as one edit."""
    refused = 0
    for note in suggesting.notes():
        if suggesting.index.store.number_of(note.path) < 0:
            raise UsageError(f"{note.name}: is not in {suggesting.root.name}, so no note can link to it; move it there")
        found = _find(suggesting, note)
        writable = _writable(suggesting, found) if suggesting.request.apply else found
        refused += len(found) - len(writable)
        found = writable
        count = counted(len(found), "backlink")
        written = suggesting.request.apply and write_notes(
            suggesting, [(one.note, one.after) for one in found], f"{count} to {Path(note.path).name}"
        )
        _print(suggesting, note, found)
        if written:
            suggesting.console.say(f"{count} written; enrich undo takes them back")
    if refused:
        raise RefusedError(f"{counted(refused, 'note')}: left without a backlink, for the reasons above")


def _writable(suggesting: Suggesting, found: list[Backlinked]) -> list[Backlinked]:
    """The backlinks whose notes may be written; of the others each is told."""
    changes = [Change(suggesting.root / one.note.path, one.note.data, one.after) for one in found]
    allowed = set(leave_out_refused(changes, suggesting.root, suggesting.console.warn))
    return [one for one, change in zip(found, changes, strict=True) if change in allowed]


def _find(suggesting: Suggesting, note: OpenNote) -> list[Backlinked]:
    asked = 0

    def suggest(path: str) -> Suggestion | None:
        nonlocal asked
        asked += 1
        suggesting.console.progress(f"asking older notes: {asked}")
        source = _open(suggesting, path)
        wishes = suggesting.wishes_for(source.text, path)
        only = replace(wishes, only=frozenset({note.path}), only_older=False, limit=1)
        found = suggesting.suggest_for(source.text, path, only)
        return found[0] if found else None

    backlinks = find_backlinks(note.text, note.path, suggesting.index, suggest)[: suggesting.request.limit]
    return [placed for backlink in backlinks if (placed := _place(suggesting, backlink))]


def _open(suggesting: Suggesting, path: str) -> OpenNote:
    file = suggesting.root / path
    return OpenNote(path, path, file, read_named(file))


def _place(suggesting: Suggesting, backlink: Backlink) -> Backlinked | None:
    note = _open(suggesting, backlink.path)
    plan = suggesting.plan(note, suggesting.sure([backlink.suggestion]))
    if not plan.placed:
        return None
    return Backlinked(note, backlink, plan.placed[0], changed_note(note, plan))


def _print(suggesting: Suggesting, note: OpenNote, found: list[Backlinked]) -> None:
    if suggesting.request.as_json:
        rows = [_to_dict(one) for one in found]
        suggesting.console.result(json.dumps({"note": note.path, "backlinks": rows}, ensure_ascii=False))
        return
    for one in found:
        score, reason = one.backlink.suggestion.score, one.backlink.suggestion.reason
        suggesting.console.say(f"{score:.2f} {one.note.path}: {reason}")
        suggesting.console.result(one.patch)
    if not found:
        least = suggesting.request.threshold
        suggesting.console.say(
            f"{note.name}: no older note is likely enough to link to it ({least:g}; see --min-score)"
        )


def _to_dict(one: Backlinked) -> dict[str, Any]:
    suggestion = one.backlink.suggestion
    return {
        "path": one.note.path,
        "target": one.placed.suggestion.target,
        "score": round(suggestion.score, 4),
        "kind": suggestion.kind,
        "span": None if suggestion.span is None else list(suggestion.span),
        "place": place_to_dict(one.placed),
        "reason": suggestion.reason,
        "patch": one.patch,
    }
