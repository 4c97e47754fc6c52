"""What an audit found, for a person and for a program."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from enrich.text.count import counted

if TYPE_CHECKING:
    from enrich.workspace.results import Audit, BrokenLink, Hollow

_FAULTS = {
    "nowhere": "leads nowhere",
    "not in Obsidian": "works on the site only",
    "not on the site": "works in Obsidian only",
    "different notes": "leads to one note in Obsidian and to another on the site",
    "draft": "leads to a draft",
    "no such heading": "leads to a heading that the note has not",
    "no such block": "leads to a block that the note has not",
}

_SHOWN = 100
"""Characters of a sentence in a list. By hand: with the note's path it stays about one line."""
_FEW = 3
"""Notes that may be meant, of which a message names so many. By hand: it stays one line."""


def audit_to_dict(audit: "Audit", mended: Sequence[str] = ()) -> dict[str, Any]:
    """What ``--json`` gives. Spans are ``[start, end)`` in code points of the note's text."""
    return {
        "broken": [_broken_to_dict(broken, audit.line_of(broken)) for broken in audit.broken],
        "orphans": [note.path for note in audit.orphans],
        "unwritten": [{"name": one.name, "links": one.links, "notes": list(one.notes)} for one in audit.unwritten],
        "hollow": [
            {"path": one.path, "share": round(one.share, 2), "example": one.example, "notes": one.notes}
            for one in audit.hollow
        ],
        "concepts": list(audit.concepts),
        "fixed": list(mended),
    }


def _broken_to_dict(broken: "BrokenLink", line: int) -> dict[str, Any]:
    return {
        "path": broken.path,
        "line": line,
        "span": list(broken.span),
        "target": broken.target,
        "fault": broken.fault,
        "meant": broken.meant or None,
        "others": list(broken.others),
        "how": broken.how or None,
        "mend": broken.edit.text if broken.edit else None,
    }


def audit_lines(audit: "Audit", limit: int) -> Iterator[str]:
    """Links that break, orphans, notes worth writing, hollow notes; ``limit`` of each of the long lists."""
    yield f"links that break: {len(audit.broken)}"
    known = [broken for broken in audit.broken if not _leads_nowhere(broken)]
    for broken in sorted(known, key=lambda broken: broken.edit is None):
        yield f"  {broken.path}:{audit.line_of(broken)}: [[{broken.target}]] {_FAULTS[broken.fault]}{_meant(broken)}"
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
    yield f"hollow notes, half of whose sentences stand in three notes and more: {len(audit.hollow)}"
    yield from _some([_hollow(one) for one in audit.hollow], limit)


def _hollow(one: "Hollow") -> str:
    shown = one.example if len(one.example) <= _SHOWN else f"{one.example[:_SHOWN]}…"
    example = f": {shown!r} stands in {counted(one.notes, 'note')}" if shown else ""
    return f"{one.path}  {one.share:.0%}{example}"


def _leads_nowhere(broken: "BrokenLink") -> bool:
    return broken.fault == "nowhere" and not broken.meant


def _nowhere(audit: "Audit") -> Iterator[str]:
    """One row a name that no note has, the most frequent first, with the first place of it."""
    places: dict[str, list[str]] = defaultdict(list)
    for broken in filter(_leads_nowhere, audit.broken):
        places[broken.target].append(f"{broken.path}:{audit.line_of(broken)}")
    for target, found in sorted(places.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        rest = f" and {counted(len(found) - 1, 'more place')}" if len(found) > 1 else ""
        yield f"[[{target}]] leads nowhere: {found[0]}{rest}"


def _some(rows: Sequence[str], limit: int) -> Iterator[str]:
    yield from (f"  {row}" for row in rows[:limit])
    if len(rows) > limit:
        yield f"  … and {len(rows) - limit} more: --limit, or --json for all"


def _meant(broken: "BrokenLink") -> str:
    if not broken.meant or broken.fault == "draft":
        return ""
    perhaps = " or ".join([broken.meant, *broken.others][:_FEW])
    return f"; {'write ' + broken.edit.text if broken.edit else 'perhaps ' + perhaps} ({broken.how})"
