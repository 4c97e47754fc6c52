"""Say which approved notes are not what was approved any more: lines for a person, values for a program."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from enrich.text.count import counted
from enrich.text.quoted import quote

if TYPE_CHECKING:
    from enrich.workspace.results import ChangedNote, CheckedApprovals


def approval_lines(found: "CheckedApprovals") -> Iterator[str]:
    """A line a note that changed, one a sentence that went, one a note that is gone."""
    for row in found.changed:
        what = "the source in its run folder changed" if row.source_changed else "changed"
        yield f"{quote(row.path)}: {what} since {_approved(row)}"
        for sentence in row.lost:
            yield f"{quote(row.path)}: not there any more as it was approved: “{quote(sentence)}”"


def approval_count(found: "CheckedApprovals") -> str:
    """``3 approved notes: 2 as approved, 1 changed since; 1 is gone; 40 published notes were never approved here``."""
    approved = len(found.kept) + len(found.changed)
    parts = [f"{counted(approved, 'approved note')}: {len(found.kept)} as approved, {len(found.changed)} changed since"]
    if found.gone:
        parts.append(f"{counted(len(found.gone), 'note')} gone: {', '.join(quote(row.note) for row in found.gone)}")
    if found.never:
        parts.append(f"{counted(len(found.never), 'published note')} that nobody approved here")
    if found.unreadable:
        parts.append(f"{counted(found.unreadable, 'line')} of .enrich/approvals.jsonl cannot be read and were left out")
    return "; ".join(parts)


def approvals_to_dict(found: "CheckedApprovals") -> dict[str, Any]:
    """The same as JSON values."""
    changed = [
        {
            "path": row.path,
            "approved_at": row.approval.at,
            "approved_by": row.approval.who,
            "what": "source" if row.source_changed else "note",
            "lost": list(row.lost),
        }
        for row in found.changed
    ]
    gone = [{"path": row.note, "approved_at": row.at, "approved_by": row.who} for row in found.gone]
    return {
        "kept": list(found.kept),
        "changed": changed,
        "gone": gone,
        "never_approved": list(found.never),
        "unreadable_lines": found.unreadable,
    }


def _approved(row: "ChangedNote") -> str:
    return f"{quote(row.approval.who)} approved it on {quote(row.approval.at[:10])}"
