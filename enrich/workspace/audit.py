"""What is wrong with a vault's links, what is missing, and the sure mends."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from enrich.errors import ExistsError, reason_of
from enrich.links.audit import BrokenLink, Unwritten, find_broken, find_orphans, find_unwritten, make_links
from enrich.links.patch import unified_patch
from enrich.text.count import counted
from enrich.vault.canvas import Canvas, read_canvases
from enrich.vault.echoes import Hollow
from enrich.vault.edit import Edit, edit_bytes
from enrich.vault.file import decode_text, read_file
from enrich.vault.note import Note
from enrich.vault.undo_log import Change, EditRecord
from enrich.vault.vault import Vault
from enrich.workspace.open_vault import OpenVault


class Audit(Struct, frozen=True):
    """All that was found."""

    vault: Vault
    broken: tuple[BrokenLink, ...]
    orphans: tuple[Note, ...]
    unwritten: tuple[Unwritten, ...]
    concepts: tuple[str, ...]
    """See-also concepts: links to them are no fault, and they stand first among the notes worth writing."""
    canvases: tuple[Canvas, ...] = ()
    hollow: tuple[Hollow, ...] = ()
    """Notes of which half and more stands in other notes too."""

    @property
    def sure(self) -> tuple[BrokenLink, ...]:
        """Broken links that have one certain repair."""
        return tuple(broken for broken in self.broken if broken.edit is not None)

    def line_of(self, broken: BrokenLink) -> int:
        """The line of its note or canvas that a broken link stands in, from 1."""
        note = self.vault.by_path.get(broken.path)
        text = note.text if note else next(one.text for one in self.canvases if one.path == broken.path)
        return text.count("\n", 0, broken.span.start) + 1


class MendedLinks(Struct, frozen=True):
    """Broken links that were repaired, as one edit."""

    audit: Audit
    """As it was before."""
    changes: tuple[tuple[str, Change], ...]
    """Each note's path with its bytes on both sides."""
    refused: int
    """Notes that may not be written."""
    edit: EditRecord | None
    """None: there was nothing to repair."""

    @property
    def count(self) -> int:
        """How many links were repaired."""
        paths = {path for path, _ in self.changes}
        return sum(broken.path in paths for broken in self.audit.sure)

    @property
    def patches(self) -> tuple[str, ...]:
        """What changed, as unified diffs, one a note."""
        return tuple(
            unified_patch(path, *(_shown(data) for data in (change.before, change.after)))
            for path, change in self.changes
        )


def audit_vault(opened: OpenVault) -> Audit:
    """Everything that the audit looks for."""
    vault, resolver = opened.vault, opened.resolver
    canvases = read_canvases(vault.root, vault.files)
    return Audit(
        vault,
        find_broken(vault, resolver, opened.concepts, canvases),
        find_orphans(vault, resolver, canvases),
        find_unwritten(vault, resolver),
        tuple(sorted(opened.concepts)),
        canvases,
        opened.ask_echoes(lambda echoes: echoes.hollow()),
    )


def mend_links(opened: OpenVault) -> MendedLinks:
    """Repair the broken links that have one certain repair; notes that may not be written are left out."""
    audit = audit_vault(opened)
    edits: dict[str, list[Edit]] = defaultdict(list)
    for broken in audit.sure:
        if broken.edit is not None:
            edits[broken.path].append(broken.edit)
    changes = {
        path: _change(audit.vault, path, some)
        for path, some in edits.items()
        if (kept := make_links(audit.vault.by_path[path], some)) is not None and len(kept) == len(some)
    }
    allowed = set(opened.leave_out_refused(changes.values()))
    made = tuple((path, change) for path, change in changes.items() if change in allowed)
    done = MendedLinks(audit, made, len(changes) - len(made), None)
    if not made:
        return done
    label = f"{counted(done.count, 'link')} repaired in {counted(len(made), 'note')}"
    return MendedLinks(audit, made, done.refused, opened.write([change for _, change in made], label))


def _change(vault: Vault, path: str, edits: Sequence[Edit]) -> Change:
    file = vault.root / path
    before = _read(file)
    if decode_text(before) != vault.by_path[path].text:
        raise ExistsError(f"{path}: has changed meanwhile; nothing was written, run the command again")
    return Change(file, before, edit_bytes(before, edits))


def _read(file: Path) -> bytes:
    try:
        return read_file(file)
    except OSError as error:
        raise ExistsError(f"{file}: {reason_of(error)}; nothing was written, run the command again") from error


def _shown(data: bytes | None) -> str:
    return (data or b"").decode(errors="surrogateescape")
