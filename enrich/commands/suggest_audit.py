"""``enrich suggest-links --audit``: what is wrong with a vault's links, what is missing, and the sure mends."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enrich.commands.edges import Setup, open_vault, require_vault
from enrich.commands.journal import leave_out_refused, open_journal
from enrich.commands.suggest_request import SuggestRequest
from enrich.console import Console
from enrich.errors import ExistsError, RefusedError, reason_of
from enrich.links.audit import BrokenLink, Unwritten, find_broken, find_orphans, find_unwritten
from enrich.links.files import decode_note
from enrich.links.patch import unified_patch
from enrich.text.count import counted
from enrich.vault.edit import Edit, edit_bytes
from enrich.vault.file import read_file
from enrich.vault.habits import concept_pairs
from enrich.vault.journal import Change, write_edits
from enrich.vault.note import Note
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault

_FAULTS = {
    "nowhere": "leads nowhere",
    "not in Obsidian": "works on the site only",
    "not on the site": "works in Obsidian only",
    "different notes": "leads to one note in Obsidian and to another on the site",
    "draft": "leads to a draft",
}


@dataclass(frozen=True)
class Audit:
    """All that was found."""

    vault: Vault
    broken: tuple[BrokenLink, ...]
    orphans: tuple[Note, ...]
    unwritten: tuple[Unwritten, ...]
    concepts: tuple[str, ...]
    """See-also concepts: links to them are no fault, and they stand first among the notes worth writing."""


def run_audit(request: SuggestRequest, setup: Setup, console: Console) -> None:
    """Audit the vault and print what was found; with ``--fix`` the patch of the sure mends, which are then made."""
    root = require_vault(setup)
    console.progress("reading the vault")
    audit = audit_vault(open_vault(root, console), setup.settings.quartz_ignore)
    changes = _mends(audit) if request.fix else {}
    allowed = set(leave_out_refused(changes.values(), root, console.warn))
    made = {path: change for path, change in changes.items() if change in allowed}
    if made:
        write_edits(list(made.values()), open_journal(setup.places.state, root), _mended(audit, made))
        console.wrote(f"{_mended(audit, made)} (enrich undo takes it back)")
    if request.as_json:
        console.result(json.dumps(audit_to_dict(audit, list(made)), ensure_ascii=False))
    elif request.fix:
        for path, change in made.items():
            before, after = (
                data.decode(errors="surrogateescape") for data in (change.before or b"", change.after or b"")
            )
            console.result(unified_patch(path, before, after))
    else:
        console.result("\n".join(_lines(audit, request.limit)))
    if made:
        console.say(f"{_mended(audit, made)}; enrich undo takes them back")
    elif request.fix:
        console.say("no broken link has one certain repair; nothing was written")
    else:
        _say_sure(audit, console)
    if len(made) < len(changes):
        raise RefusedError(f"{counted(len(changes) - len(made), 'note')}: left as they were, for the reasons above")


def audit_vault(vault: Vault, ignored: Sequence[str]) -> Audit:
    """Everything that the audit looks for."""
    resolver = Resolver(vault, ignored)
    concepts = {name for pair in concept_pairs(vault).values() for name in pair}
    return Audit(
        vault,
        find_broken(vault, resolver, concepts),
        find_orphans(vault, resolver),
        find_unwritten(vault, resolver),
        tuple(sorted(concepts)),
    )


def audit_to_dict(audit: Audit, mended: Sequence[str] = ()) -> dict[str, Any]:
    """What ``--json`` gives. Spans are ``[start, end)`` in code points of the note's text."""
    return {
        "broken": [_broken_to_dict(broken, _line_of(broken, audit)) for broken in audit.broken],
        "orphans": [note.path for note in audit.orphans],
        "unwritten": [{"name": one.name, "links": one.links, "notes": list(one.notes)} for one in audit.unwritten],
        "concepts": list(audit.concepts),
        "fixed": list(mended),
    }


def _broken_to_dict(broken: BrokenLink, line: int) -> dict[str, Any]:
    return {
        "path": broken.path,
        "line": line,
        "span": list(broken.span),
        "target": broken.target,
        "fault": broken.fault,
        "meant": broken.meant or None,
        "how": broken.how or None,
        "mend": broken.edit.text if broken.edit else None,
    }


def _lines(audit: Audit, limit: int) -> Iterator[str]:
    yield f"links that break: {len(audit.broken)}"
    known = [broken for broken in audit.broken if not _leads_nowhere(broken)]
    for broken in sorted(known, key=lambda broken: broken.edit is None):
        yield f"  {broken.path}:{_line_of(broken, audit)}: [[{broken.target}]] {_FAULTS[broken.fault]}{_meant(broken)}"
    yield from _some(list(_nowhere(audit)), limit)
    yield f"notes nobody links to: {len(audit.orphans)}"
    yield from _some([note.path for note in audit.orphans], limit)
    yield f"notes worth writing: {len(audit.unwritten)}"
    concepts = set(audit.concepts)
    rows = [
        f"{one.name}  ({counted(one.links, 'link')} in {counted(len(one.notes), 'note')}"
        f"{', a see-also concept' if one.name in concepts else ''})"
        for one in audit.unwritten
    ]
    yield from _some(rows, limit)


def _leads_nowhere(broken: BrokenLink) -> bool:
    return broken.fault == "nowhere" and not broken.meant


def _nowhere(audit: Audit) -> Iterator[str]:
    """One row a name that no note has, the most frequent first, with the first place of it."""
    places: dict[str, list[str]] = defaultdict(list)
    for broken in filter(_leads_nowhere, audit.broken):
        places[broken.target].append(f"{broken.path}:{_line_of(broken, audit)}")
    for target, found in sorted(places.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        rest = f" and {counted(len(found) - 1, 'more place')}" if len(found) > 1 else ""
        yield f"[[{target}]] leads nowhere: {found[0]}{rest}"


def _some(rows: Sequence[str], limit: int) -> Iterator[str]:
    yield from (f"  {row}" for row in rows[:limit])
    if len(rows) > limit:
        yield f"  … and {len(rows) - limit} more: --limit, or --json for all"


def _meant(broken: BrokenLink) -> str:
    if not broken.meant or broken.fault == "draft":
        return ""
    return f"; {'write ' + broken.edit.text if broken.edit else 'perhaps ' + broken.meant} ({broken.how})"


def _line_of(broken: BrokenLink, audit: Audit) -> int:
    return audit.vault.by_path[broken.path].text.count("\n", 0, broken.span.start) + 1


def _say_sure(audit: Audit, console: Console) -> None:
    sure = sum(broken.edit is not None for broken in audit.broken)
    if audit.concepts:
        console.say(f"see-also concepts are not counted as broken: {', '.join(audit.concepts)}")
    if sure:
        certain = counted(sure, "broken link has", "broken links have")
        console.say(f"{certain} one certain repair; --fix prints the patch and makes it")


def _mends(audit: Audit) -> dict[str, Change]:
    """Each note with sure mends by its path, and its bytes on both sides of them."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    for broken in audit.broken:
        if broken.edit is not None:
            edits[broken.path].append(broken.edit)
    return {path: _change(audit.vault, path, some) for path, some in edits.items()}


def _change(vault: Vault, path: str, edits: Sequence[Edit]) -> Change:
    file = vault.root / path
    before = _read(file)
    if decode_note(before) != vault.by_path[path].text:
        raise ExistsError(f"{path}: has changed meanwhile; nothing was written, run the command again")
    return Change(file, before, edit_bytes(before, edits))


def _read(file: Path) -> bytes:
    try:
        return read_file(file)
    except OSError as error:
        raise ExistsError(f"{file}: {reason_of(error)}; nothing was written, run the command again") from error


def _mended(audit: Audit, changes: Mapping[str, Change]) -> str:
    sure = sum(broken.edit is not None and broken.path in changes for broken in audit.broken)
    return f"{counted(sure, 'link')} repaired in {counted(len(changes), 'note')}"
