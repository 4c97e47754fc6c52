"""Suggestions as a person and as an editor reads them."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enrich.workspace.results import Backlinked, Backlinks, Links, Placed, Suggestion

_BEFORE, _AFTER = 60, 50
"""Characters shown on either side of a link. By hand: with a link less than two lines of a terminal."""


def suggestion_lines(suggestion: "Suggestion", placed: "Placed | None") -> list[str]:
    """Score, kind and target; why; where, with the line as it would read."""
    name = suggestion.target.partition("|")[0]
    where = "" if suggestion.path == f"{name}.md" else f"  ({suggestion.path})"
    lines = [
        f"{suggestion.score:.2f} {suggestion.kind:<7} [[{suggestion.target}]]{where}",
        f"     why: {suggestion.reason}",
    ]
    return [*lines, f"     {place_line(placed)}"]


def place_line(placed: "Placed | None") -> str:
    """Where the link goes: line, section, and the words around it."""
    if placed is None:
        return "no place: every bullet of its section has a link, or the section as many as its type allows"
    section = f" ({placed.section})" if placed.section else ""
    return f"line {placed.line}{section}: {_around(placed)}"


def _around(placed: "Placed") -> str:
    """The line with the link, cut on both sides where it is long."""
    line, link, at = placed.context, placed.text.rstrip("\n").rpartition("\n")[2], placed.at
    start, end = max(0, at - _BEFORE), at + len(link) + _AFTER
    return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")


def note_to_dict(path: str, shown: "Sequence[tuple[Suggestion, Placed | None]]") -> dict[str, Any]:
    """What ``--json`` gives for a note. Spans are ``[start, end)`` in code points of the note's text."""
    return {"note": path, "suggestions": [suggestion_to_dict(*one) for one in shown]}


def suggestion_to_dict(suggestion: "Suggestion", placed: "Placed | None") -> dict[str, Any]:
    """One suggestion; `place` is the edit that makes this link alone."""
    return {
        "target": suggestion.target,
        "path": suggestion.path,
        "score": round(suggestion.score, 4),
        "kind": suggestion.kind,
        "span": None if suggestion.span is None else list(suggestion.span),
        "place": None if placed is None else place_to_dict(placed),
        "reason": suggestion.reason,
    }


def place_to_dict(placed: "Placed") -> Mapping[str, Any]:
    """The edit, and where it is."""
    return {
        "section": placed.section,
        "line": placed.line,
        "span": list(placed.span),
        "text": placed.text,
        "context": placed.context,
    }


def links_text(links: "Links") -> str:
    """A note's name, then each of its suggestions."""
    return "\n".join([links.note.name, *(line for one in links.shown for line in suggestion_lines(*one))])


def backlinks_to_json(backlinks: "Backlinks") -> str:
    """The older notes that should link to a note, as one object."""
    rows = [_backlink_to_dict(one) for one in backlinks.found]
    return json.dumps({"note": backlinks.note.path, "backlinks": rows}, ensure_ascii=False)


def _backlink_to_dict(one: "Backlinked") -> dict[str, Any]:
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
